//! Looks through a mailbox: notes what is new there, takes in what waits, and does with taken mail
//! what should happen to it. One mail that fails does not stop the others.

use jiff::SignedDuration;
use kept_store::mailboxes::mails::{self, State, ToDo};
use kept_store::mailboxes::{Mailbox, Place};
use tokio::sync::watch;

use super::problem::Problem;
use super::settings::Settings;
use super::take::{self, Became};
use super::talk::Talk;
use super::{afterwards, begin};
use crate::Desk;

/// Mails worked on before the next are looked up.
const AT_ONCE: usize = 50;

pub(super) struct Look<'a> {
    pub desk: &'a Desk,
    pub mailbox: &'a Mailbox,
    pub settings: &'a Settings,
    place: Place,
    stop: watch::Receiver<bool>,
}

/// How a look ended.
#[derive(Debug, Clone, Default)]
pub(super) struct Looked {
    /// Mails that came in, our own canary aside.
    pub taken: usize,
    /// What should have happened to taken mail there and could not.
    pub warning: Option<Problem>,
}

impl<'a> Look<'a> {
    pub fn new(
        desk: &'a Desk,
        mailbox: &'a Mailbox,
        settings: &'a Settings,
        stop: watch::Receiver<bool>,
    ) -> Look<'a> {
        Look {
            desk,
            mailbox,
            settings,
            place: mailbox.place,
            stop,
        }
    }

    /// Looks through everything, or up to the next mail once asked to stop.
    pub async fn through(&mut self, talk: &mut Talk) -> Result<Looked, Problem> {
        let folder = talk.select(&self.settings.folder).await?;
        let (id, begin_with) = (self.mailbox.id, self.settings.begin_with);
        self.place = begin::place(self.desk, id, self.place, begin_with, &folder, talk).await?;
        self.note_new(talk).await?;
        let mut looked = Looked {
            taken: 0,
            warning: self.clear_up(talk).await?,
        };
        loop {
            let some = self.due(State::Waiting).await?;
            if some.is_empty() || *self.stop.borrow() {
                return Ok(looked);
            }
            looked.taken += self.take(talk, &some).await?;
            if looked.warning.is_none() {
                looked.warning = self.clear_up(talk).await?;
            }
        }
    }

    /// Writes down which mails are new, before any of them is fetched.
    async fn note_new(&mut self, talk: &mut Talk) -> Result<(), Problem> {
        let next = self.place.next_uid;
        let mut uids = talk.search(&format!("UID {next}:*")).await?;
        // The range always holds the last mail, however low its number.
        uids.retain(|uid| *uid >= next);
        let Some(last) = uids.last() else {
            return Ok(());
        };
        let place = Place {
            next_uid: last.saturating_add(1),
            ..self.place
        };
        let (id, now) = (self.mailbox.id, self.desk.now());
        let store = self.desk.store();
        store
            .write(move |tx| mails::seen(tx, id, &place, &uids, now))
            .await?;
        self.place = place;
        Ok(())
    }

    async fn due(&self, state: State) -> Result<Vec<ToDo>, Problem> {
        let (id, now) = (self.mailbox.id, self.desk.now());
        let store = self.desk.store();
        Ok(store
            .read(move |tx| mails::due(tx, id, state, now, AT_ONCE))
            .await?)
    }

    /// Takes these mails in, one after the other; says how many came in.
    async fn take(&self, talk: &mut Talk, some: &[ToDo]) -> Result<usize, Problem> {
        let uids: Vec<u32> = some.iter().map(|mail| mail.uid).collect();
        let sizes = talk.sizes(&uids).await?;
        let mut taken = 0;
        for mail in some {
            if *self.stop.borrow() {
                break;
            }
            let size = sizes.iter().find(|(uid, _)| *uid == mail.uid);
            let became = match size {
                Some((uid, size)) => match take::one(self, talk, *uid, *size).await {
                    Ok(became) => became,
                    Err(problem) => return Err(self.put_back(*mail, problem).await),
                },
                // Somebody else moved or deleted it.
                None => Became::Gone,
            };
            taken += usize::from(became == Became::Taken);
            self.write_down(*mail, became).await?;
        }
        Ok(taken)
    }

    /// The conversation broke at this mail. If that was no accident, the others come first next time.
    async fn put_back(&self, mail: ToDo, problem: Problem) -> Problem {
        let later = Became::Later(problem.words.clone());
        match self.write_down(mail, later).await {
            Ok(()) => problem,
            Err(worse) => worse,
        }
    }

    async fn write_down(&self, mail: ToDo, became: Became) -> Result<(), Problem> {
        let (id, now) = (self.mailbox.id, self.desk.now());
        let write = self.desk.store().write(move |tx| match became {
            Became::Taken => mails::advance(tx, id, mail.uid, State::Taken, now),
            Became::Canary => mails::advance(tx, id, mail.uid, State::Canary, now),
            // It stays there, whatever happens to others.
            Became::TooLarge | Became::Gone => mails::done(tx, id, &[mail.uid]),
            Became::Later(error) => mails::later(tx, id, mail.uid, now + pause(mail.tries), &error),
        });
        Ok(write.await?)
    }

    /// Does with taken mails what should happen to them. A refusal is told and tried again next time.
    async fn clear_up(&self, talk: &mut Talk) -> Result<Option<Problem>, Problem> {
        for state in [State::Taken, State::Canary] {
            loop {
                let some = self.due(state).await?;
                if some.is_empty() {
                    break;
                }
                let uids: Vec<u32> = some.iter().map(|mail| mail.uid).collect();
                match afterwards::carry_out(talk, state, &self.settings.afterwards, &uids).await {
                    Ok(()) => {}
                    Err(problem) if problem.kind == afterwards::TROUBLE => {
                        return Ok(Some(problem));
                    }
                    Err(problem) => return Err(problem),
                }
                let id = self.mailbox.id;
                self.desk
                    .store()
                    .write(move |tx| mails::done(tx, id, &uids))
                    .await?;
            }
        }
        Ok(None)
    }
}

/// The pause before a mail that could not be taken in is tried again: from half a minute to an hour.
fn pause(tries: u32) -> SignedDuration {
    SignedDuration::from_secs((30_i64 << tries.min(7)).min(3600))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_that_fails_is_tried_ever_less_often() {
        let seconds: Vec<i64> = [0, 1, 6, 7, u32::MAX]
            .iter()
            .map(|tries| pause(*tries).as_secs())
            .collect();
        assert_eq!(seconds, [30, 60, 1920, 3600, 3600]);
    }
}

//! A ticket's history read as facts for the clocks.

use std::sync::Arc;

use jiff::Timestamp;

use super::lives::{Life, is_client_word, told_here};
use super::{CountFrom, Fact, How, Key, Owed, Side, Standing, Terms, What};
use crate::calls::Wanted;
use crate::event::{Event, Recorded};
use crate::ids::{AgreementVersionId, ClientId, EventId, MessageId, QueueId};
use crate::tickets::{Kind, Priority, Ticket};

/// What happened on a ticket, given its whole history as it was recorded.
///
/// `others` are the histories of tickets that were merged into it; those that are told elsewhere again say nothing (S19).
/// `terms` is asked for what the agreement wants of the ticket as it stands, whenever that can have changed: its second
/// argument is the version a person bound the ticket to, if anybody did.
pub fn facts(
    history: &[Recorded],
    others: &[&[Recorded]],
    terms: impl Fn(&Ticket, Option<AgreementVersionId>) -> Arc<Terms>,
) -> Vec<Fact> {
    let told = told_here(history, others);
    let histories = std::iter::once(history).chain(told);
    let mut telling = Telling {
        lives: histories.map(Life::of).collect(),
        standing: None,
        chosen: None,
        version: None,
        opening_call: None,
        facts: Vec::new(),
    };
    telling.all(&terms);
    telling.facts
}

/// What the choice of terms rests on.
type Choice = (
    Priority,
    Kind,
    Option<ClientId>,
    QueueId,
    Option<AgreementVersionId>,
);

struct Telling {
    /// The ticket itself first.
    lives: Vec<Life>,
    standing: Option<Standing>,
    chosen: Option<Choice>,
    version: Option<AgreementVersionId>,
    /// The call the ticket was opened with.
    opening_call: Option<MessageId>,
    facts: Vec<Fact>,
}

impl Telling {
    fn all(&mut self, terms: &impl Fn(&Ticket, Option<AgreementVersionId>) -> Arc<Terms>) {
        let lines = |(life, it): (usize, &Life)| {
            let lines = it.lines.iter().enumerate();
            lines
                .map(|(place, line)| (line.at, line.id, life, place))
                .collect::<Vec<_>>()
        };
        let mut order: Vec<(Timestamp, EventId, usize, usize)> =
            self.lives.iter().enumerate().flat_map(lines).collect();
        if self.lives.len() > 1 {
            order.sort();
        }
        // The lines are read while the tickets they tell of change.
        let lines: Vec<Vec<Recorded>> = self
            .lives
            .iter_mut()
            .map(|life| std::mem::take(&mut life.lines))
            .collect();
        let mut given: Vec<Given> = lines.iter().map(|_| Given::default()).collect();
        for (_, _, life, place) in order {
            let line = &lines[life][place];
            self.lives[life].tell(line);
            self.said(line, &lines[life]);
            let ticket = self.lives[life].ticket.as_ref();
            given[life].tell(line, ticket, &mut self.facts);
            if life == 0 {
                self.chosen(line, terms);
            }
            self.stands(line);
        }
    }

    fn say(&mut self, line: &Recorded, what: What) {
        self.facts.push(Fact {
            at: line.at,
            line: line.id,
            what,
        });
    }

    fn said(&mut self, line: &Recorded, lines: &[Recorded]) {
        match &line.event {
            Event::Opened { .. } => {
                let by = opened_by(line, lines);
                self.say(line, What::Opened { by });
                self.opening_call = self.opening_call.or(opening_call(line, lines));
            }
            event if is_client_word(event) => self.say(line, What::ClientSaid),
            Event::Replied { .. } => self.say(line, What::DeskSaid),
            Event::Called {
                message,
                wanted,
                outgoing,
                ..
            } => {
                if outgoing.is_some() {
                    self.say(line, What::DeskSaid);
                }
                self.wants(line, *message, *wanted);
            }
            Event::CallCorrected {
                message, wanted, ..
            } => {
                self.say(line, What::ClientSaid);
                self.wants(line, *message, *wanted);
            }
            Event::Confirmed => self.say(line, What::Confirmed),
            Event::ClosedUnanswered => self.say(line, What::ClosedUnanswered),
            _ => {}
        }
    }

    /// What was said in a call asks for a resolution or not. Only the call a ticket was opened with can take it away.
    fn wants(&mut self, line: &Recorded, call: MessageId, wanted: Wanted) {
        match wanted {
            Wanted::Act | Wanted::Decide => self.say(line, What::Asked),
            Wanted::Know if self.opening_call == Some(call) => self.say(line, What::OnlyToKnow),
            Wanted::Know => {}
        }
    }

    fn chosen(
        &mut self,
        line: &Recorded,
        terms: &impl Fn(&Ticket, Option<AgreementVersionId>) -> Arc<Terms>,
    ) {
        let mut from = CountFrom::Start;
        if let Event::AgreementChanged {
            version,
            from_start,
        } = line.event
        {
            self.version = Some(version);
            if !from_start {
                from = CountFrom::Now;
            }
        }
        let Some(ticket) = &self.lives[0].ticket else {
            return;
        };
        let choice = (
            ticket.priority,
            ticket.kind,
            ticket.client,
            ticket.queue,
            self.version,
        );
        if self.chosen.replace(choice) != Some(choice) {
            let terms = terms(ticket, self.version);
            self.say(line, What::Terms { terms, from });
        }
    }

    /// The ticket stands as whatever of it is most with the desk (S19); one told elsewhere says nothing of it.
    fn stands(&mut self, line: &Recorded) {
        let own = self.lives[0].standing();
        let each = self.lives.iter().filter_map(Life::standing);
        let most = each
            .filter(|it| *it != Standing::Aside)
            .min_by_key(|it| rank(*it));
        let now = match own {
            Some(Standing::Aside) => own,
            _ => most.or(own),
        };
        if now != self.standing {
            self.standing = now;
            if let Some(standing) = now {
                self.say(line, What::Standing(standing));
            }
        }
    }
}

fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Open => 0,
        Standing::WithThirdParty => 1,
        Standing::WithClient => 2,
        Standing::Parked => 3,
        Standing::Resolved => 4,
        Standing::Closed | Standing::Aside => 5,
    }
}

/// A client opens a ticket by a message, and it is recorded at the same instant. Everything else the desk opened (S9).
fn opened_by(opening: &Recorded, lines: &[Recorded]) -> Side {
    let mut at_once = at_once(opening, lines);
    match at_once.any(|line| is_client_word(&line.event)) {
        true => Side::Client,
        false => Side::Desk,
    }
}

fn opening_call(opening: &Recorded, lines: &[Recorded]) -> Option<MessageId> {
    at_once(opening, lines).find_map(|line| match line.event {
        Event::Called { message, .. } => Some(message),
        _ => None,
    })
}

fn at_once<'a>(opening: &Recorded, lines: &'a [Recorded]) -> impl Iterator<Item = &'a Recorded> {
    let at = opening.at;
    lines.iter().take_while(move |line| line.at <= at)
}

/// What somebody gave a ticket: what waits and offers leave behind, promises and duties.
#[derive(Default)]
struct Given {
    wait: Option<(Key, Timestamp)>,
    offer: Option<(Key, Timestamp)>,
}

impl Given {
    fn tell(&mut self, line: &Recorded, ticket: Option<&Ticket>, facts: &mut Vec<Fact>) {
        let mut say = |what| {
            facts.push(Fact {
                at: line.at,
                line: line.id,
                what,
            });
        };
        let Some(ticket) = ticket else { return };
        // Where it is told, that ticket waits for it.
        let here = ticket.merged_into.is_none();
        let wait = ticket.wait.as_ref().filter(|_| here).map(|it| it.next);
        let how = How::Dropped;
        change(&mut self.wait, wait, line, Owed::NextUpdate, how, &mut say);
        let offer = ticket.delegation.map(|offer| offer.due);
        if matches!(line.event, Event::Delegated { .. }) {
            change(&mut self.offer, None, line, Owed::Acceptance, how, &mut say);
        }
        let how = match line.event {
            Event::DelegationAccepted { .. } | Event::DelegationDeclined { .. } => How::Done,
            _ => How::Dropped,
        };
        change(
            &mut self.offer,
            offer,
            line,
            Owed::Acceptance,
            how,
            &mut say,
        );
        promised(&line.event, &mut say);
        asked_for(&line.event, &mut say);
    }
}

/// What began, moved or ended, as the ticket says after the line.
fn change(
    known: &mut Option<(Key, Timestamp)>,
    due: Option<Timestamp>,
    line: &Recorded,
    owed: Owed,
    how: How,
    say: &mut impl FnMut(What),
) {
    match (*known, due) {
        (None, Some(due)) => {
            let key = Key::Line(line.id);
            *known = Some((key, due));
            let side = Side::Desk;
            say(What::Due {
                key,
                owed,
                side,
                due,
            });
        }
        (Some((key, before)), Some(due)) if before != due => {
            *known = Some((key, due));
            say(What::Moved { key, due });
        }
        (Some((key, _)), None) => {
            *known = None;
            say(What::Done { key, how });
        }
        (None, None) | (Some(_), Some(_)) => {}
    }
}

fn promised(event: &Event, say: &mut impl FnMut(What)) {
    match *event {
        Event::Promised {
            promise, side, due, ..
        } => say(What::Due {
            key: Key::Promise(promise),
            owed: Owed::Promise,
            side,
            due,
        }),
        Event::PromiseMoved { promise, due, .. } => say(What::Moved {
            key: Key::Promise(promise),
            due,
        }),
        Event::PromiseKept { promise, .. } => say(What::Done {
            key: Key::Promise(promise),
            how: How::Done,
        }),
        _ => {}
    }
}

/// A duty that nobody could be asked for is not owed yet.
fn asked_for(event: &Event, say: &mut impl FnMut(What)) {
    let ended = |run, how| What::Done {
        key: Key::Duty(run),
        how,
    };
    match *event {
        Event::DutyAsked {
            run,
            within,
            instead_of,
            outgoing: Some(_),
            ..
        } => {
            if let Some(earlier) = instead_of {
                say(ended(earlier, How::Dropped));
            }
            say(What::DueWithin {
                key: Key::Duty(run),
                owed: Owed::Duty,
                side: Side::Client,
                target: within,
            });
        }
        Event::DutyDone { run } => say(ended(run, How::Done)),
        Event::DutyNotDone { run, .. } => say(ended(run, How::NotDone)),
        _ => {}
    }
}

//! What the composer of a ticket's page adds to a message: time to take it back, and the draft it was made of.

use jiff::{SignedDuration, Timestamp};
use kept_domain::access::Viewer;
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::tickets::Ticket;
use kept_domain::time_entries::{Spent, WorkType};
use kept_mail::OutgoingMail;
use kept_store::held::{self, Held};
use kept_store::{Tx, messages, people};

use super::NewWait;
use super::say::ReadyFile;
use crate::promises::WithReply;
use crate::time_entries::{self, Worked};
use crate::{Error, sender};

/// How a message was composed. By default it goes out at once and has no past.
#[derive(Debug, Clone, Default)]
pub struct Composed {
    /// The newest message its author had seen when they began to write; `None` asks nothing.
    pub seen: Option<MessageId>,
    /// Whether it waits until its author can no longer take it back.
    pub can_undo: bool,
    /// The message that was taken back before and is said anew with this one.
    pub draft: Option<MessageId>,
    /// Which of the draft's files still belong to it.
    pub keep_files: Vec<i64>,
    /// The third party a reply says the ticket waits for from then on; what it does with the turn follows from that.
    pub wait: Option<NewWait>,
    /// Whether the client reads of that third party below the reply.
    pub tells_wait: bool,
    /// What a reply does to promises.
    pub promises: WithReply,
    /// Whether its author's draft on this ticket is said with it.
    pub ends_draft: bool,
    /// How long its author worked on it.
    pub spent: Option<Spent>,
}

impl Composed {
    pub(super) fn keeps_no_files(&self) -> bool {
        self.draft.is_none() || self.keep_files.is_empty()
    }

    /// What was being written is said, and waits nowhere any more.
    pub(super) fn end_draft(
        &self,
        tx: &mut Tx<'_>,
        author: &Viewer,
        ticket: TicketId,
    ) -> Result<(), Error> {
        if !self.ends_draft {
            return Ok(());
        }
        crate::drafts::sent(tx, author.person, ticket)
    }

    /// Logs the time it took.
    pub(super) fn log_time(
        &self,
        tx: &mut Tx<'_>,
        ticket: &mut Ticket,
        author: &Viewer,
        message: MessageId,
        now: Timestamp,
    ) -> Result<(), Error> {
        let worked = self.spent.map(|spent| Worked {
            spent,
            work_type: WorkType::Work,
            began: None,
        });
        let by = (author.person, message);
        time_entries::with_message(tx, ticket, by, worked, now)
    }

    /// Puts it into the outbox, where it waits as long as its author can take it back.
    pub(super) fn send(
        &self,
        tx: &mut Tx<'_>,
        mail: &OutgoingMail,
        (ticket, message): (TicketId, MessageId),
        author: &Viewer,
        now: Timestamp,
    ) -> Result<(), Error> {
        let until = self.hold_until(tx, author, now)?;
        let about = (Some(ticket), Some(message));
        let outgoing = sender::queue_for(tx, mail, about.0, about.1, now, until)?;
        if until > now {
            let held = Held {
                outgoing,
                message,
                ticket,
                person: author.person,
                until,
            };
            held::hold(tx, &held, now)?;
        }
        Ok(())
    }

    /// When the mail may go out.
    fn hold_until(
        &self,
        tx: &mut Tx<'_>,
        author: &Viewer,
        now: Timestamp,
    ) -> Result<Timestamp, Error> {
        if !self.can_undo {
            return Ok(now);
        }
        let seconds = people::undo_seconds(tx, author.person)?;
        Ok(now + SignedDuration::from_secs(seconds.clamp(0, super::LONGEST_UNDO_SECONDS)))
    }

    /// All its files: those that were just attached and those of the draft, which leaves the composer with this.
    pub(super) fn files(
        &self,
        tx: &mut Tx<'_>,
        author: &Viewer,
        new: &[ReadyFile],
    ) -> Result<Vec<ReadyFile>, Error> {
        let mut files = Vec::new();
        if let Some(draft) = self.draft
            && held::drop_draft(tx, draft, author.person)?
        {
            let kept = messages::files_of_message(tx, draft)?;
            let kept = kept
                .iter()
                .filter(|file| self.keep_files.contains(&file.id));
            files.extend(kept.map(ReadyFile::again));
        }
        files.extend_from_slice(new);
        Ok(files)
    }
}

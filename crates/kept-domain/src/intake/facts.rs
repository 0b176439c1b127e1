//! What the shell found out about a mail before anything is decided.

use crate::ids::{MessageId, PersonId, QueueId, TicketId, UnsortedId};
use crate::intake::HeaderName;
use crate::people::EmailAddress;

/// Everything a decision may depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The same mail, if it was taken in before: same Message-ID and same content.
    pub seen: Option<Seen>,
    pub kind: MailKind,
    /// Who it claims to be from; `None` when there is no usable address.
    pub sender: Option<Sender>,
    /// Tickets its headers point to, the most telling first, merges already followed.
    pub referenced: Vec<Candidate>,
    /// The ticket of a reply token of ours that verified, merges already followed.
    pub token: Option<TicketId>,
    /// The ticket named by a tag in the subject.
    pub tagged: Option<Tagged>,
    /// It carries the mark our own desk puts on everything it sends.
    pub carries_our_mark: bool,
    /// The queues it was sent to, envelope first.
    pub queues: Vec<QueueId>,
    pub default_queue: QueueId,
    /// Automatic answers sent to this address in the last day.
    pub answers_today: u32,
}

/// A ticket that one of the mail's headers leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub ticket: TicketId,
    pub header: HeaderName,
}

/// `[#1042]` in the subject, and whether the sender has any business with that ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagged {
    pub ticket: TicketId,
    pub sender_takes_part: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub address: EmailAddress,
    /// Who has this address, if anybody we know.
    pub person: Option<PersonId>,
    /// Whoever has this address works at the desk.
    pub works_here: bool,
    /// The mail is proven to be from this address, well enough to act as whoever has it.
    pub is_proven: bool,
    /// The address is one of ours: a queue writes to a queue.
    pub is_our_queue: bool,
    /// The address says itself that nobody reads it.
    pub is_noreply: bool,
}

/// An earlier arrival of the same mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Message {
        message: MessageId,
        ticket: TicketId,
    },
    Unsorted(UnsortedId),
}

/// What kind of mail it is, by its own headers and form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailKind {
    Person,
    /// A person may have written it, to many.
    MailingList,
    /// A program wrote it: an alert, a newsletter, a notice.
    Automatic,
    VacationReply,
    /// Somebody's calendar answers an invitation; `says_more` when the person added words.
    InvitationAnswer {
        says_more: bool,
    },
    Bounce,
    Receipt,
    /// A machine's report about mail: DMARC, TLS, abuse.
    Report,
}

impl MailKind {
    /// A program wrote it, so it never moves a turn.
    pub fn by_program(self) -> bool {
        !matches!(
            self,
            MailKind::Person
                | MailKind::MailingList
                | MailKind::InvitationAnswer { says_more: true }
        )
    }
}

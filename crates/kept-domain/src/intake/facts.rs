//! What the shell found out about a mail before anything is decided.

use jiff::SignedDuration;

use crate::ids::{MessageId, PersonId, QueueId, TicketId, UnsortedId};
use crate::intake::budget::{Answered, Limits};
use crate::intake::{Forward, HeaderName, Meant};
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
    /// What it says itself of where it belongs, as far as its proof reaches.
    pub meant: Meant,
    /// More about the tickets it may belong to.
    pub threads: Threads,
    /// It carries the mark our own desk puts on everything it sends.
    pub carries_our_mark: bool,
    /// The queues it was sent to, envelope first.
    pub queues: Vec<QueueId>,
    pub default_queue: QueueId,
    /// The mail of ours it reports on, when it is such a report and that mail was found.
    pub reported: Option<Reported>,
    /// Automatic answers sent before, as far as they count here.
    pub answered: Answered,
    pub limits: Limits,
    /// The mail it passes on, if it passes one on.
    pub forward: Option<Forward>,
    /// A rule of somebody's mailbox passed it on and marked it as automatic; what that mailbox's owner
    /// would be told, the rule would send here again.
    pub by_mailbox_rule: bool,
}

/// The mail of ours that a bounce or a complaint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// It went out from this ticket, merges already followed.
    Mail { ticket: TicketId, by: FoundBy },
    /// It was a notice of ours that belongs to no ticket, whatever it quotes.
    Notice,
}

/// What led from a report to the mail it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundBy {
    /// Its Message-ID stands in the report.
    MessageId,
    /// The report came to the signed address that mail was sent from, or quotes its mark.
    Token,
    /// Nothing but whom it could not reach, and that we wrote to them lately.
    Recipient,
}

/// What is known of the tickets a mail may belong to, and of its thread.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Threads {
    pub known: Vec<KnownTicket>,
    /// How long after closing a ticket is opened again by a mail.
    pub grace: SignedDuration,
    /// Somebody passes on what another wrote; only looked for where the subject differs.
    pub is_forward: bool,
    /// A number of the sender's own desk, and the ticket it was seen on.
    pub foreign: Option<(String, TicketId)>,
    /// Another client's ticket that points to what this mail answers.
    pub of_another: Option<TicketId>,
}

/// A ticket a mail may belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownTicket {
    pub ticket: TicketId,
    /// Since it was closed, if it is.
    pub closed_for: Option<SignedDuration>,
    /// The mail's subject is not the ticket's, prefixes aside.
    pub another_subject: bool,
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
    /// The mail is proven to be from this address, well enough to act as whoever has it; where it was
    /// sent to is another question, see [`Meant`].
    pub is_proven: bool,
    /// The address is one of ours: a queue writes to a queue.
    pub is_our_queue: bool,
    /// The address is in the domain of a queue, and that domain is no client's.
    pub has_our_domain: bool,
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
    /// The one spelling used in the database. What an answer to an invitation says besides is not kept.
    pub fn as_str(self) -> &'static str {
        match self {
            MailKind::Person => "person",
            MailKind::MailingList => "mailing-list",
            MailKind::Automatic => "automatic",
            MailKind::VacationReply => "vacation-reply",
            MailKind::InvitationAnswer { .. } => "invitation-answer",
            MailKind::Bounce => "bounce",
            MailKind::Receipt => "receipt",
            MailKind::Report => "report",
        }
    }

    /// Reads that spelling back; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        [
            MailKind::Person,
            MailKind::MailingList,
            MailKind::Automatic,
            MailKind::VacationReply,
            MailKind::InvitationAnswer { says_more: false },
            MailKind::Bounce,
            MailKind::Receipt,
            MailKind::Report,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == text)
    }

    /// What it is called on screens; nothing for what people write.
    pub fn label(self) -> Option<&'static str> {
        match self {
            MailKind::Person => None,
            MailKind::MailingList => Some("mailing list"),
            MailKind::Automatic => Some("automatic"),
            MailKind::VacationReply => Some("automatic reply"),
            MailKind::InvitationAnswer { .. } => Some("answer to an invitation"),
            MailKind::Bounce => Some("delivery report"),
            MailKind::Receipt => Some("receipt"),
            MailKind::Report => Some("machine report"),
        }
    }

    /// Whether it is a program's answer to a mail of ours. Whoever it says it is from is often an
    /// address nobody can write to, so it makes nobody known.
    pub fn answers_ours(self) -> bool {
        matches!(
            self,
            MailKind::VacationReply | MailKind::Bounce | MailKind::Receipt | MailKind::Report
        )
    }

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

//! Why intake decided as it did, as a fact that is stored and a sentence that is shown.

use serde::{Deserialize, Serialize};

use crate::ids::TicketId;
use crate::tickets::Link;

/// Why a mail is where it is. Shown on the ticket after "by mail".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Reason {
    Referenced {
        header: HeaderName,
        ticket: TicketId,
    },
    ReplyToken {
        ticket: TicketId,
    },
    SubjectTag {
        ticket: TicketId,
    },
    /// A bounce that says only whom it did not reach.
    WrittenToRecipient {
        ticket: TicketId,
    },
    /// Nothing ties it to an earlier ticket.
    NewThread,
    /// The subject names a ticket its sender has no part in.
    TagOfAStranger {
        ticket: TicketId,
    },
    /// A number of the sender's own desk, seen on this ticket before.
    ForeignTag {
        tag: String,
        ticket: TicketId,
    },
    /// It answers a ticket that was closed too long ago to be reopened.
    AfterTheEnd {
        ticket: TicketId,
    },
    /// It forwards a mail of a ticket, about something else.
    AnotherSubject {
        ticket: TicketId,
    },
    /// What it answers never came to us, and another client's ticket points to that too.
    ThreadOfAnother {
        ticket: TicketId,
    },
    /// A person moved it here.
    MovedFrom {
        ticket: TicketId,
    },
    /// A person decided, in Unsorted.
    ByHand,
}

impl Reason {
    /// How the ticket a mail began hangs together with an older one.
    pub fn link(&self) -> Option<(Link, TicketId)> {
        match self {
            Reason::AfterTheEnd { ticket } => Some((Link::Follows, *ticket)),
            Reason::AnotherSubject { ticket } => Some((Link::Forwards, *ticket)),
            _ => None,
        }
    }

    /// The ticket a mail might belong to all the same, when intake did not think so.
    pub fn offers(&self) -> Option<TicketId> {
        match self {
            Reason::TagOfAStranger { ticket }
            | Reason::AfterTheEnd { ticket }
            | Reason::AnotherSubject { ticket }
            | Reason::ThreadOfAnother { ticket } => Some(*ticket),
            Reason::Referenced { .. }
            | Reason::ReplyToken { .. }
            | Reason::SubjectTag { .. }
            | Reason::ForeignTag { .. }
            | Reason::WrittenToRecipient { .. }
            | Reason::NewThread
            | Reason::MovedFrom { .. }
            | Reason::ByHand => None,
        }
    }
}

/// The header that led to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HeaderName {
    #[serde(rename = "In-Reply-To")]
    InReplyTo,
    #[serde(rename = "References")]
    References,
    /// Somebody else's mail points to this one: it came later than its answer.
    #[serde(rename = "Message-ID")]
    MessageId,
    /// It is a bounce, and this is what it brings back.
    Reported,
    /// It is about the same meeting: the UID of a calendar object (RFC 5545 §3.8.4.7).
    Invitation,
    /// It passes on a mail that belongs there.
    Forwarded,
}

/// Why a mail waits for a human eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unsorted {
    NoSender,
    FromOurselves,
    Loop,
    UnknownBounce,
    /// A notice to somebody who works here did not arrive; no ticket is concerned.
    BounceOfNotice,
    UnknownAutomatic,
    /// It can't be read at all; the raw bytes are kept.
    Unreadable,
    /// Only its headers were fetched.
    TooLarge,
}

/// Why no automatic answer goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Silence {
    WrittenByProgram,
    MailingList,
    NobodyReadsIt,
    /// A mailbox's rule sent it, and would send the answer here again.
    ByMailboxRule,
    NoSender,
    /// This address was answered by itself a moment ago.
    JustAnswered,
    /// This address was answered about the same subject today.
    SameSubject,
    /// This address has had its share of automatic answers today.
    BudgetSpent,
    /// The addresses of its domain have had theirs for this hour.
    DomainBudgetSpent,
    /// The whole desk has sent enough of them this hour.
    DeskBudgetSpent,
}

impl Silence {
    /// Whether it ended what would have gone out; people see that on the ticket.
    pub fn is_budget(self) -> bool {
        match self {
            Silence::WrittenByProgram
            | Silence::MailingList
            | Silence::NobodyReadsIt
            | Silence::ByMailboxRule
            | Silence::NoSender => false,
            Silence::JustAnswered
            | Silence::SameSubject
            | Silence::BudgetSpent
            | Silence::DomainBudgetSpent
            | Silence::DeskBudgetSpent => true,
        }
    }
}

/// Anything with a reason that can be said in words.
pub trait Why {
    fn why(&self) -> &'static str;
}

impl HeaderName {
    pub fn as_str(self) -> &'static str {
        match self {
            HeaderName::InReplyTo => "In-Reply-To",
            HeaderName::References => "References",
            HeaderName::MessageId => "Message-ID",
            HeaderName::Reported => "the mail it reports on",
            HeaderName::Invitation => "the invitation it is about",
            HeaderName::Forwarded => "the mail it passes on",
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::Referenced { header, ticket } => {
                write!(f, "joined #{ticket}: {}", header.as_str())
            }
            Reason::ReplyToken { ticket } => write!(f, "joined #{ticket}: our reply token"),
            Reason::SubjectTag { ticket } => {
                write!(
                    f,
                    "joined #{ticket}: subject tag, and the sender takes part"
                )
            }
            Reason::WrittenToRecipient { ticket } => write!(
                f,
                "joined #{ticket}: the last mail to the recipient it names went out from there"
            ),
            Reason::NewThread => f.write_str("new ticket: no earlier mail of this thread"),
            Reason::TagOfAStranger { ticket } => {
                write!(
                    f,
                    "new ticket: the subject names #{ticket}, but the sender is not on it"
                )
            }
            Reason::ForeignTag { tag, ticket } => {
                write!(
                    f,
                    "joined #{ticket}: “{tag}” is the sender’s own number for it"
                )
            }
            Reason::AfterTheEnd { ticket } => {
                write!(
                    f,
                    "new ticket: #{ticket} was closed too long ago to reopen it"
                )
            }
            Reason::AnotherSubject { ticket } => {
                write!(f, "new ticket: it forwards #{ticket} about something else")
            }
            Reason::ThreadOfAnother { ticket } => write!(
                f,
                "new ticket: #{ticket} answers the same mail, but is somebody else’s"
            ),
            Reason::MovedFrom { ticket } => write!(f, "moved here from #{ticket} by hand"),
            Reason::ByHand => f.write_str("put here by hand"),
        }
    }
}

impl Unsorted {
    pub fn as_str(self) -> &'static str {
        match self {
            Unsorted::NoSender => "no-sender",
            Unsorted::FromOurselves => "from-ourselves",
            Unsorted::Loop => "loop",
            Unsorted::UnknownBounce => "unknown-bounce",
            Unsorted::BounceOfNotice => "bounce-of-notice",
            Unsorted::UnknownAutomatic => "unknown-automatic",
            Unsorted::Unreadable => "unreadable",
            Unsorted::TooLarge => "too-large",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        [
            Unsorted::NoSender,
            Unsorted::FromOurselves,
            Unsorted::Loop,
            Unsorted::UnknownBounce,
            Unsorted::BounceOfNotice,
            Unsorted::UnknownAutomatic,
            Unsorted::Unreadable,
            Unsorted::TooLarge,
        ]
        .into_iter()
        .find(|reason| reason.as_str() == text)
    }
}

impl Why for Unsorted {
    fn why(&self) -> &'static str {
        match self {
            Unsorted::NoSender => "It does not say who it is from",
            Unsorted::FromOurselves => "It comes from one of our own addresses",
            Unsorted::Loop => "Our own mail came back; answering it would start a loop",
            Unsorted::UnknownBounce => "A bounce of a mail we did not send",
            Unsorted::BounceOfNotice => {
                "A notice of ours to somebody at the desk was not delivered"
            }
            Unsorted::UnknownAutomatic => "An automatic answer that belongs to no ticket",
            Unsorted::Unreadable => "It could not be read; the original is kept",
            Unsorted::TooLarge => {
                "It is larger than what is taken in; it waits whole in the mailbox it came to"
            }
        }
    }
}

impl Why for Silence {
    fn why(&self) -> &'static str {
        match self {
            Silence::WrittenByProgram => "a program wrote it",
            Silence::MailingList => "it came through a mailing list",
            Silence::NobodyReadsIt => "its address says that nobody reads it",
            Silence::ByMailboxRule => "a rule of a mailbox passed it on",
            Silence::NoSender => "it has no sender",
            Silence::JustAnswered => {
                "this address was answered by itself a moment ago, and may be a robot"
            }
            Silence::SameSubject => "this address was answered about the same subject today",
            Silence::DomainBudgetSpent => "its domain had many automatic answers within an hour",
            Silence::DeskBudgetSpent => "the desk sent very many automatic answers within an hour",
            Silence::BudgetSpent => "this address had several automatic answers today",
        }
    }
}

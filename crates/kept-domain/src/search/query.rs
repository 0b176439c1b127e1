//! What a search asks for, after reading.

use super::{Day, Moment, Terms, When};
use crate::fields::{Asked, Compared};
use crate::ids::TicketId;
use crate::messages::text_form;
use crate::tickets::{Bond, Kind, Priority, Status, Tag};
use crate::turn::Turn;

/// All of it must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words that must appear, by their beginning.
    pub words: Vec<String>,
    /// Words that must appear side by side.
    pub phrases: Vec<String>,
    /// Words that must not appear.
    pub without: Vec<String>,
    pub conditions: Vec<Condition>,
}

/// One `field:value`, or several of which one is enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    Number(TicketId),
    Status(Status),
    Is(Is),
    Has(Has),
    Turn(Turn),
    Priority(Priority),
    Kind(Kind),
    Tag(Tag),
    /// Part of the client's name.
    Client(String),
    /// Part of the requester's name or address.
    From(String),
    /// Part of the responsible agent's name or address, or `me`.
    Agent(String),
    /// The same of whoever was asked to take it.
    Offered(String),
    /// The same of somebody who takes part beside the requester.
    With(String),
    /// The same of somebody of the desk who watches it.
    Watching(String),
    /// Part of the name or identifier of a thing it is about.
    Asset(String),
    /// It stands so to the ticket of this number.
    Bond(Bond, TicketId),
    /// Part of the queue's name.
    Queue(String),
    /// Part of the subject.
    Subject(String),
    /// What a field of the desk's own holds.
    Field(Asked),
    /// Opened in this hour of the day, from 0 to 23, where whoever asks is.
    Hour(i8),
    /// Opened on this day of the week.
    Weekday(Day),
    /// When something happened or is due.
    Time(Moment, When),
    Not(Box<Condition>),
    /// One of these must hold.
    Any(Vec<Query>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    Open,
    /// Resolved or closed.
    Ended,
    /// Open, and something on it is overdue.
    Late,
    /// Something that is still open blocks it.
    Blocked,
    Spam,
    Merged,
}

/// What a ticket may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    Client,
    Tag,
    /// A file somebody would miss, not a logo below a name.
    Attachment,
    /// One that is still to be kept.
    Promise,
    /// A third party that is waited for.
    Wait,
    /// Somebody who was asked to take it.
    Offer,
    /// A thing it is about.
    Asset,
    /// Something that people said it is to another ticket.
    Links,
}

/// The number in a value such as `#12`, which means exactly the client, person or asset of this number.
pub fn numbered(text: &str) -> Option<i64> {
    text.strip_prefix('#')?.parse().ok()
}

text_form!(Is {
    Is::Open => "open",
    Is::Ended => "ended",
    Is::Late => "late",
    Is::Blocked => "blocked",
    Is::Spam => "spam",
    Is::Merged => "merged",
});
text_form!(Has {
    Has::Client => "client",
    Has::Tag => "tag",
    Has::Attachment => "attachment",
    Has::Promise => "promise",
    Has::Wait => "wait",
    Has::Offer => "offer",
    Has::Asset => "asset",
    Has::Links => "links",
});

/// The whole name that is asked for: `=Acme` is what is called just that. A name is found without its quotes, which can't be
/// typed inside quotes.
pub fn whole_name(text: &str) -> Option<&str> {
    text.strip_prefix('=')
        .map(str::trim)
        .filter(|name| !name.is_empty())
}

impl Condition {
    /// What is left of it when it is turned round; twice is as before.
    pub(super) fn negated(self) -> Self {
        match self {
            Condition::Not(inner) => *inner,
            plain => Condition::Not(Box::new(plain)),
        }
    }

    /// Whether `holds` says yes to it or to any condition inside.
    pub fn any(&self, holds: &dyn Fn(&Condition) -> bool) -> bool {
        holds(self)
            || match self {
                Condition::Not(inner) => inner.any(holds),
                Condition::Any(queries) => queries.iter().any(|query| query.any(holds)),
                _ => false,
            }
    }

    /// Whether it brings tickets into sight that are out of it.
    fn shows_hidden(&self) -> bool {
        match self {
            Condition::Number(_) | Condition::Is(Is::Spam | Is::Merged) => true,
            Condition::Any(queries) => queries.iter().any(Query::asks_for_hidden),
            _ => false,
        }
    }
}

impl Query {
    /// Whether it asks for anything at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.phrases.is_empty() && self.conditions.is_empty()
    }

    /// Whether nothing is in it, not even a word that must be missing.
    pub(super) fn is_blank(&self) -> bool {
        self.is_empty() && self.without.is_empty()
    }

    /// Whether any of its conditions asks for tickets that are out of sight: a number, spam, merged.
    pub fn asks_for_hidden(&self) -> bool {
        self.conditions.iter().any(Condition::shows_hidden)
    }

    /// The same, but for what its alternatives ask each for themselves.
    pub fn asks_for_hidden_itself(&self) -> bool {
        let plain = |it: &&Condition| !matches!(it, Condition::Any(_));
        self.conditions
            .iter()
            .filter(plain)
            .any(Condition::shows_hidden)
    }

    /// Whether what it asks for leaves out everything that is still open.
    pub fn finds_only_ended(&self) -> bool {
        let ended = |it: &Condition| {
            matches!(
                it,
                Condition::Is(Is::Ended | Is::Spam | Is::Merged)
                    | Condition::Status(Status::Resolved | Status::Closed)
            )
        };
        self.conditions.iter().any(ended)
    }

    /// Whether `holds` says yes to any condition in it.
    pub fn any(&self, holds: &dyn Fn(&Condition) -> bool) -> bool {
        self.conditions.iter().any(|it| it.any(holds))
    }

    /// Whether it means somebody else for each who asks.
    pub fn is_about_me(&self) -> bool {
        self.any(&|it| {
            matches!(it, Condition::From(who) | Condition::Agent(who) | Condition::Offered(who)
                | Condition::With(who) | Condition::Watching(who) if who == "me")
                || matches!(it, Condition::Field(asked) if asked.compared == Compared::Is("me".to_owned()))
        })
    }

    /// Whether its answer changes as time goes by.
    pub fn looks_at_time(&self) -> bool {
        self.any(&|it| matches!(it, Condition::Time(..) | Condition::Is(Is::Late)))
    }

    /// The words it looks for, as the full text takes them.
    pub fn terms(&self) -> Terms {
        Terms {
            words: self.words.clone(),
            phrases: self.phrases.clone(),
            without: self.without.clone(),
        }
    }

    /// Whether the words of messages decide anything.
    pub fn looks_at_words(&self) -> bool {
        let alternatives = |it: &Condition| match it {
            Condition::Any(queries) => queries.iter().any(Self::looks_at_words),
            _ => false,
        };
        self.has_text() || !self.without.is_empty() || self.any(&alternatives)
    }

    /// Whether anything is asked that neither the ticket itself nor its words say.
    pub fn looks_further(&self) -> bool {
        self.any(&|it| {
            matches!(
                it,
                Condition::Has(Has::Attachment | Has::Promise | Has::Asset | Has::Links)
                    | Condition::Is(Is::Blocked)
                    | Condition::Bond(..)
                    | Condition::Asset(_)
                    | Condition::With(_)
                    | Condition::Watching(_)
                    | Condition::Offered(_)
                    | Condition::Field(_)
                    | Condition::Time(Moment::Due, _)
            )
        })
    }

    /// Whether the full text must be asked.
    pub fn has_text(&self) -> bool {
        !self.words.is_empty() || !self.phrases.is_empty()
    }

    /// Everything that must stand in a message, wherever in the search it is asked for.
    pub fn all_words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.words.iter().chain(&self.phrases).cloned().collect();
        for condition in &self.conditions {
            if let Condition::Any(queries) = condition {
                words.extend(queries.iter().flat_map(Self::all_words));
            }
        }
        words
    }
}

//! The acts a rule can do.

use serde::{Deserialize, Serialize};

use crate::event::Names;
use crate::ids::{PersonId, QueueId};
use crate::tickets::{Kind, Priority, Tag};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Action {
    Queue {
        to: QueueId,
    },
    Priority {
        to: Priority,
    },
    Kind {
        to: Kind,
    },
    Assign {
        to: Assignee,
    },
    Tag {
        tags: Vec<Tag>,
    },
    Untag {
        tags: Vec<Tag>,
    },
    /// A note for the desk; a template.
    Note {
        text: String,
    },
    /// Automatic mail to the requester; a template of Markdown.
    Reply {
        text: String,
    },
    /// Tells people of the desk by mail.
    Notify {
        whom: Vec<Whom>,
    },
    /// Posts the ticket as JSON.
    Hook {
        url: String,
        /// What the signature is made with, sealed by the shell; empty when there is none yet.
        sealed_secret: String,
    },
}

/// Who becomes responsible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "kebab-case")]
pub enum Assignee {
    Person {
        person: PersonId,
    },
    /// As for a new ticket of the queue.
    OnDuty,
    /// The dispatcher of the ticket's queue.
    Dispatcher,
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "kebab-case")]
pub enum Whom {
    Person { person: PersonId },
    Responsible,
    Dispatcher,
}

impl Action {
    /// As it stands after “then”.
    pub fn words(&self, names: &dyn Names) -> String {
        match self {
            Action::Queue { to } => format!("move it to {}", names.queue(*to)),
            Action::Priority { to } => format!("set the priority to {}", to.as_str()),
            Action::Kind { to } => format!("make it {}", with_article(*to)),
            Action::Assign { to } => format!("make {} responsible", to.words(names)),
            Action::Tag { tags } => format!("tag it {}", listed(tags)),
            Action::Untag { tags } => format!("take {} off", listed(tags)),
            Action::Note { .. } => "write a note".to_owned(),
            Action::Reply { .. } => "answer the client with a text written beforehand".to_owned(),
            Action::Notify { whom } => {
                let people: Vec<String> = whom.iter().map(|whom| whom.words(names)).collect();
                format!("tell {} by mail", and(&people))
            }
            Action::Hook { url, .. } => format!("tell {}", host(url)),
        }
    }
}

impl Assignee {
    fn words(self, names: &dyn Names) -> String {
        match self {
            Assignee::Person { person } => names.person(person),
            Assignee::OnDuty => "whoever is on duty".to_owned(),
            Assignee::Dispatcher => "the queue’s dispatcher".to_owned(),
        }
    }
}

impl Whom {
    fn words(self, names: &dyn Names) -> String {
        match self {
            Whom::Person { person } => names.person(person),
            Whom::Responsible => "whoever is responsible".to_owned(),
            Whom::Dispatcher => "the queue’s dispatcher".to_owned(),
        }
    }
}

fn with_article(kind: Kind) -> &'static str {
    match kind {
        Kind::Incident => "an incident",
        Kind::Request => "a request",
        Kind::Question => "a question",
    }
}

fn listed(tags: &[Tag]) -> String {
    let words: Vec<String> = tags.iter().map(ToString::to_string).collect();
    and(&words)
}

/// `a, b and c`
pub(super) fn and(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The part of a URL that says where it leads.
pub(super) fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

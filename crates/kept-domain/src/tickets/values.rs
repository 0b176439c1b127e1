//! The small closed sets a ticket is described with.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nobody at the desk has answered yet.
    New,
    Open,
    /// Waiting for whoever has the turn.
    Waiting,
    /// The client went silent; any reply wakes it.
    Parked,
    /// Done, says the desk.
    Resolved,
    /// Done, confirmed or past the time for objections.
    Closed,
}

impl Status {
    /// Whether work on the ticket is still owed by somebody.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Status::New | Status::Open | Status::Waiting | Status::Parked
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

impl Priority {
    pub const ALL: [Priority; 4] = [
        Priority::Low,
        Priority::Normal,
        Priority::High,
        Priority::Urgent,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Incident,
    Request,
    Question,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Incident, Kind::Request, Kind::Question];
}

/// What a reply does with the turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AndThen {
    /// The client must answer: the turn is theirs.
    Ask,
    /// The client is told something; the turn stays.
    Update,
    Resolve,
}

/// Why a ticket is out of the desk's sight without being deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aside {
    Spam,
    Merged,
}

text_form!(Status {
    Status::New => "new",
    Status::Open => "open",
    Status::Waiting => "waiting",
    Status::Parked => "parked",
    Status::Resolved => "resolved",
    Status::Closed => "closed",
});
text_form!(Priority {
    Priority::Low => "low",
    Priority::Normal => "normal",
    Priority::High => "high",
    Priority::Urgent => "urgent",
});
text_form!(Kind {
    Kind::Incident => "incident",
    Kind::Request => "request",
    Kind::Question => "question",
});
text_form!(AndThen {
    AndThen::Ask => "ask",
    AndThen::Update => "update",
    AndThen::Resolve => "resolve",
});
text_form!(Aside { Aside::Spam => "spam", Aside::Merged => "merged" });

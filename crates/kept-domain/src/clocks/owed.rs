//! What somebody can owe on a ticket, and which side owes it.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owed {
    /// A person's first word to a client who asked.
    FirstResponse,
    /// A word to each further message of the client.
    NextResponse,
    /// The client hears at least this often.
    NextUpdate,
    Resolution,
    /// To take a ticket that was offered, or to decline it.
    Acceptance,
    /// To what the desk asked.
    Answer,
    /// That what the desk resolved is done.
    Confirmation,
    /// Of a quote or a change.
    Approval,
    /// What good practice asks.
    Duty,
    Promise,
}

text_form!(Owed {
    Owed::FirstResponse => "first-response",
    Owed::NextResponse => "next-response",
    Owed::NextUpdate => "next-update",
    Owed::Resolution => "resolution",
    Owed::Acceptance => "acceptance",
    Owed::Answer => "answer",
    Owed::Confirmation => "confirmation",
    Owed::Approval => "approval",
    Owed::Duty => "duty",
    Owed::Promise => "promise",
});

impl Owed {
    /// In the order in which people read them.
    pub const ALL: [Owed; 10] = [
        Owed::FirstResponse,
        Owed::NextResponse,
        Owed::NextUpdate,
        Owed::Resolution,
        Owed::Acceptance,
        Owed::Answer,
        Owed::Confirmation,
        Owed::Approval,
        Owed::Duty,
        Owed::Promise,
    ];

    /// Who owes it when an agreement asks for it; a promise is owed by whoever gave it.
    pub fn side(self) -> Side {
        match self {
            Owed::FirstResponse
            | Owed::NextResponse
            | Owed::NextUpdate
            | Owed::Resolution
            | Owed::Acceptance
            | Owed::Promise => Side::Desk,
            Owed::Answer | Owed::Confirmation | Owed::Approval | Owed::Duty => Side::Client,
        }
    }

    /// As it stands inside a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Owed::FirstResponse => "a first response",
            Owed::NextResponse => "a response",
            Owed::NextUpdate => "an update",
            Owed::Resolution => "a resolution",
            Owed::Acceptance => "taking the ticket",
            Owed::Answer => "an answer",
            Owed::Confirmation => "a confirmation",
            Owed::Approval => "an approval",
            Owed::Duty => "a duty",
            Owed::Promise => "what was promised",
        }
    }
}

/// Who owes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Desk,
    Client,
}

text_form!(Side { Side::Desk => "desk", Side::Client => "client" });

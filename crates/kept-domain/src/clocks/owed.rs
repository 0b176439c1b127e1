//! What somebody can owe on a ticket, and which side owes it.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owed {
    FirstResponse,
    NextResponse,
    NextUpdate,
    Resolution,
    /// To take a ticket that was offered, or to decline it.
    Acceptance,
    Answer,
    Confirmation,
    Approval,
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

//! What was said on the phone or in the hallway, put in writing and confirmed by whoever said it.

mod answer;
mod record;

pub use answer::{CannotAnswer, LONGEST_WORDS, check_time, check_words, confirm, correct, log};
pub use record::{Answer, Call, record};

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

/// What a caller wants of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// Do something about it.
    Act,
    /// Just know it: no resolution is owed.
    Know,
    /// Decide something.
    Decide,
}

text_form!(Wanted {
    Wanted::Act => "act",
    Wanted::Know => "know",
    Wanted::Decide => "decide",
});

impl Wanted {
    pub const ALL: [Wanted; 3] = [Wanted::Act, Wanted::Know, Wanted::Decide];

    /// As it stands after “The caller wants us to”.
    pub fn words(self) -> &'static str {
        match self {
            Wanted::Act => "act",
            Wanted::Know => "know, and do nothing",
            Wanted::Decide => "decide",
        }
    }

    /// The same said to whoever called.
    pub fn told(self) -> &'static str {
        match self {
            Wanted::Act => "You want us to act on it.",
            Wanted::Know => "You told us so that we know; we are to do nothing about it.",
            Wanted::Decide => "You want us to decide.",
        }
    }
}

/// How the two sides spoke.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    #[default]
    TheyCalled,
    WeCalled,
    InPerson,
}

text_form!(How {
    How::TheyCalled => "they-called",
    How::WeCalled => "we-called",
    How::InPerson => "in-person",
});

impl How {
    pub const ALL: [How; 3] = [How::TheyCalled, How::WeCalled, How::InPerson];

    /// As the desk says it.
    pub fn words(self) -> &'static str {
        match self {
            How::TheyCalled => "called us",
            How::WeCalled => "called by us",
            How::InPerson => "in person",
        }
    }

    /// As it is said to whoever we spoke with: “… on Monday”.
    pub fn told(self) -> &'static str {
        match self {
            How::TheyCalled => "you called us",
            How::WeCalled => "we called you",
            How::InPerson => "we spoke",
        }
    }
}

#[cfg(test)]
mod tests;

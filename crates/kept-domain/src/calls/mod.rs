//! What was said on the phone or in the hallway, put in writing and confirmed by whoever said it.

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
    /// As it stands after “The caller wants us to”.
    pub fn words(self) -> &'static str {
        match self {
            Wanted::Act => "act",
            Wanted::Know => "know, and do nothing",
            Wanted::Decide => "decide",
        }
    }
}

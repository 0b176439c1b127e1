//! How things hang together.

use serde::{Deserialize, Serialize};

use crate::messages::text_form;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Without the other it does not work.
    DependsOn,
    PartOf,
}

text_form!(Relation {
    Relation::DependsOn => "depends-on",
    Relation::PartOf => "part-of",
});

impl Relation {
    pub const ALL: [Relation; 2] = [Relation::DependsOn, Relation::PartOf];

    /// Between the name of the one and that of the other.
    pub fn words(self) -> &'static str {
        match self {
            Relation::DependsOn => "depends on",
            Relation::PartOf => "is part of",
        }
    }

    /// The same said from the other side.
    pub fn back(self) -> &'static str {
        match self {
            Relation::DependsOn => "is needed by",
            Relation::PartOf => "contains",
        }
    }
}

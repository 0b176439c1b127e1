//! What the desk does by itself: when something happens, if a search holds, then these acts.
//!
//! A rule is data. Nothing here looks anything up or changes a ticket; the shell does both.

mod action;
mod chain;
mod check;
mod reading;
mod when;

pub use action::{Action, Assignee, Whom};
pub use chain::{Chain, Link};
pub use check::{BadRule, LONGEST_NAME, check};
pub use reading::{Reading, reading};
pub use when::Occurrence;

use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, QueueId};

/// One rule as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub name: String,
    pub on: bool,
    /// Any of these begins it.
    pub when: Vec<Occurrence>,
    /// A search; empty means always.
    #[serde(rename = "if")]
    pub condition: String,
    /// Done in this order.
    pub then: Vec<Action>,
    /// Later rules are not asked about the same happening once this one fired.
    pub stops: bool,
}

impl Rule {
    /// What its web-hook signs with, as it is sealed.
    pub fn secret(&self) -> Option<String> {
        self.then.iter().find_map(|action| match action {
            Action::Hook { sealed_secret, .. } => Some(sealed_secret.clone()),
            _ => None,
        })
    }

    /// The people and queues it needs, which may be gone one day.
    pub fn needs(&self) -> (Vec<PersonId>, Vec<QueueId>) {
        let (mut people, mut queues) = (vec![], vec![]);
        for action in &self.then {
            match action {
                Action::Assign {
                    to: Assignee::Person { person },
                } => people.push(*person),
                Action::Notify { whom } => {
                    people.extend(whom.iter().filter_map(|whom| match whom {
                        Whom::Person { person } => Some(*person),
                        Whom::Responsible | Whom::Dispatcher => None,
                    }))
                }
                Action::Queue { to } => queues.push(*to),
                _ => {}
            }
        }
        (people, queues)
    }
}

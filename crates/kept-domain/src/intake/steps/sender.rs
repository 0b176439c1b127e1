//! A mail that nobody sent can't be answered: a person must look at it.

use crate::intake::{Decision, Facts, MailKind, Unsorted};

pub fn decide(facts: &Facts) -> Option<Decision> {
    let nobody = facts.sender.is_none() && facts.kind != MailKind::Bounce;
    nobody.then_some(Decision::Unsorted(Unsorted::NoSender))
}

//! Mail of our own that comes back: filed where a person sees it, never answered.

use crate::intake::{Decision, Facts, MailKind, Unsorted};

pub fn decide(facts: &Facts) -> Option<Decision> {
    // A bounce quotes our mark by design; it is judged where bounces are.
    if facts.carries_our_mark && facts.kind != MailKind::Bounce {
        return Some(Decision::Unsorted(Unsorted::Loop));
    }
    let from_us = facts
        .sender
        .as_ref()
        .is_some_and(|sender| sender.is_our_queue);
    from_us.then_some(Decision::Unsorted(Unsorted::FromOurselves))
}

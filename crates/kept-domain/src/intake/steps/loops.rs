//! Mail of our own that comes back: filed where a person sees it, never answered.

use crate::intake::{Decision, Facts, MailKind, Speaker, Unsorted, speaker};

pub fn decide(facts: &Facts) -> Option<Decision> {
    // A bounce quotes our mark by design; it is judged where bounces are.
    if facts.carries_our_mark && facts.kind != MailKind::Bounce {
        return Some(Decision::Unsorted(Unsorted::Loop));
    }
    let from_us = facts
        .sender
        .as_ref()
        .is_some_and(|sender| sender.is_our_queue);
    // A shared mailbox that hands a client's mail in speaks for the client.
    let from_us = from_us && speaker(facts) != Speaker::Writer;
    from_us.then_some(Decision::Unsorted(Unsorted::FromOurselves))
}

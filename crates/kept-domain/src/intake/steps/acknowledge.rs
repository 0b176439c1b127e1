//! Whether the requester of a new ticket is told automatically that it arrived.

use crate::intake::{Facts, MailKind, Silence, Speaker, budget, speaker};

/// # Errors
/// The reason to stay silent.
pub fn may(facts: &Facts) -> Result<(), Silence> {
    if facts.kind == MailKind::MailingList {
        return Err(Silence::MailingList);
    }
    if facts.kind.by_program() {
        return Err(Silence::WrittenByProgram);
    }
    if speaker(facts) == Speaker::Writer {
        return may_tell_writer(facts);
    }
    match &facts.sender {
        None => Err(Silence::NoSender),
        Some(_) if facts.by_mailbox_rule => Err(Silence::ByMailboxRule),
        Some(sender) if sender.is_noreply => Err(Silence::NobodyReadsIt),
        Some(_) => budget::one_more(facts.answered, facts.limits),
    }
}

/// Whoever's mail was handed in hears of it like anybody else, within their own budget.
fn may_tell_writer(facts: &Facts) -> Result<(), Silence> {
    let forward = facts.forward.as_ref();
    match forward.and_then(|forward| forward.writer.as_ref()) {
        None => Err(Silence::NoSender),
        Some(writer) if writer.is_noreply => Err(Silence::NobodyReadsIt),
        Some(writer) => budget::one_more(writer.answered, facts.limits),
    }
}

//! Whether the sender of a new ticket is told automatically that it arrived.

use crate::intake::{Facts, MailKind, Silence, budget};

/// # Errors
/// The reason to stay silent.
pub fn may(facts: &Facts) -> Result<(), Silence> {
    if facts.kind == MailKind::MailingList {
        return Err(Silence::MailingList);
    }
    if facts.kind.by_program() {
        return Err(Silence::WrittenByProgram);
    }
    match &facts.sender {
        None => Err(Silence::NoSender),
        Some(sender) if sender.is_noreply => Err(Silence::NobodyReadsIt),
        Some(_) => budget::one_more(facts.answered, facts.limits),
    }
}

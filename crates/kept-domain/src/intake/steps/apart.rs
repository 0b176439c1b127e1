//! A mail that belongs to a ticket's thread and still begins a ticket of its own, beside the old one.
//!
//! Only what a person wrote: mail by programs moves nothing, so it is filed where it belongs.

use crate::ids::TicketId;
use crate::intake::{Facts, HeaderName, Reason};

/// Why the mail stands apart from `ticket`; `None` when it joins.
pub fn why(facts: &Facts, ticket: TicketId, joins: &Reason) -> Option<Reason> {
    if facts.kind.by_program() || facts.sender.is_none() {
        return None;
    }
    let known = facts.threads.known.iter().find(|it| it.ticket == ticket)?;
    let by_thread = matches!(
        joins,
        Reason::Referenced {
            header: HeaderName::InReplyTo | HeaderName::References,
            ..
        }
    );
    if by_thread && known.another_subject && facts.threads.is_forward {
        return Some(Reason::AnotherSubject { ticket });
    }
    // Whoever answers within the time means the old matter; later it is a new one that must be
    // counted as such. Nothing is lost: each shows the other.
    let over = known.closed_for.is_some_and(|it| it > facts.threads.grace);
    over.then_some(Reason::AfterTheEnd { ticket })
}

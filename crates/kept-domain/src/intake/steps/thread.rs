//! Which ticket a mail belongs to: what its headers point to, then our own token, then the subject's tag.

use super::apart;
use crate::ids::TicketId;
use crate::intake::{Decision, Facts, Reason};

/// Joins an earlier ticket when something ties the mail to it.
///
/// A tag in the subject can be copied by anybody, so it counts only for people who take part.
pub fn join(facts: &Facts) -> Option<Decision> {
    let (ticket, reason) = belongs(facts)?;
    if apart::why(facts, ticket, &reason).is_some() {
        return None;
    }
    Some(Decision::Join {
        ticket,
        reason,
        automatic: facts.kind.by_program(),
    })
}

/// The ticket of its thread, whether it joins that or begins one beside it.
fn belongs(facts: &Facts) -> Option<(TicketId, Reason)> {
    let referenced = facts.referenced.first().map(|found| {
        (
            found.ticket,
            Reason::Referenced {
                header: found.header,
                ticket: found.ticket,
            },
        )
    });
    let by_token = || {
        facts
            .token
            .map(|ticket| (ticket, Reason::ReplyToken { ticket }))
    };
    let by_tag = || {
        let tag = facts.tagged.filter(|tag| tag.sender_takes_part)?;
        Some((tag.ticket, Reason::SubjectTag { ticket: tag.ticket }))
    };
    let by_foreign_tag = || {
        let (tag, ticket) = facts.threads.foreign.clone()?;
        Some((ticket, Reason::ForeignTag { tag, ticket }))
    };
    referenced
        .or_else(by_token)
        .or_else(by_tag)
        .or_else(by_foreign_tag)
}

/// Why a mail that joined nothing begins a ticket.
pub fn why_new(facts: &Facts) -> Reason {
    let apart = belongs(facts).and_then(|(ticket, joins)| apart::why(facts, ticket, &joins));
    let tagged = || {
        let ticket = facts.tagged?.ticket;
        Some(Reason::TagOfAStranger { ticket })
    };
    let of_another = || {
        let ticket = facts.threads.of_another?;
        Some(Reason::ThreadOfAnother { ticket })
    };
    apart
        .or_else(tagged)
        .or_else(of_another)
        .unwrap_or(Reason::NewThread)
}

//! Which ticket a mail belongs to: what its headers point to, then our own token, then the subject's tag.

use crate::intake::{Decision, Facts, Reason};

/// Joins an earlier ticket when something ties the mail to it.
///
/// A tag in the subject can be copied by anybody, so it counts only for people who take part.
pub fn join(facts: &Facts) -> Option<Decision> {
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
    let (ticket, reason) = referenced.or_else(by_token).or_else(by_tag)?;
    Some(Decision::Join {
        ticket,
        reason,
        automatic: facts.kind.by_program(),
    })
}

/// Why a mail that joined nothing begins a ticket.
pub fn why_new(facts: &Facts) -> Reason {
    facts
        .tagged
        .map_or(Reason::NewThread, |tag| Reason::TagOfAStranger {
            ticket: tag.ticket,
        })
}

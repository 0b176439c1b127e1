//! A report about a mail of ours belongs where that mail does, whoever reports it.
//!
//! It comes before the search for loops, because a bounce brings our own mail back by design, and before
//! the threads, because what it quotes may name other tickets than the mail it is about.

use crate::intake::{Decision, Facts, FoundBy, HeaderName, Reason, Reported, Unsorted};

pub fn decide(facts: &Facts) -> Option<Decision> {
    let (ticket, by) = match facts.reported? {
        Reported::Notice => return Some(Decision::Unsorted(Unsorted::BounceOfNotice)),
        Reported::Mail { ticket, by } => (ticket, by),
    };
    let reason = match by {
        FoundBy::MessageId => Reason::Referenced {
            header: HeaderName::Reported,
            ticket,
        },
        FoundBy::Token => Reason::ReplyToken { ticket },
        FoundBy::Recipient => Reason::WrittenToRecipient { ticket },
    };
    Some(Decision::Join {
        ticket,
        reason,
        automatic: true,
    })
}

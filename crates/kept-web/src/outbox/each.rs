//! How a mail stands with each of its recipients, in words: on its page and below the message on the ticket.

use jiff::Timestamp;
use kept_app::domain::delivery::Standing;
use kept_app::store::deliveries::Delivery;
use maud::{Markup, html};

use crate::parts::Clock;

/// One recipient.
#[derive(Debug, Clone)]
pub struct Recipient {
    pub address: String,
    pub state: Standing,
    /// What was said last, where it matters.
    pub why: Option<String>,
    pub at: Timestamp,
    /// When it is tried next, while it waits.
    pub next: Option<Timestamp>,
}

/// The rows as the desk stores them.
pub(crate) fn recipients(each: &[Delivery]) -> Vec<Recipient> {
    let one = |one: &Delivery| Recipient {
        address: one.recipient.clone(),
        state: one.state,
        why: one.answer.clone().filter(|_| one.state != Standing::Sent),
        at: one.changed_at,
        next: one.next_try.filter(|_| one.answer.is_some()),
    };
    each.iter().map(one).collect()
}

/// `Sent to 1 of 2`; nothing while it goes to all of them at once.
pub(crate) fn summed_up(each: &[Recipient]) -> Option<String> {
    let sent = each.iter().filter(|one| one.state == Standing::Sent);
    (!each.is_empty()).then(|| format!("Sent to {} of {}", sent.count(), each.len()))
}

/// The list.
pub(crate) fn list(each: &[Recipient], clock: &Clock) -> Markup {
    html! {
        @if !each.is_empty() {
            ul.each-to aria-label="Recipients" { @for one in each { li { (recipient(one, clock)) } } }
        }
    }
}

fn recipient(one: &Recipient, clock: &Clock) -> Markup {
    let (class, word) = match one.state {
        Standing::Queued if one.why.is_some() => ("client", "Trying again"),
        Standing::Queued => ("desk", "Waiting"),
        Standing::Sent => ("resolved", "Sent"),
        Standing::Failed => ("late", "Not delivered"),
        Standing::Skipped => ("parked", "Not sent"),
    };
    html! {
        span class={ "turn " (class) } { (word) }
        span.each-who {
            b { (one.address) } " " (clock.at(one.at))
            @if let Some(why) = &one.why { span.each-why { (why) @if let Some(next) = one.next { " · next try " (clock.at(next)) } } }
        }
    }
}

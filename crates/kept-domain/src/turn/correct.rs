//! A person says whose turn it really is, and why. The client reads the reason as well.

use super::Turn;
use crate::event::Event;
use crate::tickets::{Refused, Ticket};

/// The longest reason, in characters: it is one line of the conversation.
pub const LONGEST_REASON: usize = 200;

/// Gives the turn to the desk or to the client.
///
/// # Errors
/// When there is no good reason, the turn is theirs already, the ticket is set aside or has ended, or `to` is neither
/// side: a third party is waited for by name, and an open ticket is always somebody's.
pub fn correct(ticket: &Ticket, to: Turn, why: &str) -> Result<Event, Refused> {
    ticket.must_be_open()?;
    if !matches!(to, Turn::Desk | Turn::Client) {
        return Err(Refused::TurnOfNeither);
    }
    if ticket.turn() == to {
        return Err(Refused::TurnUnchanged(ticket.id));
    }
    let why = reason(why)?;
    Ok(Event::TurnCorrected { to, why })
}

/// A reason on one line.
///
/// # Errors
/// When there is none, or it is too long.
pub(crate) fn reason(text: &str) -> Result<String, Refused> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line: String = words
        .join(" ")
        .chars()
        .filter(|letter| !letter.is_control())
        .collect();
    match line.chars().count() {
        0 => Err(Refused::NoReason),
        1..=LONGEST_REASON => Ok(line),
        _ => Err(Refused::ReasonTooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TicketId;
    use crate::tickets::{AndThen, close, mark_spam, reply, resolve, samples};

    fn ticket() -> Ticket {
        let at = "2026-11-23T09:00:00Z".parse().expect("time");
        let opened = samples::opened();
        Ticket::opened(TicketId(1), at, &opened).expect("opened")
    }

    fn after(events: Vec<Event>) -> Ticket {
        let mut ticket = ticket();
        for event in events {
            ticket.apply(ticket.touched_at, &event);
        }
        ticket
    }

    fn check(ticket: &Ticket, to: Turn, why: &str, expected: Result<&str, Refused>) {
        let expected = expected.map(|why| Event::TurnCorrected {
            to,
            why: why.into(),
        });
        assert_eq!(correct(ticket, to, why), expected, "{to:?} {why:?}");
    }

    #[test]
    fn the_turn_is_corrected_with_a_reason_and_only_where_that_says_something() {
        let fresh = ticket();
        check(&fresh, Turn::Client, " they have\nit ", Ok("they have it"));
        check(&fresh, Turn::Client, " \n", Err(Refused::NoReason));
        let long = "a".repeat(LONGEST_REASON + 1);
        check(&fresh, Turn::Client, &long, Err(Refused::ReasonTooLong));
        let same = Err(Refused::TurnUnchanged(TicketId(1)));
        check(&fresh, Turn::Desk, "it is ours", same);
        for to in [Turn::ThirdParty, Turn::Nobody] {
            check(&fresh, to, "so it is", Err(Refused::TurnOfNeither));
        }
        let asked = after(reply(&fresh, crate::ids::MessageId(1), AndThen::Ask).expect("allowed"));
        check(
            &asked,
            Turn::Desk,
            "they answered by phone",
            Ok("they answered by phone"),
        );
    }

    #[test]
    fn what_has_ended_or_is_set_aside_has_nobodys_turn() {
        let ended = Refused::AlreadyEnded(TicketId(1));
        for over in [resolve(&ticket()), close(&ticket())] {
            let over = after(over.expect("allowed"));
            check(&over, Turn::Desk, "it is ours", Err(ended.clone()));
        }
        let spam = after(mark_spam(&ticket()).expect("allowed"));
        check(&spam, Turn::Client, "x", Err(Refused::IsSpam(TicketId(1))));
    }
}

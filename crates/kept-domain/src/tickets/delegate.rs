//! Delegation: a ticket is offered to a colleague, who takes it or does not. Whoever is responsible stays so until then.

use jiff::Timestamp;

use super::{Delegation, Refused, Ticket};
use crate::event::Event;
use crate::ids::PersonId;
use crate::turn::reason;

/// What is offered to whom, until when, with which words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub to: PersonId,
    /// When it goes back if it was not accepted.
    pub due: Timestamp,
    pub note: Option<String>,
}

/// The longest time an offer stands: after it a holiday is over too.
const MOST_DAYS: i64 = 31;

/// Offers the ticket. An offer that stands already is taken back first.
///
/// # Errors
/// When the ticket is set aside or has ended, is theirs already, or the time is over or too far away.
pub fn delegate(ticket: &Ticket, offer: Offer, now: Timestamp) -> Result<Vec<Event>, Refused> {
    ticket.must_be_open()?;
    if offer.to == ticket.responsible {
        return Err(Refused::HoldsItAlready(ticket.id));
    }
    if offer.due <= now || offer.due.duration_since(now).as_hours() > MOST_DAYS * 24 {
        return Err(Refused::BadDue);
    }
    let note = match offer.note.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(note) => Some(reason(note)?),
    };
    let offered = Event::Delegated {
        from: ticket.responsible,
        to: offer.to,
        due: offer.due,
        note,
    };
    let before = withdraw_offer(ticket).unwrap_or_default();
    Ok(before.into_iter().chain([offered]).collect())
}

/// # Errors
/// When it is not offered to `by`.
pub fn accept(ticket: &Ticket, by: PersonId) -> Result<Vec<Event>, Refused> {
    let to = offered_to(ticket, by)?;
    let from = ticket.responsible;
    Ok(vec![Event::DelegationAccepted { from, to }])
}

/// # Errors
/// When it is not offered to `by`, or they don't say why not.
pub fn decline(ticket: &Ticket, by: PersonId, why: &str) -> Result<Vec<Event>, Refused> {
    let to = offered_to(ticket, by)?;
    let from = ticket.responsible;
    let why = reason(why)?;
    Ok(vec![Event::DelegationDeclined { from, to, why }])
}

/// # Errors
/// When it is offered to nobody.
pub fn withdraw_offer(ticket: &Ticket) -> Result<Vec<Event>, Refused> {
    let offered = standing(ticket)?;
    let (from, to) = (ticket.responsible, offered.to);
    Ok(vec![Event::DelegationWithdrawn { from, to }])
}

/// What follows at `now` when nobody answered: nothing as long as there is time.
pub fn time_out(ticket: &Ticket, now: Timestamp) -> Option<Event> {
    let offered = standing(ticket).ok().filter(|offer| offer.due <= now)?;
    let (from, to) = (ticket.responsible, offered.to);
    Some(Event::DelegationTimedOut { from, to })
}

fn standing(ticket: &Ticket) -> Result<Delegation, Refused> {
    ticket.delegation.ok_or(Refused::NotOffered(ticket.id))
}

fn offered_to(ticket: &Ticket, by: PersonId) -> Result<PersonId, Refused> {
    let offered = standing(ticket)?;
    if offered.to == by {
        Ok(by)
    } else {
        Err(Refused::NotOfferedToYou(ticket.id))
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::ids::TicketId;
    use crate::tickets::{assign, close, mark_spam, samples};

    fn ticket() -> Ticket {
        let opened = samples::opened();
        Ticket::opened(TicketId(1), at(0), &opened).expect("opened")
    }

    fn at(hours: i64) -> Timestamp {
        let start: Timestamp = "2026-11-23T09:00:00Z".parse().expect("time");
        start + SignedDuration::from_hours(hours)
    }

    fn offer(to: i64, hours: i64) -> Offer {
        Offer {
            to: PersonId(to),
            due: at(hours),
            note: None,
        }
    }

    fn after(mut ticket: Ticket, events: Result<Vec<Event>, Refused>) -> Ticket {
        for event in events.expect("allowed") {
            ticket.apply(ticket.touched_at, &event);
        }
        ticket
    }

    fn offered() -> Ticket {
        after(ticket(), delegate(&ticket(), offer(2, 4), at(0)))
    }

    #[test]
    fn the_one_who_asks_stays_responsible_until_the_other_takes_it() {
        let it = offered();
        assert_eq!(
            (it.responsible, it.delegation.map(|d| d.to)),
            (PersonId(1), Some(PersonId(2)))
        );
        let taken = after(it.clone(), accept(&it, PersonId(2)));
        assert_eq!((taken.responsible, taken.delegation), (PersonId(2), None));
        for back in [decline(&it, PersonId(2), "no time"), withdraw_offer(&it)] {
            let back = after(it.clone(), back);
            assert_eq!((back.responsible, back.delegation), (PersonId(1), None));
        }
    }

    #[test]
    fn it_goes_back_when_its_time_is_over_and_not_before() {
        let it = offered();
        let early = at(4) - SignedDuration::from_millis(1);
        assert_eq!(time_out(&it, early), None);
        let (from, to) = (PersonId(1), PersonId(2));
        assert_eq!(
            time_out(&it, at(4)),
            Some(Event::DelegationTimedOut { from, to })
        );
        assert_eq!(time_out(&ticket(), at(4)), None);
    }

    #[test]
    fn an_offer_is_over_when_the_ticket_is_resolved_set_aside_or_somebody_elses() {
        let it = offered();
        for over in [close(&it), mark_spam(&it), assign(&it, PersonId(3))] {
            assert_eq!(after(it.clone(), over).delegation, None);
        }
    }

    #[test]
    fn only_whom_it_is_offered_to_can_answer_and_a_no_needs_a_reason() {
        let it = offered();
        let id = TicketId(1);
        assert_eq!(accept(&it, PersonId(3)), Err(Refused::NotOfferedToYou(id)));
        assert_eq!(
            decline(&it, PersonId(1), "x"),
            Err(Refused::NotOfferedToYou(id))
        );
        assert_eq!(decline(&it, PersonId(2), " "), Err(Refused::NoReason));
        assert_eq!(accept(&ticket(), PersonId(2)), Err(Refused::NotOffered(id)));
        assert_eq!(withdraw_offer(&ticket()), Err(Refused::NotOffered(id)));
    }

    #[test]
    fn another_offer_takes_the_place_of_the_first() {
        let it = offered();
        let events = delegate(&it, offer(3, 5), at(1)).expect("allowed");
        let (from, to) = (PersonId(1), PersonId(2));
        assert_eq!(events[0], Event::DelegationWithdrawn { from, to });
        let it = after(it, Ok(events));
        assert_eq!(it.delegation.map(|d| d.to), Some(PersonId(3)));
    }

    #[test]
    fn an_offer_needs_an_open_ticket_somebody_else_and_a_time_to_come() {
        let check = |it: &Ticket, offer, refused| {
            assert_eq!(delegate(it, offer, at(0)), Err(refused));
        };
        let id = TicketId(1);
        check(&ticket(), offer(1, 4), Refused::HoldsItAlready(id));
        check(&ticket(), offer(2, 0), Refused::BadDue);
        check(&ticket(), offer(2, 24 * 40), Refused::BadDue);
        let ended = after(ticket(), close(&ticket()));
        check(&ended, offer(2, 4), Refused::AlreadyEnded(id));
        let spam = after(ticket(), mark_spam(&ticket()));
        check(&spam, offer(2, 4), Refused::IsSpam(id));
    }
}

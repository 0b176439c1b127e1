//! Whatever was sorted is put back by one line more, unless somebody changed the very same since.

use super::*;
use crate::ids::{QueueId, TicketId};
use crate::tickets::{Kind, Priority, samples};

const INES: Actor = Actor::Person(PersonId(1));
const NOOR: Actor = Actor::Person(PersonId(2));

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + minute * 60).expect("a time")
}

fn vip() -> Tag {
    Tag::parse("vip").expect("a tag")
}

/// A ticket tagged `old` and what happened to it since; the line with the number `n` is what happened as the `n`th.
fn after(events: &[(Actor, Event)]) -> (Ticket, Vec<Recorded>) {
    let opened = samples::opened();
    let old = Event::TagAdded {
        tag: Tag::parse("old").expect("a tag"),
    };
    let first = [(Actor::Kept, opened), (Actor::Kept, old)];
    let history = first.iter().chain(events).enumerate();
    let history: Vec<Recorded> = history
        .map(|(place, (by, event))| Recorded {
            id: EventId(place as i64 - 1),
            ticket: TicketId(1),
            at: at(place as i64),
            by: *by,
            event: event.clone(),
        })
        .collect();
    let ticket = Ticket::from_history(TicketId(1), &history).expect("a history");
    (ticket, history)
}

fn back(events: &[(Actor, Event)], of: i64) -> Result<Option<Event>, Stays> {
    let (ticket, history) = after(events);
    put_back(&ticket, &history, EventId(of))
}

fn assigned(from: i64, to: i64) -> Event {
    let (from, to) = (PersonId(from), PersonId(to));
    Event::Assigned { from, to }
}

fn offered(to: i64) -> Event {
    Event::Delegated {
        from: PersonId(1),
        to: PersonId(to),
        due: at(60),
        note: None,
    }
}

fn priority(from: Priority, to: Priority) -> Event {
    Event::PriorityChanged { from, to }
}

/// What is done, and what takes it back.
fn pairs() -> Vec<(Event, Event)> {
    use Priority::{Normal, Urgent};
    let old = || Tag::parse("old").expect("a tag");
    let subject = |from: &str, to: &str| Event::SubjectChanged {
        from: from.into(),
        to: to.into(),
    };
    let queue = |from, to| Event::QueueChanged {
        from: QueueId(from),
        to: QueueId(to),
    };
    let kind = |from, to| Event::KindChanged { from, to };
    let (from, to) = (PersonId(1), PersonId(2));
    vec![
        (assigned(1, 2), assigned(2, 1)),
        (Event::DelegationAccepted { from, to }, assigned(2, 1)),
        (offered(2), Event::DelegationWithdrawn { from, to }),
        (queue(1, 2), queue(2, 1)),
        (priority(Normal, Urgent), priority(Urgent, Normal)),
        (
            kind(Kind::Incident, Kind::Request),
            kind(Kind::Request, Kind::Incident),
        ),
        (subject("Printer", "Plotter"), subject("Plotter", "Printer")),
        (
            Event::TagAdded { tag: vip() },
            Event::TagRemoved { tag: vip() },
        ),
        (
            Event::TagRemoved { tag: old() },
            Event::TagAdded { tag: old() },
        ),
    ]
}

#[test]
fn each_act_has_one_line_that_takes_it_back() {
    for (done, undone) in pairs() {
        let said = [(INES, done.clone())];
        assert_eq!(back(&said, 1), Ok(Some(undone.clone())), "{done:?}");
        let (before, _) = after(&[]);
        let (again, _) = after(&[said[0].clone(), (INES, undone)]);
        let touched_at = before.touched_at;
        let again = Ticket {
            touched_at,
            ..again
        };
        assert_eq!(again, before, "{done:?}");
    }
}

#[test]
fn what_others_sorted_besides_is_not_in_the_way() {
    let all = pairs();
    for (done, undone) in &all {
        let offers = |event: &Event| Sorted::Offer.is_changed_by(event);
        let others = all.iter().map(|(other, _)| other);
        let others = others.filter(|other| *other != done && !(offers(other) && offers(done)));
        let mut lines = vec![(INES, done.clone())];
        lines.extend(others.map(|other| (NOOR, other.clone())));
        lines.retain(|(_, it)| it == done || Sorted::by(it) != Sorted::by(done));
        assert_eq!(back(&lines, 1), Ok(Some(undone.clone())), "{done:?}");
    }
}

#[test]
fn what_was_changed_since_stays_and_who_changed_it_last_is_known() {
    use Priority::{High, Low, Normal, Urgent};
    let check = |lines: &[(Actor, Event)], by: Actor, what: Sorted| {
        assert_eq!(back(lines, 1), Err(Stays::ChangedSince(by, what)));
    };
    let (from, to) = (PersonId(1), PersonId(2));
    check(
        &[
            (INES, priority(Normal, Urgent)),
            (INES, priority(Urgent, High)),
            (NOOR, priority(High, Low)),
        ],
        NOOR,
        Sorted::Priority,
    );
    check(
        &[(INES, assigned(1, 2)), (Actor::Kept, assigned(2, 3))],
        Actor::Kept,
        Sorted::Responsible,
    );
    let again = (NOOR, Event::DelegationWithdrawn { from, to });
    check(
        &[(INES, offered(2)), again, (NOOR, offered(3))],
        NOOR,
        Sorted::Offer,
    );
    let taken = (NOOR, Event::DelegationAccepted { from, to });
    check(&[(INES, offered(2)), taken], NOOR, Sorted::Offer);
}

#[test]
fn what_is_as_it_was_already_stays_so_without_a_word() {
    for (done, undone) in pairs() {
        if Sorted::by(&done) == Some(Sorted::Offer) {
            continue;
        }
        let lines = [(INES, done.clone()), (NOOR, undone)];
        assert_eq!(back(&lines, 1), Ok(None), "{done:?}");
    }
}

#[test]
fn nothing_else_is_taken_back_so() {
    assert_eq!(back(&[(INES, Event::Resolved)], 1), Err(Stays::NothingSuch));
    assert_eq!(back(&[], -1), Err(Stays::NothingSuch), "the opening");
    assert_eq!(back(&[], 7), Err(Stays::NothingSuch));
    let spam = [(INES, assigned(1, 2)), (NOOR, Event::MarkedSpam)];
    let refused = Stays::Refused(Refused::IsSpam(TicketId(1)));
    assert_eq!(back(&spam, 1), Err(refused));
}

#[test]
fn an_act_is_fresh_for_a_day_and_only_for_whoever_did_it() {
    let (_, history) = after(&[(NOOR, assigned(1, 2))]);
    let line = &history[2];
    let day = line.at + GIVES_BACK_FOR;
    assert!(is_fresh_act_of(line, PersonId(2), day));
    let late = day + SignedDuration::from_millis(1);
    assert!(!is_fresh_act_of(line, PersonId(2), late));
    assert!(!is_fresh_act_of(line, PersonId(1), line.at));
}

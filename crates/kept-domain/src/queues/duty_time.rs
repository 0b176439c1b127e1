//! The hours a queue is worked in, by its rota, and by when an offered ticket should be taken.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{Duty, Queue};
use crate::hours::{Calendar, DayHours, Span};

/// How long an offer stands unless somebody says otherwise, in minutes of the queue's duty time.
pub const DELEGATION_MINUTES: i64 = 4 * 60;

/// Nine to five, Monday to Friday: for a queue whose rota says nothing.
const USUAL: (u32, u32) = (9 * 3_600, 17 * 3_600);
const DAY_SECONDS: u32 = 24 * 3_600;

/// The hours somebody is on duty by the weekly rota.
pub fn duty_calendar(queue: &Queue) -> Calendar {
    let duties: Vec<Duty> = queue
        .members
        .iter()
        .flat_map(|member| member.duties.clone())
        .collect();
    let week = std::array::from_fn(|day| match duties.is_empty() {
        true => usual(day),
        false => hours(day, &duties),
    });
    let free = queue
        .exceptions
        .iter()
        .filter(|it| it.instead_of.is_none() && it.person.is_none())
        .map(|it| (it.date, DayHours::closed()));
    let exceptions: BTreeMap<_, _> = free.collect();
    let zone = Calendar::new(&queue.zone, week, exceptions);
    zone.unwrap_or_else(|_| Calendar::around_the_clock())
}

fn usual(day: usize) -> DayHours {
    let (from, to) = USUAL;
    match day {
        0..5 => DayHours::new(vec![Span { from, to }]).unwrap_or_default(),
        _ => DayHours::closed(),
    }
}

/// The stretches of a day, 0 for Monday, joined where they touch; a night's second half is the next day's.
fn hours(day: usize, duties: &[Duty]) -> DayHours {
    let mut spans: Vec<Span> = duties.iter().flat_map(|duty| on(day, *duty)).collect();
    spans.sort_by_key(|span| span.from);
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.from <= last.to => last.to = last.to.max(span.to),
            _ => joined.push(span),
        }
    }
    DayHours::new(joined).unwrap_or_default()
}

fn on(day: usize, duty: Duty) -> Vec<Span> {
    let seconds = |minute: i16| u32::from(minute.unsigned_abs()) * 60;
    let (from, to) = (seconds(duty.from_minute), seconds(duty.to_minute));
    let begins = usize::from(duty.weekday.unsigned_abs()).checked_sub(1) == Some(day);
    let goes_on = usize::from(duty.weekday.unsigned_abs()) % 7 == day;
    let spans = match from < to {
        true => vec![(begins, from, to)],
        false => vec![(begins, from, DAY_SECONDS), (goes_on, 0, to)],
    };
    let real = spans
        .into_iter()
        .filter(|(here, from, to)| *here && from < to);
    real.map(|(_, from, to)| Span { from, to }).collect()
}

/// When an offer made now goes back: after so much of the queue's duty time, so the next morning when little is left of
/// today. Never later than a month from now, whatever the rota says.
pub fn answer_by(queue: &Queue, now: Timestamp, minutes: i64) -> Timestamp {
    let amount = SignedDuration::from_mins(minutes.clamp(1, 30 * 24 * 60));
    let latest = now + SignedDuration::from_hours(30 * 24);
    let due = duty_calendar(queue).add(now, amount);
    due.unwrap_or(latest).min(latest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PersonId, QueueId};
    use crate::queues::{Member, Sender};

    fn check(duties: &[(i8, i16, i16)], now: &str, expected: &str) {
        let duty = |&(weekday, from, to): &(i8, i16, i16)| Duty {
            weekday,
            from_minute: from * 60,
            to_minute: to * 60,
        };
        let member = Member {
            person: PersonId(1),
            duties: duties.iter().map(duty).collect(),
            open_tickets: 0,
            away: vec![],
        };
        let queue = Queue {
            id: QueueId(1),
            name: "Support".into(),
            addresses: vec![],
            members: vec![member],
            dispatcher: PersonId(1),
            zone: "Europe/Lisbon".into(),
            sender: Sender::default(),
            exceptions: vec![],
        };
        let now: Timestamp = now.parse().expect("time");
        let expected: Timestamp = expected.parse().expect("time");
        assert_eq!(
            answer_by(&queue, now, DELEGATION_MINUTES),
            expected,
            "{now}"
        );
    }

    #[test]
    fn an_offer_stands_for_four_hours_of_duty() {
        // 23 November 2026 is a Monday. Without a rota: nine to five.
        check(&[], "2026-11-23T09:30:00Z", "2026-11-23T13:30:00Z");
        check(&[], "2026-11-23T16:00:00Z", "2026-11-24T12:00:00Z");
        check(&[], "2026-11-27T16:00:00Z", "2026-11-30T12:00:00Z");
        let early = [(1, 6, 14), (2, 6, 14)];
        check(&early, "2026-11-23T13:00:00Z", "2026-11-24T09:00:00Z");
        let night = [(1, 22, 6)];
        check(&night, "2026-11-23T23:00:00Z", "2026-11-24T03:00:00Z");
        let two = [(1, 9, 17), (1, 12, 20)];
        check(&two, "2026-11-23T15:00:00Z", "2026-11-23T19:00:00Z");
    }
}

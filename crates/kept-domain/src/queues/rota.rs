//! Who is on duty, and so who a new ticket belongs to from its first moment.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::Queue;
use crate::ids::PersonId;

/// A weekly stretch of duty in the queue's own zone, minutes from midnight; the end is not included.
///
/// An end at or before the start runs into the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// 1 is Monday, 7 is Sunday (ISO 8601).
    pub weekday: i8,
    pub from_minute: i16,
    pub to_minute: i16,
}

/// Somebody who works a queue. No duty at all means: whenever nobody else is on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub person: PersonId,
    pub duties: Vec<Duty>,
    /// Open tickets already held; the lightest load among those on duty goes first.
    pub open_tickets: i64,
}

/// Why somebody is responsible for a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    OnDuty,
    Member,
    Dispatcher,
    /// The agent who opened it took it.
    Opener,
}

/// Who a ticket opened now belongs to. There is always somebody.
///
/// Those on duty by the rota, else members without fixed hours, else the queue's dispatcher;
/// among several the one with the fewest open tickets, then the lowest id.
pub fn responsible_for_new(queue: &Queue, now: Timestamp) -> (PersonId, Chosen) {
    let zone = TimeZone::get(&queue.zone).unwrap_or(TimeZone::UTC);
    let on_duty = queue
        .members
        .iter()
        .filter(|m| m.duties.iter().any(|d| d.covers(now, &zone)));
    let floating = queue.members.iter().filter(|m| m.duties.is_empty());
    if let Some(member) = lightest(on_duty) {
        (member.person, Chosen::OnDuty)
    } else if let Some(member) = lightest(floating) {
        (member.person, Chosen::Member)
    } else {
        (queue.dispatcher, Chosen::Dispatcher)
    }
}

fn lightest<'a>(members: impl Iterator<Item = &'a Member>) -> Option<&'a Member> {
    members.min_by_key(|m| (m.open_tickets, m.person))
}

impl Duty {
    fn covers(&self, now: Timestamp, zone: &TimeZone) -> bool {
        let local = now.to_zoned(zone.clone()).datetime();
        let minute = i16::from(local.hour()) * 60 + i16::from(local.minute());
        let today = local.weekday().to_monday_one_offset();
        let yesterday = Weekday::from_monday_one_offset(today)
            .map_or(today, |day| day.previous().to_monday_one_offset());
        if self.from_minute < self.to_minute {
            today == self.weekday && (self.from_minute..self.to_minute).contains(&minute)
        } else {
            (today == self.weekday && minute >= self.from_minute)
                || (yesterday == self.weekday && minute < self.to_minute)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::QueueId;

    fn member(person: i64, open_tickets: i64, duties: &[(i8, i16, i16)]) -> Member {
        let duties = duties
            .iter()
            .map(|&(weekday, from, to)| Duty {
                weekday,
                from_minute: from * 60,
                to_minute: to * 60,
            })
            .collect();
        Member {
            person: PersonId(person),
            duties,
            open_tickets,
        }
    }

    fn check(members: Vec<Member>, at: &str, expected: (i64, Chosen)) {
        let queue = Queue {
            id: QueueId(1),
            name: "Support".into(),
            addresses: vec![],
            members,
            dispatcher: PersonId(99),
            zone: "Europe/Lisbon".into(),
            sender: crate::queues::Sender::default(),
        };
        let now: Timestamp = at.parse().expect("time");
        assert_eq!(
            responsible_for_new(&queue, now),
            (PersonId(expected.0), expected.1),
            "{at}"
        );
    }

    #[test]
    fn a_new_ticket_belongs_to_whoever_is_on_duty() {
        // 23 November 2026 is a Monday; Lisbon is on UTC in winter.
        let rota = || {
            vec![
                member(1, 5, &[(1, 9, 17)]),
                member(2, 0, &[(1, 22, 6)]),
                member(3, 0, &[]),
            ]
        };
        check(rota(), "2026-11-23T09:00:00Z", (1, Chosen::OnDuty));
        check(rota(), "2026-11-23T16:59:59Z", (1, Chosen::OnDuty));
        check(rota(), "2026-11-23T17:00:00Z", (3, Chosen::Member));
        check(rota(), "2026-11-23T23:00:00Z", (2, Chosen::OnDuty));
        check(rota(), "2026-11-24T05:59:00Z", (2, Chosen::OnDuty));
        check(rota(), "2026-11-24T06:00:00Z", (3, Chosen::Member));
    }

    #[test]
    fn the_rota_follows_the_zone_through_summer_time() {
        let rota = vec![member(1, 0, &[(1, 9, 17)])];
        check(rota.clone(), "2026-07-06T08:30:00Z", (1, Chosen::OnDuty));
        check(rota, "2026-07-06T16:30:00Z", (99, Chosen::Dispatcher));
    }

    #[test]
    fn the_lightest_load_goes_first_and_the_dispatcher_is_the_last_line() {
        check(
            vec![member(1, 4, &[]), member(2, 3, &[])],
            "2026-11-23T09:00:00Z",
            (2, Chosen::Member),
        );
        check(vec![], "2026-11-23T09:00:00Z", (99, Chosen::Dispatcher));
    }
}

//! Who is on duty, and so who a new ticket belongs to from its first moment.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Away, OnDuty, Queue, on_duty};
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
    /// When they are not here: holidays, illness.
    pub away: Vec<Away>,
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
/// Those on duty by the rota, else members without fixed hours, else the queue's dispatcher; among several the one with
/// the fewest open tickets, then the lowest id. People who are away are passed over.
pub fn responsible_for_new(queue: &Queue, now: Timestamp) -> (PersonId, Chosen) {
    responsible_besides(queue, now, None)
}

/// The same for a ticket that `except` gives away.
pub fn responsible_besides(
    queue: &Queue,
    now: Timestamp,
    except: Option<PersonId>,
) -> (PersonId, Chosen) {
    let OnDuty { people, chosen } = on_duty(queue, now);
    let those = people.iter().filter(|person| Some(**person) != except);
    let lightest = those.min_by_key(|person| (load(queue, **person), **person));
    lightest.map_or((queue.dispatcher, Chosen::Dispatcher), |person| {
        (*person, chosen)
    })
}

fn load(queue: &Queue, person: PersonId) -> i64 {
    let known = queue.members.iter().find(|member| member.person == person);
    known.map_or(0, |member| member.open_tickets)
}

impl Queue {
    /// Whether the rota says that somebody is on duty now.
    pub fn is_on_duty(&self, person: PersonId, now: Timestamp) -> bool {
        let now_on = on_duty(self, now);
        now_on.chosen == Chosen::OnDuty && now_on.people.contains(&person)
    }
}

impl Duty {
    /// The date this stretch began on, when it covers `now`.
    pub(super) fn covers(&self, now: Timestamp, zone: &TimeZone) -> Option<Date> {
        let local = now.to_zoned(zone.clone()).datetime();
        let minute = i16::from(local.hour()) * 60 + i16::from(local.minute());
        let (today, yesterday) = (local.date(), local.date().yesterday().ok()?);
        let is_on = |date: Date| date.weekday().to_monday_one_offset() == self.weekday;
        let overnight = self.from_minute >= self.to_minute;
        let began_today = minute >= self.from_minute && (overnight || minute < self.to_minute);
        let began_yesterday = overnight && minute < self.to_minute;
        match () {
            () if is_on(today) && began_today => Some(today),
            () if is_on(yesterday) && began_yesterday => Some(yesterday),
            () => None,
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
            away: vec![],
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
            exceptions: vec![],
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

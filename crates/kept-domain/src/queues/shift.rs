//! Who is on duty in a queue at an instant, and who comes next.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::exception::{is_free, stands_in};
use super::{Chosen, Member, Queue};
use crate::ids::PersonId;

/// Those among whom a new ticket is given out, by id, and why they. Nobody: the dispatcher holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDuty {
    pub people: Vec<PersonId>,
    pub chosen: Chosen,
}

/// Who is on duty at `at`: by the rota and its exceptions, else those without fixed hours.
pub fn on_duty(queue: &Queue, at: Timestamp) -> OnDuty {
    let zone = TimeZone::get(&queue.zone).unwrap_or(TimeZone::UTC);
    let people = by_rota(queue, at, &zone);
    if !people.is_empty() {
        return OnDuty {
            people,
            chosen: Chosen::OnDuty,
        };
    }
    let today = at.to_zoned(zone).date();
    let floating = queue.members.iter().filter(|m| m.duties.is_empty());
    let here = floating.filter(|m| m.is_here(at) && !is_free(&queue.exceptions, today));
    let mut people: Vec<PersonId> = here.map(|m| m.person).collect();
    people.sort_unstable();
    OnDuty {
        chosen: match people.as_slice() {
            [] => Chosen::Dispatcher,
            _ => Chosen::Member,
        },
        people,
    }
}

impl Member {
    pub fn is_here(&self, at: Timestamp) -> bool {
        !self.away.iter().any(|away| away.covers(at))
    }
}

fn by_rota(queue: &Queue, at: Timestamp, zone: &TimeZone) -> Vec<PersonId> {
    let has_duty = queue.members.iter().flat_map(|member| {
        let dates = member
            .duties
            .iter()
            .filter_map(|duty| duty.covers(at, zone));
        dates.map(|date| (member.person, date))
    });
    let standing = has_duty.filter_map(|(person, date)| stands_in(&queue.exceptions, date, person));
    let is_here = |person: &PersonId| {
        let member = queue.members.iter().find(|member| member.person == *person);
        member.is_some_and(|member| member.is_here(at))
    };
    let mut people: Vec<PersonId> = standing.filter(is_here).collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// Days ahead in which the next change is looked for.
const DAYS_AHEAD: i64 = 14;

/// When others will be on duty next, and who. `None` when nothing changes within two weeks.
pub fn on_duty_next(queue: &Queue, now: Timestamp) -> Option<(Timestamp, OnDuty)> {
    let today = on_duty(queue, now);
    let next = |at: &Timestamp| *at > now && on_duty(queue, *at) != today;
    let mut changes = changes(queue, now);
    changes.sort_unstable();
    let at = changes.into_iter().find(next)?;
    Some((at, on_duty(queue, at)))
}

/// Every instant at which it can change.
fn changes(queue: &Queue, now: Timestamp) -> Vec<Timestamp> {
    let zone = TimeZone::get(&queue.zone).unwrap_or(TimeZone::UTC);
    let today = now.to_zoned(zone.clone()).date();
    let dates = (0..DAYS_AHEAD).filter_map(|ahead| today.checked_add(ahead.days()).ok());
    let duties = queue.members.iter().flat_map(|member| &member.duties);
    let mut minutes: Vec<i16> = duties.flat_map(|d| [d.from_minute, d.to_minute]).collect();
    minutes.push(0);
    minutes.sort_unstable();
    minutes.dedup();
    let instant = |date: Date, minute: i16| {
        let wall = date.at(0, 0, 0, 0).checked_add(i64::from(minute).minutes());
        let zoned = zone.to_ambiguous_zoned(wall.ok()?).compatible().ok()?;
        Some(zoned.timestamp())
    };
    let away = queue.members.iter().flat_map(|member| &member.away);
    let instants = dates.flat_map(|date| minutes.iter().map(move |m| (date, *m)));
    let mut all: Vec<Timestamp> = instants
        .filter_map(|(date, minute)| instant(date, minute))
        .collect();
    all.extend(away.flat_map(|away| [away.from, away.until]));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::QueueId;
    use crate::queues::{Away, Duty, Exception, Sender};

    fn at(text: &str) -> Timestamp {
        text.parse().expect("time")
    }

    /// 1 works Monday to Friday 9 to 17, 2 Monday to Friday 17 to 23, 3 has no hours.
    fn queue() -> Queue {
        let week = |from: i16, to: i16| {
            let day = |weekday| Duty {
                weekday,
                from_minute: from * 60,
                to_minute: to * 60,
            };
            (1..=5).map(day).collect()
        };
        let member = |person, duties| Member {
            person: PersonId(person),
            duties,
            open_tickets: 0,
            away: vec![],
        };
        Queue {
            id: QueueId(1),
            name: "Support".into(),
            addresses: vec![],
            members: vec![
                member(1, week(9, 17)),
                member(2, week(17, 23)),
                member(3, vec![]),
            ],
            dispatcher: PersonId(9),
            zone: "Europe/Lisbon".into(),
            sender: Sender::default(),
            exceptions: vec![],
        }
    }

    fn check(queue: &Queue, when: &str, people: &[i64], chosen: Chosen) {
        let expected = OnDuty {
            people: people.iter().map(|id| PersonId(*id)).collect(),
            chosen,
        };
        assert_eq!(on_duty(queue, at(when)), expected, "{when}");
    }

    fn with(exception: (i8, Option<i64>, Option<i64>)) -> Queue {
        let (day, instead_of, person) = exception;
        let exception = Exception {
            date: jiff::civil::date(2026, 11, day),
            instead_of: instead_of.map(PersonId),
            person: person.map(PersonId),
        };
        Queue {
            exceptions: vec![exception],
            ..queue()
        }
    }

    const MONDAY_NOON: &str = "2026-11-23T12:00:00Z";
    const TUESDAY_NOON: &str = "2026-11-24T12:00:00Z";

    #[test]
    fn people_swap_for_a_day() {
        let swapped = with((23, Some(1), Some(3)));
        check(&swapped, MONDAY_NOON, &[3], Chosen::OnDuty);
        check(&swapped, "2026-11-23T18:00:00Z", &[2], Chosen::OnDuty);
        check(&swapped, TUESDAY_NOON, &[1], Chosen::OnDuty);
        check(
            &with((23, Some(1), None)),
            MONDAY_NOON,
            &[3],
            Chosen::Member,
        );
    }

    #[test]
    fn on_a_holiday_nobody_is_on_duty_and_the_dispatcher_holds_what_comes() {
        let holiday = with((23, None, None));
        check(&holiday, MONDAY_NOON, &[], Chosen::Dispatcher);
        check(&holiday, TUESDAY_NOON, &[1], Chosen::OnDuty);
        check(
            &with((23, None, Some(3))),
            MONDAY_NOON,
            &[3],
            Chosen::OnDuty,
        );
    }

    #[test]
    fn whoever_is_away_is_passed_over() {
        let mut queue = queue();
        let away = |from, until| Away {
            from: at(from),
            until: at(until),
        };
        queue.members[0].away = vec![away("2026-11-23T11:00:00Z", "2026-11-24T11:00:00Z")];
        check(&queue, "2026-11-23T10:59:00Z", &[1], Chosen::OnDuty);
        check(&queue, MONDAY_NOON, &[3], Chosen::Member);
        check(&queue, TUESDAY_NOON, &[1], Chosen::OnDuty);
        queue.members[2].away = vec![away("2026-11-23T00:00:00Z", "2026-11-25T00:00:00Z")];
        check(&queue, MONDAY_NOON, &[], Chosen::Dispatcher);
    }

    #[test]
    fn who_comes_next_is_known() {
        let next = |queue: &Queue, now: &str| {
            let (at, next) = on_duty_next(queue, self::at(now)).expect("it changes");
            let people: Vec<i64> = next.people.iter().map(|person| person.0).collect();
            (at.to_string(), people)
        };
        let expect = |at: &str, people: &[i64]| (at.to_owned(), people.to_vec());
        assert_eq!(
            next(&queue(), MONDAY_NOON),
            expect("2026-11-23T17:00:00Z", &[2])
        );
        let friday_night = "2026-11-27T23:30:00Z";
        assert_eq!(
            next(&queue(), friday_night),
            expect("2026-11-30T09:00:00Z", &[1])
        );
        let swapped = with((24, Some(1), Some(3)));
        // From the night on 3 is there anyway; it begins to differ when 2 comes.
        let night = "2026-11-23T23:30:00Z";
        assert_eq!(next(&swapped, night).0, "2026-11-24T09:00:00Z");
        let nobody = Queue {
            members: vec![],
            ..queue()
        };
        assert_eq!(on_duty_next(&nobody, at(MONDAY_NOON)), None);
    }
}

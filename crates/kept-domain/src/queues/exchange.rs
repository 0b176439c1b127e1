//! Changing who has duty on a date: one's own is handed to a colleague who can take it, a dispatcher changes anybody's.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::exception::stands_in;
use super::weeks::is_away;
use super::{Exception, Queue};
use crate::ids::PersonId;

/// Further ahead nothing is planned by exceptions.
const MOST_DAYS_AHEAD: i64 = 366;

/// Who asks, and whether they may change what is other people's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    pub person: PersonId,
    pub dispatches: bool,
}

/// Two duties, each on its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swap {
    pub one: (Date, PersonId),
    pub other: (Date, PersonId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CannotStandIn {
    #[error("choose today or a day within a year")]
    Date,
    #[error("they have no duty on this date")]
    NoDuty,
    #[error("this is somebody else's duty; a dispatcher can change it")]
    NotYours,
    #[error("only a dispatcher can leave a duty to nobody")]
    Nobody,
    #[error("choose somebody who works this queue")]
    NotAMember,
    #[error("they are away at that time; choose somebody who is here")]
    Away,
    #[error("it is theirs already")]
    Same,
    #[error("choose two different people")]
    OnePerson,
}

/// On `date` the duty of `instead_of` is `person`'s, or nobody's; without `instead_of` everybody's is.
///
/// # Errors
/// When the asker may not, or whoever is to have it can't.
pub fn stand_in(
    queue: &Queue,
    asker: Asker,
    wanted: Exception,
    today: Date,
) -> Result<Exception, CannotStandIn> {
    must_be_soon(wanted.date, today)?;
    let zone = TimeZone::get(&queue.zone).unwrap_or(TimeZone::UTC);
    let concerned = queue.members.iter();
    let concerned = concerned.filter(|it| wanted.instead_of.is_none_or(|whose| whose == it.person));
    let duties: Vec<_> = concerned
        .flat_map(|member| member.duties_on(wanted.date))
        .collect();
    if duties.is_empty() {
        return Err(CannotStandIn::NoDuty);
    }
    let has = wanted
        .instead_of
        .map(|whose| stands_in(&queue.exceptions, wanted.date, whose));
    let own = has == Some(Some(asker.person)) || wanted.instead_of == Some(asker.person);
    if !asker.dispatches && !own {
        return Err(CannotStandIn::NotYours);
    }
    let Some(person) = wanted.person else {
        return match asker.dispatches {
            true => Ok(wanted),
            false => Err(CannotStandIn::Nobody),
        };
    };
    if has == Some(Some(person)) {
        return Err(CannotStandIn::Same);
    }
    if !queue.members.iter().any(|member| member.person == person) {
        return Err(CannotStandIn::NotAMember);
    }
    let away = |duty: &&&super::Duty| is_away(queue, person, ***duty, wanted.date, &zone);
    match duties.iter().find(away) {
        Some(_) => Err(CannotStandIn::Away),
        None => Ok(wanted),
    }
}

/// Each takes the other's. An agent swaps a duty of their own.
///
/// # Errors
/// As [`stand_in`] for either of the two.
pub fn swap(
    queue: &Queue,
    asker: Asker,
    wanted: Swap,
    today: Date,
) -> Result<[Exception; 2], CannotStandIn> {
    let Swap {
        one: (date, one),
        other: (other_date, other),
    } = wanted;
    if one == other {
        return Err(CannotStandIn::OnePerson);
    }
    let has = |date, whose| stands_in(&queue.exceptions, date, whose) == Some(asker.person);
    if !asker.dispatches && !has(date, one) && !has(other_date, other) {
        return Err(CannotStandIn::NotYours);
    }
    let both = Asker {
        dispatches: true,
        ..asker
    };
    let given = |date, whose, person| Exception {
        date,
        instead_of: Some(whose),
        person: Some(person),
    };
    Ok([
        stand_in(queue, both, given(date, one, other), today)?,
        stand_in(queue, both, given(other_date, other, one), today)?,
    ])
}

/// Whether somebody may take an exception back: it is about their own duty, they have it, or they dispatch.
pub fn may_take_back(asker: Asker, it: &Exception) -> bool {
    asker.dispatches || it.instead_of == Some(asker.person)
}

fn must_be_soon(date: Date, today: Date) -> Result<(), CannotStandIn> {
    let last = today.saturating_add(MOST_DAYS_AHEAD.days());
    match (today..=last).contains(&date) {
        true => Ok(()),
        false => Err(CannotStandIn::Date),
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::ids::QueueId;
    use crate::queues::{Away, Duty, Member, Sender, duty_days};

    /// 1 and 2 work Monday and Tuesday nine to five, 3 the nights from Monday; 2 is away on Tuesday, 4 has no hours.
    fn queue() -> Queue {
        let duty = |weekday, from: i16, to: i16| Duty {
            weekday,
            from_minute: from * 60,
            to_minute: to * 60,
        };
        let member = |person, duties| Member {
            person: PersonId(person),
            duties,
            open_tickets: 0,
            away: vec![],
        };
        let days = || vec![duty(1, 9, 17), duty(2, 9, 17)];
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let mut queue = Queue {
            id: QueueId(1),
            name: "Support".into(),
            addresses: vec![],
            members: vec![
                member(1, days()),
                member(2, days()),
                member(3, vec![duty(1, 22, 6)]),
                member(4, vec![]),
            ],
            dispatcher: PersonId(9),
            zone: "Europe/Lisbon".into(),
            sender: Sender::default(),
            exceptions: vec![],
        };
        queue.members[1].away = vec![Away {
            from: at("2026-11-24T00:00:00Z"),
            until: at("2026-11-25T00:00:00Z"),
        }];
        queue
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn exception(on: &str, instead_of: i64, person: i64) -> Exception {
        let some = |id: i64| (id > 0).then_some(PersonId(id));
        Exception {
            date: date(on),
            instead_of: some(instead_of),
            person: some(person),
        }
    }

    const MONDAY: &str = "2026-11-23";
    const TUESDAY: &str = "2026-11-24";

    #[test]
    fn agents_hand_on_their_own_duty_and_dispatchers_anybodys() {
        use CannotStandIn as No;
        let check = |asker: i64, wanted: Exception, expected: Result<(), No>| {
            let asker = Asker {
                person: PersonId(asker),
                dispatches: asker == 9,
            };
            let got = stand_in(&queue(), asker, wanted, date(MONDAY)).map(drop);
            assert_eq!(got, expected, "{asker:?} {wanted:?}");
        };
        check(1, exception(MONDAY, 1, 2), Ok(()));
        check(1, exception(MONDAY, 1, 4), Ok(()));
        check(1, exception(MONDAY, 2, 1), Err(No::NotYours));
        check(9, exception(MONDAY, 2, 1), Ok(()));
        check(1, exception(MONDAY, 1, 0), Err(No::Nobody));
        check(9, exception(MONDAY, 1, 0), Ok(()));
        check(9, exception(MONDAY, 0, 0), Ok(()));
        check(1, exception(MONDAY, 0, 2), Err(No::NotYours));
        check(1, exception(TUESDAY, 1, 2), Err(No::Away));
        // The night from Monday ends on the day on which 2 is away.
        check(3, exception(MONDAY, 3, 2), Err(No::Away));
        check(1, exception(MONDAY, 1, 7), Err(No::NotAMember));
        check(1, exception(MONDAY, 1, 1), Err(No::Same));
        check(1, exception("2026-11-25", 1, 2), Err(No::NoDuty));
        check(1, exception("2026-11-16", 1, 2), Err(No::Date));
        check(1, exception("2028-11-27", 1, 2), Err(No::Date));
    }

    #[test]
    fn who_stands_in_can_hand_it_on_and_its_owner_can_have_it_back() {
        let mut queue = queue();
        queue.exceptions = vec![exception(MONDAY, 1, 4)];
        let ask = |person: i64, wanted| {
            let asker = Asker {
                person: PersonId(person),
                dispatches: false,
            };
            stand_in(&queue, asker, wanted, date(MONDAY)).is_ok()
        };
        assert!(ask(4, exception(MONDAY, 1, 2)));
        assert!(ask(1, exception(MONDAY, 1, 1)));
        assert!(!ask(2, exception(MONDAY, 1, 2)));
    }

    #[test]
    fn two_swap_when_both_can() {
        let check = |asker: i64, one: (&str, i64), other: (&str, i64), expected| {
            let asker = Asker {
                person: PersonId(asker),
                dispatches: asker == 9,
            };
            let side = |(on, person): (&str, i64)| (date(on), PersonId(person));
            let wanted = Swap {
                one: side(one),
                other: side(other),
            };
            let got = swap(&queue(), asker, wanted, date(MONDAY));
            assert_eq!(got.map(drop), expected, "{asker:?} {wanted:?}");
        };
        check(1, (MONDAY, 1), ("2026-11-30", 2), Ok(()));
        check(2, (MONDAY, 1), ("2026-11-30", 2), Ok(()));
        check(
            3,
            (MONDAY, 1),
            ("2026-11-30", 2),
            Err(CannotStandIn::NotYours),
        );
        check(9, (TUESDAY, 1), ("2026-11-30", 2), Err(CannotStandIn::Away));
        check(
            1,
            (MONDAY, 1),
            ("2026-11-30", 1),
            Err(CannotStandIn::OnePerson),
        );
    }

    #[test]
    fn the_coming_days_say_who_has_duty_and_who_is_away() {
        let mut queue = queue();
        queue.exceptions = vec![exception(MONDAY, 1, 4), exception("2026-11-30", 0, 0)];
        let days = duty_days(&queue, date(MONDAY), 8);
        let said = |on: &str| -> Vec<(i64, Option<i64>, bool)> {
            let day = days.iter().find(|day| day.date == date(on));
            let duties = day.into_iter().flat_map(|day| &day.duties);
            duties
                .map(|it| (it.whose.0, it.who.map(|who| who.0), it.away))
                .collect()
        };
        assert_eq!(
            said(MONDAY),
            [
                (1, Some(4), false),
                (2, Some(2), false),
                (3, Some(3), false)
            ]
        );
        assert_eq!(said(TUESDAY), [(1, Some(1), false), (2, Some(2), true)]);
        assert_eq!(said("2026-11-25"), []);
        assert_eq!(
            said("2026-11-30"),
            [(1, None, false), (2, None, false), (3, None, false)]
        );
        assert!(days[7].free && !days[0].free);
    }
}

//! A ticket's life to scale: each turn as long as the desk's hours in it, each thing that happened where it belongs, and
//! what is left until the next due time.

use jiff::{SignedDuration, Timestamp};

use super::{Stretch, Whose};
use crate::hours::Calendar;

/// A life from left to right. Every length is of the same time: the calendar's, or any when it was never open meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strip<M> {
    pub turns: Vec<Placed>,
    pub marks: Vec<Mark<M>>,
    /// From now to the next due time; none when that has passed or nothing is due.
    pub tail: SignedDuration,
}

/// A turn and how long it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    pub whose: Whose,
    pub from: Timestamp,
    /// `None` while it lasts.
    pub to: Option<Timestamp>,
    pub length: SignedDuration,
}

/// Something that happened or will, so far from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<M> {
    pub at: Timestamp,
    pub place: SignedDuration,
    pub what: M,
}

/// Draws `turns` to the scale of `hours`. Marks after the last turn stand at its end; what is still to come stands in the tail,
/// at most at its end.
pub fn strip<M>(
    turns: &[Stretch],
    marks: Vec<(Timestamp, M)>,
    due: Option<Timestamp>,
    hours: &Calendar,
    now: Timestamp,
) -> Strip<M> {
    let in_hours = |from, to| hours.between(from, to);
    let drawn = drawn(turns, marks, due, &in_hours, now);
    let is_seen = drawn.turns.iter().any(|turn| !turn.length.is_zero());
    match is_seen {
        true => drawn,
        false => {
            let marks = drawn.marks.into_iter().map(|mark| (mark.at, mark.what));
            let always =
                |from: Timestamp, to: Timestamp| to.duration_since(from).max(SignedDuration::ZERO);
            self::drawn(turns, marks.collect(), due, &always, now)
        }
    }
}

fn drawn<M>(
    turns: &[Stretch],
    marks: Vec<(Timestamp, M)>,
    due: Option<Timestamp>,
    length: &dyn Fn(Timestamp, Timestamp) -> SignedDuration,
    now: Timestamp,
) -> Strip<M> {
    let placed = turns.iter().map(|turn| Placed {
        whose: turn.whose,
        from: turn.from,
        to: turn.to,
        length: length(turn.from, turn.to.unwrap_or(now)),
    });
    let placed: Vec<Placed> = placed.collect();
    let goes_on = placed.last().is_some_and(|turn| turn.to.is_none());
    let due = due.filter(|due| goes_on && *due > now);
    let tail = due.map_or(SignedDuration::ZERO, |due| length(now, due));
    let place = |at: Timestamp| {
        let mut left = SignedDuration::ZERO;
        for turn in &placed {
            let end = turn.to.unwrap_or(now);
            if at < end {
                return left + length(turn.from, at.max(turn.from));
            }
            left += turn.length;
        }
        left + length(now, at.max(now)).min(tail)
    };
    let marks = marks.into_iter().map(|(at, what)| Mark {
        at,
        place: place(at),
        what,
    });
    Strip {
        marks: marks.collect(),
        turns: placed,
        tail,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::hours::{DayHours, Span};

    fn office() -> Calendar {
        let span = Span::parse("09:00", "17:00").expect("times of day");
        let open = DayHours::new(vec![span]).expect("hours");
        let week = std::array::from_fn(|day| match day < 5 {
            true => open.clone(),
            false => DayHours::closed(),
        });
        Calendar::new("UTC", week, BTreeMap::new()).expect("a calendar")
    }

    /// `23T16`: the 23rd of November 2026, a Monday, at 16 o'clock.
    fn at(text: &str) -> Timestamp {
        format!("2026-11-{text}:00:00Z").parse().expect("a time")
    }

    fn turns(told: &[(Whose, &str)], end: Option<&str>) -> Vec<Stretch> {
        let ends = told.iter().skip(1).map(|(_, from)| Some(at(from)));
        let turn = |((whose, from), to): (&(Whose, &str), _)| Stretch {
            whose: *whose,
            from: at(from),
            to,
        };
        told.iter()
            .zip(ends.chain([end.map(at)]))
            .map(turn)
            .collect()
    }

    fn check(
        told: &[(Whose, &str)],
        end: Option<&str>,
        (due, now): (Option<&str>, &str),
        lengths: &[i64],
        tail: i64,
        marks: &[(&str, i64)],
    ) {
        let happened = marks.iter().map(|(when, _)| (at(when), ())).collect();
        let drawn = strip(&turns(told, end), happened, due.map(at), &office(), at(now));
        let hours = |length: SignedDuration| length.as_hours();
        let found: Vec<i64> = drawn.turns.iter().map(|it| hours(it.length)).collect();
        assert_eq!((found, hours(drawn.tail)), (lengths.to_vec(), tail));
        let found: Vec<i64> = drawn.marks.iter().map(|it| hours(it.place)).collect();
        let expected: Vec<i64> = marks.iter().map(|it| it.1).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn s20_a_night_and_a_weekend_are_no_time() {
        use Whose::{Client, Desk};
        // Friday 16:00 to Monday 10:00 is two hours.
        check(
            &[(Desk, "20T16"), (Client, "23T10")],
            None,
            (Some("24T10"), "23T15"),
            &[2, 5],
            3,
            &[
                ("20T16", 0),
                ("20T20", 1),
                ("21T12", 1),
                ("23T10", 2),
                ("23T12", 4),
            ],
        );
    }

    #[test]
    fn s20_what_is_to_come_stands_in_the_tail() {
        let told = [(Whose::Desk, "23T09")];
        let marks = [("23T12", 3), ("23T15", 6), ("30T12", 8)];
        check(&told, None, (Some("23T17"), "23T10"), &[1], 7, &marks);
        // A due time that has passed leaves no tail, nor does one of a ticket that has ended.
        check(
            &told,
            None,
            (Some("23T09"), "23T10"),
            &[1],
            0,
            &[("25T12", 1)],
        );
        check(
            &told,
            Some("23T12"),
            (Some("23T17"), "23T13"),
            &[3],
            0,
            &[("23T12", 3)],
        );
    }

    #[test]
    fn s20_a_life_outside_all_hours_is_drawn_by_the_clock() {
        let told = [(Whose::Desk, "21T09"), (Whose::Client, "21T11")];
        check(&told, None, (None, "21T14"), &[2, 3], 0, &[("21T13", 4)]);
        check(&[], None, (None, "21T14"), &[], 0, &[]);
    }
}

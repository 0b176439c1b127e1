//! The turns a ticket has been through, measured and put into words: the strip, the chip, the sums. Whose turn it is was
//! decided elsewhere.

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::clocks::{self, Side as Owing, Stretch as Stretched, Whose as Held};
use kept_app::domain::hours::Calendar;
use kept_app::domain::turn::Turn as Side;
use kept_app::store::obligations::Due;
use kept_app::store::tickets::Shelf;

use crate::parts::{Clock, Mark, MarkKind, Stretch, Strip, Turn, Whose};
use crate::words::long_ms;

/// Who has a ticket on this shelf, in a mark and a word; and by when, when what is due next is theirs to do.
pub(crate) fn turn(
    shelf: Shelf,
    side: Side,
    since: Timestamp,
    due: Option<Due>,
    now: Timestamp,
) -> Turn {
    let (whose, word) = match (shelf, side) {
        (Shelf::Open, Side::Desk) => (Whose::Desk, "Ours"),
        (Shelf::Open, Side::Client) => (Whose::Client, "Theirs"),
        (Shelf::Open, Side::ThirdParty) => (Whose::Third, "Third party"),
        (Shelf::Parked, _) => (Whose::Parked, "Parked"),
        (Shelf::Resolved, _) => (Whose::Resolved, "Resolved"),
        (Shelf::Spam, _) => (Whose::Spam, "Spam"),
        (Shelf::Merged, _) => (Whose::Closed, "Merged"),
        (Shelf::Closed, _) | (Shelf::Open, Side::Nobody) => (Whose::Closed, "Closed"),
    };
    let theirs = due.filter(|due| owes(side, due.side) && shelf == Shelf::Open);
    Turn {
        whose,
        word: word.to_owned(),
        since,
        due: theirs.map(|due| due.at),
        late: theirs.is_some_and(|due| due.at < now),
    }
}

/// Whether what a side owes is for whoever has the turn. While a third party has it the desk still owes news.
fn owes(turn: Side, side: Owing) -> bool {
    match turn {
        Side::Desk | Side::ThirdParty => side == Owing::Desk,
        Side::Client => side == Owing::Client,
        Side::Nobody => false,
    }
}

/// Something on a strip: what, and its words.
pub(crate) type Happened = (Timestamp, (MarkKind, String));

/// The strip of a ticket to the scale of the desk's hours, with what is due next at its end.
pub(crate) fn strip(
    turns: &[Stretched],
    happened: Vec<Happened>,
    due: Option<Timestamp>,
    hours: &Calendar,
    clock: &Clock,
) -> Strip {
    let drawn = clocks::strip(turns, happened, due, hours, clock.now);
    let missed = drawn
        .marks
        .iter()
        .filter(|it| it.what.0 == MarkKind::Missed);
    let missed = match missed.count() {
        0 => String::new(),
        1 => "; something was missed".to_owned(),
        many => format!("; {many} times something was missed"),
    };
    let sums = sums(turns, hours, clock.now).join(", ");
    let stretches = drawn.turns.iter().map(|it| Stretch {
        whose: drawn_as(it.whose),
        length: seconds(it.length),
        says: told(it.whose, it.from, it.to, hours, clock),
    });
    Strip {
        stretches: stretches.collect(),
        says: match sums.is_empty() {
            true => "No turns in desk hours yet".to_owned(),
            false => format!("Turns so far, in desk hours: {sums}{missed}"),
        },
        tail: seconds(drawn.tail),
        marks: drawn.marks.into_iter().map(mark).collect(),
    }
}

fn mark(mark: clocks::Mark<(MarkKind, String)>) -> Mark {
    let (kind, says) = mark.what;
    Mark {
        kind,
        at: seconds(mark.place),
        says,
    }
}

fn seconds(length: SignedDuration) -> u32 {
    u32::try_from(length.as_secs()).unwrap_or(u32::MAX)
}

/// `Ours, Mon 09:00 to 09:22: 22 min in desk hours`.
pub(crate) fn told(
    whose: Held,
    from: Timestamp,
    to: Option<Timestamp>,
    hours: &Calendar,
    clock: &Clock,
) -> String {
    let until = to.map_or_else(|| "now".to_owned(), |to| clock.short(to));
    let length = hours.between(from, to.unwrap_or(clock.now));
    let length = match length.is_zero() {
        true => "outside desk hours".to_owned(),
        false => format!("{} in desk hours", long(length)),
    };
    format!(
        "{}, {} to {until}: {length}",
        capital(word(whose)),
        clock.short(from)
    )
}

/// What each side took in all, in desk hours: `ours 1 h 4 min`, `theirs 56 h`. Resolved and closed is nobody's delay.
pub(crate) fn sums(turns: &[Stretched], hours: &Calendar, now: Timestamp) -> Vec<String> {
    [Held::Desk, Held::Client, Held::ThirdParty, Held::Parked]
        .into_iter()
        .filter_map(|whose| {
            let those = turns.iter().filter(|turn| turn.whose == whose);
            let sum = those
                .map(|turn| hours.between(turn.from, turn.to.unwrap_or(now)))
                .reduce(|sum, length| sum.saturating_add(length))
                .filter(|sum| !sum.is_zero())?;
            Some(format!("{} {}", word(whose), long(sum)))
        })
        .collect()
}

/// A length of desk hours, in hours: a day of them would be no day of the calendar. What is over in a moment took a minute.
fn long(length: SignedDuration) -> String {
    let minutes = length.as_mins().max(1);
    long_ms(minutes.saturating_mul(60_000))
}

pub(crate) fn drawn_as(whose: Held) -> Whose {
    match whose {
        Held::Desk => Whose::Desk,
        Held::Client => Whose::Client,
        Held::ThirdParty => Whose::Third,
        Held::Parked => Whose::Parked,
        Held::Resolved => Whose::Resolved,
        Held::Nobody => Whose::Spam,
    }
}

fn word(whose: Held) -> &'static str {
    match whose {
        Held::Desk => "ours",
        Held::Client => "theirs",
        Held::ThirdParty => "third party",
        Held::Parked => "parked",
        Held::Resolved => "resolved, to be confirmed",
        Held::Nobody => "closed",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + minute * 60).unwrap()
    }

    fn turns(told: &[(i64, Held)], end: Option<i64>) -> Vec<Stretched> {
        let ends = told.iter().skip(1).map(|(from, _)| Some(at(*from)));
        let turn = |(&(from, whose), to)| Stretched {
            whose,
            from: at(from),
            to,
        };
        told.iter()
            .zip(ends.chain([end.map(at)]))
            .map(turn)
            .collect()
    }

    fn check(told: &[(i64, Held)], end: Option<i64>, now: i64, lengths: &[u32], says: &str) {
        let clock = Clock {
            now: at(now),
            zone: TimeZone::UTC,
        };
        let always = Calendar::around_the_clock();
        let strip = strip(&turns(told, end), vec![], None, &always, &clock);
        let drawn: Vec<u32> = strip.stretches.iter().map(|it| it.length / 60).collect();
        assert_eq!(drawn, lengths);
        assert_eq!(strip.says, says);
    }

    #[test]
    fn a_strip_runs_until_now_and_stops_at_the_end() {
        use Held::{Client, Desk, Resolved};
        let says = |sums: &str| format!("Turns so far, in desk hours: {sums}");
        check(&[(0, Desk)], None, 5, &[5], &says("ours 5 min"));
        check(
            &[(0, Desk), (22, Client), (60, Desk)],
            None,
            82,
            &[22, 38, 22],
            &says("ours 44 min, theirs 38 min"),
        );
        check(
            &[(0, Desk), (10, Client), (20, Resolved)],
            Some(80),
            9_999,
            &[10, 10, 60],
            &says("ours 10 min, theirs 10 min"),
        );
        check(&[(0, Desk)], None, 0, &[0], "No turns in desk hours yet");
        check(&[], None, 5, &[], "No turns in desk hours yet");
    }

    #[test]
    fn each_part_of_a_strip_says_itself() {
        let clock = Clock {
            now: at(90),
            zone: TimeZone::UTC,
        };
        let turns = turns(&[(0, Held::Desk), (30, Held::Client)], None);
        let missed = vec![(at(45), (MarkKind::Missed, "Answer missed".to_owned()))];
        let always = Calendar::around_the_clock();
        let strip = strip(&turns, missed, Some(at(120)), &always, &clock);
        let says: Vec<&str> = strip.stretches.iter().map(|it| it.says.as_str()).collect();
        let (from, to) = (clock.short(at(0)), clock.short(at(30)));
        assert_eq!(
            says[0],
            format!("Ours, {from} to {to}: 30 min in desk hours")
        );
        assert_eq!(says[1], format!("Theirs, {to} to now: 1 h in desk hours"));
        assert!(strip.says.ends_with("theirs 1 h; something was missed"));
        assert_eq!((strip.marks[0].at, strip.tail), (45 * 60, 30 * 60));
    }
}

//! One group of a report: what it is called, where it stands, and the search that finds its tickets.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan as _};

use super::By;
use crate::search::{Day, as_value};
use crate::tickets::{Kind, Priority, Status};
use crate::turn::Turn;

/// What the tickets of a group share, as the store counts it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// The number of a day, a week, an hour; of months since the year 0; the place of an age or a turn.
    Number(i64),
    /// One of our own words, or a name.
    Word(String),
    /// No client, no tag, not resolved yet.
    Nothing,
}

/// The day from which days are counted.
const FIRST: Date = Date::constant(1970, 1, 1);

/// What an age is called, and the search for it. The limits between them are [`ages`].
const AGES: [(&str, &str); 5] = [
    ("Under a day", "opened:<1d"),
    ("1 to 3 days", "opened:>1d opened:<3d"),
    ("3 to 7 days", "opened:>3d opened:<7d"),
    ("1 to 4 weeks", "opened:>7d opened:<28d"),
    ("Over 4 weeks", "opened:>28d"),
];

/// Opened at this time or later is younger than the first limit, and so on; each limit lies before the one before it.
pub fn ages(now: Timestamp, zone: &TimeZone) -> [Timestamp; 4] {
    let now = now.to_zoned(zone.clone());
    let before = |span: Span| {
        let then = now.checked_sub(span);
        then.map_or(Timestamp::MIN, |at| at.timestamp())
    };
    [
        before(1.days()),
        before(3.days()),
        before(7.days()),
        before(28.days()),
    ]
}

/// What people read: `Acme`, `Mon 12 Oct`, `October 2026`, `No client`.
pub fn label(by: By, key: &Key) -> String {
    match (by, key) {
        (By::Client, Key::Nothing) => "No client".to_owned(),
        (By::Tag, Key::Nothing) => "No tag".to_owned(),
        (_, Key::Nothing) => "Not resolved".to_owned(),
        (By::Tag | By::Client | By::Agent | By::Queue, Key::Word(word)) => word.clone(),
        (_, Key::Word(word)) => capital(word),
        (_, Key::Number(number)) => numbered(by, *number),
    }
}

fn numbered(by: By, number: i64) -> String {
    match by {
        By::Turn => turn(number)
            .map_or("Nobody’s", |turn| match turn {
                Turn::Desk => "Ours",
                Turn::Client => "The client’s",
                Turn::ThirdParty => "A third party’s",
                Turn::Nobody => "Nobody’s",
            })
            .to_owned(),
        By::Age => age(number).0.to_owned(),
        By::Weekday => day(number).words().to_owned(),
        By::Hour => format!("{number} h"),
        By::OpenedMonth | By::ResolvedMonth => month(number).strftime("%b %Y").to_string(),
        By::OpenedWeek | By::ResolvedWeek => monday(number).strftime("%-d %b").to_string(),
        _ => the_day(number).strftime("%a %-d %b").to_string(),
    }
}

/// The part of a search that finds just this group, within what is searched anyway.
pub fn condition(by: By, key: &Key) -> String {
    match (by, key) {
        (By::Client | By::Tag, Key::Nothing) => format!("-has:{}", by.as_str()),
        (_, Key::Nothing) => "-resolved:>=1970-01-01".to_owned(),
        (By::Tag, Key::Word(tag)) => format!("tag:{}", as_value(tag)),
        (By::Client | By::Agent | By::Queue, Key::Word(name)) => named(by.as_str(), name),
        (_, Key::Word(word)) => format!("{}:{word}", by.as_str()),
        (_, Key::Number(number)) => found_by(by, *number),
    }
}

/// Just this name, not what only holds it.
fn named(field: &str, name: &str) -> String {
    format!("{field}:{}", as_value(&format!("={name}")))
}

fn found_by(by: By, number: i64) -> String {
    let moment = match by {
        By::ResolvedDay | By::ResolvedWeek | By::ResolvedMonth => "resolved",
        _ => "opened",
    };
    match by {
        By::Turn => {
            let turn = turn(number).unwrap_or(Turn::Nobody);
            format!("turn:{}", turn.as_str())
        }
        By::Age => age(number).1.to_owned(),
        By::Weekday => format!("weekday:{}", day(number).as_str()),
        By::Hour => format!("hour:{number}"),
        By::OpenedMonth | By::ResolvedMonth => {
            format!("{moment}:{}", month(number).strftime("%Y-%m"))
        }
        By::OpenedWeek | By::ResolvedWeek => {
            let first = monday(number);
            let last = first.saturating_add(6.days());
            format!("{moment}:{first}..{last}")
        }
        _ => format!("{moment}:{}", the_day(number)),
    }
}

/// Where a group stands among the others of its field.
pub(super) fn rank(by: By, key: &Key) -> i64 {
    let place = |found: Option<usize>| found.and_then(|at| i64::try_from(at).ok());
    let place = match (by, key) {
        (_, Key::Nothing) => None,
        (_, Key::Number(number)) => Some(*number),
        (By::Priority, Key::Word(word)) => {
            let all = [
                Priority::Urgent,
                Priority::High,
                Priority::Normal,
                Priority::Low,
            ];
            place(all.iter().position(|it| it.as_str() == word))
        }
        (By::Status, Key::Word(word)) => {
            let all = [
                Status::New,
                Status::Open,
                Status::Waiting,
                Status::Parked,
                Status::Resolved,
                Status::Closed,
            ];
            place(all.iter().position(|it| it.as_str() == word))
        }
        (By::Kind, Key::Word(word)) => {
            let all = [Kind::Incident, Kind::Request, Kind::Question];
            place(all.iter().position(|it| it.as_str() == word))
        }
        _ => None,
    };
    place.unwrap_or(i64::MAX)
}

fn turn(rank: i64) -> Option<Turn> {
    [Turn::Desk, Turn::Client, Turn::ThirdParty, Turn::Nobody]
        .get(usize::try_from(rank).ok()?)
        .copied()
}

fn age(place: i64) -> (&'static str, &'static str) {
    let last = AGES.len() - 1;
    AGES[usize::try_from(place).unwrap_or(last).min(last)]
}

fn day(rank: i64) -> Day {
    Day::ALL[usize::try_from(rank.rem_euclid(7)).unwrap_or(0)]
}

/// The day of this number, counted from 1970-01-01.
fn the_day(number: i64) -> Date {
    let days = Span::new().try_days(number).unwrap_or_default();
    FIRST.saturating_add(days)
}

fn monday(week: i64) -> Date {
    the_day(week.saturating_mul(7).saturating_sub(3))
}

fn month(number: i64) -> Date {
    let year = i16::try_from(number.div_euclid(12)).unwrap_or(1970);
    let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
    Date::new(year, month, 1).unwrap_or(FIRST)
}

/// One of our own words with a capital.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase());
    first.into_iter().flatten().chain(letters).collect()
}

//! Dates: `2026-12-01`, `1.12.`, `the 14th`, `1 December`, `December 1st, 2026`, `24/12`.

use super::Reading;
use super::atom::{Atom, Edge};
use super::pieces::Piece;
use super::when::Day;

type Found = Option<(Day, usize)>;

/// The ways to write a date, the surest first.
const WAYS: &[fn(&Reading<'_>, usize) -> Found] = &[
    iso,
    day_and_month,
    month_and_day,
    dotted,
    slashed,
    ordinal,
    edge_of_month,
];

pub(super) fn date(reading: &Reading<'_>, at: usize) -> Found {
    WAYS.iter().find_map(|way| way(reading, at))
}

fn made(day: u32, month: u32, year: Option<u32>) -> Option<Day> {
    let year = match year {
        Some(year @ 0..=99) => Some(2000 + year),
        other => other,
    };
    let possible = (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && year.is_none_or(|year| (1900..=2200).contains(&year));
    possible.then_some(())?;
    Some(Day::Date {
        day: i8::try_from(day).ok()?,
        month: i8::try_from(month).ok()?,
        year: year.and_then(|year| i16::try_from(year).ok()),
    })
}

fn iso(reading: &Reading<'_>, at: usize) -> Found {
    let year = reading
        .get(at)
        .filter(|piece| piece.digits() == 4)?
        .number()?;
    let (month, next) = behind(reading, at + 1, '-')?;
    let (day, next) = behind(reading, next, '-')?;
    Some((made(day, month, Some(year))?, next))
}

/// A number glued behind a mark.
fn behind(reading: &Reading<'_>, at: usize, mark: char) -> Option<(u32, usize)> {
    reading
        .get(at)
        .filter(|piece| piece.glued && piece.is_mark(mark))?;
    let number = reading.get(at + 1).filter(|piece| piece.glued)?.number()?;
    Some((number, at + 2))
}

/// `1 December`, `1st of December`, `1. Dezember 2026`.
fn day_and_month(reading: &Reading<'_>, at: usize) -> Found {
    let day = reading
        .get(at)
        .filter(|piece| piece.digits() <= 2)?
        .number()?;
    let next = after_ordinal(reading, at + 1).unwrap_or(at + 1);
    let next = reading.skip_fill(next);
    let Some(Atom::Month(month)) = reading.atom(next) else {
        return None;
    };
    let (year, next) = year(reading, after_dot(reading, next + 1));
    Some((made(day, u32::try_from(month).ok()?, year)?, next))
}

/// `December 1st, 2026`.
fn month_and_day(reading: &Reading<'_>, at: usize) -> Found {
    let Some(Atom::Month(month)) = reading.atom(at) else {
        return None;
    };
    let next = reading.skip_fill(after_dot(reading, at + 1));
    let day = reading
        .get(next)
        .filter(|piece| piece.digits() <= 2)?
        .number()?;
    let next = if reading.is(next + 1, Atom::Ordinal) {
        next + 2
    } else {
        next + 1
    };
    let is_clock = reading
        .get(next)
        .is_some_and(|piece| piece.is_mark(':') && piece.glued);
    let (year, next) = year(reading, next);
    Some((made(day, u32::try_from(month).ok()?, year)?, next)).filter(|_| !is_clock)
}

fn year(reading: &Reading<'_>, at: usize) -> (Option<u32>, usize) {
    let at_year = if reading.get(at).is_some_and(|piece| piece.is_mark(',')) {
        at + 1
    } else {
        at
    };
    let year = reading
        .get(at_year)
        .filter(|piece| piece.digits() == 4)
        .and_then(Piece::number);
    match year.filter(|year| (1900..=2200).contains(year)) {
        Some(year) => (Some(year), at_year + 1),
        None => (None, at),
    }
}

fn after_dot(reading: &Reading<'_>, at: usize) -> usize {
    let dot = reading
        .get(at)
        .is_some_and(|piece| piece.glued && piece.is_mark('.'));
    if dot && !reading.ends_at(at) {
        at + 1
    } else {
        at
    }
}

/// Behind `th` or the dot of a German ordinal.
fn after_ordinal(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let piece = reading.get(at)?;
    let is_one = piece.is(Atom::Ordinal) || piece.glued && piece.is_mark('.');
    is_one.then_some(at + 1)
}

/// `1.12.`, `1.12.2026`; `1.12` behind `zum` or `am`, or when it can't be a time of day.
fn dotted(reading: &Reading<'_>, at: usize) -> Found {
    let day = reading
        .get(at)
        .filter(|piece| piece.digits() <= 2)?
        .number()?;
    let (month, next) = behind(reading, at + 1, '.')?;
    let dot = reading
        .get(next)
        .is_some_and(|piece| piece.glued && piece.is_mark('.'));
    if dot && let Some((year, next)) = behind(reading, next, '.') {
        return Some((made(day, month, Some(year))?, next));
    }
    let digits = reading.get(next - 1).map_or(0, Piece::digits);
    let could_be_clock = digits == 2 && day <= 24;
    let told = matches!(
        reading.atom(next),
        Some(Atom::Clock | Atom::H | Atom::Am | Atom::Pm)
    );
    let sure = dot && !reading.ends_at(next)
        || reading.behind_article(at)
        || !could_be_clock && digits > 0;
    // A dot at the end of the sentence may be both; `10.30.` is a time, `1.12.` a date.
    let sure = sure || dot && !matches!(month, 0 | 5 | 10);
    let next = if dot { next + 1 } else { next };
    Some((made(day, month, None)?, next)).filter(|_| sure && !told)
}

/// `24/12/2026`; of `3/4` nobody knows which is the month.
fn slashed(reading: &Reading<'_>, at: usize) -> Found {
    let first = reading.get(at)?.number()?;
    let (second, next) = behind(reading, at + 1, '/')?;
    let (year, next) = match behind(reading, next, '/') {
        Some((year, next)) => (Some(year), next),
        None => (None, next),
    };
    let (day, month) = match (first, second) {
        (13..=31, 1..=12) => (first, second),
        (1..=12, 13..=31) => (second, first),
        (first, second) if first == second => (first, second),
        _ => return None,
    };
    Some((made(day, month, year)?, next))
}

/// `the 14th`, `bis zum 14.`
fn ordinal(reading: &Reading<'_>, at: usize) -> Found {
    let day = reading
        .get(at)
        .filter(|piece| piece.digits() <= 2)?
        .number()?;
    let next = after_ordinal(reading, at + 1)?;
    let english = reading.is(at + 1, Atom::Ordinal);
    let goes_on = reading
        .get(next)
        .is_some_and(|piece| piece.glued && piece.number().is_some());
    let possible = (1..=31).contains(&day) && !goes_on && (english || reading.behind_article(at));
    possible.then_some((Day::OfMonth(i8::try_from(day).ok()?), next))
}

/// `end of November`, `Anfang Dezember`.
fn edge_of_month(reading: &Reading<'_>, at: usize) -> Found {
    let edge = match reading.atom(at)? {
        Atom::Edge(edge) => edge,
        _ => return None,
    };
    let next = reading.skip_fill(at + 1);
    match reading.atom(next)? {
        Atom::Month(month) => Some((Day::Named { month, edge }, next + 1)),
        Atom::Unit(super::atom::Unit::Year) => {
            Some((Day::Year(0), next + 1)).filter(|_| edge == Edge::End)
        }
        _ => None,
    }
}

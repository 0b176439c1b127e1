//! Times of day: `3 pm`, `15:00`, `10.30 Uhr`, `at 9`, `halb zehn`, `9–11`.

use super::Reading;
use super::atom::Atom;
use super::pieces::{Kind, Piece};
use super::when::{Clock, Half};

/// How sure a number is a time of day: by what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// `at`, `um`.
    At,
    /// `by`, `bis`, or a day.
    Expected,
    Nothing,
}

pub(super) fn clock(reading: &Reading<'_>, at: usize, before: Before) -> Option<(Clock, usize)> {
    let (first, next) = one(reading, at, before)?;
    let between = reading.get(next).filter(|piece| is_between(piece));
    let second = between.and_then(|_| one(reading, next + 1, Before::At));
    Some(second.unwrap_or((first, next)))
}

fn is_between(piece: &Piece) -> bool {
    piece.is_mark('-')
        || piece.is_mark('–')
        || matches!(
            piece.atom(),
            Some(Atom::To | Atom::Or | Atom::By | Atom::And)
        )
}

fn one(reading: &Reading<'_>, at: usize, before: Before) -> Option<(Clock, usize)> {
    if let Some(found) = spoken(reading, at) {
        return Some(found);
    }
    let hour = reading.get(at)?.count().filter(|hour| *hour <= 24)?;
    let in_words = reading.get(at)?.number().is_none();
    let (minute, next) = minutes(reading, at + 1, before)
        .filter(|_| !in_words)
        .unwrap_or((None, at + 1));
    let (mark, next) = marked(reading, next, before);
    // `15 Uhr 30`, `15h30`.
    let (minute, next) = match (minute, mark) {
        (None, Some(Atom::Clock | Atom::H)) => {
            trailing(reading, next).map_or((None, next), |(m, n)| (Some(m), n))
        }
        _ => (minute, next),
    };
    let literal = reading.get(at)?.digits() == 2 && hour < 10 || hour > 12 || hour == 0;
    let half = match mark {
        Some(Atom::Am) => Half::Am,
        Some(Atom::Pm) => Half::Pm,
        _ if literal => Half::Exact,
        _ => Half::Likely,
    };
    let sure = mark.is_some() || minute.is_some() || bare(reading, at, next, before, in_words);
    sure.then_some(())?;
    Some((made(hour, minute.unwrap_or(0), half)?, next))
}

fn made(hour: u32, minute: u32, half: Half) -> Option<Clock> {
    let impossible = hour == 24 && minute > 0
        || matches!(half, Half::Am | Half::Pm) && hour > 12 && half == Half::Am;
    let half = if hour > 12 { Half::Exact } else { half };
    if impossible || minute > 59 {
        return None;
    }
    Some(Clock::At {
        hour: i8::try_from(hour).ok()?,
        minute: i8::try_from(minute).ok()?,
        half,
    })
}

/// `:30`; `.30` where a time is expected or `Uhr` follows.
fn minutes(reading: &Reading<'_>, at: usize, before: Before) -> Option<(Option<u32>, usize)> {
    let mark = reading.get(at)?;
    let two = reading
        .get(at + 1)
        .filter(|piece| piece.glued && piece.digits() == 2)?;
    let minute = two.number().filter(|minute| *minute < 60)?;
    let more = reading.get(at + 2);
    let date_goes_on = more.is_some_and(|piece| piece.glued && piece.is_mark('.'))
        && reading
            .get(at + 3)
            .is_some_and(|piece| piece.glued && piece.number().is_some());
    let told = more.is_some_and(|piece| {
        matches!(
            piece.atom(),
            Some(Atom::Clock | Atom::H | Atom::Am | Atom::Pm)
        )
    });
    let dotted = mark.is_mark('.')
        && !date_goes_on
        && (told || before == Before::At || before == Before::Expected);
    (mark.glued && (mark.is_mark(':') || dotted)).then_some((Some(minute), at + 2))
}

/// `Uhr`, `pm` and the like; `h` where no amount is meant.
fn marked(reading: &Reading<'_>, at: usize, before: Before) -> (Option<Atom>, usize) {
    match reading.atom(at) {
        Some(mark @ (Atom::Clock | Atom::Am | Atom::Pm)) => (Some(mark), at + 1),
        Some(Atom::H) if before != Before::Nothing => (Some(Atom::H), at + 1),
        _ => (None, at),
    }
}

fn trailing(reading: &Reading<'_>, at: usize) -> Option<(u32, usize)> {
    let piece = reading.get(at).filter(|piece| piece.digits() == 2)?;
    Some((piece.number().filter(|minute| *minute < 60)?, at + 1))
}

/// `at 9`: nothing but the end or more of the time may follow, so that `at 9 sites` is none.
fn bare(reading: &Reading<'_>, at: usize, next: usize, before: Before, in_words: bool) -> bool {
    let trusted = match before {
        Before::At => true,
        Before::Expected => !in_words,
        Before::Nothing => false,
    };
    let short = in_words || reading.get(at).is_some_and(|piece| piece.digits() <= 2);
    let ends = match reading.get(next) {
        None => true,
        Some(piece) => match piece.kind {
            Kind::Mark(mark) => {
                let decimal = piece.glued && mark == '.' && !reading.ends_at(next);
                let amount = matches!(mark, '%' | '€' | '$' | '°' | '/' | '#');
                !(decimal || amount)
            }
            Kind::Number { .. } => false,
            Kind::Atom(atom) => !matches!(
                atom,
                Atom::Unit(_) | Atom::Ordinal | Atom::Month(_) | Atom::Count(_)
            ),
            Kind::Other => reading.may_follow(next),
        },
    };
    trusted && short && ends
}

/// `half past nine`, `Viertel vor zehn`, `halb zehn`.
fn spoken(reading: &Reading<'_>, at: usize) -> Option<(Clock, usize)> {
    let shift = match reading.atom(at)? {
        Atom::HalfTo => -30,
        Atom::HalfPast => 30,
        Atom::QuarterPast => 15,
        Atom::QuarterTo => -15,
        _ => return None,
    };
    let hour = reading
        .get(at + 1)?
        .count()
        .filter(|hour| (1..=24).contains(hour))?;
    let minutes = i64::from(hour) * 60 + shift;
    let next = at + 2;
    let next = if reading.is(next, Atom::Clock) {
        next + 1
    } else {
        next
    };
    let half = if hour > 12 { Half::Exact } else { Half::Likely };
    let (hour, minute) = (
        u32::try_from(minutes / 60).ok()?,
        u32::try_from(minutes % 60).ok()?,
    );
    Some((made(hour, minute, half)?, next))
}

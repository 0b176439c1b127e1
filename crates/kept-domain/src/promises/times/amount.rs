//! Amounts of time: `within two hours`, `in den nächsten 30 Minuten`, `innerhalb von 3 Werktagen`, `within the hour`.

use super::Reading;
use super::atom::{Atom, Edge, Part, Unit};
use super::expression::Element;
use super::pieces::Piece;
use super::when::{Amount, Clock, Day};

/// More than this is no promise but a slip.
const MOST_DAYS: u32 = 400;

/// An amount behind `in` or `within`.
pub(super) fn amount(reading: &Reading<'_>, at: usize) -> Option<(Element, usize)> {
    if !reading.is(at, Atom::In) {
        return None;
    }
    let at = reading.skip_fill(at + 1);
    if let Some(Atom::Unit(unit)) = reading.atom(at) {
        return Some((this(unit)?, at + 1));
    }
    // `in the next 30 minutes`; `in the next week` is read as a week.
    let at = match reading.atom(at) {
        Some(Atom::Which(_)) => reading.skip_fill(at + 1),
        _ => at,
    };
    counted(reading, at)
}

/// `the hour` without a number.
fn this(unit: Unit) -> Option<Element> {
    Some(match unit {
        Unit::Hour => Element::Day(Day::After(Amount::Minutes(60))),
        Unit::Day => Element::Both(Day::Ahead(0), Clock::Part(Part::EndOfDay)),
        Unit::WorkingDay => Element::Day(Day::After(Amount::WorkingDays(1))),
        Unit::Week => Element::Day(Day::Week(0, Edge::End)),
        Unit::Month => Element::Day(Day::Month(0, Edge::End)),
        Unit::Minute | Unit::OpenHour | Unit::Year => return None,
    })
}

/// A number and a unit, or an amount in one phrase.
pub(super) fn counted(reading: &Reading<'_>, at: usize) -> Option<(Element, usize)> {
    if let Some(Atom::Minutes(minutes)) = reading.atom(at) {
        return Some((Element::Day(Day::After(Amount::Minutes(minutes))), at + 1));
    }
    let (tenths, at) = number(reading, at)?;
    let at = reading.skip_fill(at);
    let unit = match reading.atom(at)? {
        Atom::Unit(unit) => unit,
        Atom::H => Unit::Hour,
        _ => return None,
    };
    Some((Element::Day(Day::After(amount_of(tenths, unit)?)), at + 1))
}

/// A number in tenths; the greater of two.
fn number(reading: &Reading<'_>, at: usize) -> Option<(u32, usize)> {
    let (first, next) = decimal(reading, at)?;
    let is_between = |piece: &Piece| {
        piece.is_mark('-')
            || piece.is_mark('–')
            || piece.is(Atom::Or)
            || piece.is(Atom::To)
            || piece.is(Atom::By)
    };
    let more = reading
        .get(next)
        .filter(|piece| is_between(piece))
        .and_then(|_| decimal(reading, next + 1));
    Some(more.map_or((first, next), |(second, next)| (second.max(first), next)))
}

fn decimal(reading: &Reading<'_>, at: usize) -> Option<(u32, usize)> {
    let whole = reading.get(at)?.count().filter(|value| *value <= 10_000)?;
    let point = reading
        .get(at + 1)
        .filter(|piece| piece.glued && (piece.is_mark('.') || piece.is_mark(',')));
    let part = reading
        .get(at + 2)
        .filter(|piece| piece.glued && piece.digits() == 1);
    match (point, part.and_then(Piece::number)) {
        (Some(_), Some(tenth)) => Some((whole * 10 + tenth, at + 3)),
        _ => Some((whole * 10, at + 1)),
    }
}

fn amount_of(tenths: u32, unit: Unit) -> Option<Amount> {
    let whole = tenths.div_ceil(10);
    let days = |days: u32| (1..=MOST_DAYS).contains(&days).then_some(days);
    let minutes = |minutes: u32| {
        (1..=MOST_DAYS * 24 * 60)
            .contains(&minutes)
            .then_some(minutes)
    };
    Some(match unit {
        Unit::Minute => Amount::Minutes(minutes(whole)?),
        Unit::Hour => Amount::Minutes(minutes(tenths * 6)?),
        Unit::OpenHour => Amount::OpenMinutes(minutes(tenths * 6)?),
        Unit::Day => Amount::Days(days(whole)?),
        Unit::WorkingDay => Amount::WorkingDays(days(whole)?),
        Unit::Week => Amount::Days(days(tenths * 7 / 10)?),
        Unit::Month => Amount::Months(days(whole * 31).map(|_| whole)?),
        Unit::Year => return None,
    })
}

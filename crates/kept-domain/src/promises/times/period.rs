//! Days and stretches of them by name: `tomorrow`, `next Friday`, `Ende nächster Woche`, `the weekend`.

use super::Reading;
use super::atom::{Atom, Edge, Part, Unit, Which};
use super::expression::Element;
use super::when::{Amount, Clock, Day};

pub(super) fn period(reading: &Reading<'_>, at: usize) -> Option<(Element, usize)> {
    match reading.atom(at)? {
        Atom::Edge(edge) => at_edge(reading, edge, at),
        Atom::Which(which) => which_of(reading, which, at),
        Atom::Day(days) => Some((Element::Day(Day::Ahead(days)), at + 1)),
        Atom::Weekday(day) => Some((
            Element::Day(Day::Weekday(day, None)),
            after_dot(reading, at + 1),
        )),
        Atom::ShortDay(day) if reading.expects_day(at) => Some((
            Element::Day(Day::Weekday(day, None)),
            after_dot(reading, at + 1),
        )),
        Atom::Weekend => Some((Element::Day(Day::Weekend(0)), at + 1)),
        Atom::Period(day) => Some((Element::Day(day), at + 1)),
        Atom::Tonight => Some((
            Element::Both(Day::Ahead(0), Clock::Part(Part::Evening)),
            at + 1,
        )),
        Atom::Part(part) => Some((Element::Clock(Clock::Part(part)), at + 1)),
        _ => None,
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

/// `end of`, `early`, `Mitte` and what it belongs to.
fn at_edge(reading: &Reading<'_>, edge: Edge, at: usize) -> Option<(Element, usize)> {
    let next = reading.skip_fill(at + 1);
    let (ahead, next) = match reading.atom(next)? {
        Atom::Which(which) => (which.ahead(), reading.skip_fill(next + 1)),
        _ => (0, next),
    };
    let day = match reading.atom(next)? {
        Atom::Unit(Unit::Week) => Day::Week(ahead, edge),
        Atom::Unit(Unit::Month) => Day::Month(ahead, edge),
        Atom::Unit(Unit::Year) => Day::Year(ahead),
        // The day itself is read next.
        Atom::Unit(Unit::Day) => {
            return Some((Element::Clock(Clock::Part(part_of(edge))), next + 1));
        }
        Atom::Day(_) | Atom::Weekday(_) => {
            return Some((Element::Clock(Clock::Part(part_of(edge))), at + 1));
        }
        _ => return None,
    };
    Some((Element::Day(day), next + 1))
}

fn part_of(edge: Edge) -> Part {
    match edge {
        Edge::Early => Part::Morning,
        Edge::Mid => Part::Noon,
        Edge::End => Part::EndOfDay,
    }
}

/// `this`, `next`, `kommenden` and what it belongs to.
fn which_of(reading: &Reading<'_>, which: Which, at: usize) -> Option<(Element, usize)> {
    let next = reading.skip_fill(at + 1);
    let element = match reading.atom(next)? {
        Atom::Weekday(day) | Atom::ShortDay(day) => {
            let next = after_dot(reading, next + 1);
            return Some((Element::Day(Day::Weekday(day, Some(which))), next));
        }
        Atom::Weekend => Element::Day(Day::Weekend(which.ahead())),
        Atom::Part(part) => Element::Both(Day::Ahead(which.ahead()), Clock::Part(part)),
        Atom::Unit(Unit::Week) => Element::Day(Day::Week(which.ahead(), Edge::End)),
        Atom::Unit(Unit::Month) => Element::Day(Day::Month(which.ahead(), Edge::End)),
        Atom::Unit(Unit::Year) => Element::Day(Day::Year(which.ahead())),
        Atom::Unit(Unit::WorkingDay) => Element::Day(Day::After(Amount::WorkingDays(u32::from(
            which.ahead().unsigned_abs(),
        )))),
        Atom::Unit(Unit::Day) => Element::Day(Day::Ahead(which.ahead())),
        Atom::Unit(Unit::Hour) => Element::Day(Day::After(Amount::Minutes(60))),
        _ => return None,
    };
    Some((element, next + 1))
}

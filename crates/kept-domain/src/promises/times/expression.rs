//! Elements that stand together are one time: `by Friday, 4 December, at 3 pm CET at the latest`.

use super::Reading;
use super::amount::{amount, counted};
use super::atom::{Atom, Part};
use super::clock::{Before, clock};
use super::date::date;
use super::period::period;
use super::when::{Amount, Clock, Day, Half, Side, When};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Day(Day),
    Clock(Clock),
    Both(Day, Clock),
}

/// What is gathered while reading on.
#[derive(Debug, Default)]
struct Gathered {
    when: When,
    /// The mark that stood before the next element.
    mark: Option<Atom>,
    /// It was last, every, or from … to.
    not_due: bool,
}

/// A time that begins at `at`: `None` when there is none; with no [`When`] when it is no due time.
pub(super) fn expression(reading: &Reading<'_>, at: usize) -> Option<(Option<When>, usize)> {
    let mut gathered = Gathered::default();
    let mut end = None;
    let mut next = at;
    while let Some(piece) = reading.get(next) {
        if let Some((element, after)) = element(reading, next, &gathered)
            && gathered.add(element)
        {
            (next, end) = (after, Some(after));
        } else if gathered.names_zone(piece.atom()) {
            next += 1;
            end = Some(next);
        } else if gathered.glue(piece.atom()) || end.is_some() && piece.is_mark(',') {
            next += 1;
        } else {
            break;
        }
    }
    let end = end?;
    let (range, end) = gathered.range(reading, end);
    let due = !(range || gathered.not_due || reading.is(end, Atom::Ago));
    let end = if reading.is(end, Atom::Ago) {
        end + 1
    } else {
        end
    };
    Some((due.then_some(gathered.when), end))
}

fn element(reading: &Reading<'_>, at: usize, gathered: &Gathered) -> Option<(Element, usize)> {
    if let Some(found) = amount(reading, at) {
        return Some(found);
    }
    let day = gathered.when.day.is_none() || gathered.when.clock.is_some();
    let before = match gathered.mark {
        Some(Atom::At) => Before::At,
        Some(Atom::By | Atom::Before | Atom::After) => Before::Expected,
        _ if gathered.when.day.is_some() => Before::Expected,
        _ => Before::Nothing,
    };
    let dated = |at| date(reading, at).map(|(day, next)| (Element::Day(day), next));
    let clocked =
        |at| clock(reading, at, before).map(|(clock, next)| (Element::Clock(clock), next));
    // Behind `at`, or behind a day, `9.30` is a time rather than a date.
    let found = match before == Before::At || !day {
        true => clocked(at).or_else(|| dated(at)),
        false => dated(at).or_else(|| clocked(at)),
    };
    let past = || {
        (gathered.mark == Some(Atom::Before))
            .then(|| counted(reading, at))
            .flatten()
    };
    found.or_else(|| period(reading, at)).or_else(past)
}

impl Gathered {
    /// Whether the element fits to what there is.
    fn add(&mut self, element: Element) -> bool {
        let mark = self.mark.take();
        let fits = match element {
            Element::Day(day) => self.add_day(day),
            Element::Clock(clock) => self.add_clock(clock),
            Element::Both(day, clock) => self.add_day(day) && self.add_clock(clock),
        };
        if !fits {
            return false;
        }
        match mark {
            // `vor zwei Tagen`.
            Some(Atom::Before) if matches!(self.when.day, Some(Day::After(_))) => {
                self.not_due = true
            }
            Some(Atom::Before) => self.when.side = Side::Before,
            Some(Atom::After) => self.when.side = Side::After,
            _ => {}
        }
        true
    }

    fn add_day(&mut self, day: Day) -> bool {
        let joined = match (self.when.day, day) {
            (None, day) => Some(day),
            (
                Some(Day::Weekday(..)),
                date @ (Day::Date { .. } | Day::OfMonth(_) | Day::Ahead(_)),
            ) => Some(date),
            (
                Some(date @ (Day::Date { .. } | Day::OfMonth(_) | Day::Ahead(_))),
                Day::Weekday(..),
            ) => Some(date),
            (Some(Day::Weekday(weekday, _)), Day::Week(ahead, _))
            | (Some(Day::Week(ahead, _)), Day::Weekday(weekday, _)) => {
                Some(Day::OfWeek(weekday, ahead))
            }
            _ => None,
        };
        if joined.is_some() {
            self.when.day = joined;
        }
        joined.is_some()
    }

    fn add_clock(&mut self, clock: Clock) -> bool {
        let joined = match (self.when.clock, clock) {
            (None, clock) => Some(clock),
            (Some(Clock::Part(part)), at @ Clock::At { .. })
            | (Some(at @ Clock::At { .. }), Clock::Part(part)) => Some(in_part(at, part)),
            (Some(first @ Clock::Part(_)), Clock::Part(_)) => Some(first),
            _ => None,
        };
        let elapsed = matches!(
            self.when.day,
            Some(Day::After(Amount::Minutes(_) | Amount::OpenMinutes(_)))
        );
        let fits = joined.is_some() && !elapsed;
        if fits {
            self.when.clock = joined;
        }
        fits
    }

    /// A zone belongs to the time of day before it.
    fn names_zone(&mut self, atom: Option<Atom>) -> bool {
        let zone = match atom {
            Some(Atom::Zone(zone)) if self.when.clock.is_some() => zone,
            _ => return false,
        };
        self.when.zone = Some(zone);
        true
    }

    /// Whether the atom may stand within a time.
    fn glue(&mut self, atom: Option<Atom>) -> bool {
        match atom {
            Some(mark @ (Atom::By | Atom::At | Atom::Before | Atom::After)) => {
                let again = self.mark == Some(Atom::Before) || self.mark == Some(Atom::After);
                self.mark = Some(mark).filter(|_| !again).or(self.mark);
                true
            }
            Some(Atom::NotDue) => {
                let first = self.when == When::default();
                self.not_due |= first;
                first
            }
            // `am` is read as the half of the day before it is read as the German word.
            Some(Atom::Fill | Atom::Am) => true,
            _ => false,
        }
    }

    /// `Monday to Friday` is no due time; of `today or tomorrow` it is the later one.
    fn range(&mut self, reading: &Reading<'_>, end: usize) -> (bool, usize) {
        let Some(between) = reading.get(end) else {
            return (false, end);
        };
        let to = between.is(Atom::To)
            || between.is(Atom::By)
            || between.is_mark('-')
            || between.is_mark('–');
        let or = between.is(Atom::Or);
        if or
            && let Some((Some(second), after)) = expression(reading, end + 1)
            && second.day.is_some()
            && self.when.day.is_some()
        {
            self.when = second;
            return (false, after);
        }
        let mut other = Self::default();
        let second = to.then(|| element(reading, end + 1, &other)).flatten();
        let Some((element, after)) = second.filter(|(element, _)| other.add(*element)) else {
            return (false, end);
        };
        let weekdays = matches!(self.when.day, Some(Day::Weekday(..)))
            && matches!(other.when.day, Some(Day::Weekday(..)));
        match element {
            Element::Day(_) if to => (weekdays, if weekdays { after } else { end }),
            _ => (false, end),
        }
    }
}

fn in_part(at: Clock, part: Part) -> Clock {
    match (at, part) {
        (
            Clock::At {
                hour,
                minute,
                half: Half::Likely,
            },
            Part::Morning | Part::First,
        ) => Clock::At {
            hour,
            minute,
            half: Half::Am,
        },
        (
            Clock::At {
                hour,
                minute,
                half: Half::Likely,
            },
            Part::Afternoon | Part::Evening | Part::Night | Part::AfterNoon,
        ) => Clock::At {
            hour,
            minute,
            half: Half::Pm,
        },
        _ => at,
    }
}

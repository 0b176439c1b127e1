//! Which instant a time of day means on a date.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Now;
use crate::promises::times::atom::Part;
use crate::promises::times::when::{Clock, Half};

impl Part {
    /// It lies after work by its nature, so that a closed day changes nothing.
    pub(super) fn is_after_work(self) -> bool {
        matches!(
            self,
            Self::Evening | Self::Night | Self::Midnight | Self::Overnight
        )
    }
}

impl Now<'_> {
    pub(super) fn clock_on(&self, date: Date, clock: Clock, zone: &TimeZone) -> Option<Timestamp> {
        match clock {
            Clock::Part(part) => self.part_on(date, part),
            Clock::At { hour: 24, .. } => self.end_of_date(date),
            Clock::At { hour, minute, half } => {
                let hours: &[i8] = match (half, hour) {
                    (Half::Exact, _) => &[0],
                    (Half::Am, 12) => &[-12],
                    (Half::Am, _) | (Half::Pm, 12) => &[0],
                    (Half::Pm, _) => &[12],
                    (Half::Likely, 1..=6) => &[12, 0],
                    (Half::Likely, _) => &[0, 12],
                };
                self.likeliest(date, hours.iter().map(|more| hour + more), minute, zone)
            }
        }
    }

    /// Of the hours that can be meant the one in which work is done, and that is still to come.
    fn likeliest(
        &self,
        date: Date,
        hours: impl Iterator<Item = i8>,
        minute: i8,
        zone: &TimeZone,
    ) -> Option<Timestamp> {
        let times = hours.filter_map(|hour| Time::new(hour % 24, minute, 0, 0).ok());
        let instants: Vec<Timestamp> = times
            .filter_map(|time| zone.to_timestamp(date.to_datetime(time)).ok())
            .collect();
        let to_come = |at: &&Timestamp| **at > self.written;
        // Closing time itself is a time people name.
        let worked = |at: &&Timestamp| {
            let just_before = at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(**at);
            self.calendar.is_open(**at) || self.calendar.is_open(just_before)
        };
        let at_work: Vec<&Timestamp> = instants.iter().filter(worked).collect();
        let best = at_work.iter().find(|at| to_come(at)).or(at_work.first());
        best.copied()
            .or_else(|| instants.iter().find(to_come))
            .or(instants.first())
            .copied()
    }

    fn part_on(&self, date: Date, part: Part) -> Option<Timestamp> {
        let at = |hour, minute| {
            self.calendar
                .zone()
                .to_timestamp(date.at(hour, minute, 0, 0))
                .ok()
        };
        match part {
            Part::First => {
                let opens = self.calendar.opens_on(date).filter(|_| date >= self.today);
                let hour =
                    opens.and_then(|opens| opens.checked_add(SignedDuration::from_hours(1)).ok());
                let usual = at(5, 0)?..=at(12, 0)?;
                hour.filter(|hour| usual.contains(hour))
                    .or_else(|| at(10, 0))
            }
            Part::Morning | Part::Noon => at(12, 0),
            Part::AfterNoon => at(15, 0),
            Part::Afternoon => {
                let usual = at(12, 30)?..=at(20, 0)?;
                self.end_of(date)
                    .filter(|end| usual.contains(end))
                    .or_else(|| at(18, 0))
            }
            Part::Evening => at(22, 0),
            Part::Night | Part::Midnight => at(23, 59),
            Part::Overnight => {
                let next = date.tomorrow().ok()?;
                let opens = self.calendar.opens_on(next);
                opens.or_else(|| self.calendar.zone().to_timestamp(next.at(9, 0, 0, 0)).ok())
            }
            Part::EndOfDay => self.end_of(date),
        }
    }
}

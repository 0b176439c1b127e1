//! From a time as written to an instant, by its writer's hours and zone, and the words for how it was read.

mod clock;
mod day;
mod said;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Firm;
use super::times::atom::Part;
use super::times::when::{Amount, Clock, Day, Side, When};
use crate::hours::Calendar;
use day::On;

/// When something is due, and how that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub at: Timestamp,
    pub firm: Firm,
    pub reading: String,
}

/// When and by whose hours a text was written.
#[derive(Debug)]
pub(super) struct Now<'c> {
    written: Timestamp,
    today: Date,
    calendar: &'c Calendar,
}

/// An instant, and why it is this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Instant {
    at: Timestamp,
    why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    /// As stated.
    Stated,
    EndOfDay,
    /// Stated in time to work.
    WorkingTime,
    /// The date that was meant is closed; the next working day stands for it.
    Closed(Date),
    /// The working day is over; the day itself is not.
    DayOver,
}

impl<'c> Now<'c> {
    pub fn new(written: Timestamp, calendar: &'c Calendar) -> Self {
        let today = written.to_zoned(calendar.zone().clone()).date();
        Self {
            written,
            today,
            calendar,
        }
    }

    /// `None` when the time has no future: `today at 9`, said at 10.
    pub fn due(&self, when: &When, said: &str) -> Option<Due> {
        let zone = match when.zone {
            Some(name) => TimeZone::get(name).ok(),
            None => Some(self.calendar.zone().clone()),
        };
        let Some(zone) = zone else {
            return self.suggested(1, said);
        };
        let instant = self.instant(when, &zone)?;
        (instant.at > self.written).then(|| Due {
            at: instant.at,
            firm: Firm::Fixed,
            reading: self.reading(said, &instant, when.zone),
        })
    }

    /// For words that give no time: the end of the working day after so many.
    pub fn suggested(&self, days: u8, said: &str) -> Option<Due> {
        let date = self.working_day_after(u32::from(days))?;
        let at = self.end_of(date)?;
        let reading = format!(
            "{} suggested",
            self.reading(
                said,
                &Instant {
                    at,
                    why: Why::EndOfDay
                },
                None
            )
        );
        (at > self.written).then_some(Due {
            at,
            firm: Firm::Vague,
            reading,
        })
    }

    fn instant(&self, when: &When, zone: &TimeZone) -> Option<Instant> {
        let stated = |at| {
            Some(Instant {
                at,
                why: Why::Stated,
            })
        };
        match (when.day, when.clock) {
            (Some(Day::After(Amount::Minutes(minutes))), _) => stated(
                self.written
                    .checked_add(SignedDuration::from_mins(minutes.into()))
                    .ok()?,
            ),
            (Some(Day::After(Amount::OpenMinutes(minutes))), _) => {
                let at = self
                    .calendar
                    .add(self.written, SignedDuration::from_mins(minutes.into()))
                    .ok()?;
                Some(Instant {
                    at,
                    why: Why::WorkingTime,
                })
            }
            (Some(day), clock) => self.on_some_day(day, clock, when.side, zone),
            (None, Some(clock)) => self.next_clock(clock, when.side, zone),
            (None, None) => None,
        }
    }

    /// The day that was meant; a later one of the same name when that is over.
    fn on_some_day(
        &self,
        day: Day,
        clock: Option<Clock>,
        side: Side,
        zone: &TimeZone,
    ) -> Option<Instant> {
        self.days(day).into_iter().flatten().find_map(|on| {
            let instant = self.on_day(on, clock, side, zone)?;
            (instant.at > self.written).then_some(instant)
        })
    }

    fn on_day(&self, on: On, clock: Option<Clock>, side: Side, zone: &TimeZone) -> Option<Instant> {
        let Some(clock) = clock else {
            return self.on_whole_day(on, side);
        };
        let ends = matches!(clock, Clock::Part(Part::EndOfDay));
        if ends {
            return self.on_whole_day(on, Side::By);
        }
        if let Clock::Part(part) = clock
            && !part.is_after_work()
            && on.date != self.today
            && self.is_closed(on.date)
        {
            let date = self.working_day_from(on.date)?;
            let at = self.clock_on(date, clock, zone)?;
            return Some(Instant {
                at,
                why: Why::Closed(on.date),
            });
        }
        let at = self.clock_on(on.date, clock, zone)?;
        if side == Side::After {
            let end = self
                .end_of(on.date)
                .filter(|end| *end > at)
                .or_else(|| self.end_of_date(on.date))?;
            return Some(Instant {
                at: end,
                why: Why::EndOfDay,
            });
        }
        Some(Instant {
            at,
            why: Why::Stated,
        })
    }

    /// The end of the working day; a closed day is the next that is not, or the one before where it ends a stretch.
    fn on_whole_day(&self, on: On, side: Side) -> Option<Instant> {
        if side == Side::Before {
            let before = self.working_day_before(on.date.yesterday().ok()?)?;
            let at = self.end_of(before).filter(|at| *at > self.written);
            return match at {
                Some(at) => Some(Instant {
                    at,
                    why: Why::EndOfDay,
                }),
                None => self.on_whole_day(on, Side::By),
            };
        }
        let date = match on.or_before {
            Some(first) => self
                .working_day_before(on.date)
                .filter(|date| *date >= first),
            None => None,
        };
        let date = date.unwrap_or(on.date);
        if !self.is_closed(date) {
            let at = self.end_of(date)?;
            let over = date == self.today && at <= self.written;
            return match over {
                true => Some(Instant {
                    at: self.end_of_date(date)?,
                    why: Why::DayOver,
                }),
                false => Some(Instant {
                    at,
                    why: Why::EndOfDay,
                }),
            };
        }
        if date == self.today && on.literally {
            return Some(Instant {
                at: self.end_of_date(date)?,
                why: Why::DayOver,
            });
        }
        let at = self.end_of(self.working_day_from(date)?)?;
        Some(Instant {
            at,
            why: Why::Closed(date),
        })
    }

    /// A time without a day: today, or the next working day.
    fn next_clock(&self, clock: Clock, side: Side, zone: &TimeZone) -> Option<Instant> {
        let today = self.on_day(On::day(self.today), Some(clock), side, zone);
        if let Some(today) = today.filter(|instant| instant.at > self.written) {
            return Some(today);
        }
        let next = self.working_day_from(self.today.tomorrow().ok()?)?;
        self.on_day(On::day(next), Some(clock), side, zone)
    }
}

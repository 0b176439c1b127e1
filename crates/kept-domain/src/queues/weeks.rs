//! The rota of the coming days as people look at it: whose duty each is, who has it, and who is away then.

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::exception::{is_free, stands_in};
use super::{Away, Duty, Member, Queue};
use crate::ids::PersonId;

/// A date in the queue's zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyDay {
    pub date: Date,
    /// Nobody at all has duty, by an exception.
    pub free: bool,
    /// In the order of the clock.
    pub duties: Vec<DutyOfDay>,
}

/// One stretch that begins on the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DutyOfDay {
    pub duty: Duty,
    /// Whose it is by the weekly rota.
    pub whose: PersonId,
    /// Who has it; `None`: nobody.
    pub who: Option<PersonId>,
    /// Whoever has it is not here for some of it.
    pub away: bool,
}

/// The days from `from` on.
pub fn duty_days(queue: &Queue, from: Date, days: i64) -> Vec<DutyDay> {
    let dates = (0..days).filter_map(|ahead| from.checked_add(ahead.days()).ok());
    dates.map(|date| duty_day(queue, date)).collect()
}

fn duty_day(queue: &Queue, date: Date) -> DutyDay {
    let zone = TimeZone::get(&queue.zone).unwrap_or(TimeZone::UTC);
    let all = queue.members.iter().flat_map(|member| {
        let on_date = member.duties.iter().filter(|duty| duty.begins_on(date));
        on_date.map(move |duty| (member.person, *duty))
    });
    let of_day = all.map(|(whose, duty)| {
        let who = stands_in(&queue.exceptions, date, whose);
        DutyOfDay {
            duty,
            whose,
            who,
            away: who.is_some_and(|who| is_away(queue, who, duty, date, &zone)),
        }
    });
    let mut duties: Vec<DutyOfDay> = of_day.collect();
    duties.sort_by_key(|it| (it.duty.from_minute, it.duty.to_minute, it.whose));
    DutyDay {
        date,
        free: is_free(&queue.exceptions, date),
        duties,
    }
}

/// Whether somebody is not here, or no longer a member, at some time of a stretch.
pub(super) fn is_away(
    queue: &Queue,
    who: PersonId,
    duty: Duty,
    date: Date,
    zone: &TimeZone,
) -> bool {
    let Some(member) = queue.members.iter().find(|member| member.person == who) else {
        return true;
    };
    let Some(stretch) = duty.on(date, zone) else {
        return false;
    };
    let overlaps = |away: &Away| away.from < stretch.until && stretch.from < away.until;
    member.away.iter().any(overlaps)
}

impl Member {
    /// Their stretches that begin on a date, by the weekly rota.
    pub(super) fn duties_on(&self, date: Date) -> impl Iterator<Item = &Duty> {
        self.duties.iter().filter(move |duty| duty.begins_on(date))
    }
}

impl Duty {
    fn begins_on(self, date: Date) -> bool {
        date.weekday().to_monday_one_offset() == self.weekday
    }

    /// The instants of the stretch that begins on a date.
    fn on(self, date: Date, zone: &TimeZone) -> Option<Away> {
        let last = match self.from_minute >= self.to_minute {
            true => date.tomorrow().ok()?,
            false => date,
        };
        let at = |date: Date, minute: i16| {
            let wall = date
                .at(0, 0, 0, 0)
                .checked_add(i64::from(minute).minutes())
                .ok()?;
            zone.to_ambiguous_timestamp(wall).compatible().ok()
        };
        Some(Away {
            from: at(date, self.from_minute)?,
            until: at(last, self.to_minute)?,
        })
    }
}

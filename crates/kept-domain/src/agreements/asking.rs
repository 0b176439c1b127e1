//! When a client is asked for a duty: on its day, or on the next they work; by the version that is in force then.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Duty, Version};
use crate::hours::Calendar;

/// A day of a duty, and when the client is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asking {
    pub date: Date,
    pub at: Timestamp,
}

/// A client who works on none of so many days is asked all the same.
const MOST_CLOSED_DAYS: usize = 370;

/// The coming times at which a client is asked for duty `number` of one agreement, whose `versions` stand oldest first:
/// those after the day `after`, at most `most` days. Of days that fall on one opening, after a weekend, only the last counts.
pub fn askings(
    versions: &[&Version],
    number: i64,
    after: Option<Date>,
    most: usize,
) -> Vec<Asking> {
    let mut found: Vec<Asking> = Vec::new();
    for (place, version) in versions.iter().enumerate() {
        let next = versions.get(place + 1).map(|next| first_day(next));
        let Some(duty) = duty_of(version, number) else {
            continue;
        };
        for asking in of_version(version, duty, (after, next), most) {
            if !holds_at(versions, number, asking.at) {
                continue;
            }
            match found.last_mut() {
                Some(last) if last.at >= asking.at => last.date = asking.date,
                _ => found.push(asking),
            }
        }
        if found.len() >= most {
            break;
        }
    }
    found.truncate(most);
    found
}

/// The duty as it is asked for at a time, when it is.
pub fn duty_at<'a>(versions: &[&'a Version], number: i64, at: Timestamp) -> Option<&'a Duty> {
    let held = versions.iter().rfind(|version| version.from <= at)?;
    let over = held.until.is_some_and(|until| until <= at);
    duty_of(held, number).filter(|_| !over)
}

fn holds_at(versions: &[&Version], number: i64, at: Timestamp) -> bool {
    duty_at(versions, number, at).is_some()
}

fn duty_of<'a>(version: &&'a Version, number: i64) -> Option<&'a Duty> {
    let mut duties = version.wording.duties.iter();
    duties.find(|duty| duty.number == number)
}

/// The day on which it comes into force, by the client's clock: that whole day is its own already.
fn first_day(version: &Version) -> Date {
    let zone = version.wording.client.zone().clone();
    version.from.to_zoned(zone).date()
}

fn of_version(
    version: &Version,
    duty: &Duty,
    (after, next): (Option<Date>, Option<Date>),
    most: usize,
) -> Vec<Asking> {
    let later = after.and_then(|after| after.tomorrow().ok());
    let from = first_day(version).max(later.unwrap_or(Date::MIN));
    let to = match next {
        None => Date::MAX,
        Some(next) => next.yesterday().unwrap_or(Date::MIN),
    };
    let dates = duty.when.dates(from, to, most);
    let asked = dates.into_iter().filter_map(|date| {
        let calendar = &version.wording.client;
        let at = opening(calendar, date)?;
        let at = match at < version.from {
            // It came into force in the middle of that day.
            true => calendar.next_open(version.from)?,
            false => at,
        };
        Some(Asking { date, at })
    });
    asked.collect()
}

/// When the client begins to work on a date, or on the first after it on which they do.
fn opening(calendar: &Calendar, date: Date) -> Option<Timestamp> {
    let days = std::iter::successors(Some(date), |day| day.tomorrow().ok());
    let mut opens = days
        .take(MOST_CLOSED_DAYS)
        .filter_map(|day| calendar.opens_on(day));
    let midnight = || {
        let midnight = date.to_zoned(calendar.zone().clone()).ok()?;
        Some(midnight.timestamp())
    };
    opens.next().or_else(midnight)
}

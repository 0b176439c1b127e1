//! The fields of a time entry: how long, of what kind, on which day, what was done.

use jiff::civil::Date;
use kept_app::Error;
use kept_app::domain::time_entries::{Spent, TimeEntry, When, WorkType};
use kept_app::time_entries::NewEntry;

use crate::forms::Fields;
use crate::parts::{Choice, Clock};

/// From one line, such as `15m new roller`; the day may be empty for just now.
///
/// # Errors
/// When the line does not begin with a length of time, or the day is none.
pub(super) fn read_line(fields: &Fields) -> Result<NewEntry, Error> {
    Ok(NewEntry {
        when: day(fields)?.map(When::On),
        work_type: work_type(fields),
        ..NewEntry::of_line(fields.get("line"))?
    })
}

/// An entry as it is put right. When it was stays as exact as it is while its day stays.
///
/// # Errors
/// When the time can't be read, or the day is none.
pub(super) fn read(fields: &Fields, entry: &TimeEntry, clock: &Clock) -> Result<NewEntry, Error> {
    let was = day_of(entry.details.when, clock);
    let moved = day(fields)?.filter(|day| *day != was);
    Ok(NewEntry {
        spent: Spent::parse(fields.get("time"))?,
        when: moved.map(When::On),
        work_type: work_type(fields),
        text: fields.trimmed("text"),
    })
}

/// What stands in the field of a composer or a call; nothing when it is empty.
///
/// # Errors
/// When it can't be read.
pub(crate) fn beside(fields: &Fields) -> Result<Option<Spent>, Error> {
    match fields.trimmed("time").as_str() {
        "" => Ok(None),
        text => Ok(Some(Spent::parse(text)?)),
    }
}

fn day(fields: &Fields) -> Result<Option<Date>, Error> {
    let problem = || Error::invalid("day", "Choose the day on which you worked");
    match fields.trimmed("day").as_str() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| problem()),
    }
}

fn work_type(fields: &Fields) -> WorkType {
    WorkType::from_text(fields.get("type")).unwrap_or_default()
}

/// The day somebody worked on.
pub(super) fn day_of(when: When, clock: &Clock) -> Date {
    match when {
        When::Began(at) => at.to_zoned(clock.zone.clone()).date(),
        When::On(day) => day,
    }
}

pub(super) fn work_types() -> Vec<Choice> {
    let choice = |it: WorkType| Choice::new(it.as_str(), it.words());
    WorkType::ALL.into_iter().map(choice).collect()
}

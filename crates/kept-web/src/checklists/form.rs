//! The fields of a step: what, whose, by when.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use kept_app::Error;
use kept_app::domain::checklists::{LONGEST_STEP, NewStep, Step};
use kept_app::domain::ids::PersonId;
use kept_app::domain::waits::NextDate;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::parts::{Choice, Clock, choices};

/// What was written into them. A day ends when the working day does, as elsewhere.
///
/// # Errors
/// When the day is none.
pub(super) fn read(fields: &Fields, clock: &Clock) -> Result<NewStep, Error> {
    Ok(NewStep {
        what: fields.trimmed("what"),
        person: fields.number("person").map(PersonId),
        due: due(&fields.trimmed("due"), clock)?,
    })
}

/// A step for each line, all of them the same person's and for the same day.
///
/// # Errors
/// The same.
pub(super) fn read_lines(fields: &Fields, clock: &Clock) -> Result<Vec<NewStep>, Error> {
    let common = read(fields, clock)?;
    let lines = fields.get("steps").lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    Ok(lines
        .map(|what| NewStep {
            what: what.to_owned(),
            ..common.clone()
        })
        .collect())
}

fn due(text: &str, clock: &Clock) -> Result<Option<Timestamp>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let day: Option<Date> = text.parse().ok();
    let problem = || Error::invalid("due", "Choose the day by which it is to be done");
    let on = NextDate::On(day.ok_or_else(problem)?);
    Ok(Some(on.instant(clock.now, &clock.zone)))
}

/// Whose and by when; `place` tells those of two forms on one page apart.
pub(super) fn whose(step: Option<&Step>, agents: &[Choice], zone: &TimeZone) -> Markup {
    let person = step.and_then(|step| step.person);
    let person = person.map_or_else(String::new, |person| person.to_string());
    let due = step.and_then(|step| step.due);
    let due = due.map_or_else(String::new, |due| {
        due.to_zoned(zone.clone()).date().to_string()
    });
    html! {
        div.step-whose {
            select name="person" aria-label="Whose task" { option value="" { "Nobody’s in particular" } (choices(agents, &person)) }
            input type="date" name="due" value=(due) aria-label="To be done by";
        }
    }
}

/// What is to be done.
pub(super) fn what(value: &str) -> Markup {
    html! { input type="text" name="what" value=(value) required maxlength=(LONGEST_STEP) aria-label="What is to be done" autocomplete="off"; }
}

//! The fields of a promise: what, and by when with quick choices.

use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, Timestamp, ToSpan as _, Zoned};
use kept_app::Error;
use kept_app::domain::ids::MessageId;
use kept_app::domain::promises::LONGEST_WHAT;
use kept_app::promises::NewPromise;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::parts::Clock;

const CHOICES: [(&str, &str); 5] = [
    ("hours", "in 2 hours"),
    ("today", "today, 17:00"),
    ("tomorrow", "tomorrow, 12:00"),
    ("week", "in a week, 12:00"),
    ("at", "at the time chosen here"),
];

/// What somebody wrote into the fields; times are the reader's.
///
/// # Errors
/// When no time is chosen.
pub(super) fn read(fields: &Fields, clock: &Clock) -> Result<NewPromise, Error> {
    Ok(NewPromise {
        what: fields.trimmed("what"),
        due: read_time(fields, clock)?,
        message: fields.number("message").map(MessageId),
    })
}

fn due(fields: &Fields, clock: &Clock) -> Option<Timestamp> {
    let here = clock.now.to_zoned(clock.zone.clone());
    let (noon, evening) = (Time::constant(12, 0, 0, 0), Time::constant(17, 0, 0, 0));
    let at = |day: &Zoned, time: Time| {
        let there = day.date().to_datetime(time).to_zoned(clock.zone.clone());
        there.ok().map(|it| it.timestamp())
    };
    match fields.get("due") {
        "hours" => Some(clock.now + SignedDuration::from_hours(2)),
        "today" => at(&here, evening),
        "tomorrow" => at(&here.checked_add(1.day()).ok()?, noon),
        "week" => at(&here.checked_add(7.days()).ok()?, noon),
        _ => moment(&fields.trimmed("at"), clock),
    }
}

/// A moment as we wrote it into the page, or a local time as somebody chose it.
pub(crate) fn moment(text: &str, clock: &Clock) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(at);
    }
    let local: DateTime = text.parse().ok()?;
    let there = local.to_zoned(clock.zone.clone());
    there.ok().map(|it| it.timestamp())
}

/// The moment somebody chose, as a local time of theirs.
///
/// # Errors
/// When none is chosen.
pub(super) fn read_time(fields: &Fields, clock: &Clock) -> Result<Timestamp, Error> {
    due(fields, clock).ok_or_else(|| Error::invalid("due", "Choose by when"))
}

/// The fields, with what is known already. `place` tells those of two forms on one page apart.
pub(super) fn fields(known: Option<(&str, Timestamp)>, place: &str, clock: &Clock) -> Markup {
    html! {
        label for={ (place) "-what" } { "What" }
        input id={ (place) "-what" } type="text" name="what" value=(known.map_or("", |(what, _)| what)) required maxlength=(LONGEST_WHAT)
            placeholder="Call back with the price" autocomplete="off";
        (time(known.map(|(_, due)| due), place, clock))
    }
}

/// By when.
pub(super) fn time(known: Option<Timestamp>, place: &str, clock: &Clock) -> Markup {
    let at = known.map_or_else(String::new, |due| {
        let there = due.to_zoned(clock.zone.clone());
        there.strftime("%Y-%m-%dT%H:%M").to_string()
    });
    let chosen = if known.is_some() { "at" } else { "tomorrow" };
    html! {
        label for={ (place) "-due" } { "By" }
        select id={ (place) "-due" } name="due" {
            @for (value, words) in CHOICES { option value=(value) selected[value == chosen] { (words) } }
        }
        input type="datetime-local" name="at" value=(at) aria-label="The time, when none of these";
    }
}

//! Putting a ticket off and taking it back, for whoever asks.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use kept_app::domain::ids::TicketId;
use kept_app::domain::snoozes::{Later, Until};
use kept_app::{Error, snoozes};

use super::routes::refused;
use super::snoozing;
use crate::errors::Failure;
use crate::forms::{Fields, Posted};
use crate::respond::{done, done_with_undo};
use crate::web::Web;

/// `POST /tickets/{number}/snooze`, with `until` (and `at`, a day and time)
pub(crate) async fn snooze(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let viewer = &posted.who.viewer;
    let clock = posted.who.clock(&web).await?;
    let asleep = match read(&posted.fields, clock.now, &clock.zone) {
        Ok(until) => snoozes::snooze(&web.desk, viewer, id, until).await,
        Err(error) => Err(error),
    };
    if let Err(error) = asleep {
        return refused(&web, &posted.who, id, error).await;
    }
    let snooze = snoozes::of_ticket(&web.desk, viewer, id).await?;
    let until = snooze.map_or_else(String::new, |it| snoozing::until(&it, &clock));
    Ok(done_with_undo(
        &posted.who.page_of(id),
        format!("Snoozed {until}."),
        format!("/undo/snooze-{id}"),
    ))
}

fn read(fields: &Fields, now: Timestamp, zone: &TimeZone) -> Result<Until, Error> {
    let later = |later: Later| Ok(Until::Time(later.instant(now, zone)));
    match fields.get("until") {
        "hours" => later(Later::InTwoHours),
        "tomorrow" => later(Later::Tomorrow),
        "monday" => later(Later::Monday),
        "client" => Ok(Until::ClientWrites),
        "anything" => Ok(Until::AnythingHappens),
        _ => {
            let wall: Option<DateTime> = fields.get("at").trim().parse().ok();
            let problem = || Error::invalid("at", "Choose the day and the time it comes back");
            later(Later::At(wall.ok_or_else(problem)?))
        }
    }
}

/// `POST /tickets/{number}/snooze/end`
pub(crate) async fn wake(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    match snoozes::wake(&web.desk, &posted.who.viewer, id).await {
        Ok(()) => Ok(done(
            &posted.who.page_of(id),
            "It is back in your Now and Inbox.",
        )),
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

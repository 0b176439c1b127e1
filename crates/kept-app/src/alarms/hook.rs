//! The web-hook for alarms: a POST with a little JSON to an address an admin has set. Tried some times,
//! then given up; the mail is the road that lasts.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_store::jobs::{self, Job, LeaseError, NewJob};
use kept_store::{Tx, audit, settings};
use serde::Serialize;

use super::Notice;
use crate::{Desk, Error, http};

pub(crate) const JOB: &str = "alarm-hook";
/// Sealed: such an address often holds a token.
const KEY: &str = "alarms.hook";
const PATIENCE: Duration = Duration::from_secs(15);
/// Tries before it is given up, a minute and more apart.
const TRIES: i64 = 5;

#[derive(Serialize)]
struct Told<'a> {
    kind: &'a str,
    subject: &'a str,
    text: &'a str,
    at: String,
}

/// Sets the address, or with an empty text removes it.
///
/// # Errors
/// When the viewer may not, or it is not an address that can be posted to.
pub async fn change(desk: &Desk, viewer: &Viewer, url: &str) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let url = url.trim();
    if !url.is_empty() {
        http::check(url).map_err(|problem| Error::invalid("hook", problem))?;
    }
    let sealed = match url {
        "" => None,
        url => Some(desk.secret().seal(url, desk.random())?),
    };
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            match &sealed {
                Some(sealed) => settings::set(tx, KEY, sealed)?,
                None => settings::remove(tx, KEY)?,
            }
            let what = "Changed the web-hook for alarms";
            Ok(audit::write(tx, Some(by), what, now)?)
        })
        .await
}

/// The address as it is set.
///
/// # Errors
/// When the store can't answer.
pub async fn shown(desk: &Desk) -> Result<Option<String>, Error> {
    let sealed = desk.store().read(|tx| settings::get(tx, KEY)).await?;
    Ok(sealed.and_then(|sealed| desk.secret().open(&sealed)))
}

pub(super) fn queue(tx: &mut Tx<'_>, notice: &Notice, now: Timestamp) -> Result<(), Error> {
    if settings::get(tx, KEY)?.is_none() {
        return Ok(());
    }
    let told = Told {
        kind: notice.kind,
        subject: &notice.subject,
        text: &notice.text,
        at: now.to_string(),
    };
    let body = serde_json::to_string(&told)
        .map_err(|e| Error::Outside(format!("an alarm can't be written down: {e}")))?;
    let job = NewJob {
        kind: JOB,
        body: &body,
        run_at: now,
        created_at: now,
        unique_key: None,
    };
    jobs::enqueue(tx, &job)?;
    Ok(())
}

/// Posts one. What fails is tried again a little later.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let posted = post(desk, &job.body).await;
    let (job, now) = (job.clone(), desk.now());
    desk.store()
        .write(move |tx| match posted {
            Ok(()) => jobs::finish(tx, &job.lease),
            Err(error) if job.attempts >= TRIES => jobs::bury(tx, &job.lease, now, &error),
            Err(error) => {
                let pause = SignedDuration::from_mins(job.attempts.max(1));
                jobs::retry(tx, &job.lease, now + pause, &error)
            }
        })
        .await
}

async fn post(desk: &Desk, body: &str) -> Result<(), String> {
    // Somebody may have removed it since; then there is nothing to do.
    let Some(url) = shown(desk).await.map_err(|e| e.to_string())? else {
        return Ok(());
    };
    let body = body.as_bytes().to_vec();
    let answer = http::post(&url, "application/json", body, PATIENCE).await?;
    match answer.status {
        200..=299 => Ok(()),
        other => Err(format!("the web-hook answered {other}")),
    }
}

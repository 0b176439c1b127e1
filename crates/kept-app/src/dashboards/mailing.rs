//! Dashboards by mail: who gets which one when, and one letter for each of them, once.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::dashboards::{BadSchedule, Schedule};
use kept_domain::ids::PersonId;
use kept_domain::people::Role;
use kept_mail::OutgoingAttachment;
use kept_store::blobs::Prepared;
use kept_store::dashboards::{self, Mailing};
use kept_store::jobs::{self, Job, LeaseError, NewJob};
use kept_store::{Tx, people};
use serde::{Deserialize, Serialize};

use super::letter::Counted;
pub use super::letter::Letter;
pub use super::paper::Paper;
use super::{OVERVIEW, cards, seen};
use crate::notifications::letter as post;
use crate::reports::Asking;
use crate::{Desk, Error};

pub(crate) const JOB: &str = "dashboard-mail";

/// People who get one, and mailings of one dashboard.
const MOST_RECIPIENTS: usize = 30;
const MOST_MAILINGS: usize = 20;
/// Looked up at once.
const AT_ONCE: usize = 20;

/// A mailing with the names of those it goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailed {
    pub mailing: Mailing,
    pub to: Vec<(PersonId, String)>,
    pub may_end: bool,
}

fn stored(id: i64) -> Option<i64> {
    (id != OVERVIEW).then_some(id)
}

/// # Errors
/// When the viewer may not see the dashboard.
pub async fn mailings(desk: &Desk, viewer: &Viewer, id: i64) -> Result<Vec<Mailed>, Error> {
    allow(viewer, Act::Read)?;
    let viewer = viewer.clone();
    desk.store()
        .read(move |tx| {
            seen(tx, &viewer, id)?;
            let all = dashboards::mailings_of(tx, stored(id))?;
            all.into_iter()
                .map(|it| described(tx, &viewer, it))
                .collect()
        })
        .await
}

/// One of them, by its number.
///
/// # Errors
/// When there is none, or the viewer may not see its dashboard.
pub async fn mailing(desk: &Desk, viewer: &Viewer, id: i64) -> Result<Mailed, Error> {
    allow(viewer, Act::Read)?;
    let viewer = viewer.clone();
    desk.store()
        .read(move |tx| {
            let mailing = known(tx, &viewer, id)?;
            described(tx, &viewer, mailing)
        })
        .await
}

fn described(tx: &mut Tx<'_>, viewer: &Viewer, mailing: Mailing) -> Result<Mailed, Error> {
    let to = dashboards::recipients(tx, mailing.id)?;
    Ok(Mailed {
        to: people::names(tx, &to)?,
        may_end: may_end(viewer, &mailing),
        mailing,
    })
}

fn may_end(viewer: &Viewer, mailing: &Mailing) -> bool {
    mailing.by == viewer.person || viewer.role >= Role::Dispatcher
}

/// What somebody wants mailed from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMailing {
    pub schedule: Schedule,
    pub to: Vec<PersonId>,
    /// Whether the same comes as a file as well.
    pub with_pdf: bool,
}

/// Mails a dashboard from now on. One's own goes to oneself; what everybody sees goes to anybody who works here.
///
/// # Errors
/// When the viewer may not see it, somebody may not get it, or the schedule can't be kept.
pub async fn begin_mailing(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    new: NewMailing,
) -> Result<i64, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (schedule, to) = (new.schedule.checked()?, new.to);
    if to.is_empty() || to.len() > MOST_RECIPIENTS {
        let problem = format!("Choose who gets it, {MOST_RECIPIENTS} people at most");
        return Err(Error::invalid("to", problem));
    }
    let (viewer, now) = (viewer.clone(), desk.now());
    let begun = desk.store().write(move |tx| {
        let dashboard = seen(tx, &viewer, id)?;
        for person in &to {
            crate::tickets::must_be_agent(tx, *person)?;
            if !dashboard.wish.shared && *person != dashboard.owner {
                let problem = "Others don’t see this dashboard; show it to everybody first";
                return Err(Error::invalid("to", problem));
            }
        }
        if dashboards::mailings_of(tx, stored(dashboard.id))?.len() >= MOST_MAILINGS {
            let problem = "This dashboard is mailed often enough; end one of its mailings first";
            return Err(Error::Conflict(problem.to_owned()));
        }
        let mailing = Mailing {
            id: 0,
            dashboard: stored(dashboard.id),
            by: viewer.person,
            next: schedule.next_after(now),
            schedule,
            with_pdf: new.with_pdf,
        };
        Ok::<_, Error>(dashboards::insert_mailing(tx, &mailing, &to)?)
    });
    let id = begun.await?;
    desk.wake_worker();
    Ok(id)
}

/// Mails it no longer, or again; says which dashboard it was.
///
/// # Errors
/// When there is no such mailing, or the viewer neither began it nor dispatches.
pub async fn end_mailing(desk: &Desk, viewer: &Viewer, id: i64, ends: bool) -> Result<i64, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    let done = desk.store().write(move |tx| {
        let mailing = known(tx, &viewer, id)?;
        if !may_end(&viewer, &mailing) {
            let needs = Role::Dispatcher;
            return Err(kept_domain::access::Denied { needs }.into());
        }
        let next = mailing.schedule.next_after(now).filter(|_| !ends);
        dashboards::set_next(tx, id, next)?;
        Ok::<_, Error>(mailing.dashboard.unwrap_or(OVERVIEW))
    });
    let dashboard = done.await?;
    desk.wake_worker();
    Ok(dashboard)
}

/// The viewer gets it no longer, or again; says which dashboard it was.
///
/// # Errors
/// When it was never theirs.
pub async fn stop(desk: &Desk, viewer: &Viewer, id: i64, stops: bool) -> Result<i64, Error> {
    allow(viewer, Act::Read)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let mailing = known(tx, &viewer, id)?;
            match dashboards::stop(tx, id, viewer.person, stops.then_some(now))? {
                true => Ok(mailing.dashboard.unwrap_or(OVERVIEW)),
                false => Err(Error::not_found("mailing to you")),
            }
        })
        .await
}

/// A mailing of a dashboard the viewer sees.
fn known(tx: &mut Tx<'_>, viewer: &Viewer, id: i64) -> Result<Mailing, Error> {
    let found = dashboards::mailing(tx, id)?.ok_or_else(|| Error::not_found("mailing"))?;
    seen(tx, viewer, found.dashboard.unwrap_or(OVERVIEW))?;
    Ok(found)
}

/// What the mail to the viewer would say now.
///
/// # Errors
/// When the viewer may not see the dashboard.
pub async fn letter(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    zone: TimeZone,
) -> Result<Letter, Error> {
    Ok(now(desk, viewer, id, zone).await?.letter())
}

/// The same as a PDF.
///
/// # Errors
/// When the viewer may not see the dashboard, or it can't be written.
pub async fn paper(desk: &Desk, viewer: &Viewer, id: i64, zone: TimeZone) -> Result<Paper, Error> {
    let counted = now(desk, viewer, id, zone).await?;
    written(counted).await
}

async fn now(desk: &Desk, viewer: &Viewer, id: i64, zone: TimeZone) -> Result<Counted, Error> {
    allow(viewer, Act::Read)?;
    let (at, viewer) = (desk.clone(), viewer.clone());
    desk.store()
        .read(move |tx| counted(tx, &at, &viewer, (id, None), zone))
        .await
}

async fn written(counted: Counted) -> Result<Paper, Error> {
    let stopping = |_| Error::Outside("Kept is stopping; try again soon".into());
    tokio::task::spawn_blocking(move || counted.paper())
        .await
        .map_err(stopping)?
}

fn counted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    viewer: &Viewer,
    (id, mailing): (i64, Option<i64>),
    zone: TimeZone,
) -> Result<Counted, Error> {
    let dashboard = seen(tx, viewer, id)?;
    let asking = Asking {
        me: viewer.person,
        now: desk.now(),
        zone,
    };
    let origin = desk.config().public_url.clone();
    Ok(Counted {
        cards: cards::drawn(tx, viewer, &dashboard.wish, &asking)?,
        stops: mailing.map(|mailing| format!("{origin}/mailings/{mailing}")),
        dashboard,
        asking,
        origin,
    })
}

/// Who is to get which one; one job each, so that a slow one keeps nobody waiting.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Task {
    mailing: i64,
    person: i64,
    due_ms: i64,
}

/// Puts the letters that are due in line. Of several nodes one takes each turn.
///
/// # Errors
/// When the store can't answer.
pub(crate) async fn mail_due(desk: &Desk) -> Result<usize, Error> {
    let now = desk.now();
    let due = desk
        .store()
        .read(move |tx| Ok::<_, Error>(dashboards::mailings_due(tx, now, AT_ONCE)?))
        .await?;
    for mailing in &due {
        let mailing = mailing.clone();
        desk.store()
            .write(move |tx| take_turn(tx, &mailing, now))
            .await?;
    }
    if !due.is_empty() {
        desk.wake_worker();
    }
    Ok(due.len())
}

/// What was missed while nobody worked is mailed once, not once for each time.
fn take_turn(tx: &mut Tx<'_>, mailing: &Mailing, now: Timestamp) -> Result<(), Error> {
    let Some(due) = mailing.next else {
        return Ok(());
    };
    let next = mailing.schedule.next_after(now);
    if !dashboards::take_turn(tx, mailing.id, due, next)? {
        return Ok(());
    }
    for person in dashboards::recipients(tx, mailing.id)? {
        let task = Task {
            mailing: mailing.id,
            person: person.0,
            due_ms: due.as_millisecond(),
        };
        let body = serde_json::to_string(&task);
        let body = body.map_err(|error| Error::Conflict(error.to_string()))?;
        let key = format!("{JOB}:{}:{person}:{}", mailing.id, task.due_ms);
        let job = NewJob {
            kind: JOB,
            body: &body,
            run_at: now,
            created_at: now,
            unique_key: Some(&key),
        };
        jobs::enqueue(tx, &job)?;
    }
    Ok(())
}

/// Counts while others may write, then puts the letter into the outbox and ends the job in one.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    let task: Option<Task> = serde_json::from_str(&job.body).ok();
    let (at, lease, now) = (desk.clone(), job.lease.clone(), desk.now());
    let ready = match task {
        Some(task) => ready(desk, task).await?,
        None => None,
    };
    desk.store()
        .write(move |tx| {
            if let Some(ready) = ready {
                let Ready { to, letter, file } = ready;
                if let Some((_, content)) = &file {
                    content.record(tx)?;
                }
                let files = file.into_iter().map(|(attached, _)| attached);
                post::send_page(tx, &at, to, (&letter, files.collect()), now)?;
            }
            jobs::finish(tx, &lease)
        })
        .await?;
    desk.wake_worker();
    Ok(())
}

/// A letter to be put into the outbox.
struct Ready {
    to: PersonId,
    letter: Letter,
    file: Option<(OutgoingAttachment, Prepared)>,
}

/// `None` when it was ended, stopped, taken away or hidden from them meanwhile, or they left.
async fn ready(desk: &Desk, task: Task) -> Result<Option<Ready>, Error> {
    let (at, to) = (desk.clone(), PersonId(task.person));
    let counted = desk.store().read(move |tx| {
        let Some(mailing) = dashboards::mailing(tx, task.mailing)? else {
            return Ok(None);
        };
        let wanted = dashboards::recipients(tx, mailing.id)?.contains(&to);
        let Some(viewer) = viewer(tx, to)?.filter(|_| wanted && mailing.next.is_some()) else {
            return Ok(None);
        };
        let zone = TimeZone::get(&mailing.schedule.zone).unwrap_or(TimeZone::UTC);
        let of = (mailing.dashboard.unwrap_or(OVERVIEW), Some(mailing.id));
        match counted(tx, &at, &viewer, of, zone) {
            Err(Error::NotFound(_)) => Ok(None),
            counted => counted.map(|it| Some((it, mailing.with_pdf))),
        }
    });
    let Some((counted, with_pdf)) = counted.await? else {
        return Ok(None);
    };
    let letter = counted.letter();
    let file = match with_pdf {
        true => Some(attached(desk, written(counted).await?).await?),
        false => None,
    };
    Ok(Some(Ready { to, letter, file }))
}

async fn attached(desk: &Desk, paper: Paper) -> Result<(OutgoingAttachment, Prepared), Error> {
    let content = desk.blobs().prepare(paper.bytes).await?;
    let attached = OutgoingAttachment {
        filename: paper.filename,
        content_type: "application/pdf".to_owned(),
        sha256: content.sha256().to_owned(),
        size_bytes: content.size_bytes() as u64,
    };
    Ok((attached, content))
}

/// Somebody who works here, as they would see it.
fn viewer(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Viewer>, Error> {
    let found = people::agents(tx)?.into_iter().find(|it| it.id == person);
    Ok(found.filter(|it| !it.has_left).and_then(|it| {
        Some(Viewer {
            person,
            role: it.role?,
            name: it.name,
        })
    }))
}

impl From<BadSchedule> for Error {
    fn from(bad: BadSchedule) -> Self {
        Error::invalid("zone", bad.to_string())
    }
}

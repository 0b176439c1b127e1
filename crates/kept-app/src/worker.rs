//! Does what was put off: sends mail, looks at the clocks, folds counts, forgets old sessions. Any number of nodes may run one.

use std::time::Duration;

use jiff::Timestamp;
use kept_store::jobs::{self, Job, LeaseError};
use kept_store::{counts, obligations, recurrences, sessions};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::{
    Desk, Error, agreements, bulk, clocks, dashboards, delegation, duties, handover, hooks,
    imports, notifications, recurring, rules, sender, snoozes,
};

/// What this worker does.
const KINDS: [&str; 10] = [
    sender::JOB,
    rules::LETTER_JOB,
    hooks::JOB,
    delegation::JOB,
    agreements::JOB,
    handover::JOB,
    bulk::JOB,
    imports::JOB,
    dashboards::JOB,
    handover::RETURN_JOB,
];
/// Mails under way at once.
const AT_ONCE: usize = 8;
/// How long at most until the next look, for work that other processes queued.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Rounds of looking between two times of tidying up.
const ROUNDS_BETWEEN_TIDYING: u32 = 60;

/// Works until `stop` says so, and finishes what it began.
pub async fn run(desk: Desk, mut stop: watch::Receiver<bool>) {
    let name = worker_name(&desk);
    let mut under_way = JoinSet::new();
    let mut rounds = 0_u32;
    while !*stop.borrow() {
        if rounds.is_multiple_of(ROUNDS_BETWEEN_TIDYING) {
            tidy(&desk).await;
        }
        rounds = rounds.wrapping_add(1);
        if let Err(error) = tend(&desk).await {
            tracing::warn!(%error, "the clocks could not be looked at; trying again soon");
        }
        let free = AT_ONCE - under_way.len().min(AT_ONCE);
        let jobs = claim(&desk, &name, free).await;
        let found = jobs.len();
        for job in jobs {
            under_way.spawn(work(desk.clone(), job));
        }
        if found == free && found > 0 {
            // There may be more: go on as soon as one is done. The others that are done by then, because
            // one commit ended them all, make room for as many at one claim.
            let _ = under_way.join_next().await;
            while under_way.try_join_next().is_some() {}
            continue;
        }
        tokio::select! {
            () = desk.woken() => {}
            () = tokio::time::sleep(until_next(&desk).await) => {}
            Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
            _ = stop.changed() => {}
        }
    }
    while under_way.join_next().await.is_some() {}
}

/// Sends everything that is due now and returns; for the command line and for tests.
///
/// # Errors
/// When the store can't answer.
pub async fn run_due(desk: &Desk) -> Result<usize, Error> {
    let name = worker_name(desk);
    let mut done = 0;
    loop {
        let mut round = tend(desk).await?;
        // One at a time: a lease is renewed only while its own mail is under way.
        while let Some(job) = claim(desk, &name, 1).await.pop() {
            work(desk.clone(), job).await;
            round += 1;
        }
        done += round;
        // What was done may be told to people, which is work again.
        if round == 0 {
            return Ok(done);
        }
    }
}

/// When there is something to do next, as far as is known now; `None` when nothing waits.
///
/// # Errors
/// When the store can't answer.
pub async fn next_due(desk: &Desk) -> Result<Option<Timestamp>, Error> {
    Ok(look(desk).await?.first())
}

/// When each kind of work has something to do next.
struct Next {
    duty: Option<Timestamp>,
    alarm: Option<Timestamp>,
    snooze: Option<Timestamp>,
    mail: Option<Timestamp>,
    mailing: Option<Timestamp>,
    absence: Option<Timestamp>,
    recurrence: Option<Timestamp>,
    job: Option<Timestamp>,
}

impl Next {
    fn first(&self) -> Option<Timestamp> {
        let Next {
            duty,
            alarm,
            snooze,
            mail,
            mailing,
            absence,
            recurrence,
            job,
        } = *self;
        let all = [duty, alarm, snooze, mail, mailing, absence, recurrence, job];
        all.into_iter().flatten().min()
    }
}

/// All of it in one transaction: a desk where nothing is due looks often.
async fn look(desk: &Desk) -> Result<Next, Error> {
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            Ok(Next {
                duty: kept_store::duties::next_due(tx)?,
                alarm: obligations::next_alarm(tx)?,
                snooze: kept_store::snoozes::next_wake(tx)?,
                mail: kept_store::notifications::next_mail(tx)?,
                mailing: kept_store::dashboards::next_mailing(tx)?,
                absence: kept_store::absences::next_moment(tx, now)?,
                recurrence: recurrences::next_time(tx)?,
                job: jobs::next_due(tx, &KINDS)?,
            })
        })
        .await
}

/// Until what is due next, but never longer than until the next look.
async fn until_next(desk: &Desk) -> Duration {
    let Ok(Some(due)) = next_due(desk).await else {
        return LOOK_AGAIN;
    };
    let ahead = Duration::try_from(due.duration_since(desk.now()));
    // What is due already could not be done just now, or another worker has it.
    ahead
        .unwrap_or(LOOK_AGAIN)
        .clamp(Duration::from_millis(1), LOOK_AGAIN)
}

/// Asks clients for what is due, takes the steps of the ladders, brings back what was put off, mails what people are to be
/// told, mails dashboards, hands over for absences and opens what recurs. What one of them brings about is done in the next
/// round.
async fn tend(desk: &Desk) -> Result<usize, Error> {
    let (next, now) = (look(desk).await?, desk.now());
    let is_due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    let mut done = 0;
    if is_due(next.duty) {
        done += duties::open_due(desk).await?;
    }
    if is_due(next.alarm) {
        done += clocks::ring_due(desk).await?;
    }
    if is_due(next.snooze) {
        done += snoozes::wake_due(desk).await?;
    }
    if is_due(next.mail) {
        done += notifications::mail_due(desk).await?;
    }
    if is_due(next.mailing) {
        done += dashboards::mail_due(desk).await?;
    }
    if is_due(next.absence) {
        done += handover::absences_due(desk).await?;
    }
    if is_due(next.recurrence) {
        done += recurring::open_due(desk).await?;
    }
    Ok(done)
}

fn worker_name(desk: &Desk) -> String {
    let word = desk.random().word().unwrap_or_else(|_| "worker".into());
    format!("{}/{word}", desk.identity().host)
}

async fn claim(desk: &Desk, name: &str, limit: usize) -> Vec<Job> {
    if limit == 0 {
        return vec![];
    }
    let (name, now) = (name.to_owned(), desk.now());
    // Looking is cheap and never waits for the writer; claiming is only tried when something is due.
    let due = desk.store().read(|tx| jobs::next_due(tx, &KINDS)).await;
    if !matches!(due, Ok(Some(at)) if at <= now) {
        return vec![];
    }
    let claimed = desk
        .store()
        .write(move |tx| jobs::claim(tx, &name, &KINDS, now, sender::LEASE, limit))
        .await;
    claimed.unwrap_or_else(|error| {
        tracing::warn!(%error, "no jobs could be taken; trying again soon");
        vec![]
    })
}

async fn work(desk: Desk, job: Job) {
    let done = match job.kind.as_str() {
        rules::LETTER_JOB => rules::run_letter(&desk, &job).await,
        hooks::JOB => hooks::run(&desk, &job).await,
        delegation::JOB => delegation::run(&desk, &job).await,
        agreements::JOB => agreements::run(&desk, &job).await,
        bulk::JOB => bulk::run(&desk, &job).await,
        imports::JOB => imports::run(&desk, &job).await,
        handover::JOB => handover::run(&desk, &job).await,
        dashboards::JOB => dashboards::run(&desk, &job).await,
        handover::RETURN_JOB => handover::run_return(&desk, &job).await,
        _ => sender::run(&desk, &job).await,
    };
    match done {
        Ok(()) => {}
        Err(LeaseError::Lost(_)) => {
            tracing::warn!(
                job = job.id.0,
                "took longer than its lease; another worker has it"
            );
        }
        Err(error @ LeaseError::Store(_)) => {
            // The lease runs out and the job is taken again.
            tracing::warn!(job = job.id.0, %error, "could not be finished");
        }
    }
}

/// What a running worker does once a minute: folds appended counts, forgets what is no longer needed.
pub async fn tidy(desk: &Desk) {
    let now = desk.now();
    let tidied = desk
        .store()
        .write(move |tx| {
            counts::fold(tx)?;
            rules::tidy(tx, now)?;
            sessions::delete_expired(tx, now)
        })
        .await;
    if let Err(error) = tidied {
        tracing::warn!(%error, "could not tidy up; trying again in a minute");
    }
}

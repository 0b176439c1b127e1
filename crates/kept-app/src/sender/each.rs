//! A mail to each recipient by itself, with the same bytes and Message-ID: one refuses, the others still get it. How it
//! stands with one is written down before the next is tried, so a crash repeats at most the one under way.

use jiff::Timestamp;
use kept_domain::delivery::Standing;
use kept_store::Tx;
use kept_store::deliveries::{self, Delivery};
use kept_store::jobs::{self, Job, LeaseError};
use kept_store::outgoing::Outgoing;

use super::attempt::{Failure, Ready};
use super::finish::{in_store, tell_of_one};
use super::{LEASE, domains, insist, pauses};
use crate::consequences::OUTBOX;
use crate::undelivered::{self, Loss};
use crate::{Desk, Error};

/// How it went with one recipient.
#[derive(Debug, Clone)]
enum Went {
    Sent { via: String },
    Skipped { loss: Loss },
    Held { until: Timestamp, words: String },
    Wrong { failure: Failure },
}

/// Tries everybody who is due. What goes wrong with all of them goes wrong with each.
pub(super) async fn send(
    desk: &Desk,
    job: &Job,
    mail: &Outgoing,
    ready: &Result<Ready, Failure>,
) -> Result<(), LeaseError> {
    let mut away: Option<Failure> = None;
    for one in due(desk, job, mail, ready).await? {
        let went = match (&away, ready) {
            (Some(failure), _) | (None, Err(failure)) => Went::Wrong {
                failure: failure.clone(),
            },
            (None, Ok(ready)) => try_one(desk, mail, ready, &one.recipient).await,
        };
        // Who does not answer now does not answer for the next one either.
        if let Went::Wrong { failure } = &went
            && !failure.answered
            && !failure.permanent
        {
            away = Some(failure.clone());
        }
        let (job, mail, now) = (job.clone(), mail.clone(), desk.now());
        insist(desk, move |tx| {
            jobs::renew(tx, &job.lease, now, LEASE)?;
            write_down(tx, &mail, &one, &went, now)
        })
        .await?;
    }
    Ok(())
}

/// Everybody it is to be tried for now; from here on they are told apart.
async fn due(
    desk: &Desk,
    job: &Job,
    mail: &Outgoing,
    ready: &Result<Ready, Failure>,
) -> Result<Vec<Delivery>, LeaseError> {
    let (job, id, now) = (job.clone(), mail.id, desk.now());
    let all = ready.as_ref().map(Ready::everybody).unwrap_or_default();
    let rows = desk
        .store()
        .write(move |tx| {
            jobs::renew(tx, &job.lease, now, LEASE)?;
            deliveries::begin(tx, id, &all, now)?;
            Ok::<_, LeaseError>(deliveries::of_outgoing(tx, id)?)
        })
        .await?;
    let is_due = |row: &Delivery| row.next_try.is_some_and(|at| at <= now);
    Ok(rows.into_iter().filter(is_due).collect())
}

async fn try_one(desk: &Desk, mail: &Outgoing, ready: &Ready, to: &str) -> Went {
    let to = [to.to_owned()];
    match what_keeps(desk, mail, &to).await {
        Ok(Some(kept)) => return kept,
        Ok(None) => {}
        Err(error) => {
            let failure = error.into();
            return Went::Wrong { failure };
        }
    }
    match ready.send(desk, mail, &to).await {
        Ok(via) => Went::Sent { via },
        Err(failure) => Went::Wrong { failure },
    }
}

/// Why this one is not tried now: mail there comes back, or a pause is not over.
async fn what_keeps(desk: &Desk, mail: &Outgoing, to: &[String; 1]) -> Result<Option<Went>, Error> {
    let asked = to.clone();
    let marked = desk
        .store()
        .read(move |tx| undelivered::suppressed(tx, asked.iter().map(String::as_str)))
        .await?;
    if let Some(mark) = marked.first() {
        let loss = undelivered::skipped(mark);
        return Ok(Some(Went::Skipped { loss }));
    }
    let held = domains::held(desk, mail, to).await?;
    Ok(held.first().map(|pause| Went::Held {
        until: pause.until,
        words: domains::words(&held),
    }))
}

fn write_down(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    one: &Delivery,
    went: &Went,
    now: Timestamp,
) -> Result<(), LeaseError> {
    announce(tx, mail);
    let stands = |state, tries, answer: &str, next_try| Delivery {
        state,
        tries,
        answer: Some(answer.to_owned()),
        changed_at: now,
        next_try,
        ..one.clone()
    };
    let once_more = one.tries + 1;
    match went {
        Went::Sent { via } => {
            domains::take_mail(tx, std::slice::from_ref(&one.recipient))?;
            deliveries::update(tx, &stands(Standing::Sent, once_more, via, None))?;
        }
        Went::Skipped { loss } => {
            let row = stands(Standing::Skipped, one.tries, &loss.reason, None);
            deliveries::update(tx, &row)?;
            let losses = std::slice::from_ref(loss);
            undelivered::tell(tx, mail, losses, None, now).map_err(in_store)?;
        }
        Went::Held { until, words } => {
            let row = stands(Standing::Queued, one.tries, words, Some(*until));
            deliveries::update(tx, &row)?;
        }
        Went::Wrong { failure } => {
            let again = pauses::before_next(one.tries).filter(|_| !failure.permanent);
            let state = match again {
                Some(_) => Standing::Queued,
                None => Standing::Failed,
            };
            let next = again.map(|pause| now + pause);
            let row = stands(state, once_more, &failure.error, next);
            deliveries::update(tx, &row)?;
            went_wrong(tx, mail, &row, failure)?;
        }
    }
    Ok(())
}

fn went_wrong(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    row: &Delivery,
    failure: &Failure,
) -> Result<(), LeaseError> {
    let (said, now) = (&failure.error, row.changed_at);
    if failure.answered && !failure.permanent {
        domains::ask_for_patience(tx, &row.recipient, said, now)?;
    }
    if row.state != Standing::Failed {
        return Ok(());
    }
    if failure.answered && failure.permanent {
        let loss = undelivered::of_refusal(&row.recipient, said);
        undelivered::note(tx, mail, &[loss], None, now).map_err(in_store)?;
    }
    match mail.ticket {
        Some(ticket) => tell_of_one(tx, ticket, mail, row).map_err(in_store),
        None => Ok(()),
    }
}

fn announce(tx: &mut Tx<'_>, mail: &Outgoing) {
    tx.announce(OUTBOX);
    if let Some(ticket) = mail.ticket {
        tx.announce(format!("ticket:{ticket}"));
    }
}

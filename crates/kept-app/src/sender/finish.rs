//! Writes down how a try ended, on the mail, on its ticket and in the line of jobs, in one transaction.

use jiff::Timestamp;
use kept_domain::delivery::{Standing, altogether};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_store::Tx;
use kept_store::deliveries::{self, Delivery};
use kept_store::jobs::{self, Job, LeaseError};
use kept_store::outgoing::{self, Outgoing};

use super::attempt::Ended;
use super::{domains, insist, pauses};
use crate::consequences::{OUTBOX, record};
use crate::undelivered::{self, Loss};
use crate::{Desk, Error};

/// Writes down how the try ended. Only whoever still holds the lease may.
pub(super) async fn finish(
    desk: &Desk,
    job: &Job,
    ended: Option<(Outgoing, Ended)>,
) -> Result<(), LeaseError> {
    let (job, now) = (job.clone(), desk.now());
    insist(desk, move |tx| {
        tx.announce(OUTBOX);
        let Some((mail, ended)) = &ended else {
            return jobs::finish(tx, &job.lease);
        };
        if let Some(ticket) = mail.ticket {
            tx.announce(format!("ticket:{ticket}"));
        }
        write_down(tx, &job, mail, ended, now)
    })
    .await
}

fn write_down(
    tx: &mut Tx<'_>,
    job: &Job,
    mail: &Outgoing,
    ended: &Ended,
    now: Timestamp,
) -> Result<(), LeaseError> {
    match ended {
        Ended::Sent { via, to, skipped } => {
            outgoing::mark_sent(tx, mail.id, now, via)?;
            domains::take_mail(tx, to)?;
            undelivered::tell(tx, mail, skipped, None, now).map_err(in_store)?;
            jobs::finish(tx, &job.lease)
        }
        Ended::ToNobody { skipped } => {
            outgoing::mark_failed(tx, mail.id, &to_nobody(skipped))?;
            undelivered::tell(tx, mail, skipped, None, now).map_err(in_store)?;
            jobs::finish(tx, &job.lease)
        }
        Ended::Held { until, error } => {
            outgoing::mark_held(tx, mail.id, error)?;
            jobs::retry(tx, &job.lease, *until, error)
        }
        Ended::NotYet { error, said_of } => {
            if let Some(address) = said_of {
                domains::ask_for_patience(tx, address, error, now)?;
            }
            match pauses::before_next(mail.attempts) {
                Some(pause) => {
                    outgoing::mark_tried(tx, mail.id, error)?;
                    jobs::retry(tx, &job.lease, now + pause, error)
                }
                None => give_up(tx, mail, job, now, error, false),
            }
        }
        Ended::Never { error } => give_up(tx, mail, job, now, error, true),
        Ended::Each => sum_up(tx, job, mail, now),
    }
}

/// How the mail stands, from how it stands with each recipient.
fn sum_up(tx: &mut Tx<'_>, job: &Job, mail: &Outgoing, now: Timestamp) -> Result<(), LeaseError> {
    let rows = deliveries::of_outgoing(tx, mail.id)?;
    let each: Vec<Standing> = rows.iter().map(|row| row.state).collect();
    let said = in_words(&rows);
    match altogether(&each) {
        Standing::Queued => {
            let next = rows.iter().filter_map(|row| row.next_try).min();
            outgoing::mark_tried(tx, mail.id, &said)?;
            return jobs::retry(tx, &job.lease, next.unwrap_or(now), &said);
        }
        Standing::Sent => {
            let last = rows.iter().rfind(|row| row.state == Standing::Sent);
            let via = last.and_then(|row| row.answer.as_deref());
            outgoing::mark_sent(tx, mail.id, now, via.unwrap_or_default())?;
        }
        Standing::Failed | Standing::Skipped => {
            metrics::counter!("kept_mails_failed_total").increment(1);
            outgoing::mark_failed(tx, mail.id, &said)?;
        }
    }
    jobs::finish(tx, &job.lease)
}

/// `Sent to 1 of 2; lee@beta.example: 451 not now`.
fn in_words(rows: &[Delivery]) -> String {
    let sent = rows.iter().filter(|row| row.state == Standing::Sent);
    let sent = format!("Sent to {} of {}", sent.count(), rows.len());
    let others = rows.iter().filter(|row| row.state != Standing::Sent);
    let others = others.map(|row| {
        let answer = row.answer.as_deref().unwrap_or("goes out in a moment");
        format!("{}: {answer}", row.recipient)
    });
    let all: Vec<String> = std::iter::once(sent).chain(others).collect();
    all.join("; ")
}

/// Why a mail that goes to nobody was not sent.
fn to_nobody(skipped: &[Loss]) -> String {
    let each = skipped.iter();
    let each: Vec<String> = each
        .map(|loss| format!("mail to {} comes back, {}", loss.address, loss.reason))
        .collect();
    format!("Not sent: {}", each.join("; "))
}

/// `refused` when the relay said that it never will take it.
fn give_up(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    job: &Job,
    now: Timestamp,
    error: &str,
    refused: bool,
) -> Result<(), LeaseError> {
    metrics::counter!("kept_mails_failed_total").increment(1);
    outgoing::mark_failed(tx, mail.id, error)?;
    if refused && let [only] = undelivered::recipients(mail).as_slice() {
        let loss = undelivered::of_refusal(only, error);
        undelivered::note(tx, mail, &[loss], None, now).map_err(in_store)?;
    }
    if let Some(ticket) = mail.ticket {
        tell_ticket(tx, ticket, mail, now, error).map_err(in_store)?;
    }
    jobs::finish(tx, &job.lease)
}

pub(super) fn in_store(error: Error) -> LeaseError {
    match error {
        Error::Store(store) => LeaseError::Store(store),
        other => LeaseError::Store(kept_store::StoreError::Sql(other.to_string())),
    }
}

fn tell_ticket(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    mail: &Outgoing,
    now: Timestamp,
    error: &str,
) -> Result<(), Error> {
    let at = kept_store::tickets::told_at(tx, ticket)?;
    let mut ticket = crate::tickets::load(tx, at)?;
    let to = undelivered::recipients(mail).join(", ");
    let unheard = undelivered::is_lost(tx, &ticket, mail)?;
    let events = kept_domain::tickets::not_heard(&ticket, failed(mail, to, error, unheard));
    record(tx, &mut ticket, now, Actor::Kept, &events)
}

/// The same for one recipient, whose row says already that it failed.
pub(super) fn tell_of_one(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    mail: &Outgoing,
    one: &Delivery,
) -> Result<(), Error> {
    let at = kept_store::tickets::told_at(tx, ticket)?;
    let mut ticket = crate::tickets::load(tx, at)?;
    let error = one.answer.as_deref().unwrap_or_default();
    let unheard = undelivered::is_unheard(tx, &ticket, mail)?;
    let event = failed(mail, one.recipient.clone(), error, unheard);
    let events = kept_domain::tickets::not_heard(&ticket, event);
    record(tx, &mut ticket, one.changed_at, Actor::Kept, &events)
}

fn failed(mail: &Outgoing, to: String, error: &str, unheard: bool) -> Event {
    Event::DeliveryFailed {
        outgoing: mail.id,
        to,
        error: error.to_owned(),
        unheard,
    }
}

//! Mail of ours that did not arrive: noted at the mail, told on its ticket, remembered of the address.
//!
//! What a report says is read in `kept-mail`; whether anybody heard us is decided in `kept-domain`.

mod address;
mod losses;

pub use address::clear;
pub(crate) use address::{heard_from, marks, suppressed};
pub(crate) use losses::{Loss, of_refusal, of_report, skipped};

use jiff::Timestamp;
use kept_domain::delivery::{Setback, Standing, Told, nobody_heard};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::MessageId;
use kept_domain::people::EmailAddress;
use kept_domain::tickets::{self as rules, Status, Ticket};
use kept_mail::OutgoingMail;
use kept_store::not_delivered::{self, NotDelivered};
use kept_store::outgoing::Outgoing;
use kept_store::{Tx, bounced, deliveries, messages, tickets};

use crate::Error;
use crate::consequences::record;

/// Notes what was lost of a mail and tells its ticket, if it has one. `report` is the message that said so.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    losses: &[Loss],
    report: Option<MessageId>,
    now: Timestamp,
) -> Result<(), Error> {
    note(tx, mail, losses, report, now)?;
    tell_ticket(tx, mail, losses, false, now)
}

/// The same for a mail a report may be about: anybody could have made that up, so it opens nothing that was ended.
pub(crate) fn tell_guessed(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    losses: &[Loss],
    report: Option<MessageId>,
    now: Timestamp,
) -> Result<(), Error> {
    note(tx, mail, losses, report, now)?;
    tell_ticket(tx, mail, losses, true, now)
}

fn tell_ticket(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    losses: &[Loss],
    guessed: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(ticket) = mail.ticket else {
        return Ok(());
    };
    let at = tickets::told_at(tx, ticket)?;
    let mut ticket = crate::tickets::load(tx, at)?;
    for loss in losses {
        let ended = matches!(ticket.status, Status::Resolved | Status::Closed);
        let counts = loss.kind.is_final() && !(guessed && ended);
        let unheard = counts && is_unheard(tx, &ticket, mail)?;
        let events = rules::not_heard(&ticket, event(mail, loss, unheard));
        record(tx, &mut ticket, now, Actor::Kept, &events)?;
    }
    Ok(())
}

/// Writes down what was lost, and what it says of the addresses.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    mail: &Outgoing,
    losses: &[Loss],
    report: Option<MessageId>,
    now: Timestamp,
) -> Result<(), Error> {
    for loss in losses {
        let row = NotDelivered {
            id: 0,
            outgoing: mail.id,
            address: loss.address.clone(),
            kind: loss.kind,
            status: loss.status.clone(),
            reason: loss.reason.clone(),
            diagnostic: loss.diagnostic.clone(),
            at: now,
            report,
        };
        let id = not_delivered::insert(tx, &row)?;
        metrics::counter!("kept_mails_not_delivered_total", "kind" => loss.kind.as_str())
            .increment(1);
        let counts = matches!(
            loss.kind,
            Setback::Hard | Setback::Soft | Setback::Complaint
        );
        if loss.is_about_address && counts {
            bounced::count(tx, &row, id, loss.kind.suppresses())?;
        }
    }
    Ok(())
}

fn event(mail: &Outgoing, loss: &Loss, unheard: bool) -> Event {
    let (outgoing, message) = (mail.id, mail.message);
    let (to, reason) = (loss.address.clone(), loss.reason.clone());
    match loss.kind {
        Setback::Skipped => Event::NotSent {
            outgoing,
            message,
            to,
            reason,
            unheard,
        },
        kind => Event::CameBack {
            outgoing,
            message,
            to,
            kind,
            status: loss.status.clone(),
            reason,
            unheard,
        },
    }
}

/// Whether nobody heard what this mail said and nothing was said since.
pub(crate) fn is_unheard(tx: &mut Tx<'_>, ticket: &Ticket, mail: &Outgoing) -> Result<bool, Error> {
    let mut lost = lost(&not_delivered::of_outgoing(tx, mail.id)?);
    let each = deliveries::of_outgoing(tx, mail.id)?;
    let never_left = each
        .iter()
        .filter(|one| matches!(one.state, Standing::Failed | Standing::Skipped));
    lost.extend(never_left.map(|one| folded(&one.recipient)));
    unheard_by(tx, ticket, mail, &lost)
}

/// The same for a mail that never left: it reached nobody.
pub(crate) fn is_lost(tx: &mut Tx<'_>, ticket: &Ticket, mail: &Outgoing) -> Result<bool, Error> {
    unheard_by(tx, ticket, mail, &written_to(mail))
}

fn unheard_by(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    mail: &Outgoing,
    lost: &[String],
) -> Result<bool, Error> {
    let Some(message) = mail.message else {
        return Ok(false);
    };
    let here = crate::tickets::told_here(tx, ticket.id)?;
    Ok(nobody_heard(Told {
        // A duty is asked for by a program, in a person's place.
        by_person: !mail.automatic || crate::duties::asks(tx, message)?,
        last_word: messages::is_last_word(tx, &here, message)?,
        to: &written_to(mail),
        lost,
    }))
}

/// Those whose last report was final.
fn lost(rows: &[NotDelivered]) -> Vec<String> {
    let is_last = |row: &NotDelivered| {
        let of_same = rows.iter().rev().find(|other| other.address == row.address);
        of_same.is_some_and(|last| last.id == row.id)
    };
    let last = rows
        .iter()
        .filter(|row| is_last(row) && row.kind.is_final());
    last.map(|row| row.address.clone()).collect()
}

/// Whom a mail is for, those in copy aside.
fn written_to(mail: &Outgoing) -> Vec<String> {
    let Ok(mail) = serde_json::from_str::<OutgoingMail>(&mail.mail) else {
        return vec![];
    };
    let main = if mail.to.is_empty() { mail.cc } else { mail.to };
    main.iter().map(|to| folded(&to.address)).collect()
}

/// Everybody a mail goes to, as addresses compare.
pub(crate) fn recipients(mail: &Outgoing) -> Vec<String> {
    let all: Vec<String> = serde_json::from_str(&mail.recipients).unwrap_or_default();
    all.iter().map(|address| folded(address)).collect()
}

/// An address in the one form in which addresses compare; what is none stays as it is.
pub(crate) fn folded(text: &str) -> String {
    EmailAddress::parse(text).map_or_else(|_| text.trim().to_lowercase(), |a| a.to_string())
}

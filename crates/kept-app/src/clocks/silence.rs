//! What a silent client is written: friendly, plain, and always how to go on. Never to a program, never beyond the budget.

use jiff::Timestamp;
use kept_domain::clocks::Owed;
use kept_domain::ids::OutgoingId;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, people};

use super::Look;
use crate::settings::texts::{self, Text, Told};
use crate::tickets::automatic;
use crate::{Desk, Error};

/// Reminds the client that an answer is owed; `step` counts from 0. `None` when nobody could be written to.
pub(super) fn remind(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    look: &Look,
    step: u32,
    now: Timestamp,
) -> Result<Option<OutgoingId>, Error> {
    let last =
        usize::try_from(step).is_ok_and(|step| step + 1 >= look.wording.silence.reminders.len());
    let text = match last && step > 0 {
        true => Text::LastReminder,
        false => Text::Reminder,
    };
    write(tx, desk, ticket, look, text, now)
}

pub(super) fn parked(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    look: &Look,
    now: Timestamp,
) -> Result<Option<OutgoingId>, Error> {
    write(tx, desk, ticket, look, Text::Parked, now)
}

pub(super) fn closed(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    look: &Look,
    now: Timestamp,
) -> Result<Option<OutgoingId>, Error> {
    write(tx, desk, ticket, look, Text::ClosedUnanswered, now)
}

fn write(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    look: &Look,
    text: Text,
    now: Timestamp,
) -> Result<Option<OutgoingId>, Error> {
    let Some(letter) = automatic::Letter::to_client(tx, ticket, now)? else {
        return Ok(None);
    };
    let since = look
        .obligations
        .iter()
        .filter(|it| it.is_owed() && it.owed == Owed::Answer)
        .map(|it| it.began)
        .next_back();
    let zone = look.wording.client.zone();
    let day = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%A, %-d %B").to_string();
    let after = |target: Option<kept_domain::clocks::Target>| {
        let at = target?.after(&look.wording.client, since?)?;
        Some(day(at))
    };
    let responsible = people::names(tx, &[ticket.responsible])?.pop();
    let told = Told {
        name: letter.name().to_owned(),
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        responsible: responsible.map_or_else(String::new, |(_, name)| name),
        queue: letter.queue_name().to_owned(),
        since: since.map_or_else(String::new, day),
        parked_on: after(look.wording.silence.park_after).unwrap_or_default(),
        closed_on: after(look.wording.silence.close_after).unwrap_or_default(),
        ..Told::default()
    };
    let words = texts::filled(tx, text, &told)?;
    letter.send(tx, desk, ticket, &words, now).map(Some)
}

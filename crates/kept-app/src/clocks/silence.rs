//! What a silent client is written: friendly, plain, and always how to go on. Never to a program, never beyond the budget.

use jiff::Timestamp;
use kept_domain::clocks::{Key, Obligation, Owed, Target};
use kept_domain::event::Event;
use kept_domain::ids::OutgoingId;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, people};

use super::Look;
use crate::calls::when;
use crate::settings::texts::{self, Text, Told};
use crate::tickets::automatic;
use crate::{Desk, Error};

/// Reminds the client of an answer or a duty; `step` counts from 0. `None` when nobody could be written to.
pub(super) fn remind(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    look: &Look,
    (owed, step): (Owed, u32),
    now: Timestamp,
) -> Result<Option<OutgoingId>, Error> {
    let last =
        usize::try_from(step).is_ok_and(|step| step + 1 >= look.wording.silence.reminders.len());
    let text = match owed {
        Owed::Duty => Text::DutyReminder,
        _ if last && step > 0 => Text::LastReminder,
        _ => Text::Reminder,
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
    let awaited = awaited(look);
    let zone = look.wording.client.zone();
    let day = |at: Timestamp| at.to_zoned(zone.clone()).strftime("%A, %-d %B").to_string();
    let after = |target: Option<Target>| {
        let from = awaited.and_then(counts_from)?;
        Some(day(target?.after(&look.wording.client, from)?))
    };
    let due = awaited.and_then(|it| it.missed_at.or(it.due));
    let responsible = people::names(tx, &[ticket.responsible])?.pop();
    let told = Told {
        name: letter.name().to_owned(),
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        responsible: responsible.map_or_else(String::new, |(_, name)| name),
        queue: letter.queue_name().to_owned(),
        since: awaited.map_or_else(String::new, |it| day(it.began)),
        what: awaited.and_then(|it| duty_of(look, it)).unwrap_or_default(),
        due: due.map_or_else(String::new, |due| when(due, zone)),
        late: awaited.is_some_and(|it| it.missed_at.is_some()),
        parked_on: after(look.wording.silence.park_after).unwrap_or_default(),
        closed_on: after(look.wording.silence.close_after).unwrap_or_default(),
        ..Told::default()
    };
    let words = texts::filled(tx, text, &told)?;
    letter.send(tx, desk, ticket, &words, now).map(Some)
}

/// What the client is waited for: an answer, else a duty.
fn awaited(look: &Look) -> Option<&Obligation> {
    let last = |owed: Owed| {
        let mut those = look.obligations.iter();
        those.rfind(|it| it.is_owed() && it.owed == owed)
    };
    last(Owed::Answer).or_else(|| last(Owed::Duty))
}

/// Where the ladder counts from.
fn counts_from(it: &Obligation) -> Option<Timestamp> {
    match it.owed {
        Owed::Duty => it.missed_at.or(it.due),
        _ => Some(it.began),
    }
}

fn duty_of(look: &Look, it: &Obligation) -> Option<String> {
    let key = it.key()?;
    look.history.iter().find_map(|line| match &line.event {
        Event::DutyAsked { run, what, .. } if Key::Duty(*run) == key => Some(what.clone()),
        _ => None,
    })
}

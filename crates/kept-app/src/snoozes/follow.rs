//! What events make of snoozes: who is woken by what happened, and what is stored beside the ticket.

use jiff::Timestamp;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_domain::snoozes::{Until, Why, asleep, wakes_at, woken_by};
use kept_domain::tickets::Ticket;
use kept_store::snoozes::{self, Snooze};
use kept_store::{Tx, events};

use crate::Error;

/// Everybody who put a ticket off, as it was before something happened.
pub(crate) struct Sleepers(Vec<Snooze>);

impl Sleepers {
    pub fn of(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Self, Error> {
        Ok(Self(snoozes::of_ticket(tx, ticket)?))
    }

    /// Whom what happened wakes, each once. What has ended wakes nobody; it is in nobody's way.
    pub fn woken(&self, ticket: &Ticket, by: Actor, happened: &[Event]) -> Vec<Event> {
        if !is_worked_on(ticket) {
            return vec![];
        }
        let asleep = self.0.iter().filter(|it| it.woken.is_none());
        let woken = asleep.filter_map(|it| {
            let mut whys = happened
                .iter()
                .filter_map(|event| woken_by(it.until, it.person, by, event));
            let why = whys.next()?;
            let person = it.person;
            Some(Event::Woken { person, why })
        });
        woken.collect()
    }
}

/// A parked ticket is, too: its client may wake it.
fn is_worked_on(ticket: &Ticket) -> bool {
    ticket.aside().is_none() && ticket.status.is_open()
}

/// Brings what is stored in line with what happened.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    sleepers: &Sleepers,
    by: Actor,
    happened: &[Event],
    now: Timestamp,
) -> Result<(), Error> {
    for old in &sleepers.0 {
        let acted = old.woken.is_some() && by == Actor::Person(old.person);
        if acted || !is_worked_on(ticket) {
            snoozes::remove(tx, old.person, old.ticket)?;
        }
    }
    for event in happened {
        match *event {
            Event::Snoozed { until } => begin(tx, ticket, by, until, now)?,
            Event::Woken {
                person,
                why: Why::ByHand,
            } => snoozes::remove(tx, person, ticket.id)?,
            Event::Woken { person, why } => {
                let mut known = sleepers.0.iter();
                if let Some(known) = known.find(|it| it.person == person) {
                    let woken = Snooze {
                        wakes: None,
                        woken: Some((now, why)),
                        ..known.clone()
                    };
                    snoozes::put(tx, &woken)?;
                }
            }
            Event::EndingTakenBack { .. } if is_worked_on(ticket) => put_off_again(tx, ticket)?,
            _ => {}
        }
    }
    Ok(())
}

/// Whoever an end let go waits for it again, where there is still something to wait for.
fn put_off_again(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<(), Error> {
    let history = events::of_ticket(tx, ticket.id)?;
    let due = snoozes::next_owed(tx, ticket.id)?;
    for it in asleep(&history) {
        let snooze = Snooze {
            person: it.person,
            ticket: ticket.id,
            until: it.until,
            began: it.since,
            wakes: wakes_at(it.until, due, it.since),
            woken: None,
        };
        snoozes::put(tx, &snooze)?;
    }
    Ok(())
}

fn begin(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    by: Actor,
    until: Until,
    now: Timestamp,
) -> Result<(), Error> {
    let Actor::Person(person) = by else {
        return Ok(());
    };
    let due = snoozes::next_owed(tx, ticket.id)?;
    let snooze = Snooze {
        person,
        ticket: ticket.id,
        until,
        began: now,
        wakes: wakes_at(until, due, now),
        woken: None,
    };
    Ok(snoozes::put(tx, &snooze)?)
}

/// What is owed on the ticket may be another now: those who sleep wake in time for it.
pub(crate) fn retime(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), Error> {
    let all = snoozes::of_ticket(tx, ticket)?;
    let asleep: Vec<Snooze> = all.into_iter().filter(|it| it.woken.is_none()).collect();
    if asleep.is_empty() {
        return Ok(());
    }
    let due = snoozes::next_owed(tx, ticket)?;
    for it in asleep {
        let wakes = wakes_at(it.until, due, it.began);
        if wakes != it.wakes {
            snoozes::put(tx, &Snooze { wakes, ..it })?;
        }
    }
    Ok(())
}

//! Keeps what is stored of the times a client was asked in line with their tickets.

use kept_domain::duties::{Told, told};
use kept_domain::event::Event;
use kept_domain::tickets::Ticket;
use kept_store::duties::{self, Run};
use kept_store::{Tx, events};

use crate::Error;
use crate::clocks::Look;
use crate::tickets::told_here;

/// To be called whenever something happened to a ticket.
pub(crate) fn refresh(tx: &mut Tx<'_>, ticket: &Ticket, look: &Look) -> Result<(), Error> {
    for (run, told) in both(tx, ticket, look)? {
        if is_other(&run, &told) {
            duties::set_told(tx, &told)?;
        }
    }
    Ok(())
}

/// Where what is stored differs from what the history says, in words.
pub(crate) fn difference(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    look: &Look,
) -> Result<Option<String>, Error> {
    let other = both(tx, ticket, look)?
        .iter()
        .any(|(run, told)| is_other(run, told));
    let id = ticket.id;
    Ok(other.then(|| format!("#{id} tells other duties than are stored; rebuild it")))
}

/// What is stored, and what the ticket says of it. One that is told elsewhere says nothing: there it is told.
fn both(tx: &mut Tx<'_>, ticket: &Ticket, look: &Look) -> Result<Vec<(Run, Told)>, Error> {
    let concerns =
        |event: &Event| matches!(event, Event::DutyAsked { .. } | Event::Absorbed { .. });
    let concerned = look.history.iter().any(|line| concerns(&line.event));
    if !concerned || ticket.merged_into.is_some() {
        return Ok(vec![]);
    }
    let here = told_here(tx, ticket.id)?;
    let runs = duties::of_tickets(tx, &here)?;
    let mut all = vec![];
    for id in here {
        if !runs.iter().any(|run| run.ticket == Some(id)) {
            continue;
        }
        let told = match id == ticket.id {
            true => told(&look.history, &look.obligations),
            false => told(&events::of_ticket(tx, id)?, &look.obligations),
        };
        let of = |it: &Told| runs.iter().find(|run| run.id == it.run).cloned();
        all.extend(told.into_iter().filter_map(|it| Some((of(&it)?, it))));
    }
    Ok(all)
}

fn is_other(run: &Run, told: &Told) -> bool {
    let whole = |at: Option<jiff::Timestamp>| at.map(jiff::Timestamp::as_millisecond);
    (run.state, whole(run.due), whole(run.ended))
        != (told.state, whole(told.due), whole(told.ended))
}

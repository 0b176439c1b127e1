//! `kept ticket`: everything the desk knows, for scripts and for people at a terminal.

use jiff::tz::TimeZone;
use kept_app::config::Given;
use kept_app::domain::ids::TicketId;
use kept_app::store::{lists, tickets};
use kept_app::{Desk, Error, reading};

use super::{everybody, print, print_json, ticket_time, with_existing_desk};
use crate::command_line::TicketTask;
use crate::failure::Failure;
use crate::shown::{ShownTicket, TicketLine};

pub fn run(given: &Given, task: TicketTask) -> Result<(), Failure> {
    match task {
        TicketTask::List { search, json } => list(given, &search.join(" "), json),
        TicketTask::Show { numbers, json } => show(given, &numbers, json),
        TicketTask::Time {
            number,
            log: Some(line),
            agent,
            ..
        } => ticket_time::log(given, TicketId(number), &line, &agent.unwrap_or_default()),
        TicketTask::Time { number, json, .. } => ticket_time::list(given, TicketId(number), json),
    }
}

fn list(given: &Given, search: &str, json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        let found = if search.trim().is_empty() {
            every(&desk).await?
        } else {
            found(&desk, search).await?
        };
        if json {
            return print_json(&found);
        }
        found.iter().try_for_each(|line| print(&line.to_string()))
    })
}

const AT_ONCE: usize = 500;

async fn every(desk: &Desk) -> Result<Vec<TicketLine>, Error> {
    let mut all = Vec::new();
    let mut after = TicketId(0);
    loop {
        let listed = desk
            .store()
            .read(move |tx| {
                let ids = tickets::ids_after(tx, after, AT_ONCE)?;
                lists::by_ids(tx, &ids)
            })
            .await?;
        let Some(last) = listed.last() else {
            return Ok(all);
        };
        after = last.id;
        all.extend(listed.into_iter().map(TicketLine::from));
    }
}

async fn found(desk: &Desk, search: &str) -> Result<Vec<TicketLine>, Error> {
    let found = reading::search(desk, &everybody(), search, TimeZone::system()).await?;
    Ok(found
        .found
        .into_iter()
        .map(|found| TicketLine::from(found.listed.ticket))
        .collect())
}

fn show(given: &Given, numbers: &[i64], json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        for number in numbers {
            let id = TicketId(*number);
            let read = desk
                .store()
                .read(move |tx| reading::conversation_of(tx, id))
                .await?;
            let ticket = ShownTicket::from(&read);
            if json {
                print_json(&ticket)?;
            } else {
                print(&ticket.to_string())?;
            }
        }
        Ok(())
    })
}

//! `kept ticket time`: what was logged on a ticket, and one entry more.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kept_app::config::Given;
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::TicketId;
use kept_app::domain::time_entries::{When, in_words};
use kept_app::store::time_entries::Listed;
use kept_app::time_entries::{self, NewEntry};
use kept_app::{Desk, Error, reading};
use serde::Serialize;

use super::{everybody, print, print_json, with_existing_desk};
use crate::failure::Failure;

#[derive(Serialize)]
struct ShownTime {
    ticket: i64,
    /// Tickets merged into it included.
    total_seconds: i64,
    /// The newest first.
    entries: Vec<ShownEntry>,
}

#[derive(Serialize)]
struct ShownEntry {
    /// The ticket it was logged on.
    ticket: i64,
    /// Its number there.
    entry: u32,
    who: String,
    /// When the work began; null where only its day is known.
    began: Option<Timestamp>,
    day: Option<Date>,
    seconds: u32,
    /// work, call, visit or travel.
    work_type: &'static str,
    text: Option<String>,
    /// The message it came with.
    message: Option<i64>,
    logged_at: Timestamp,
}

impl From<Listed> for ShownEntry {
    fn from(it: Listed) -> Self {
        let details = it.entry.details;
        let (began, day) = match details.when {
            When::Began(at) => (Some(at), None),
            When::On(day) => (None, Some(day)),
        };
        Self {
            ticket: it.ticket.0,
            entry: it.entry.number,
            who: it.name,
            began,
            day,
            seconds: details.spent.seconds(),
            work_type: details.work_type.as_str(),
            text: details.text,
            message: it.entry.message.map(|message| message.0),
            logged_at: it.entry.logged_at,
        }
    }
}

impl std::fmt::Display for ShownEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let spent = in_words(i64::from(self.seconds));
        write!(f, "{spent:14} {:8} {}", self.work_type, self.who)?;
        match (self.began, self.day) {
            (Some(began), _) => write!(f, ", {began:.0}")?,
            (None, Some(day)) => write!(f, ", {day}")?,
            (None, None) => {}
        }
        let text = self.text.as_deref();
        text.map_or(Ok(()), |text| write!(f, ": {text}"))
    }
}

const AT_ONCE: usize = 500;

pub fn list(given: &Given, id: TicketId, json: bool) -> Result<(), Failure> {
    with_existing_desk(given, async |desk| {
        reading::subject(&desk, &everybody(), id).await?;
        let all = all(&desk, id).await?;
        if json {
            return print_json(&all);
        }
        all.entries
            .iter()
            .try_for_each(|entry| print(&entry.to_string()))?;
        print(&format!("{} in all", in_words(all.total_seconds)))
    })
}

async fn all(desk: &Desk, id: TicketId) -> Result<ShownTime, Error> {
    let mut shown = ShownTime {
        ticket: id.0,
        total_seconds: 0,
        entries: vec![],
    };
    loop {
        let skip = shown.entries.len();
        let sheet = time_entries::of_ticket(desk, &everybody(), id, skip, AT_ONCE).await?;
        if sheet.listed.is_empty() {
            return Ok(shown);
        }
        shown.total_seconds = sheet.total_seconds;
        shown
            .entries
            .extend(sheet.listed.into_iter().map(ShownEntry::from));
    }
}

pub fn log(given: &Given, id: TicketId, line: &str, address: &str) -> Result<(), Failure> {
    let new = NewEntry::of_line(line)?;
    let spent = new.spent;
    with_existing_desk(given, async |desk| {
        let agent = agent(&desk, address).await?;
        let zone = TimeZone::system();
        let (on, entry) = time_entries::log(&desk, &agent, id, new, zone).await?;
        print(&format!(
            "Logged {spent} on #{on} as {} (entry {entry}).",
            agent.name
        ))
    })
}

/// Whoever works here under this address.
async fn agent(desk: &Desk, address: &str) -> Result<Viewer, Error> {
    let all = reading::agents(desk, &everybody()).await?;
    let found = all
        .into_iter()
        .find(|it| !it.has_left && it.address.eq_ignore_ascii_case(address));
    let found = found.and_then(|it| {
        Some(Viewer {
            person: it.id,
            name: it.name,
            role: it.role?,
        })
    });
    found.ok_or_else(|| Error::not_found(format!("agent with {address}")))
}

//! Headings of a view: tickets that follow each other and share what they are grouped by stand under one.

use kept_app::domain::tickets::Status;
use kept_app::domain::views::Grouping;
use kept_app::reading::Listed;

use crate::inbox::listed::turn;
use crate::parts::Clock;

/// What stands above this ticket; the same for all that belong together.
pub(super) fn heading(grouping: Grouping, listed: &Listed, clock: &Clock) -> String {
    let ticket = &listed.ticket;
    match grouping {
        Grouping::None => String::new(),
        Grouping::Turn => turn(ticket, clock).word,
        Grouping::Client => {
            let none = || "No client".to_owned();
            ticket.client.clone().unwrap_or_else(none)
        }
        Grouping::Agent => ticket.responsible_name.clone(),
        Grouping::Status => status(ticket.status).to_owned(),
        Grouping::Priority => capital(ticket.priority.as_str()),
        Grouping::Kind => capital(ticket.kind.as_str()),
        Grouping::Queue => ticket.queue.clone(),
        Grouping::DueDay => match ticket.due {
            Some(due) if due.at < clock.now => "Late".to_owned(),
            Some(due) => clock.day(due.at),
            None => "Nothing due".to_owned(),
        },
        Grouping::OpenedDay => clock.day(ticket.opened_at),
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::New => "New",
        Status::Open => "Open",
        Status::Waiting => "Waiting",
        Status::Parked => "Parked",
        Status::Resolved => "Resolved",
        Status::Closed => "Closed",
    }
}

/// One of our own words with a capital.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

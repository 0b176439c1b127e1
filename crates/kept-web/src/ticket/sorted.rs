//! The way back from how a ticket was sorted: its address, and the word when it is as it was.

use axum::response::Response;
use kept_app::domain::event::Event;
use kept_app::domain::ids::{EventId, PersonId, TicketId};
use kept_app::{Error, reading, tickets};

use super::routes::refused;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::{done, done_with_undo};
use crate::web::Web;

/// To the page `to`, which says what was done and, when a line of the ticket's history tells it, offers the way back.
pub(super) fn told(to: &str, says: &str, id: TicketId, line: Option<EventId>) -> Response {
    match line {
        Some(line) => done_with_undo(to, says, format!("/undo/sorted-{id}-{}", line.0)),
        None => done(to, says),
    }
}

/// Puts it back and says so on the ticket, or why it stays as it is.
pub(crate) async fn put_back(
    web: &Web,
    posted: &Posted,
    id: TicketId,
    line: EventId,
) -> Result<Response, Failure> {
    match tickets::put_back(&web.desk, &posted.who.viewer, id, line).await {
        Ok(back) => {
            let says = says(web, posted, back.as_ref()).await?;
            Ok(done(&posted.who.page_of(id), says))
        }
        Err(error) => refused(web, &posted.who, id, error).await,
    }
}

async fn says(web: &Web, posted: &Posted, back: Option<&Event>) -> Result<String, Error> {
    Ok(match back {
        None => "It is as it was before already.".to_owned(),
        Some(Event::Assigned { to, .. }) => {
            format!("{} is responsible again.", name(web, posted, *to).await?)
        }
        Some(back) => words(back),
    })
}

async fn name(web: &Web, posted: &Posted, person: PersonId) -> Result<String, Error> {
    let agents = reading::agents(&web.desk, &posted.who.viewer).await?;
    let known = agents.into_iter().find(|agent| agent.id == person);
    Ok(known.map_or_else(|| "Who had it".to_owned(), |agent| agent.name))
}

fn words(back: &Event) -> String {
    match back {
        Event::DelegationWithdrawn { .. } => "Nobody is asked to take it any more.".to_owned(),
        Event::QueueChanged { .. } => "It is in the queue it was in before.".to_owned(),
        Event::PriorityChanged { to, .. } => format!("The priority is {} again.", to.as_str()),
        Event::KindChanged { to, .. } => format!("Its kind is {} again.", to.as_str()),
        Event::SubjectChanged { to, .. } => format!("It is called “{to}” again."),
        Event::TagAdded { tag } => format!("The tag {tag} is back."),
        Event::TagRemoved { tag } => format!("The tag {tag} is off again."),
        _ => "It is as it was before.".to_owned(),
    }
}

//! `POST /tickets/{number}/watchers` and the way back: the reader watches a ticket, or asks a colleague to.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::watching as commands;
use kept_app::{Error, reading};

use super::routes::refused;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::done_with_undo;
use crate::web::Web;

/// `POST /tickets/{number}/watchers`, with `person` when it is a colleague.
pub(crate) async fn watch(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let viewer = &posted.who.viewer;
    let person = match posted.fields.get("person") {
        "" => viewer.person,
        _ => PersonId(posted.fields.number("person").unwrap_or_default()),
    };
    if let Err(error) = commands::watch(&web.desk, viewer, id, person).await {
        return refused(&web, &posted.who, id, error).await;
    }
    let says = match person == viewer.person {
        true => "You are told what is said here, and how it ends.".to_owned(),
        false => format!("{} is asked to watch.", name(&web, &posted, person).await?),
    };
    let undo = format!("/undo/watched-{id}-{person}");
    Ok(done_with_undo(&posted.who.page_of(id), says, undo))
}

/// `POST /tickets/{number}/watchers/{person}/removal`
pub(crate) async fn unwatch(
    State(web): State<Web>,
    Path((number, person)): Path<(i64, i64)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, person) = (TicketId(number), PersonId(person));
    let viewer = &posted.who.viewer;
    if let Err(error) = commands::unwatch(&web.desk, viewer, id, person).await {
        return refused(&web, &posted.who, id, error).await;
    }
    let says = match person == viewer.person {
        true => "You do not watch this any more.".to_owned(),
        false => {
            let name = name(&web, &posted, person).await?;
            format!("{name} does not watch this any more.")
        }
    };
    let undo = format!("/undo/unwatched-{id}-{person}");
    Ok(done_with_undo(&posted.who.page_of(id), says, undo))
}

async fn name(web: &Web, posted: &Posted, person: PersonId) -> Result<String, Error> {
    let agents = reading::agents(&web.desk, &posted.who.viewer).await?;
    let found = agents.into_iter().find(|agent| agent.id == person);
    Ok(found.map_or_else(|| "A colleague".to_owned(), |agent| agent.name))
}

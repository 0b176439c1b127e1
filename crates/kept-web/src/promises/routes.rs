//! `GET /promises` and what is posted about promises.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::domain::clocks::Side;
use kept_app::domain::ids::{MessageId, PersonId, PromiseId, TicketId};
use kept_app::{Error, promises, reading};

use super::form;
use super::views::{self, Lists};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Section;
use crate::parts::Choice;
use crate::respond::{done, show};
use crate::session::SignedIn;
use crate::ticket::routes::refused;
use crate::web::Web;

/// `GET /promises`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let listed = promises::owed(&web.desk, &who.viewer).await?;
    let mut lists = Lists::default();
    for it in &listed {
        let promise = &it.promise;
        let list = match promise.side {
            Side::Client => &mut lists.clients,
            Side::Desk if promise.promiser == who.viewer.person => &mut lists.mine,
            Side::Desk => &mut lists.others,
        };
        list.push(views::shown(it));
    }
    let agents = agents(&web, &who).await?;
    let mut shell = who.shell(&web, "Promises", Section::Promises).await?;
    shell.live = Some("tickets".to_owned());
    let content = views::page(&lists, &agents, &shell);
    Ok(show(&shell, content))
}

/// Whom a promise can be handed to.
async fn agents(web: &Web, who: &SignedIn) -> Result<Vec<Choice>, Failure> {
    let all = reading::agents(&web.desk, &who.viewer).await?;
    let here = all.into_iter().filter(|agent| !agent.has_left);
    Ok(here
        .map(|agent| Choice::new(agent.id.to_string(), agent.name))
        .collect())
}

/// `POST /tickets/{number}/promises`, with `what`, `due` (and `at`), whose it is as `side`, and the `message` that gives it, if one does
pub(crate) async fn make(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let clock = posted.who.shell(&web, "", Section::Elsewhere).await?.clock;
    let made = match form::read(&posted.fields, &clock) {
        Ok(new) if posted.fields.get("side") == "client" => {
            promises::make_for_client(&web.desk, &posted.who.viewer, id, new).await
        }
        Ok(new) => promises::make(&web.desk, &posted.who.viewer, id, new).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(_) => Ok(done(&posted.who.page_of(id), "Promised.")),
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

/// `POST /promises/{id}/keeping`
pub(crate) async fn keep(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let ticket = promises::keep(&web.desk, &posted.who.viewer, PromiseId(id)).await?;
    Ok(done(&back(&posted.who, ticket), "Kept."))
}

fn back(who: &SignedIn, ticket: TicketId) -> String {
    match who.came_from() {
        Some("/promises") => "/promises".to_owned(),
        _ => who.page_of(ticket),
    }
}

/// `POST /promises/{id}/time`, with `due` (and `at`) and the `words` that say so to whoever was promised
pub(crate) async fn move_to(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let clock = posted.who.clock(&web).await?;
    let due = form::read_time(&posted.fields, &clock)?;
    let words = posted.fields.get("words").replace("\r\n", "\n");
    let viewer = &posted.who.viewer;
    let moved = promises::move_to(&web.desk, viewer, PromiseId(id), due, &words).await;
    let (ticket, message) = moved.map_err(|error| lead_back(&posted.who, error))?;
    let page = posted.who.page_of(ticket);
    let says = "Moved; your reply says so.";
    Ok(done(&format!("{page}#message-{message}"), says))
}

/// `POST /promises/{id}/promiser`, with whom it goes `to`
pub(crate) async fn hand_over(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let to = posted.fields.number("to").map(PersonId);
    let to = to.ok_or_else(|| Error::invalid("to", "Choose who keeps it"))?;
    let handed = promises::hand_over(&web.desk, &posted.who.viewer, PromiseId(id), to).await;
    let ticket = handed.map_err(|error| lead_back(&posted.who, error))?;
    Ok(done(&back(&posted.who, ticket), "Handed over."))
}

fn lead_back(who: &SignedIn, error: Error) -> Failure {
    let from = who.came_from().unwrap_or("/promises").to_owned();
    Failure::from(error).back_to(from, "Back")
}

/// `POST /tickets/{number}/promises/dismissal`, with the `message` that makes no promise
pub(crate) async fn dismiss(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let message = posted.fields.number("message").map(MessageId);
    let message = message.ok_or_else(|| Error::not_found("message"))?;
    promises::dismiss(&web.desk, &posted.who.viewer, id, message).await?;
    Ok(Redirect::to(&posted.who.page_of(id)).into_response())
}

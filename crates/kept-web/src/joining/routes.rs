//! `/people/{id}/merge` and `/clients/{id}/merge`: which card, what comes together, and the act.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::cards::CardOf;
use kept_app::domain::ids::{ClientId, PersonId};
use kept_app::people::{alike, merge, part, preview};
use serde::Deserialize;

use super::views::{self, Choice, Finding};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Section;
use crate::respond::{done, done_with_undo, show};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
    with: Option<i64>,
}

/// The page of a card.
pub(crate) fn page_of(card: CardOf) -> String {
    match card {
        CardOf::Person(id) => format!("/people/{id}"),
        CardOf::Client(id) => format!("/clients/{id}"),
        CardOf::Asset(id) => format!("/inventory/{id}"),
    }
}

fn section(card: CardOf) -> Section {
    match card {
        CardOf::Client(_) => Section::Clients,
        _ => Section::People,
    }
}

/// `GET /people/{id}/merge`
pub(crate) async fn person(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let other = wish.with.map(|id| CardOf::Person(PersonId(id)));
    choose(&web, &who, (CardOf::Person(PersonId(id)), other), wish.q).await
}

/// `GET /clients/{id}/merge`
pub(crate) async fn client(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let other = wish.with.map(|id| CardOf::Client(ClientId(id)));
    choose(&web, &who, (CardOf::Client(ClientId(id)), other), wish.q).await
}

async fn choose(
    web: &Web,
    who: &SignedIn,
    (stays, other): (CardOf, Option<CardOf>),
    typed: String,
) -> Result<Response, Failure> {
    let here = page_of(stays);
    let back = |error: kept_app::Error| {
        Failure::from(error).back_to(page_of(stays), "Look at it as it is now")
    };
    let Some(other) = other else {
        let (name, found) = alike(&web.desk, &who.viewer, stays, typed.clone())
            .await
            .map_err(back)?;
        let found = found.into_iter().map(|it| Choice {
            number: it.card.number(),
            name: it.name,
            beside: it.beside,
        });
        let page = Finding {
            here,
            name,
            typed,
            found: found.collect(),
        };
        let shell = who.shell(web, "Merge with…", section(stays)).await?;
        return Ok(show(&shell, views::find(&page)));
    };
    let it = preview(&web.desk, &who.viewer, other, stays)
        .await
        .map_err(back)?;
    let shell = who.shell(web, "Merge two cards", section(stays)).await?;
    let markup = views::preview(&it, &here, &page_of(other), &shell);
    Ok(show(&shell, markup))
}

/// `POST /people/{id}/merges`, with `with`: that card is told as this one.
pub(crate) async fn merge_person(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let other = posted.fields.number("with").unwrap_or_default();
    let (goes, stays) = (PersonId(other), PersonId(id));
    join(&web, &posted, CardOf::Person(goes), CardOf::Person(stays)).await
}

/// `POST /clients/{id}/merges`, the same.
pub(crate) async fn merge_client(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let other = posted.fields.number("with").unwrap_or_default();
    let (goes, stays) = (ClientId(other), ClientId(id));
    join(&web, &posted, CardOf::Client(goes), CardOf::Client(stays)).await
}

async fn join(
    web: &Web,
    posted: &Posted,
    goes: CardOf,
    stays: CardOf,
) -> Result<Response, Failure> {
    let here = page_of(stays);
    let id = merge(&web.desk, &posted.who.viewer, goes, stays)
        .await
        .map_err(|error| Failure::from(error).back_to(&here, "Look at it as it is now"))?;
    let undo = format!("/undo/joined-{id}");
    Ok(done_with_undo(&here, "The two cards are one.", undo))
}

/// `POST /undo/joined-{id}`
pub(crate) async fn undo(web: &Web, who: &SignedIn, id: i64) -> Result<Response, Failure> {
    let back = who.came_from().unwrap_or("/people").to_owned();
    let card = part(&web.desk, &who.viewer, id)
        .await
        .map_err(|error| Failure::from(error).back_to(back, "Look at it as it is now"))?;
    Ok(done(&page_of(card), "This card stands by itself again."))
}

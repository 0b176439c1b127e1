//! `GET /search/goals?q=`: tickets, clients and people for the palette, as the options of its list; with `places=yes`
//! the places of the desk instead.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use kept_app::domain::access::Viewer;
use kept_app::reading::{self, Goals};
use kept_app::store::search::Called;
use maud::{Markup, html};
use serde::Deserialize;

use super::places;
use crate::errors::Failure;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
    #[serde(default)]
    places: String,
}

pub(crate) async fn goals(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    if wish.places == "yes" {
        return Ok(all_places(&who.viewer).into_response());
    }
    let zone = who.clock(&web).await?.zone;
    let goals = reading::goals(&web.desk, &who.viewer, &wish.q, zone).await?;
    Ok(list(&goals).into_response())
}

/// The palette's script goes to `data-href` and gives the lines their places in its list.
fn list(goals: &Goals) -> Markup {
    html! {
        @for it in &goals.tickets {
            @let from = it.client.as_deref().or(it.requester.as_deref());
            (line(&format!("/tickets/{}", it.id), &it.subject, &format!("#{}", it.id), from))
        }
        @for it in &goals.called {
            @match it {
                Called::Client(id, name) => (line(&format!("/clients/{id}"), name, "client", None)),
                Called::Person(id, name, client) => (line(&format!("/people/{id}"), name, "person", client.as_deref())),
            }
        }
    }
}

/// The script finds a place by its other words, too, and shows its keys.
fn all_places(viewer: &Viewer) -> Markup {
    html! {
        @for it in places::seen_by(viewer) {
            li role="option" data-href=(it.path) data-also=(it.also) data-keys=[it.keys()] { span { (it.name) } small { "place" } }
        }
    }
}

fn line(href: &str, says: &str, kind: &str, beside: Option<&str>) -> Markup {
    html! {
        li role="option" data-href=(href) {
            span { (says) }
            small { @if let Some(beside) = beside { (beside) " · " } (kind) }
        }
    }
}

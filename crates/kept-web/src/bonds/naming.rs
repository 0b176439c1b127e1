//! The field that names another ticket, by its number or by words: it offers tickets while somebody types.
//! `GET /tickets/{number}/links/goals?q=` gives what it offers, as the options of its list.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use kept_app::bonds as commands;
use kept_app::domain::ids::TicketId;
use kept_app::store::lists::ListedTicket;
use maud::{Markup, html};
use serde::Deserialize;

use crate::errors::Failure;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    q: String,
}

pub(crate) async fn goals(
    State(web): State<Web>,
    who: SignedIn,
    Path(number): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let zone = who.clock(&web).await?.zone;
    let id = TicketId(number);
    let meant = commands::meant(&web.desk, &who.viewer, id, wish.q.trim(), zone).await?;
    Ok(list(&meant.found).into_response())
}

/// The box's script puts the number into the field.
fn list(found: &[ListedTicket]) -> Markup {
    html! {
        @for (at, it) in found.iter().enumerate() {
            @let number = format!("#{}", it.id);
            @let whose = it.client.as_deref().or(it.requester.as_deref());
            li id={ "goal-" (at) } role="option" data-search=(number) data-caret=(number.len()) {
                span { (it.subject) }
                small { (number) @if let Some(whose) = whose { " · " (whose) } }
            }
        }
    }
}

/// `field` with what it offers about a ticket other than `number`; without scripts it is the field alone. The field names its list
/// by `aria-controls`, as the list is called `id`.
pub(crate) fn offering(number: u64, id: &str, field: Markup) -> Markup {
    html! {
        search-box.names-ticket data-from={ "/tickets/" (number) "/links/goals" } {
            (field)
            ul.find-offers id=(id) role="listbox" aria-label="Tickets that may be meant" hidden {}
        }
    }
}

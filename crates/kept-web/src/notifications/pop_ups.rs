//! What a computer of the reader's shows by itself, as JSON for the script that asks.

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use kept_app::notifications::{self, Told};
use serde::{Deserialize, Serialize};

use crate::errors::Failure;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    after: Option<i64>,
}

#[derive(Serialize)]
struct PopUps {
    /// What to ask after next time.
    last: i64,
    notices: Vec<PopUp>,
}

#[derive(Serialize)]
struct PopUp {
    id: i64,
    title: String,
    says: String,
}

/// `GET /notifications/pop-ups`, with `after` for what was told after that number
pub(crate) async fn list(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let found = notifications::pop_ups(&web.desk, &who.viewer, wish.after).await?;
    let answer = PopUps {
        last: found.last,
        notices: found.told.iter().map(pop_up).collect(),
    };
    Ok(Json(answer).into_response())
}

fn pop_up(told: &Told) -> PopUp {
    PopUp {
        id: told.notification.id,
        title: told.notification.words.clone(),
        says: format!("#{} {}", told.ticket.id, told.ticket.subject),
    }
}

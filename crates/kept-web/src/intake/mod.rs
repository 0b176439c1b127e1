//! `POST /intake/mail`: raw mail from a program that has the token. It answers only when the mail is durable.

use axum::body::{Body, to_bytes};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kept_app::intake::{Envelope, Taken, Via, take_in};
use serde::Deserialize;

use crate::errors::Failure;
use crate::health::has_token;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Recipient {
    to: Option<String>,
}

/// Takes one mail in. `?to=` is the address it was sent to, when the caller knows.
pub(crate) async fn mail(
    State(web): State<Web>,
    Query(recipient): Query<Recipient>,
    request: Request,
) -> Result<Response, Failure> {
    if web.desk.config().intake_token.is_none() {
        return Err(Failure::Nowhere);
    }
    if !has_token(&web, request.headers()) {
        return Err(Failure::Unknown);
    }
    let most = web.desk.config().largest_mail_bytes;
    must_fit(request.headers(), most)?;
    let raw = all_of(request.into_body(), most).await?;
    let envelope = Envelope {
        from: None,
        to: recipient.to.into_iter().collect(),
        via: Via::Http,
    };
    let taken = take_in(&web.desk, raw, envelope).await?;
    let answer = said(taken);
    Ok((
        StatusCode::OK,
        [(header::CONTENT_TYPE, "application/json")],
        answer.to_string(),
    )
        .into_response())
}

/// Refuses by what the caller says, before a byte is read.
fn must_fit(headers: &HeaderMap, most: usize) -> Result<(), Failure> {
    let said = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    match said {
        Some(bytes) if bytes > most => Err(Failure::TooLarge),
        _ => Ok(()),
    }
}

async fn all_of(body: Body, most: usize) -> Result<bytes::Bytes, Failure> {
    to_bytes(body, most).await.map_err(|error| {
        let too_large = std::error::Error::source(&error)
            .is_some_and(|source| source.to_string().contains("length limit"));
        if too_large {
            Failure::TooLarge
        } else {
            Failure::Unreadable("The mail broke off on its way here. Send it again.".into())
        }
    })
}

fn said(taken: Taken) -> serde_json::Value {
    match taken {
        Taken::Opened(ticket) => serde_json::json!({ "taken": "opened", "ticket": ticket }),
        Taken::Joined(ticket) => serde_json::json!({ "taken": "joined", "ticket": ticket }),
        Taken::Unsorted(_) => serde_json::json!({ "taken": "unsorted" }),
        Taken::Duplicate => serde_json::json!({ "taken": "duplicate" }),
    }
}

//! For those who watch the server: is it alive, can it work, what has it counted.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use kept_app::mailboxes::imap;
use kept_app::{reading, sign_in};

use crate::errors::Failure;
use crate::serving::{Peer, rendered_metrics};
use crate::web::Web;

/// `GET /healthz`: this process answers. It asks nothing of the database, so that a slow one never has it killed.
pub(crate) async fn alive() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers too.
pub(crate) async fn ready(State(web): State<Web>) -> Result<&'static str, Failure> {
    reading::totals(&web.desk).await?;
    Ok("ready")
}

/// `GET /metrics`: for this machine, and for whoever has the intake token.
pub(crate) async fn metrics(
    State(web): State<Web>,
    Peer(from): Peer,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if !from.is_loopback() && !has_token(&web, &headers) {
        return Err(Failure::Unknown);
    }
    let totals = reading::totals(&web.desk).await?;
    let gauges = [
        ("kept_open_tickets", totals.open),
        ("kept_unsorted_mails", totals.unsorted),
        ("kept_outgoing_queued", totals.queued),
        ("kept_outgoing_failed", totals.failed),
    ];
    for (name, value) in gauges {
        // Prometheus has one kind of number.
        metrics::gauge!(name).set(value as f64);
    }
    count_mailboxes(&web).await?;
    let kind = [(
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    )];
    Ok((kind, rendered_metrics()).into_response())
}

/// How each mailbox does; times are seconds since 1970, 0 for never.
async fn count_mailboxes(web: &Web) -> Result<(), Failure> {
    for shown in imap::shown(&web.desk).await? {
        let (mailbox, health) = (&shown.mailbox, &shown.mailbox.health);
        let label = [("mailbox", mailbox.id.to_string())];
        let seconds = |at: Option<jiff::Timestamp>| at.map_or(0, |at| at.as_second()) as f64;
        metrics::gauge!("kept_mailbox_last_mail_timestamp_seconds", &label)
            .set(seconds(health.received_at));
        metrics::gauge!("kept_mailbox_last_check_timestamp_seconds", &label)
            .set(seconds(health.checked_at));
        let is_failing = mailbox.is_on && health.trouble.is_some();
        metrics::gauge!("kept_mailbox_failing", &label).set(f64::from(u8::from(is_failing)));
        metrics::gauge!("kept_mailbox_waiting_mails", &label).set(shown.waiting as f64);
    }
    Ok(())
}

/// Whether the request carries the token for programs.
pub(crate) fn has_token(web: &Web, headers: &HeaderMap) -> bool {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer "));
    let right = web.desk.config().intake_token.as_deref();
    given
        .zip(right)
        .is_some_and(|(given, right)| sign_in::is_same_secret(given.trim(), right))
}

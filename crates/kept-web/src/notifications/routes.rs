//! `/notifications`: what the reader was told; `/you/notifications`: how they want to hear.

use axum::extract::{Query, State};
use axum::response::Response;
use kept_app::domain::notifications::{How, Kind};
use kept_app::notifications;
use serde::Deserialize;

use super::views::{self, Notice, NoticesPage};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Section;
use crate::numbers::count;
use crate::respond::{done, show};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct From {
    before: Option<i64>,
}

/// `GET /notifications`, with `before` for the next page
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(from): Query<From>,
) -> Result<Response, Failure> {
    let (told, next) = notifications::told(&web.desk, &who.viewer, from.before).await?;
    let page = NoticesPage {
        last: told.first().map(|it| it.notification.id),
        any_new: told.iter().any(|it| it.notification.seen_at.is_none()),
        notices: told
            .iter()
            .map(|it| Notice {
                number: count(it.ticket.id.0),
                subject: it.ticket.subject.clone(),
                words: it.notification.words.clone(),
                at: it.notification.at,
                is_new: it.notification.seen_at.is_none(),
            })
            .collect(),
        next: next.map(|before| format!("/notifications?before={before}")),
    };
    let mut shell = who.shell(&web, "Notices", Section::Elsewhere).await?;
    shell.live = Some(notifications::topic(who.viewer.person));
    Ok(show(&shell, views::notices(&page, &shell)))
}

/// `POST /notifications/seen`, with `last`
pub(crate) async fn seen(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let last = posted.fields.get("last").parse().unwrap_or(0);
    notifications::see(&web.desk, &posted.who.viewer, last).await?;
    Ok(done("/notifications", "All read."))
}

/// `POST /you/notifications`, with a way for each kind
pub(crate) async fn choose(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let chosen = Kind::ALL.into_iter().filter_map(|kind| {
        let how = How::from_text(posted.fields.get(kind.as_str()))?;
        Some((kind, how))
    });
    notifications::choose(&web.desk, &posted.who.viewer, chosen.collect()).await?;
    Ok(done("/you", "Saved."))
}

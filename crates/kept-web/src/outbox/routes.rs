//! The list of mail on its way out, one mail, and trying again.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::ids::OutgoingId;
use kept_app::reading::{self, Tally};
use kept_app::sender;
use kept_app::store::outgoing::State as Standing;
use serde::Deserialize;

use super::show::{detail, listed};
use super::views::{self, OutboxPage};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Section;
use crate::numbers::count;
use crate::parts::Tab;
use crate::respond::{done, show};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    state: String,
    before: Option<i64>,
}

/// `GET /outbox`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let tally = reading::tally(&web.desk, who.viewer.person).await?;
    let state = Standing::from_text(&wish.state).unwrap_or_else(|| most_pressing(&tally));
    let (mails, next) =
        reading::outbox(&web.desk, &who.viewer, state, wish.before.map(OutgoingId)).await?;
    let asked: Vec<_> = mails.iter().collect();
    let tries = reading::next_tries(&web.desk, &who.viewer, &asked).await?;
    let mut shell = who.shell(&web, "Outbox", Section::Outbox).await?;
    shell.live = Some("outbox".to_owned());
    let page = OutboxPage {
        tabs: tabs(state, &tally),
        mails: mails.iter().map(|mail| listed(mail, &tries)).collect(),
        older: next.map(|next| format!("/outbox?state={}&before={next}", state.as_str())),
    };
    Ok(show(&shell, views::outbox(&page, &shell)))
}

/// What failed comes first, then what waits; else what went out.
fn most_pressing(tally: &Tally) -> Standing {
    match (tally.failed, tally.queued) {
        (1.., _) => Standing::Failed,
        (_, 1..) => Standing::Queued,
        _ => Standing::Sent,
    }
}

fn tabs(chosen: Standing, tally: &Tally) -> Vec<Tab> {
    let tab = |state: Standing| {
        let (words, number) = match state {
            Standing::Queued => ("Waiting", tally.queued),
            Standing::Failed => ("Not delivered", tally.failed),
            Standing::Sent => ("Sent", 0),
            Standing::Withdrawn => ("Taken back", 0),
        };
        Tab {
            href: format!("/outbox?state={}", state.as_str()),
            words: words.to_owned(),
            count: count(number),
            chosen: state == chosen,
        }
    };
    Standing::ALL.into_iter().map(tab).collect()
}

/// `GET /outbox/{id}`
pub(crate) async fn mail(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let found = reading::outgoing(&web.desk, &who.viewer, OutgoingId(id)).await?;
    let tries = reading::next_tries(&web.desk, &who.viewer, &[&found.row]).await?;
    let mut shell = who
        .shell(&web, found.row.subject.clone(), Section::Outbox)
        .await?;
    shell.live = Some("outbox".to_owned());
    Ok(show(
        &shell,
        views::outgoing(&detail(&found, &tries), &shell),
    ))
}

/// `POST /outbox/{id}/retry`
pub(crate) async fn retry(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let address = format!("/outbox/{id}");
    let again = sender::retry(&web.desk, &posted.who.viewer, OutgoingId(id)).await;
    again.map_err(|e| Failure::from(e).back_to(&*address, "Look at this mail"))?;
    Ok(done(&address, "It is tried again now."))
}

//! What a client's manager sees by a private link: their scorecard, and what was missed on either side. No agent's name.

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use kept_app::domain::scorecards::Period;
use kept_app::scorecards;
use maud::html;

use super::choice::Wish;
use super::{lists, views};
use crate::errors::Failure;
use crate::layout::front;
use crate::parts::{Clock, Tab, tabs};
use crate::private::{refused, unseen};
use crate::serving::Peer;
use crate::session::theme_of;
use crate::web::Web;

const PERIODS: [(Period, &str); 4] = [
    (Period::ThisMonth, "This month"),
    (Period::LastMonth, "Last month"),
    (Period::Quarter, "This quarter"),
    (Period::Year, "This year"),
];

/// `GET /scorecard/{token}`
pub(crate) async fn page(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let period = Period::read(&wish.period, "", "").unwrap_or(Period::ThisMonth);
    let shared = scorecards::shared(&web.desk, &token, &from.to_string(), period).await;
    let shared = shared.map_err(refused)?;
    let clock = Clock {
        now: web.desk.now(),
        zone: shared.scorecard.zone.clone(),
    };
    let tab = |(offered, words): (Period, &str)| Tab {
        href: format!("/scorecard/{token}?period={}", offered.as_str()),
        words: words.to_owned(),
        count: 0,
        chosen: offered == period,
    };
    let card = html! {
        h1 { "What we owed each other" }
        (tabs("Periods", &PERIODS.map(tab)))
        (views::card(&shared.scorecard, None))
        @if !shared.missed.is_empty() {
            section.score-missed { h2 { "What was missed" } (lists::obligations(&shared.missed, false, &clock)) }
        }
    };
    let page = front("Scorecard", theme_of(&headers), card);
    Ok(unseen(&web, page))
}

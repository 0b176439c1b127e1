//! `/promises/calendar`: a month of promises as a grid, on a phone as a list of its days; and the feed for programs.

use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use kept_app::promises;
use maud::{Markup, html};
use serde::Deserialize;

use super::views::{self, Promised};
use crate::errors::Failure;
use crate::layout::{Section, Shell};
use crate::parts::{Icon, icon};
use crate::private::{refused, unseen};
use crate::respond::show;
use crate::serving::Peer;
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    /// `2026-11`
    month: Option<String>,
}

/// One day with what is due on it.
#[derive(Debug, Clone)]
pub struct Day {
    pub date: Date,
    pub in_month: bool,
    pub is_today: bool,
    pub due: Vec<Promised>,
}

/// `GET /promises/calendar`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let mut shell = who.shell(&web, "Calendar", Section::Promises).await?;
    shell.live = Some("tickets".to_owned());
    let today = shell.clock.now.to_zoned(shell.clock.zone.clone()).date();
    let first = wish
        .month
        .and_then(|text| format!("{text}-01").parse().ok());
    let first: Date = first.unwrap_or(today).first_of_month();
    let days = grid(first).ok_or(Failure::Nowhere)?;
    let zone = &shell.clock.zone;
    let (from, until) = (instant(days[0], zone)?, instant(after(&days)?, zone)?);
    let listed = promises::month(&web.desk, &who.viewer, from, until).await?;
    let all: Vec<Promised> = listed.iter().map(views::shown).collect();
    let shown = days.into_iter().map(|date| Day {
        date,
        in_month: date.month() == first.month(),
        is_today: date == today,
        due: all
            .iter()
            .filter(|it| it.due.to_zoned(zone.clone()).date() == date)
            .cloned()
            .collect(),
    });
    let shown: Vec<Day> = shown.collect();
    Ok(show(&shell, month(first, &shown, &shell)))
}

/// The days from the Monday on or before the first until the Sunday on or after the last.
fn grid(first: Date) -> Option<Vec<Date>> {
    let lead = first.weekday().since(Weekday::Monday);
    let begin = first.checked_sub(i32::from(lead).days()).ok()?;
    let last = first.last_of_month();
    let mut days = vec![];
    let mut day = begin;
    while day <= last || day.weekday() != Weekday::Monday {
        days.push(day);
        day = day.tomorrow().ok()?;
    }
    Some(days)
}

fn after(days: &[Date]) -> Result<Date, Failure> {
    let last = days.last().and_then(|last| last.tomorrow().ok());
    last.ok_or(Failure::Nowhere)
}

fn instant(day: Date, zone: &TimeZone) -> Result<Timestamp, Failure> {
    let there = day.to_zoned(zone.clone()).map_err(|_| Failure::Nowhere)?;
    Ok(there.timestamp())
}

/// The content of the page.
pub fn month(first: Date, days: &[Day], shell: &Shell) -> Markup {
    let other = |months: i64| {
        let there = first.checked_add(months.months()).ok();
        there.map(|there| format!("/promises/calendar?month={}", there.strftime("%Y-%m")))
    };
    html! {
        div.card-page.calendar-page {
            header.page-head.card-head {
                div { h1 { (first.strftime("%B %Y").to_string()) } p.says { "Promises of both sides, by the day they are due." } }
                div.page-acts {
                    @if let Some(href) = other(-1) { a.btn href=(href) aria-label="The month before" { (icon(Icon::Back)) } }
                    a.btn href="/promises/calendar" { "This month" }
                    @if let Some(href) = other(1) { a.btn href=(href) aria-label="The month after" { (icon(Icon::Chevron)) } }
                    a.btn href="/promises" { "As a list" }
                }
            }
            div.weekdays aria-hidden="true" { @for name in ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] { span { (name) } } }
            ol.promise-month { @for day in days { (one(day, shell)) } }
            p.says.pad { "To have yours in your own calendar, make an address under " a href="/you#calendar" { "You" } "." }
        }
    }
}

fn one(day: &Day, shell: &Shell) -> Markup {
    html! {
        li.promise-day.is-outside[!day.in_month].is-empty[day.due.is_empty()] aria-current=[day.is_today.then_some("date")] {
            h2 { span.day-name { (day.date.strftime("%A, ").to_string()) } (day.date.day()) span.day-name { (day.date.strftime(" %B").to_string()) } }
            ul { @for it in &day.due {
                @let (class, mark, words) = views::sign(it.state);
                li class=(class) {
                    a href={ "/tickets/" (it.number) } title={ (words) ": " (it.who) ", #" (it.number) } {
                        (icon(mark)) time { (it.due.to_zoned(shell.clock.zone.clone()).strftime("%H:%M").to_string()) }
                        span { (it.what) @if it.by_client { span.dim { " · client" } } }
                    }
                }
            } }
        }
    }
}

/// `GET /calendar/{token}`: the token, `.ics` after it or not
pub(crate) async fn feed(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
) -> Result<Response, Failure> {
    let token = token.strip_suffix(".ics").unwrap_or(&token);
    let feed = promises::feed(&web.desk, token, &from.to_string()).await;
    let text = feed.map_err(refused)?.text;
    let kind = [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")];
    Ok(unseen(&web, (kind, text).into_response()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_whole_weeks() {
        for (first, from, days) in [
            (date(2026, 11, 1), date(2026, 10, 26), 42),
            (date(2026, 2, 1), date(2026, 1, 26), 35),
            (date(2027, 2, 1), date(2027, 2, 1), 28),
        ] {
            let grid = grid(first).expect("a month");
            assert_eq!((grid[0], grid.len()), (from, days), "{first}");
        }
    }
}

//! The tickets behind a figure: as a list to read and as a file.

use jiff::Timestamp;
use kept_app::domain::clocks::Side;
use kept_app::domain::scorecards::Fate;
use kept_app::scorecards::MOST_SHOWN;
use kept_app::store::scorecards::{Behind, Held};
use maud::{Markup, html};

use super::choice::{Wish, query};
use super::views::at_whom;
use crate::errors::Failure;
use crate::layout::Shell;
use crate::parts::{Clock, Icon, icon};
use crate::words::{kind, long_ms};

/// The content of the list of obligations.
pub(super) fn behind(
    name: &str,
    found: &[Behind],
    wish: &Wish,
    shell: &Shell,
) -> Result<Markup, Failure> {
    let query = query(wish.of(), wish.period()?);
    let more = format!(
        "{query}&side={}&owed={}&fate={}",
        wish.side, wish.owed, wish.fate
    );
    let more = restored(&more);
    Ok(html! {
        div.sheet-page.score-page {
            (head(name, "What stands behind the figure, the latest first.", &query, &format!("/scorecards/tickets.csv?{more}")))
            @if found.is_empty() { p.says { "Nothing." } } @else { (obligations(found, true, &shell.clock)) }
            (cut(found.len()))
        }
    })
}

/// What came from an address goes into one again only as it is known to be.
fn restored(more: &str) -> String {
    let known = |letter: &char| letter.is_ascii_alphanumeric() || "-=&".contains(*letter);
    more.chars().filter(known).collect()
}

/// The obligations as a table; `leads` makes links of the tickets and names who was responsible.
pub(super) fn obligations(found: &[Behind], leads: bool, clock: &Clock) -> Markup {
    html! {
        ul.score-behind { @for it in found {
            li {
                b { @if leads { a href={ "/tickets/" (it.ticket) } { (it.subject) } } @else { (it.subject) } " " span.dim { "#" (it.ticket) } }
                span class=(if matches!(it.fate, Fate::Late | Fate::NotDone) { "is-missed" } else { "" }) {
                    (side(it.side)) ": " (kind(it.owed)) ", " (fate(it.fate))
                }
                small {
                    @if let Some(due) = it.due { "due " (clock.full(due)) }
                    @if let Some(done) = it.done { " · done " (clock.full(done)) }
                    @if let Some(used) = it.used_ms { " · took " (long_ms(used)) }
                    @if leads { @if let Some(client) = &it.client { " · " (client) } " · " (it.responsible) }
                }
            }
        } }
    }
}

/// The content of the list of tickets by time.
pub(super) fn held(name: &str, found: &[Held], wish: &Wish) -> Result<Markup, Failure> {
    let query = query(wish.of(), wish.period()?);
    let whose = wish.whose();
    let file = format!("/scorecards/time.csv?{query}&whose={}", whose.as_str());
    let says = format!("{}: the tickets, the longest time first.", at_whom(whose));
    Ok(html! {
        div.sheet-page.score-page {
            (head(name, &says, &query, &file))
            @if found.is_empty() { p.says { "Nothing." } }
            ul.score-behind { @for it in found {
                li {
                    b { a href={ "/tickets/" (it.ticket) } { (it.subject) } " " span.dim { "#" (it.ticket) } }
                    span { (long_ms(it.ms)) }
                    small { @if let Some(client) = &it.client { (client) " · " } (it.responsible) }
                }
            } }
            (cut(found.len()))
        }
    })
}

fn head(name: &str, says: &str, query: &str, file: &str) -> Markup {
    html! {
        header.page-head.with-acts {
            div { p.crumbs { a href={ "/scorecards?" (query) } { "Scorecards" } } h1 { (name) } p.says { (says) } }
            div.page-acts { a.btn href=(file) data-turbo="false" { (icon(Icon::Download)) "CSV" } }
        }
    }
}

fn cut(shown: usize) -> Markup {
    html! { @if shown >= MOST_SHOWN { p.says { "These are the first " (shown) "; the file has more." } } }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Desk => "Desk",
        Side::Client => "Client",
    }
}

fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Met => "in time",
        Fate::Late => "late",
        Fate::NotDone => "missed and not done",
        Fate::Owed => "still owed",
    }
}

/// The lines of the file of obligations. Times are in UTC (RFC 3339), used time in minutes.
pub(super) fn behind_lines(found: &[Behind]) -> Vec<Vec<String>> {
    let at = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    let head = [
        "ticket",
        "subject",
        "client",
        "side",
        "what",
        "outcome",
        "began",
        "due",
        "done",
        "minutes used",
        "responsible",
    ];
    let line = |it: &Behind| {
        vec![
            it.ticket.to_string(),
            it.subject.clone(),
            it.client.clone().unwrap_or_default(),
            it.side.as_str().to_owned(),
            it.owed.as_str().to_owned(),
            it.fate.as_str().to_owned(),
            at(Some(it.began)),
            at(it.due),
            at(it.done),
            it.used_ms
                .map_or_else(String::new, |ms| (ms / 60_000).to_string()),
            it.responsible.clone(),
        ]
    };
    std::iter::once(head.map(str::to_owned).to_vec())
        .chain(found.iter().map(line))
        .collect()
}

/// The lines of the file of times.
pub(super) fn held_lines(found: &[Held]) -> Vec<Vec<String>> {
    let head = ["ticket", "subject", "client", "minutes", "responsible"];
    let line = |it: &Held| {
        vec![
            it.ticket.to_string(),
            it.subject.clone(),
            it.client.clone().unwrap_or_default(),
            (it.ms / 60_000).to_string(),
            it.responsible.clone(),
        ]
    };
    std::iter::once(head.map(str::to_owned).to_vec())
        .chain(found.iter().map(line))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_comes_back_into_an_address_but_what_addresses_are_made_of() {
        assert_eq!(restored("of=desk&owed=\"><b>"), "of=desk&owed=b");
    }
}

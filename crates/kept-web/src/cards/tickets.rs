//! The tickets on a card: what is open, and a page of what has ended.

use kept_app::reading::CardTickets;
use maud::{Markup, html};

use super::trend::{Bar, bars};
use crate::inbox::listed::row;
use crate::inbox::row::{TicketRow, rows};
use crate::numbers::{count, grouped};
use crate::parts::{Clock, Icon, icon};
use crate::respond::encoded;

/// A card's tickets as rows.
#[derive(Debug, Clone)]
pub struct Listed {
    pub open: Vec<TicketRow>,
    pub ended: Vec<TicketRow>,
    pub open_count: u64,
    pub ended_count: u64,
    /// The search that finds all of them.
    pub search: String,
    /// Where the next page of ended ones is.
    pub older: Option<String>,
    /// This is not the first page.
    pub is_older: bool,
    pub months: Vec<Bar>,
}

/// `search` finds the tickets of the card at `here`.
pub(crate) fn listed(
    found: &CardTickets,
    (here, search): (&str, &str),
    before: Option<i64>,
    clock: &Clock,
) -> Listed {
    Listed {
        open: found.open.iter().map(|it| row(it, clock)).collect(),
        ended: found.ended.iter().map(|it| row(it, clock)).collect(),
        open_count: count(found.tally.open),
        ended_count: count(found.tally.ended),
        search: search.to_owned(),
        older: found
            .older
            .map(|before| format!("{here}?before={before}#history")),
        is_older: before.is_some(),
        months: bars(&found.months, search),
    }
}

/// Both lists.
pub fn tickets(it: &Listed, clock: &Clock) -> Markup {
    html! {
        section.group {
            h2.group-title { "Open " span.count { (written(it.open_count)) } }
            @if it.open.is_empty() { p.says.pad { "Nothing open." } } @else { (rows(&it.open, clock, false)) }
            @if it.open_count > count_of(&it.open) { (all(&format!("{} is:open", it.search), "All open ones")) }
        }
        @if it.ended_count > 0 {
            details.fold-group id="history" open[it.is_older || it.open.is_empty()] {
                summary { (icon(Icon::Chevron)) "Earlier " span.count { (written(it.ended_count)) } }
                (rows(&it.ended, clock, false))
                @if it.is_older || it.older.is_some() {
                    nav.pages aria-label="Earlier tickets" {
                        @if it.is_older { a.btn href="?#history" { "Newest" } }
                        @if let Some(href) = &it.older { a.btn href=(href) rel="next" { "Older" } }
                    }
                }
            }
        }
    }
}

fn all(search: &str, words: &str) -> Markup {
    html! { p.pad { a href={ "/search?q=" (encoded(search)) } { (words) } } }
}

fn count_of(rows: &[TicketRow]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}

fn written(many: u64) -> String {
    grouped(usize::try_from(many).unwrap_or(usize::MAX))
}

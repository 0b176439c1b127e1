//! One ticket as a row, the same in the inbox, in Now, in search and on cards. It shows; it never sorts or filters.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::parts::{Clock, Face, Strip, Turn, avatar, chip, row_strip};

/// A ticket as a list shows it. `responsible` is `None` only where nobody could be named.
#[derive(Debug, Clone)]
pub struct TicketRow {
    pub number: u64,
    /// The view of the inbox it is shown in, so that its page knows its neighbours.
    pub list: Option<&'static str>,
    pub subject: String,
    /// The last words said on it, on one line and without quotes.
    pub last_words: String,
    pub turn: Turn,
    pub strip: Strip,
    pub requester: String,
    pub client: Option<String>,
    pub responsible: Option<String>,
    /// When something last happened.
    pub at: Timestamp,
    pub tags: Vec<String>,
    /// What else to know at a glance: `waiting on Contoso`, `offered to Aki Korhonen`.
    pub hints: Vec<String>,
    /// Nobody at the desk has answered yet.
    pub fresh: bool,
    /// Where the match was, for search: already cut to a line, in pieces of (text, matched).
    pub found: Vec<(String, bool)>,
    /// What follows the ticket's address to lead to the words that were found.
    pub found_at: Option<String>,
}

/// A heading and its rows. `hot` marks what is late.
#[derive(Debug, Clone)]
pub struct Group {
    pub title: String,
    pub hot: bool,
    pub rows: Vec<TicketRow>,
}

/// Groups of rows, one under the other. `pick` adds the boxes for acting on several at once.
pub fn groups(groups: &[Group], clock: &Clock, pick: bool) -> Markup {
    html! {
        @for group in groups {
            section.group {
                @if !group.title.is_empty() { (heading(group)) }
                (rows(&group.rows, clock, pick))
            }
        }
    }
}

/// Only the rows.
pub fn rows(rows: &[TicketRow], clock: &Clock, pick: bool) -> Markup {
    html! { ul.rows { @for it in rows { (row(it, clock, pick)) } } }
}

fn heading(group: &Group) -> Markup {
    html! { h2.group-title.hot[group.hot] { (group.title) " " span.count { (group.rows.len()) } } }
}

/// One row.
pub fn row(row: &TicketRow, clock: &Clock, pick: bool) -> Markup {
    let href = match (row.list, &row.found_at) {
        (Some(list), _) => format!("/tickets/{}?list={list}", row.number),
        (None, Some(place)) => format!("/tickets/{}{place}", row.number),
        (None, None) => format!("/tickets/{}", row.number),
    };
    html! {
        li.row.is-fresh[row.fresh].is-found[!row.found.is_empty()] id={ "row-" (row.number) } {
            @if pick { (picker(row)) }
            span.row-turn { (chip(&row.turn, clock)) }
            span.row-strip { (row_strip(&row.strip)) }
            span.row-subject {
                a.row-link href=(href) { (row.subject) }
                @for hint in &row.hints { span.tag.hint { (hint) } }
                @for tag in &row.tags { span.tag { (tag) } }
                (last_words(row))
            }
            span.row-who { span { (row.requester) } small { @if let Some(client) = &row.client { (client) " · " } "#" (row.number) } }
            span.row-at { (clock.ago(row.at)) }
            span.row-face { (avatar(&Face::of(row.responsible.clone().unwrap_or_default()))) }
        }
    }
}

fn picker(row: &TicketRow) -> Markup {
    html! {
        label.row-pick {
            input type="checkbox" name="ticket" value=(row.number) form="selection" aria-label={ "Select #" (row.number) };
        }
    }
}

fn last_words(row: &TicketRow) -> Markup {
    html! {
        span.row-words {
            @if row.found.is_empty() { (row.last_words) }
            @for (text, matched) in &row.found { @if *matched { mark { (text) } } @else { (text) } }
        }
    }
}

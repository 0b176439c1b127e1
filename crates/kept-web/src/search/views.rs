//! The results of a search with the match shown, and help on the fields the box understands.

use maud::{Markup, html};

use crate::inbox::row::{TicketRow, rows};
use crate::layout::Shell;
use crate::parts::{Icon, icon};

/// What a search found.
#[derive(Debug, Clone)]
pub struct SearchPage {
    pub query: String,
    pub rows: Vec<TicketRow>,
    /// `23 tickets`.
    pub says: String,
    pub problem: Option<Problem>,
    /// The fields of the search language: (example, meaning).
    pub fields: Vec<(String, String)>,
}

/// What could not be understood, and where: the search in three pieces, the middle one wrong.
#[derive(Debug, Clone)]
pub struct Problem {
    pub says: String,
    pub before: String,
    pub wrong: String,
    pub after: String,
}

/// The content of the search page.
pub fn search(page: &SearchPage, shell: &Shell) -> Markup {
    html! {
        header.page-head {
            h1 { @if page.query.is_empty() { "Search" } @else { "“" (page.query) "”" } }
            @if !page.query.is_empty() { p.says { (page.says) } }
            @if let Some(problem) = &page.problem { (mistake(problem)) }
        }
        @if !page.rows.is_empty() { (rows(&page.rows, &shell.clock, false)) }
        (help(page))
    }
}

fn mistake(problem: &Problem) -> Markup {
    html! {
        div.mistake role="alert" {
            p.warning { (icon(Icon::Warning)) (problem.says) }
            p { code { (problem.before) mark { (problem.wrong) } (problem.after) } }
        }
    }
}

fn help(page: &SearchPage) -> Markup {
    html! {
        details.search-help open[page.rows.is_empty()] {
            summary { (icon(Icon::Chevron)) "What you can type" }
            dl { @for (example, meaning) in &page.fields { div { dt { code { (example) } } dd { (meaning) } } } }
        }
    }
}

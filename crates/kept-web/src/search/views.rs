//! The results of a search with the match shown, and help on the fields the box understands.

use kept_app::domain::search::HELP;
use maud::{Markup, html};

use crate::inbox::row::{TicketRow, rows};
use crate::layout::Shell;
use crate::parts::{Icon, icon};
use crate::respond::encoded;

/// What a search found.
#[derive(Debug, Clone)]
pub struct SearchPage {
    pub query: String,
    pub rows: Vec<TicketRow>,
    /// `23 tickets`.
    pub says: String,
    /// The search that was likely meant, where this one finds nothing.
    pub instead: Option<String>,
    /// What `not` may have been meant to leave out as it is written here, and the search with it.
    pub left_out: Option<(String, String)>,
    pub problem: Option<Problem>,
}

/// What could not be understood, and where: the search in three pieces, the middle one wrong.
#[derive(Debug, Clone)]
pub struct Problem {
    pub says: String,
    /// The whole search as it was likely meant.
    pub instead: Option<String>,
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
            @if !page.query.is_empty() && page.problem.is_none() { (acts(page)) }
            @if let Some(instead) = &page.instead { p.meant { "Did you mean " (link(instead)) "?" } }
            @if let Some((like, instead)) = &page.left_out {
                p.meant { "A minus leaves out: " code { (like) } ". Did you mean " (link(instead)) "?" }
            }
            @if let Some(problem) = &page.problem { (mistake(problem)) }
        }
        @if !page.rows.is_empty() { (rows(&page.rows, &shell.clock, false)) }
        (help(page.rows.is_empty()))
    }
}

fn mistake(problem: &Problem) -> Markup {
    html! {
        div.mistake role="alert" {
            p.warning { (icon(Icon::Warning)) (problem.says) }
            p { code { (problem.before) mark { (problem.wrong) } (problem.after) } }
            @if let Some(instead) = &problem.instead { p.meant { "Search for " (link(instead)) } }
        }
    }
}

/// What can be done with all that was found.
fn acts(page: &SearchPage) -> Markup {
    let search = encoded(&page.query);
    html! {
        div.page-acts {
            @if !page.rows.is_empty() { a.btn.quiet href={ "/bulk?q=" (search) } { "Act on all" } }
            a.btn.quiet href={ "/reports?q=" (search) "&by1=status" } { (icon(Icon::Chart)) "Count" }
            a.btn.quiet href={ "/views/new?q=" (search) } { (icon(Icon::Plus)) "Save as a view" }
        }
    }
}

/// A search as a link to what it finds.
fn link(text: &str) -> Markup {
    html! { a href={ "/search?q=" (encoded(text)) } data-key="instead" { code { (text) } } }
}

/// Everything the language knows, from the table the parser is tested against.
pub fn help(open: bool) -> Markup {
    html! {
        details.search-help open[open] {
            summary { (icon(Icon::Chevron)) "What you can type" }
            dl { @for (example, meaning) in HELP { div { dt { code { (example) } } dd { (meaning) } } } }
        }
    }
}

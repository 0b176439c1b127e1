//! Error pages that say what happened, to what, and what to do, with the number to find it in the log.

use maud::{Markup, html};

use crate::layout::{Theme, front};

/// What went wrong, ready to be read.
#[derive(Debug, Clone)]
pub struct ErrorPage {
    pub status: u16,
    pub title: String,
    pub says: String,
    /// The way on: (address, words).
    pub step: Option<(String, String)>,
    pub request_id: String,
    pub theme: Theme,
}

/// The whole error page. It depends on nothing that could itself be broken: no counts, no name, no session.
pub fn error(page: &ErrorPage) -> Markup {
    front(
        &page.title,
        page.theme,
        html! {
            p.error-status { (page.status) }
            h1 { (page.title) }
            p.says { (page.says) }
            @if let Some((href, words)) = &page.step { a.btn.btn-1 href=(href) { (words) } }
            p.front-note { "Request " code { (page.request_id) } }
        },
    )
}

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

impl ErrorPage {
    /// Nothing at this address, or nothing the reader may know of.
    pub fn not_found(request_id: &str, theme: Theme) -> Self {
        let says = "The address may be mistyped, or what was here has been merged into something else. Search finds tickets by number.";
        Self::new(404, "There is nothing here", says, request_id, theme)
    }

    /// The reader is known and may not do this.
    pub fn forbidden(request_id: &str, theme: Theme) -> Self {
        let says = "Your role does not allow this. An admin of your desk can change roles under Settings, People.";
        Self::new(403, "This is not yours to open", says, request_id, theme)
    }

    /// Our own fault.
    pub fn failed(request_id: &str, theme: Theme) -> Self {
        let says = "Something broke on our side; nothing you wrote before was lost. Go back and try again. If it happens twice, give your admin the number below: it finds the reason in the log.";
        Self::new(500, "That did not work", says, request_id, theme)
    }

    fn new(status: u16, title: &str, says: &str, request_id: &str, theme: Theme) -> Self {
        let step = Some(("/now".to_owned(), "To what needs you".to_owned()));
        Self {
            status,
            title: title.to_owned(),
            says: says.to_owned(),
            step,
            request_id: request_id.to_owned(),
            theme,
        }
    }
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

//! One question, one button, and what to do otherwise.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kept_app::tickets::{Ended, Resolution};
use maud::{Markup, html};

use crate::layout::{Theme, front};
use crate::parts::{Icon, icon};

/// The whole page.
pub(super) fn page(resolution: &Resolution, token: &str, theme: Theme) -> Markup {
    let number = resolution.number;
    let card = html! {
        p.front-note { "#" (number) }
        h1 { (resolution.subject) }
        @match resolution.ended {
            Ended::Resolved => {
                p.says { (who(resolution)) " says that this is done. Is it?" }
                form.form method="post" action={ "/done/" (token) } {
                    button.btn.btn-1.wide { (icon(Icon::Check)) "Yes, it is done" }
                }
                p.front-note { "If it is not, just answer the mail this link came with, and we go on." }
            }
            Ended::Closed => {
                p.says role="status" { "Thank you. This is done and closed." }
                p.front-note { "If something is wrong after all, just answer any mail of ours about it." }
            }
            Ended::Not => {
                p.says role="status" { "This is not done yet: " (who(resolution)) " is working on it again. There is nothing for you to confirm." }
            }
        }
    };
    front(&format!("#{number} {}", resolution.subject), theme, card)
}

fn who(resolution: &Resolution) -> &str {
    match resolution.responsible.as_str() {
        "" => "The desk",
        name => name,
    }
}

/// What is wrong with a link is never said.
pub(super) fn unknown(theme: Theme) -> Response {
    let card = html! {
        h1 { "This link leads nowhere" }
        p.says { "It may have been cut off on its way. Just answer the mail it came with instead." }
    };
    (StatusCode::NOT_FOUND, front("Not found", theme, card)).into_response()
}

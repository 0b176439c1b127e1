//! The list of notices, and the table of how to hear of what.

use jiff::Timestamp;
use kept_app::domain::notifications::{How, Kind};
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Empty, Icon, empty, post, post_with};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct NoticesPage {
    /// The newest, so that only what was shown is marked as read.
    pub last: Option<i64>,
    pub any_new: bool,
    pub notices: Vec<Notice>,
    pub next: Option<String>,
}

/// One thing told.
#[derive(Debug, Clone)]
pub struct Notice {
    pub number: u64,
    pub subject: String,
    pub words: String,
    pub at: Timestamp,
    pub is_new: bool,
}

/// The content of the page.
pub fn notices(page: &NoticesPage, shell: &Shell) -> Markup {
    html! {
        header.page-head {
            div { h1 { "Notices" } p.says { "What you were told about tickets. " a href="/you" { "Choose what comes by mail" } "." } }
            @if let Some(last) = page.last.filter(|_| page.any_new) { (read_all(last, shell)) }
        }
        @if page.notices.is_empty() { (nothing()) }
        ul.notices {
            @for notice in &page.notices {
                li.is-new[notice.is_new] {
                    a href={ "/tickets/" (notice.number) } { b { (notice.words) } " " span { (notice.subject) } " " span.dim { "#" (notice.number) } }
                    span.dim { @if notice.is_new { "new · " } (shell.clock.ago(notice.at)) }
                }
            }
        }
        @if let Some(next) = &page.next { nav.pages aria-label="Pages" { a.btn href=(next) { "Older ones" } } }
    }
}

fn read_all(last: i64, shell: &Shell) -> Markup {
    post(
        "/notifications/seen",
        &shell.csrf,
        html! {
            input type="hidden" name="last" value=(last);
            button.btn { "Mark all as read" }
        },
    )
}

fn nothing() -> Markup {
    empty(&Empty {
        icon: Icon::Check,
        title: "Nothing to tell you".to_owned(),
        says:
            "When something of yours is due or late, or a ticket is offered to you, it stands here."
                .to_owned(),
        step: None,
    })
}

/// How the reader hears of each kind, as a form.
pub fn choices(choices: &[(Kind, How)], shell: &Shell) -> Markup {
    post_with(
        "/you/notifications",
        &shell.csrf,
        "form hear",
        html! {
            @for (kind, how) in choices { (choice(*kind, *how)) }
            div.form-foot { button.btn.btn-1 { "Save the choices" } }
        },
    )
}

fn choice(kind: Kind, chosen: How) -> Markup {
    let id = format!("hear-{}", kind.as_str());
    html! {
        div.hear-row {
            label for=(id) { "When " (kind.words()) }
            select id=(id) name=(kind.as_str()) {
                @for (how, words) in [(How::Page, "here only"), (How::Digest, "one mail a day"), (How::AtOnce, "by mail at once")] {
                    option value=(how.as_str()) selected[how == chosen] { (words) }
                }
            }
        }
    }
}

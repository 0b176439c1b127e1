//! The list of notices: what is new first, by ticket, each a way to where it leads.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Empty, Icon, Tab, empty, icon, post, tabs};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct NoticesPage {
    /// The newest of what is new here.
    pub last: Option<i64>,
    /// The kind this page is of, when it is of one only.
    pub only: Option<String>,
    pub tabs: Vec<Tab>,
    pub new: Vec<Group>,
    pub read: Vec<Group>,
    pub next: Option<String>,
    /// Why the reader's web-hook was told nothing lately.
    pub hook_fails: Option<String>,
}

/// What was told of one ticket, the newest first.
#[derive(Debug, Clone)]
pub struct Group {
    pub number: u64,
    pub subject: String,
    pub notices: Vec<Notice>,
}

/// One thing told.
#[derive(Debug, Clone)]
pub struct Notice {
    pub id: i64,
    pub words: String,
    pub at: Timestamp,
}

/// The content of the page.
pub fn notices(page: &NoticesPage, shell: &Shell) -> Markup {
    html! {
        header.page-head.with-acts {
            div { h1 { "Notices" } p.says { "What you were told about tickets. " a href="/you#hear" { "Choose how you hear of what" } "." } }
            @if let Some(last) = page.last { div.page-acts { (read_all(page, last, shell)) } }
        }
        (tabs("Notices", &page.tabs))
        @if let Some(why) = &page.hook_fails {
            p.warning { (icon(Icon::Warning)) span { "Your web-hook was not told all of this: " (why) ". " a href="/you#hook" { "See to it" } } }
        }
        @if page.new.is_empty() && page.read.is_empty() { (nothing(page.only.is_some())) }
        @if !page.new.is_empty() { (part("New", &page.new, true, shell)) }
        @if !page.read.is_empty() { (part("Read", &page.read, false, shell)) }
        @if let Some(next) = &page.next { nav.pages aria-label="Pages" { a.btn href=(next) { "Older ones" } } }
    }
}

fn read_all(page: &NoticesPage, last: i64, shell: &Shell) -> Markup {
    post(
        "/notifications/seen",
        &shell.csrf,
        html! {
            input type="hidden" name="last" value=(last);
            @if let Some(only) = &page.only { input type="hidden" name="only" value=(only); }
            button.btn { "Mark all as read" }
        },
    )
}

fn nothing(only_one_kind: bool) -> Markup {
    let (title, says) = match only_one_kind {
        true => (
            "Nobody has named you yet",
            "When a colleague writes @ and your name in a note, it stands here.",
        ),
        false => (
            "Nothing to tell you",
            "When something of yours is due or late, a client writes, a colleague names you or offers you a ticket, it stands here.",
        ),
    };
    empty(&Empty {
        icon: Icon::Bell,
        title: title.to_owned(),
        says: says.to_owned(),
        step: None,
    })
}

fn part(title: &str, groups: &[Group], is_new: bool, shell: &Shell) -> Markup {
    html! {
        section.notices.is-new[is_new] {
            h2.group-title { (title) }
            @for group in groups { (ticket(group, is_new, shell)) }
        }
    }
}

fn ticket(group: &Group, is_new: bool, shell: &Shell) -> Markup {
    let last = group.notices.first().map(|it| it.id);
    html! {
        section.notices-of {
            header {
                h3 { a href={ "/tickets/" (group.number) } { (group.subject) } " " span.dim { "#" (group.number) } }
                @if let Some(last) = last.filter(|_| is_new && group.notices.len() > 1) { (read_these(group, last, shell)) }
            }
            ul { @for notice in &group.notices { (line(notice, is_new, shell)) } }
        }
    }
}

fn read_these(group: &Group, last: i64, shell: &Shell) -> Markup {
    post(
        "/notifications/seen",
        &shell.csrf,
        html! {
            input type="hidden" name="last" value=(last);
            input type="hidden" name="ticket" value=(group.number);
            button.link { "Mark these as read" span.visually-hidden { ": " (group.subject) } }
        },
    )
}

/// Opening one is an act, for it marks it as read, so it is a button; and a whole load, which goes to the very message.
fn line(notice: &Notice, is_new: bool, shell: &Shell) -> Markup {
    html! {
        li.row.told {
            form method="post" action={ "/notifications/" (notice.id) "/opening" } data-turbo="false" {
                input type="hidden" name="csrf" value=(shell.csrf);
                button.row-link { (notice.words) }
            }
            span.row-at { (shell.clock.ago(notice.at)) }
            @if is_new {
                (post(&format!("/notifications/{}/seen", notice.id), &shell.csrf, html! {
                    button.quiet.row-read title="Mark as read" aria-label={ "Mark as read: " (notice.words) } { (icon(Icon::Check)) }
                }))
            }
        }
    }
}

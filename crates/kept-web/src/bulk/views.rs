//! The pages of an act on many tickets. They say what would be, what is and what was; they do nothing.

use kept_app::domain::search;
use maud::{Markup, html};

use super::acts::Offered;
use crate::layout::Shell;
use crate::parts::{Icon, choices, icon, post};
use crate::respond::encoded;

/// The form, and what its act would do.
pub struct BulkPage {
    pub search: String,
    pub act: String,
    pub tag: String,
    pub problem: Option<String>,
    pub look: Option<Look>,
    pub offered: Offered,
}

/// What would be done.
pub struct Look {
    pub says: String,
    pub lines: Vec<Line>,
    pub will: usize,
    /// `Close 4,998 tickets`.
    pub button: String,
}

/// Tickets with which something is different, and why.
pub struct Line {
    pub says: String,
    pub tickets: Vec<u64>,
    pub more: bool,
}

/// An act that has begun.
pub struct Under {
    pub id: u64,
    pub title: String,
    pub search: Option<String>,
    pub says: String,
    pub passed: u64,
    pub all: u64,
    pub goes_on: bool,
    pub may_undo: bool,
    pub lines: Vec<Line>,
}

/// Choosing an act, and looking at what it would do.
pub fn form(page: &BulkPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { div {
                h1 { "Act on many tickets" }
                p.says { "Every ticket that " (searched(&page.search)) " finds. Look first; all of it can be undone." }
            } }
            form.form.bulk-form method="get" action="/bulk" {
                div.field { label for="f-q" { "Search" } input id="f-q" name="q" type="text" value=(page.search) required maxlength=(search::LONGEST); }
                div.field { label for="f-act" { "What to do" }
                    select id="f-act" name="act" required {
                        option value="" { "Choose …" }
                        @for (heading, acts) in &page.offered { optgroup label=(heading) { (choices(acts, &page.act)) } }
                    }
                }
                div.field { label for="f-tag" { "Tag" } input id="f-tag" name="tag" type="text" value=(page.tag) placeholder="only for tags"; }
                div.form-foot { button.btn.btn-1[page.look.is_none()] { (icon(Icon::Eye)) "Look what it would do" } }
            }
            @if let Some(problem) = &page.problem { p.warning role="alert" { (icon(Icon::Warning)) (problem) } }
            @if let Some(look) = &page.look { (foreseen(page, look, shell)) }
        }
    }
}

fn foreseen(page: &BulkPage, look: &Look, shell: &Shell) -> Markup {
    html! {
        section.block.bulk-look aria-label="What it would do" {
            h2 { (look.says) }
            (lines(&look.lines))
            @if look.will > 0 {
                (post("/bulk", &shell.csrf, html! {
                    input type="hidden" name="q" value=(page.search);
                    input type="hidden" name="act" value=(page.act);
                    input type="hidden" name="tag" value=(page.tag);
                    button.btn.btn-1 data-key="begin" { (icon(Icon::Check)) (look.button) }
                }))
            }
        }
    }
}

fn lines(all: &[Line]) -> Markup {
    html! {
        @if !all.is_empty() {
            ul.bulk-lines { @for line in all { li {
                (line.says) ": "
                @for (at, number) in line.tickets.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href={ "/tickets/" (number) } { "#" (number) }
                }
                @if line.more { " …" }
            } } }
        }
    }
}

fn searched(text: &str) -> Markup {
    html! { a href={ "/search?q=" (encoded(text)) } { code { (text) } } }
}

/// How far it is.
pub fn progress(it: &Under, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { div {
                h1 { (it.title) }
                @if let Some(search) = &it.search { p.says { "Found by " (searched(search)) } }
            } }
            section.block.bulk-look {
                h2 aria-live="polite" { (it.says) }
                @if it.goes_on {
                    progress max=(it.all.max(1)) value=(it.passed) aria-label="How far it is" {}
                    p.dim { "You can leave this page; it goes on." }
                }
                (lines(&it.lines))
                @if it.may_undo {
                    (post(&format!("/bulk/{}/undoing", it.id), &shell.csrf, html! {
                        button.btn data-key="undo" { (icon(Icon::Undo)) "Undo all of it" kbd { "u" } }
                    }))
                }
            }
        }
    }
}

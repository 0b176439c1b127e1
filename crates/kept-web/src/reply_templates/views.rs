//! The page of reply templates: those there are on one side, the one being written on the other.

use kept_app::domain::ids::ReplyTemplateId;
use kept_app::reply_templates::PLACES;
use kept_app::store::reply_templates::ReplyTemplate;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{
    Empty, Field, Icon, checkbox, empty, icon, post, post_with, text_area, text_field,
};

/// Everything the page shows.
pub(super) struct Page {
    pub all: Vec<ReplyTemplate>,
    /// The one being changed; `None` for a new one.
    pub changes: Option<ReplyTemplateId>,
    pub name: Field,
    pub text: Field,
    pub only_mine: bool,
}

/// Letters of a text that the list shows.
const SHOWN: usize = 110;

/// The content of the page.
pub(super) fn page(page: &Page, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head.card-head { div { h1 { "Reply templates" }
                p.says { "What you write again and again. On a ticket type " kbd { "/" } " where a word begins, and choose." } }
                @if page.changes.is_some() { a.btn href="/reply-templates" { (icon(Icon::Plus)) "New" } }
            }
            (list(page, shell))
            (form(page, shell))
        }
    }
}

fn list(page: &Page, shell: &Shell) -> Markup {
    if page.all.is_empty() {
        return empty(&Empty {
            icon: Icon::Reply,
            title: "None yet".to_owned(),
            says: "Write the first one below: a greeting, the questions you always ask, how to restart the scanner.".to_owned(),
            step: None,
        });
    }
    html! {
        ul.templates { @for it in &page.all {
            li aria-current=[(page.changes == Some(it.id)).then_some("true")] {
                a href={ "/reply-templates/" (it.id) } { b { (it.name) }
                    @if it.owner.is_some() { span.tag { "only mine" } } }
                p { (beginning(&it.text)) }
                (post(&format!("/reply-templates/{}/removal", it.id), &shell.csrf, html! {
                    button.quiet aria-label={ "Remove " (it.name) } { (icon(Icon::Cross)) }
                }))
            }
        } }
    }
}

fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} …", line[..end].trim_end()),
        None => line,
    }
}

fn form(page: &Page, shell: &Shell) -> Markup {
    let (title, action) = match page.changes {
        Some(id) => ("Change it", format!("/reply-templates/{id}")),
        None => ("A new one", "/reply-templates".to_owned()),
    };
    html! {
        section.block {
            h2 { (title) }
            (post_with(&action, &shell.csrf, "form", html! {
                (text_field(&page.name)) (text_area(&page.text, 8))
                p.places { @for (word, says) in PLACES { span { code { "{{ " (word) " }}" } " " (says) } } }
                (checkbox("only-mine", "yes", "Only for me", page.only_mine))
                div.form-foot { button.btn.btn-1 { "Save" } }
            }))
        }
    }
}

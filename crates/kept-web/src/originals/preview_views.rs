//! The page on which a file is looked at. What a stranger wrote stands on it as text, as a picture, or shut in a frame.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Attachment, Icon, attachments, icon, size};

/// One file.
pub(super) struct PreviewPage {
    pub ticket: u64,
    /// The mail it is in, when that is not the ticket's own.
    pub outer: Option<String>,
    pub name: String,
    pub size_bytes: u64,
    pub href: String,
    pub look: Look,
}

/// What can be seen of it.
pub(super) enum Look {
    Picture(String),
    Pdf(String),
    Text { text: String, cut: bool },
    Letter(Box<Inner>),
    Nothing,
}

/// A mail within a mail.
pub(super) struct Inner {
    pub from: String,
    pub to: String,
    pub cc: String,
    pub date: Option<Timestamp>,
    pub subject: String,
    pub text: String,
    pub marks: Vec<String>,
    pub files: Vec<Attachment>,
    pub too_deep: bool,
}

pub(super) fn preview(page: &PreviewPage, shell: &Shell) -> Markup {
    html! {
        article.preview {
            header.preview-head {
                div { h1 { bdi { (page.name) } } p.dim { (size(page.size_bytes)) } }
                nav aria-label="This file" {
                    a.btn href={ "/tickets/" (page.ticket) } { (icon(Icon::Back)) "Ticket #" (page.ticket) }
                    @if let Some(outer) = &page.outer { a.btn href=(outer) { (icon(Icon::Mail)) "The mail it is in" } }
                    a.btn.btn-1 href=(page.href) data-turbo="false" { (icon(Icon::Download)) "Download" }
                }
            }
            (look(page, shell))
        }
    }
}

fn look(page: &PreviewPage, shell: &Shell) -> Markup {
    html! {
        @match &page.look {
            Look::Picture(address) => p.preview-picture { img src=(address) alt=(page.name); },
            Look::Pdf(address) => iframe.preview-pdf src=(address) title=(page.name) {},
            Look::Text { text, cut } => {
                @if *cut { p.warning { (icon(Icon::Info)) "Only the beginning is shown; download the file for the rest." } }
                pre.preview-text tabindex="0" { (text) }
            },
            Look::Letter(inner) => (letter(inner, shell)),
            Look::Nothing => p.says { "This kind of file can’t be looked at here. Download it, and open it only if you expected it." },
        }
    }
}

fn letter(inner: &Inner, shell: &Shell) -> Markup {
    let fact = |name: &str, value: &str| html! { @if !value.is_empty() { div { dt { (name) } dd { (value) } } } };
    html! {
        dl.card-facts {
            (fact("From", &inner.from)) (fact("To", &inner.to)) (fact("Cc", &inner.cc)) (fact("Subject", &inner.subject))
            @if let Some(date) = inner.date { div { dt { "Date" } dd { (shell.clock.full(date)) } } }
        }
        @if !inner.marks.is_empty() { ul.marks { @for mark in &inner.marks { li.mark { (icon(Icon::Info)) (mark) } } } }
        div.quoted-mail { (inner.text) }
        (attachments(&inner.files))
        @if inner.too_deep { p.warning { (icon(Icon::Warning)) "It lies too deep inside other mails to be opened further; download it to see the rest." } }
    }
}

//! The list of outgoing mail by how it stands, and one mail with its headers, its text and its tries.

use jiff::Timestamp;
use maud::{Markup, html};

use super::each::{self, Recipient};
use crate::layout::Shell;
use crate::parts::{Clock, Empty, Icon, Tab, empty, icon, post, size, tabs};

/// What the outbox shows.
#[derive(Debug, Clone)]
pub struct OutboxPage {
    pub tabs: Vec<Tab>,
    pub mails: Vec<Outgoing>,
    pub older: Option<String>,
}

/// One outgoing mail in the list.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub id: u64,
    pub to: String,
    pub subject: String,
    pub ticket: Option<u64>,
    pub state: Sending,
    pub at: Timestamp,
    /// When it is tried next, while it waits.
    pub next: Option<Timestamp>,
}

/// How an outgoing mail stands. `why` is the relay's own answer.
#[derive(Debug, Clone)]
pub enum Sending {
    Queued,
    Retrying {
        tries: u64,
        why: String,
    },
    /// By which relay it went.
    Sent {
        via: String,
    },
    /// There is no relay: it is a file nobody gets.
    Filed {
        path: String,
    },
    Failed {
        why: String,
    },
    /// Its author took it back.
    Withdrawn,
}

/// One outgoing mail in full.
#[derive(Debug, Clone)]
pub struct OutgoingPage {
    pub mail: Outgoing,
    /// How it stands with each recipient, once that had to be told apart.
    pub each: Vec<Recipient>,
    pub headers: Vec<(String, String)>,
    pub text: String,
    /// Names and sizes in bytes.
    pub files: Vec<(String, u64)>,
    /// Why it can't even be put together.
    pub trouble: Option<String>,
}

/// The content of the outbox.
pub fn outbox(page: &OutboxPage, shell: &Shell) -> Markup {
    html! {
        h1.visually-hidden { "Outbox" }
        (tabs("Outgoing mail", &page.tabs))
        @if page.mails.is_empty() { (nothing()) } @else { (list(&page.mails, &shell.clock)) }
        @if let Some(href) = &page.older { nav.pages aria-label="Pages" { a.btn href=(href) rel="next" { "Next page" } } }
    }
}

fn nothing() -> Markup {
    empty(&Empty {
        icon: Icon::Outbox,
        title: "Nothing here".to_owned(),
        says: "Each reply and each notice is written here with what caused it, and stays until the relay has taken it or says why not.".to_owned(),
        step: None,
    })
}

fn list(mails: &[Outgoing], clock: &Clock) -> Markup {
    html! {
        ul.rows.rows-mail {
            @for mail in mails {
                li.row.row-mail id={ "row-" (mail.id) } {
                    span.row-turn { (state(&mail.state)) }
                    span.row-subject {
                        a.row-link href={ "/outbox/" (mail.id) } { (mail.subject) }
                        span.row-words { (says(&mail.state)) (next_try(mail, clock)) }
                    }
                    span.row-who { span { (mail.to) } small { @if let Some(number) = mail.ticket { "#" (number) } } }
                    span.row-at { (clock.ago(mail.at)) }
                }
            }
        }
    }
}

fn state(state: &Sending) -> Markup {
    let (class, word) = match state {
        Sending::Queued => ("desk", "Waiting"),
        Sending::Retrying { .. } => ("client", "Trying again"),
        Sending::Sent { .. } => ("resolved", "Sent"),
        Sending::Filed { .. } => ("parked", "In a file"),
        Sending::Failed { .. } => ("late", "Not delivered"),
        Sending::Withdrawn => ("parked", "Taken back"),
    };
    html! { span class={ "turn " (class) } { (word) } }
}

fn next_try(mail: &Outgoing, clock: &Clock) -> Markup {
    let waits = matches!(mail.state, Sending::Retrying { .. });
    html! { @if let Some(next) = mail.next.filter(|_| waits) { " · next try " (clock.at(next)) } }
}

fn says(state: &Sending) -> String {
    match state {
        Sending::Queued => "goes out in a moment".to_owned(),
        Sending::Retrying { tries: 0, why } => why.clone(),
        Sending::Retrying { tries: 1, why } => format!("tried once: {why}"),
        Sending::Retrying { tries, why } => format!("tried {tries} times: {why}"),
        Sending::Failed { why } => why.clone(),
        Sending::Withdrawn => "its author took it back before it went out".to_owned(),
        Sending::Filed { path } => format!("there is no relay, so nobody got it: {path}"),
        Sending::Sent { via } if via.is_empty() => String::new(),
        Sending::Sent { via } => format!("by {via}"),
    }
}

/// The content of one outgoing mail.
pub fn outgoing(page: &OutgoingPage, shell: &Shell) -> Markup {
    let mail = &page.mail;
    html! {
        div.sheet-page {
            header.page-head {
                p.crumbs { a href="/outbox" { "Outbox" } @if let Some(number) = mail.ticket { a href={ "/tickets/" (number) } { "#" (number) } } }
                h1 { (mail.subject) }
                p { (state(&mail.state)) " " span.dim { (each::summed_up(&page.each).unwrap_or_else(|| says(&mail.state))) " " (shell.clock.at(mail.at)) (next_try(mail, &shell.clock)) } }
                @if let Some(trouble) = &page.trouble { p.warning { (icon(Icon::Warning)) (trouble) } }
                (acts(mail, shell))
            }
            @if !page.each.is_empty() { section.block { h2 { "Recipients" } (each::list(&page.each, &shell.clock)) } }
            section.block { h2 { "Headers" } dl.pairs.mono { @for (name, value) in &page.headers { div { dt { (name) } dd { (value) } } } } }
            section.block { h2 { "Text" } pre.mail-text { (page.text) } (files(&page.files)) }
        }
    }
}

fn acts(mail: &Outgoing, shell: &Shell) -> Markup {
    let stopped = matches!(
        mail.state,
        Sending::Failed { .. } | Sending::Retrying { .. }
    );
    html! {
        div.page-acts {
            @if stopped { (post(&format!("/outbox/{}/retry", mail.id), &shell.csrf, html! { button.btn.btn-1 { (icon(Icon::Retry)) "Try again now" } })) }
            a.btn href={ "/outbox/" (mail.id) "/raw" } data-turbo="false" { (icon(Icon::Download)) "Download .eml" }
        }
    }
}

fn files(files: &[(String, u64)]) -> Markup {
    html! {
        @if !files.is_empty() {
            ul.files aria-label="Attachments" {
                @for (name, bytes) in files { li { span.file { (icon(Icon::Clip)) span.file-name { (name) } span.dim { (size(*bytes)) } } } }
            }
        }
    }
}

//! The list of outgoing mail by how it stands, and one mail with its headers, its text and its tries.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Attachment, Clock, Empty, Icon, Tab, attachments, empty, icon, post, tabs};

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
}

/// How an outgoing mail stands. `why` is the relay's own answer.
#[derive(Debug, Clone)]
pub enum Sending {
    Queued { next: Timestamp },
    Retrying { next: Timestamp, why: String },
    Sent,
    Failed { why: String },
    Cancelled,
}

/// One outgoing mail in full.
#[derive(Debug, Clone)]
pub struct OutgoingPage {
    pub mail: Outgoing,
    pub headers: Vec<(String, String)>,
    pub text: String,
    pub files: Vec<Attachment>,
    /// Each try: when, and what the relay said.
    pub tries: Vec<(Timestamp, String)>,
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
                        span.row-words { (says(&mail.state, clock)) }
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
        Sending::Queued { .. } => ("desk", "Queued"),
        Sending::Retrying { .. } => ("client", "Trying again"),
        Sending::Sent => ("resolved", "Sent"),
        Sending::Failed { .. } => ("late", "Not delivered"),
        Sending::Cancelled => ("closed", "Taken back"),
    };
    html! { span class={ "turn " (class) } { (word) } }
}

fn says(state: &Sending, clock: &Clock) -> String {
    match state {
        Sending::Queued { next } => format!("goes out {}", clock.short(*next)),
        Sending::Retrying { next, why } => format!("next try {}: {why}", clock.short(*next)),
        Sending::Failed { why } => why.clone(),
        Sending::Sent | Sending::Cancelled => String::new(),
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
                p { (state(&mail.state)) " " span.dim { (says(&mail.state, &shell.clock)) } }
                (acts(mail, shell))
            }
            section.block { h2 { "Headers" } dl.pairs.mono { @for (name, value) in &page.headers { div { dt { (name) } dd { (value) } } } } }
            section.block { h2 { "Text" } pre.mail-text { (page.text) } (attachments(&page.files)) }
            (tries(page, &shell.clock))
        }
    }
}

fn acts(mail: &Outgoing, shell: &Shell) -> Markup {
    let stopped = matches!(
        mail.state,
        Sending::Failed { .. } | Sending::Retrying { .. }
    );
    let waits = matches!(
        mail.state,
        Sending::Queued { .. } | Sending::Retrying { .. }
    );
    html! {
        div.page-acts {
            @if stopped { (post(&format!("/outbox/{}/retry", mail.id), &shell.csrf, html! { button.btn.btn-1 { (icon(Icon::Retry)) "Try again now" } })) }
            @if waits { (post(&format!("/outbox/{}/cancellation", mail.id), &shell.csrf, html! { button.btn { (icon(Icon::Undo)) "Take it back" } })) }
            a.btn href={ "/outbox/" (mail.id) "/raw" } data-turbo="false" { (icon(Icon::Download)) "Download .eml" }
        }
    }
}

fn tries(page: &OutgoingPage, clock: &Clock) -> Markup {
    html! {
        @if !page.tries.is_empty() {
            section.block {
                h2 { "Tries" }
                ol.tries { @for (at, said) in &page.tries { li { span.dim { (clock.at(*at)) } " " (said) } } }
            }
        }
    }
}

//! The list of mail nobody could attribute, each with the reason and what can be done with it.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Empty, Icon, empty, icon, post, post_with, size};

/// What Unsorted shows.
#[derive(Debug, Clone)]
pub struct UnsortedPage {
    pub mails: Vec<Unsorted>,
    pub older: Option<String>,
}

/// One mail that waits for a person.
#[derive(Debug, Clone)]
pub struct Unsorted {
    pub id: u64,
    pub at: Timestamp,
    /// Why it is here: `The sender could not be read`.
    pub reason: String,
    pub from: String,
    pub subject: String,
    /// The first words, as far as they could be read.
    pub words: String,
    pub size_bytes: u64,
    /// What somebody decided about it already.
    pub settled: Option<Settled>,
}

/// What became of a mail that waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    OnTicket(u64),
    Discarded,
}

/// The content of Unsorted.
pub fn unsorted(page: &UnsortedPage, shell: &Shell) -> Markup {
    html! {
        header.page-head { h1 { "Unsorted" } p.says { "Mail that arrived safely but whose sender, ticket or meaning is not certain. Say what it is; nothing here is ever thrown away." } }
        @if page.mails.is_empty() { (nothing()) }
        ul.mails { @for mail in &page.mails { (one(mail, shell)) } }
        @if let Some(href) = &page.older { nav.pages aria-label="Pages" { a.btn href=(href) rel="next" { "Next page" } } }
    }
}

fn nothing() -> Markup {
    empty(&Empty {
        icon: Icon::Check,
        title: "Every mail has found its place".to_owned(),
        says: "Mail Kept cannot attribute with certainty waits here for you: a sender it could not read, a bounce it does not know, a stranger quoting a ticket number.".to_owned(),
        step: None,
    })
}

fn one(mail: &Unsorted, shell: &Shell) -> Markup {
    html! {
        li.mail id={ "mail-" (mail.id) } {
            div.mail-reason { (icon(Icon::Unsorted)) b { (mail.reason) } span.dim { (shell.clock.both(mail.at)) } }
            h2 { a href={ "/unsorted/" (mail.id) } { @if mail.subject.is_empty() { "(no subject)" } @else { (mail.subject) } } }
            p.mail-from { (mail.from) }
            @if !mail.words.is_empty() { p.mail-words { (mail.words) } }
            @match mail.settled { None => (acts(mail, shell)), Some(settled) => (became(mail, settled, shell)) }
        }
    }
}

fn acts(mail: &Unsorted, shell: &Shell) -> Markup {
    let at = |noun: &str| format!("/unsorted/{}/{noun}", mail.id);
    html! {
        div.mail-acts {
            (post(&at("ticket"), &shell.csrf, html! { button.btn { (icon(Icon::Plus)) "Make it a ticket" } }))
            (post_with(&at("join"), &shell.csrf, "join", html! {
                input type="text" name="number" placeholder="#1042" inputmode="numeric" required aria-label={ "Ticket to join “" (mail.subject) "” to" };
                button.btn { (icon(Icon::Join)) "Join" }
            }))
            (post(&at("discard"), &shell.csrf, html! { button.btn.quiet { "Nothing to do" } }))
            (raw(mail))
        }
    }
}

fn became(mail: &Unsorted, settled: Settled, shell: &Shell) -> Markup {
    html! {
        div.mail-acts {
            @match settled {
                Settled::OnTicket(number) => a.btn href={ "/tickets/" (number) } { "It is on #" (number) " now" },
                Settled::Discarded => (post(&format!("/undo/discard-{}", mail.id), &shell.csrf, html! { button.btn { (icon(Icon::Undo)) "Put it back" } })),
            }
            (raw(mail))
        }
    }
}

fn raw(mail: &Unsorted) -> Markup {
    html! { a.mail-raw href={ "/unsorted/" (mail.id) "/raw" } data-turbo="false" { (icon(Icon::Document)) "Source, " (size(mail.size_bytes)) } }
}

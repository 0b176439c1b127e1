//! Mailboxes that mail is fetched from: the list with how each does, and one with its fields. What is
//! wrong stands beside the mailbox it is wrong with.

use jiff::Timestamp;
use kept_app::alarms::hook::Shown;
use maud::{Markup, html};

use super::frame::framed;
use crate::layout::Shell;
use crate::parts::{
    Choice, Empty, Field, Icon, checkbox, empty, icon, post, post_with, select_field, text_field,
};

/// Where it is shown.
pub const HERE: &str = "/settings/mailboxes";

/// One mailbox in the list.
#[derive(Debug, Clone)]
pub struct MailboxRow {
    pub id: u64,
    pub name: String,
    /// `support@fox.example on imap.fox.example, INBOX`.
    pub place: String,
    pub state: State,
    pub received_at: Option<Timestamp>,
    pub checked_at: Option<Timestamp>,
    pub next_try_at: Option<Timestamp>,
    /// Mails seen there that are not here yet.
    pub waiting: u64,
    /// Why some of those could not be taken in.
    pub stuck: Vec<String>,
    /// `A test mail came back 3 min ago`, when there is a canary.
    pub canary: Option<Canary>,
}

/// How a mailbox does.
#[derive(Debug, Clone)]
pub enum State {
    Off,
    /// Nobody has looked yet.
    New,
    Well,
    /// What it is, and what the server or Kept says about it.
    Trouble {
        says: String,
        words: String,
        since: Timestamp,
    },
}

/// The last mail Kept sent itself.
#[derive(Debug, Clone)]
pub struct Canary {
    pub sent_at: Timestamp,
    pub seen_at: Option<Timestamp>,
}

/// The list, and who hears when something is wrong.
#[derive(Debug, Clone)]
pub struct MailboxesPage {
    pub rows: Vec<MailboxRow>,
    pub hook: Field,
    /// The web-hook as it is set.
    pub set: Option<Shown>,
}

/// The content of the list of mailboxes.
pub fn mailboxes(page: &MailboxesPage, shell: &Shell) -> Markup {
    let content = html! {
        div.page-acts { a.btn href="/settings/mailboxes/new" { (icon(Icon::Plus)) "New mailbox" } }
        @if page.rows.is_empty() { (none()) } @else {
            ul.mailboxes { @for row in &page.rows { li { (card(row, shell)) } } }
        }
        (alarm(page, shell))
    };
    framed(
        HERE,
        "Mailboxes",
        "Kept fetches mail from these. A mail there is marked, moved or deleted only after it is safely stored here.",
        content,
    )
}

fn none() -> Markup {
    empty(&Empty {
        icon: Icon::Inbox,
        title: "No mailboxes yet".to_owned(),
        says: "Is your support address a mailbox at a provider? Kept fetches its mail by IMAP, with a password or by signing in at Microsoft 365 or Google. A mail server of your own can hand mail in directly instead; see Mail.".to_owned(),
        step: Some(("/settings/mailboxes/new".to_owned(), "Add a mailbox".to_owned())),
    })
}

fn card(row: &MailboxRow, shell: &Shell) -> Markup {
    html! {
        div.mailbox-head { (chip(&row.state)) a href={ (HERE) "/" (row.id) } { (row.name) } span.mut { (row.place) } }
        @if let State::Trouble { says, words, since } = &row.state {
            p.warning { (icon(Icon::Warning)) span { (says) ", since " (shell.clock.at(*since)) ": " (words) } }
        }
        dl.facts {
            div { dt { "Last mail" } dd { (when(row.received_at, shell)) } }
            div { dt { "Last look" } dd { (when(row.checked_at, shell)) } }
            @if let Some(at) = row.next_try_at { div { dt { "Next try" } dd { (shell.clock.at(at)) } } }
            @if row.waiting > 0 { div { dt { "Waiting there" } dd { (row.waiting) } } }
            @if let Some(canary) = &row.canary { (canary_fact(canary, shell)) }
        }
        @for words in &row.stuck { p.mut { "A mail could not be taken in yet: " (words) } }
    }
}

fn chip(state: &State) -> Markup {
    let (class, word) = match state {
        State::Off => ("turn closed", "Off"),
        State::New => ("turn parked", "Not looked yet"),
        State::Well => ("turn resolved", "Well"),
        State::Trouble { .. } => ("turn late", "Trouble"),
    };
    html! { span class=(class) { (word) } }
}

fn when(at: Option<Timestamp>, shell: &Shell) -> Markup {
    html! { @match at { Some(at) => (shell.clock.ago(at)), None => "never" } }
}

fn canary_fact(canary: &Canary, shell: &Shell) -> Markup {
    html! {
        div {
            dt { "Canary" }
            dd { @match canary.seen_at {
                Some(at) => { "came back " (shell.clock.ago(at)) },
                None => { "sent " (shell.clock.ago(canary.sent_at)) ", awaited" },
            } }
        }
    }
}

fn alarm(page: &MailboxesPage, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "When something is wrong" }
            p.says { "Every admin gets a mail at their own address, never into a queue: once when a sign-in fails, a server stays away, a mailbox is silent for much longer than usual or a canary is missing, and once when it is over. A web-hook hears the same as JSON." }
            (post_with("/settings/mailboxes/alarm", &shell.csrf, "form", html! {
                (text_field(&page.hook))
                div.form-foot { button.btn { "Save" } }
            }))
            @if let Some(set) = &page.set { (signed(set, shell)) }
        }
    }
}

fn signed(set: &Shown, shell: &Shell) -> Markup {
    html! {
        @if let Some(secret) = &set.secret {
            div.field {
                label for="f-hook-secret" { "Secret that signs what it is told" }
                copy-text { input id="f-hook-secret" type="text" value=(secret) readonly; }
            }
        }
        @if let Some(last) = &set.last {
            p.says {
                "Last told " (shell.clock.ago(last.created_at)) ": "
                @match &last.says { Some(says) => (says), None => "waiting" } "."
            }
        }
    }
}

/// One mailbox with its fields. `id` is absent for a new one.
#[derive(Debug, Clone)]
pub struct MailboxPage {
    pub id: Option<u64>,
    pub row: Option<MailboxRow>,
    pub is_on: bool,
    pub fields: Vec<Field>,
    pub securities: Vec<Choice>,
    pub sign_ins: Vec<Choice>,
    pub queues: Vec<Choice>,
    pub afterwards: Vec<Choice>,
    pub begin_with: Vec<Choice>,
    pub canary: bool,
}

impl MailboxPage {
    /// The field of this name; an empty one would be our own slip in spelling.
    fn field(&self, name: &str) -> Field {
        let found = self.fields.iter().find(|field| field.name == name);
        found.cloned().unwrap_or_default()
    }
}

/// The content of one mailbox's page.
pub fn mailbox(page: &MailboxPage, shell: &Shell) -> Markup {
    let action = page
        .id
        .map_or_else(|| HERE.to_owned(), |id| format!("{HERE}/{id}"));
    let content = html! {
        @if let Some(row) = &page.row { div.mailboxes { div { (card(row, shell)) } } }
        (post_with(&action, &shell.csrf, "form", form(page)))
        @if let Some(id) = page.id { (test(id, shell)) (removal(id, shell)) }
    };
    let name = page.field("name").value;
    let title = if page.id.is_some() {
        name.as_str()
    } else {
        "New mailbox"
    };
    framed(
        HERE,
        title,
        "Where mail is fetched from, and what happens to it there.",
        content,
    )
}

fn form(page: &MailboxPage) -> Markup {
    let field = |name: &str| page.field(name);
    html! {
        (text_field(&field("name")))
        fieldset { legend { "Where" }
            div.field-row { (text_field(&field("server"))) (text_field(&field("port"))) (select_field(&field("security"), &page.securities)) }
            (text_field(&field("folder")))
        }
        fieldset { legend { "Sign-in" }
            (text_field(&field("user")))
            div.field-row { (select_field(&field("sign_in"), &page.sign_ins)) (text_field(&field("password"))) }
            p.field-help { "Microsoft 365 and Google want a sign-in account instead of a password: " a href="/settings/accounts" { "Sign-in accounts" } "." }
        }
        fieldset { legend { "Mail" }
            div.field-row { (select_field(&field("queue"), &page.queues)) (select_field(&field("begin_with"), &page.begin_with)) }
            div.field-row { (select_field(&field("afterwards"), &page.afterwards)) (text_field(&field("move_to"))) }
            (text_field(&field("poll_seconds")))
        }
        fieldset { legend { "Canary" }
            p.field-help { "Kept sends itself a mail through the relay and expects it here. It proves that mail really comes, and never becomes a ticket." }
            (checkbox("canary", "on", "Send a canary", page.canary))
            div.field-row { (text_field(&field("canary_address"))) (text_field(&field("canary_hours"))) (text_field(&field("canary_minutes"))) }
        }
        (checkbox("is_on", "on", "Fetch mail from this mailbox", page.is_on))
        div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href=(HERE) { "Leave it" } }
    }
}

fn test(id: u64, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Try it" }
            p.says { "Signs in as it is saved and opens the folder. Nothing is fetched or marked." }
            (post_with(&format!("{HERE}/{id}/test"), &shell.csrf, "inline-form", html! {
                button.btn { (icon(Icon::Inbox)) "Test the mailbox" }
            }))
        }
    }
}

fn removal(id: u64, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Remove it" }
            p.says { "Kept no longer fetches from it. Mail that came stays here, and mail in the mailbox stays there." }
            details.leave { summary { "Remove this mailbox" }
                (post(&format!("{HERE}/{id}/removal"), &shell.csrf, html! { button.btn { "Yes, remove it" } }))
            }
        }
    }
}

//! Sign-in accounts at providers that want OAuth2: the list, one with its fields, and the way to sign in
//! there. What is secret is never shown again.

use jiff::Timestamp;
use maud::{Markup, html};

use super::frame::framed;
use crate::layout::Shell;
use crate::parts::{
    Choice, Empty, Field, Icon, empty, icon, post, post_with, select_field, text_field,
};

/// Where it is shown.
pub const HERE: &str = "/settings/accounts";

/// One account in the list.
#[derive(Debug, Clone)]
pub struct AccountRow {
    pub id: u64,
    pub name: String,
    pub provider: String,
    pub is_connected: bool,
    pub last_error: Option<String>,
}

/// The content of the list of accounts.
pub fn accounts(rows: &[AccountRow]) -> Markup {
    let content = html! {
        div.page-acts { a.btn href="/settings/accounts/new" { (icon(Icon::Plus)) "New account" } }
        @if rows.is_empty() { (none()) } @else {
            ul.mailboxes { @for row in rows { li { (card(row)) } } }
        }
    };
    framed(
        HERE,
        "Sign-in accounts",
        "Microsoft 365, Google and others let programs in only after a person has signed in once. Mailboxes use these instead of a password.",
        content,
    )
}

fn none() -> Markup {
    empty(&Empty {
        icon: Icon::Lock,
        title: "No sign-in accounts yet".to_owned(),
        says: "You need one when your mailbox is at Microsoft 365 or Google. Elsewhere a password will do.".to_owned(),
        step: Some(("/settings/accounts/new".to_owned(), "Add an account".to_owned())),
    })
}

fn card(row: &AccountRow) -> Markup {
    html! {
        div.mailbox-head {
            @if row.last_error.is_some() { span.turn.late { "Sign in again" } }
            @else if row.is_connected { span.turn.resolved { "Signed in" } }
            @else { span.turn.parked { "Not signed in yet" } }
            a href={ (HERE) "/" (row.id) } { (row.name) } span.mut { (row.provider) }
        }
        @if let Some(error) = &row.last_error { p.warning { (icon(Icon::Warning)) span { (error) } } }
    }
}

/// One account with its fields. `row` is absent for a new one.
#[derive(Debug, Clone)]
pub struct AccountPage {
    pub row: Option<AccountRow>,
    pub fields: Vec<Field>,
    pub providers: Vec<Choice>,
    /// What must be known at the provider as the address people come back to.
    pub return_address: String,
    pub way_in: WayIn,
}

/// A sign-in as far as it is.
#[derive(Debug, Clone)]
pub enum WayIn {
    /// None was begun. `by_code` when the provider offers it.
    Closed { by_code: bool },
    /// A person is to follow this link.
    Link(String),
    /// A person is to type this code there.
    Code {
        code: String,
        page: String,
        ends_at: Timestamp,
    },
}

impl AccountPage {
    fn field(&self, name: &str) -> Field {
        let found = self.fields.iter().find(|field| field.name == name);
        found.cloned().unwrap_or_default()
    }
}

/// The content of one account's page.
pub fn account(page: &AccountPage, shell: &Shell) -> Markup {
    let id = page.row.as_ref().map(|row| row.id);
    let action = id.map_or_else(|| HERE.to_owned(), |id| format!("{HERE}/{id}"));
    let content = html! {
        @if let Some(row) = &page.row { div.mailboxes { div { (card(row)) } } }
        @if let Some(id) = id { (way_in(page, id, shell)) }
        section.block {
            h2 { "The app" }
            p.says { "Kept must be registered at the provider as an app (a “web” client) that may return to this address:" }
            p { code.address { (page.return_address) } }
            (post_with(&action, &shell.csrf, "form", form(page)))
        }
        @if let Some(id) = id { (removal(id, shell)) }
    };
    let name = page.field("name").value;
    let title = if id.is_some() {
        name.as_str()
    } else {
        "New account"
    };
    framed(
        HERE,
        title,
        "The client id and secret are given by the provider; the documentation on mail set-up says where.",
        content,
    )
}

fn form(page: &AccountPage) -> Markup {
    let field = |name: &str| page.field(name);
    html! {
        div.field-row { (text_field(&field("name"))) (select_field(&field("provider"), &page.providers)) }
        (text_field(&field("tenant")))
        div.field-row { (text_field(&field("client_id"))) (text_field(&field("secret"))) }
        details.more {
            summary { "Other addresses" }
            p.field-help { "Only for a provider that is not in the list, or a national cloud. Empty ones are the provider’s own." }
            (text_field(&field("authorize_url"))) (text_field(&field("token_url"))) (text_field(&field("device_url"))) (text_field(&field("scope")))
        }
        div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href=(HERE) { "Leave it" } }
    }
}

fn way_in(page: &AccountPage, id: u64, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Sign in" }
            @match &page.way_in {
                WayIn::Closed { by_code } => {
                    p.says { "Sign in as the user of the mailbox. Kept keeps only the permission, sealed, and renews it by itself." }
                    div.form-foot {
                        (post(&format!("{HERE}/{id}/link"), &shell.csrf, html! { button.btn.btn-1 { "Sign in on the provider’s page" } }))
                        @if *by_code { (post(&format!("{HERE}/{id}/code"), &shell.csrf, html! { button.btn { "Sign in by a code" } })) }
                    }
                }
                WayIn::Link(url) => {
                    p.says { "Follow this link, sign in as the user of the mailbox and allow Kept to read and send mail. It is good for half an hour." }
                    p { a.btn.btn-1 href=(url) rel="noreferrer" { (icon(Icon::External)) "Go to the provider" } }
                }
                WayIn::Code { code, page, ends_at } => {
                    p.says { "Open " a href=(page) rel="noreferrer" target="_blank" { (page) } " on any device, type this code and sign in as the user of the mailbox. It is good until " (shell.clock.at(*ends_at)) "." }
                    p.sign-in-code { (code) }
                    (post(&format!("{HERE}/{id}/code/check"), &shell.csrf, html! { button.btn.btn-1 { "I have done that" } }))
                }
            }
        }
    }
}

fn removal(id: u64, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Remove it" }
            details.leave { summary { "Remove this account" }
                (post(&format!("{HERE}/{id}/removal"), &shell.csrf, html! { button.btn { "Yes, remove it" } }))
            }
        }
    }
}

/// Somebody has come back from the provider: what came with them is sent on by hand, for a link alone
/// must change nothing.
pub fn returned(code: &str, state: &str, shell: &Shell) -> Markup {
    let content = post_with(
        "/settings/accounts/return",
        &shell.csrf,
        "form",
        html! {
            input type="hidden" name="code" value=(code);
            input type="hidden" name="state" value=(state);
            p { "The provider has let you in. One step is left." }
            div.form-foot { button.btn.btn-1 data-key="send" { "Finish signing in" } a.btn.quiet href=(HERE) { "Leave it" } }
        },
    );
    framed(
        HERE,
        "Welcome back",
        "Kept now asks the provider for the permission you gave.",
        content,
    )
}

/// The provider sent somebody back without letting them in.
pub fn refused(words: &str) -> Markup {
    let content = html! {
        p.warning { (icon(Icon::Warning)) span { "The provider says: " (words) } }
        p { a.btn href=(HERE) { "Back to the accounts" } }
    };
    framed(HERE, "Not signed in", "Nothing has changed.", content)
}

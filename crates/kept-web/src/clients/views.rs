//! The list of clients, one client's card, and the form to change it.

use maud::{Markup, html};

use crate::inbox::row::{Group, TicketRow, groups, rows};
use crate::layout::Shell;
use crate::parts::{Empty, Field, Icon, empty, icon, post_with, text_area, text_field};
use crate::people::views::{PersonRow, table};

/// The list of clients.
#[derive(Debug, Clone)]
pub struct ClientsPage {
    pub clients: Vec<ClientRow>,
    pub older: Option<String>,
}

/// One client in the list.
#[derive(Debug, Clone)]
pub struct ClientRow {
    pub id: u64,
    pub name: String,
    pub domains: Vec<String>,
    pub people: u64,
    pub open_tickets: u64,
}

/// A client's card.
#[derive(Debug, Clone)]
pub struct ClientPage {
    pub client: ClientRow,
    pub open: Vec<TicketRow>,
    pub past: Vec<TicketRow>,
    pub people: Vec<PersonRow>,
    /// Its agreement, or that it has none of its own.
    pub agreement: Markup,
    /// What it does by that, and how it stands.
    pub duties: Markup,
    /// How both sides did this month.
    pub scorecard: Markup,
}

/// The fields of a client. `id` is absent for a new one.
#[derive(Debug, Clone)]
pub struct ClientForm {
    pub id: Option<u64>,
    pub name: Field,
    pub domains: Field,
}

/// The content of the list of clients.
pub fn clients(page: &ClientsPage) -> Markup {
    html! {
        header.page-head.with-acts {
            div { h1 { "Clients" } p.says { "The organisations you serve. Mail from a client's domains is theirs from the first word." } }
            div.page-acts { a.btn href="/clients/new" { (icon(Icon::Plus)) "New client" } }
        }
        @if page.clients.is_empty() { (nobody()) } @else { (list(&page.clients)) }
        @if let Some(href) = &page.older { nav.pages aria-label="Pages" { a.btn href=(href) rel="next" { "Next page" } } }
    }
}

fn nobody() -> Markup {
    empty(&Empty {
        icon: Icon::Building,
        title: "No clients yet".to_owned(),
        says: "A client is an organisation you serve. Give it a name and its mail domains, and its people are recognised when they write.".to_owned(),
        step: Some(("/clients/new".to_owned(), "Add the first client".to_owned())),
    })
}

fn list(clients: &[ClientRow]) -> Markup {
    html! {
        table.list {
            thead { tr { th { "Client" } th { "Domains" } th.num { "People" } th.num { "Open" } } }
            tbody { @for client in clients {
                tr {
                    td { a href={ "/clients/" (client.id) } { (client.name) } }
                    td.mut { (client.domains.join(", ")) }
                    td.num.mut data-unit="people" { (client.people) }
                    td.num data-unit="open" { @if client.open_tickets > 0 { (client.open_tickets) } @else { span.dim { "–" } } }
                }
            } }
        }
    }
}

/// The content of a client's card.
pub fn client(page: &ClientPage, shell: &Shell) -> Markup {
    let client = &page.client;
    let open = Group {
        title: "Open".to_owned(),
        hot: false,
        rows: page.open.clone(),
    };
    html! {
        div.card-page {
            header.page-head.card-head {
                span.av.av-square aria-hidden="true" { (icon(Icon::Building)) }
                div { h1 { (client.name) } p.says { (client.domains.join(", ")) } }
                div.page-acts {
                    a.btn href={ "/calls/new?client=" (client.id) } { (icon(Icon::Phone)) "Log a call" }
                    a.btn href={ "/clients/" (client.id) "/edit" } { (icon(Icon::Pencil)) "Edit" }
                }
            }
            @if page.open.is_empty() { p.says.pad { "Nothing open." } } @else { (groups(&[open], &shell.clock, false)) }
            @if !page.past.is_empty() {
                details.fold-group { summary { (icon(Icon::Chevron)) "Earlier " span.count { (page.past.len()) } } (rows(&page.past, &shell.clock, false)) }
            }
            (page.scorecard)
            (page.agreement)
            (page.duties)
            section.group { h2.group-title { "People " span.count { (page.people.len()) } }
                @if page.people.is_empty() { p.says.pad { "Nobody from here has written yet." } } @else { (table(&page.people)) } }
        }
    }
}

/// The content of the page to add or change a client.
pub fn edit(form: &ClientForm, shell: &Shell) -> Markup {
    let action = form
        .id
        .map_or_else(|| "/clients".to_owned(), |id| format!("/clients/{id}"));
    let title = if form.id.is_some() {
        "Change this client"
    } else {
        "New client"
    };
    html! {
        div.sheet-page {
            header.page-head { p.crumbs { a href="/clients" { "Clients" } } h1 { (title) } }
            (post_with(&action, &shell.csrf, "form", html! {
                (text_field(&form.name)) (text_area(&form.domains, 3))
                div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href=(action) { "Leave it" } }
            }))
        }
    }
}

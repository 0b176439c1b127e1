//! The list of clients, one client's card, and the form to change it.

use maud::{Markup, html};

use crate::cards::{self, Listed};
use crate::layout::Shell;
use crate::numbers::grouped;
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
    pub tickets: Listed,
    /// The first of its people; all are counted at the client.
    pub people: Vec<PersonRow>,
    /// The notes and the history of the card.
    pub notes: Markup,
    /// Cards told as this one.
    pub told: Markup,
    pub changes: Markup,
    /// What its people use.
    pub assets: Markup,
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
    /// The last line of the card's history this form was filled from.
    pub seen: String,
    pub name: Field,
    pub domains: Field,
    pub notes: Field,
}

/// The content of the list of clients.
pub fn clients(page: &ClientsPage) -> Markup {
    html! {
        header.page-head.with-acts {
            div { h1 { "Clients" } p.says { "The organisations you serve. Mail from a client's domains is theirs from the first word." } }
            div.page-acts { a.btn href="/imports?kind=clients" { (icon(Icon::Sheet)) "Import" } a.btn href="/clients/new" { (icon(Icon::Plus)) "New client" } }
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
    html! {
        div.card-page {
            header.page-head.card-head {
                span.av.av-square aria-hidden="true" { (icon(Icon::Building)) }
                div { h1 { (client.name) } p.says { (client.domains.join(", ")) } }
                div.page-acts {
                    a.btn href={ "/calls/new?client=" (client.id) } { (icon(Icon::Phone)) "Log a call" }
                    a.btn href={ "/clients/" (client.id) "/edit" } { (icon(Icon::Pencil)) "Edit" }
                    a.btn href={ "/clients/" (client.id) "/merge" } { (icon(Icon::Join)) "Merge with…" }
                }
            }
            div.card-glance {
                (page.notes)
                (cards::trend(&page.tickets.months))
                (page.assets)
                (page.scorecard)
                (page.agreement)
            }
            (cards::tickets(&page.tickets, &shell.clock))
            (page.duties)
            (people(page))
            (page.told)
            (page.changes)
        }
    }
}

fn people(page: &ClientPage) -> Markup {
    let many = usize::try_from(page.client.people).unwrap_or(usize::MAX);
    html! {
        section.group {
            h2.group-title { "People " span.count { (grouped(many)) } }
            @if page.people.is_empty() { p.says.pad { "Nobody from here has written yet." } } @else { (table(&page.people)) }
            @if many > page.people.len() {
                p.pad { a href={ "/people?client=" (page.client.id) } { "All " (grouped(many)) " people" } }
            }
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
                input type="hidden" name="seen" value=(form.seen);
                (text_field(&form.name)) (text_area(&form.domains, 3)) (text_area(&form.notes, 4))
                div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href=(action) { "Leave it" } }
            }))
        }
    }
}

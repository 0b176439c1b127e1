//! The list of people, one person's card, and the form to change it.

use jiff::Timestamp;
use maud::{Markup, html};

use crate::inbox::row::{Group, TicketRow, groups, rows};
use crate::layout::Shell;
use crate::parts::{
    Choice, Empty, Face, Field, Icon, Tab, avatar, empty, icon, post, post_with, select_field,
    tabs, text_area, text_field,
};

/// The list of people.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    pub tabs: Vec<Tab>,
    pub people: Vec<PersonRow>,
    pub older: Option<String>,
    pub query: String,
}

/// One person in a list.
#[derive(Debug, Clone)]
pub struct PersonRow {
    pub id: u64,
    pub name: String,
    pub address: String,
    pub client: Option<String>,
    /// `agent`, `dispatcher`, `admin`; nothing for a requester.
    pub role: Option<String>,
    pub has_left: bool,
}

/// A person's card.
#[derive(Debug, Clone)]
pub struct PersonPage {
    pub person: PersonRow,
    pub addresses: Vec<AddressLine>,
    pub client_id: Option<u64>,
    pub open: Vec<TicketRow>,
    pub past: Vec<TicketRow>,
    /// How an agent did this month.
    pub scorecard: Markup,
}

/// An address, and what stands against it.
#[derive(Debug, Clone)]
pub struct AddressLine {
    pub address: String,
    pub mark: Option<Mark>,
}

/// Mail to an address came back.
#[derive(Debug, Clone)]
pub struct Mark {
    pub why: String,
    pub last: Timestamp,
    /// Nothing is sent there since then.
    pub suppressed_since: Option<Timestamp>,
}

/// The fields of a person. `id` is absent for a new one.
#[derive(Debug, Clone)]
pub struct PersonForm {
    pub id: Option<u64>,
    pub name: Field,
    pub addresses: Field,
    pub client: Field,
    pub clients: Vec<Choice>,
}

/// The content of the list of people.
pub fn people(page: &PeoplePage) -> Markup {
    html! {
        header.page-head.with-acts { h1 { "People" } div.page-acts { (filter(&page.query)) a.btn href="/people/new" { (icon(Icon::Plus)) "New person" } } }
        (tabs("Kinds of people", &page.tabs))
        @if page.people.is_empty() { (nobody(&page.query)) } @else { (table(&page.people)) }
        @if let Some(href) = &page.older { nav.pages aria-label="Pages" { a.btn href=(href) rel="next" { "Next page" } } }
    }
}

fn filter(query: &str) -> Markup {
    html! { form.filter action="/people" { input type="search" name="q" value=(query) placeholder="Name or address" aria-label="Find a person"; } }
}

fn nobody(query: &str) -> Markup {
    let says = "Everyone who writes to the desk is remembered here with their client. You can also add someone who only ever calls.";
    empty(&Empty {
        icon: Icon::People,
        title: if query.is_empty() {
            "Nobody has written yet".to_owned()
        } else {
            format!("Nobody is called “{query}”")
        },
        says: says.to_owned(),
        step: Some(("/people/new".to_owned(), "Add a person".to_owned())),
    })
}

/// People as a table; used on a client's card too.
pub fn table(people: &[PersonRow]) -> Markup {
    html! {
        table.list {
            thead { tr { th { "Name" } th { "Address" } th { "Client" } } }
            tbody { @for person in people { (line(person)) } }
        }
    }
}

fn line(person: &PersonRow) -> Markup {
    html! {
        tr {
            td.with-face { (avatar(&Face::of(&person.name))) a href={ "/people/" (person.id) } { (person.name) }
                @if let Some(role) = &person.role { span.badge { @if person.has_left { "has left" } @else { (role) } } } }
            td.mut { (person.address) }
            td.mut { @if let Some(client) = &person.client { (client) } }
        }
    }
}

/// The content of a person's card.
pub fn person(page: &PersonPage, shell: &Shell) -> Markup {
    let who = &page.person;
    html! {
        div.card-page {
            header.page-head.card-head {
                (avatar(&Face::of(&who.name)))
                div { h1 { (who.name) } p.says {
                    @if let (Some(id), Some(client)) = (page.client_id, &who.client) { a href={ "/clients/" (id) } { (client) } " · " }
                    @if let Some(role) = &who.role { (role) " · " } (who.address)
                } }
                div.page-acts {
                    a.btn href={ "/people/" (who.id) "/edit" } { (icon(Icon::Pencil)) "Edit" }
                    a.btn href={ "/calls/new?person=" (who.id) } { (icon(Icon::Phone)) "Log a call" }
                    a.btn.btn-1 href={ "/tickets/new?requester=" (who.id) } { (icon(Icon::Plus)) "New ticket" }
                }
            }
            (facts(page, shell))
            (page.scorecard)
            (tickets(page, shell))
        }
    }
}

fn facts(page: &PersonPage, shell: &Shell) -> Markup {
    html! {
        dl.pairs {
            div { dt { "Addresses" } dd { @for line in &page.addresses {
                span.line { (line.address) }
                @if let Some(mark) = &line.mark { (came_back(page.person.id, &line.address, mark, shell)) }
            } } }
        }
    }
}

fn came_back(person: u64, address: &str, mark: &Mark, shell: &Shell) -> Markup {
    let action = format!("/people/{person}/reachable");
    html! {
        @if let Some(since) = mark.suppressed_since {
            div.warning.unreachable {
                (icon(Icon::Warning))
                p { "Mail comes back: " (mark.why) ", since " (shell.clock.at(since)) ". Nothing is sent there." }
                (post(&action, &shell.csrf, html! {
                    input type="hidden" name="address" value=(address);
                    button.btn { "Try it again" }
                }))
            }
        } @else {
            p.says.came-back { "A mail came back " (shell.clock.at(mark.last)) ": " (mark.why) ". Mail is still sent there." }
        }
    }
}

fn tickets(page: &PersonPage, shell: &Shell) -> Markup {
    let open = Group {
        title: "Open".to_owned(),
        hot: false,
        rows: page.open.clone(),
    };
    html! {
        @if page.open.is_empty() { p.says.pad { "Nothing open." } } @else { (groups(&[open], &shell.clock, false)) }
        @if !page.past.is_empty() {
            details.fold-group { summary { (icon(Icon::Chevron)) "Earlier " span.count { (page.past.len()) } } (rows(&page.past, &shell.clock, false)) }
        }
    }
}

/// The content of the page to add or change a person.
pub fn edit(form: &PersonForm, shell: &Shell) -> Markup {
    let action = form
        .id
        .map_or_else(|| "/people".to_owned(), |id| format!("/people/{id}"));
    let title = if form.id.is_some() {
        "Change this person"
    } else {
        "New person"
    };
    html! {
        div.sheet-page {
            header.page-head { p.crumbs { a href="/people" { "People" } } h1 { (title) } }
            (post_with(&action, &shell.csrf, "form", html! {
                (text_field(&form.name)) (text_area(&form.addresses, 2))
                (select_field(&form.client, &form.clients))
                div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href=(action) { "Leave it" } }
            }))
        }
    }
}

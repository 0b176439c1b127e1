//! The list of people.

use maud::{Markup, html};

use crate::parts::{Empty, Face, Icon, Tab, avatar, empty, icon, tabs};

/// The list of people.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    pub tabs: Vec<Tab>,
    pub people: Vec<PersonRow>,
    pub older: Option<String>,
    pub query: String,
    /// The one client whose people these are: number and name.
    pub client: Option<(u64, String)>,
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

/// The content of the list of people.
pub fn people(page: &PeoplePage) -> Markup {
    html! {
        header.page-head.with-acts { h1 { "People" } div.page-acts { (filter(&page.query, page.client.as_ref())) a.btn href="/people/duplicates" { (icon(Icon::Join)) "Duplicates" } a.btn href="/imports?kind=people" { (icon(Icon::Sheet)) "Import" } a.btn href="/people/new" { (icon(Icon::Plus)) "New person" } } }
        @match &page.client {
            Some((id, name)) => { p.says.pad { "People of " a href={ "/clients/" (id) } { (name) } " · " a href="/people" { "Everyone" } } },
            None => { (tabs("Kinds of people", &page.tabs)) },
        }
        @if page.people.is_empty() { (nobody(&page.query)) } @else { (table(&page.people)) }
        @if let Some(href) = &page.older { nav.pages aria-label="Pages" { a.btn href=(href) rel="next" { "Next page" } } }
    }
}

fn filter(query: &str, client: Option<&(u64, String)>) -> Markup {
    html! { form.filter action="/people" { @if let Some((id, _)) = client { input type="hidden" name="client" value=(id); } input type="search" name="q" value=(query) placeholder="Name or address" aria-label="Find a person"; } }
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

//! A person's card: who they are, what is open for them and whose turn it is, what was before.

use jiff::Timestamp;
use maud::{Markup, html};

use super::views::PersonRow;
use crate::cards::{self, Listed};
use crate::layout::Shell;
use crate::parts::{Face, Icon, avatar, icon, post};

/// A person's card.
#[derive(Debug, Clone)]
pub struct PersonPage {
    pub person: PersonRow,
    pub addresses: Vec<AddressLine>,
    pub client_id: Option<u64>,
    pub details: Details,
    pub tickets: Listed,
    /// The notes and the history of the card.
    pub notes: Markup,
    pub changes: Markup,
    /// What they use.
    pub assets: Markup,
    /// Cards told as this one.
    pub told: Markup,
    /// The client's agreement, when they have one.
    pub agreement: Markup,
    /// How an agent, or both sides at their client, did this month.
    pub scorecard: Markup,
}

/// What else is known of them; empty texts are left out.
#[derive(Debug, Clone, Default)]
pub struct Details {
    pub job: String,
    pub phone: String,
    pub language: String,
    pub zone: String,
    /// What time it is there.
    pub time_there: Option<String>,
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

/// The content of a person's card.
pub fn person(page: &PersonPage, shell: &Shell) -> Markup {
    let who = &page.person;
    html! {
        div.card-page {
            (head(page))
            div.card-glance {
                section.glance { h2.visually-hidden { "About them" } (facts(page, shell)) }
                (page.notes)
                @if who.role.is_none() || page.tickets.open_count + page.tickets.ended_count > 0 { (cards::trend(&page.tickets.months)) }
                (page.assets)
                (page.scorecard)
                (page.agreement)
            }
            (cards::tickets(&page.tickets, &shell.clock))
            (page.told)
            (page.changes)
        }
    }
}

fn head(page: &PersonPage) -> Markup {
    let who = &page.person;
    html! {
        header.page-head.card-head {
            (avatar(&Face::of(&who.name)))
            div { h1 { (who.name) } p.says {
                @if !page.details.job.is_empty() { (page.details.job) " · " }
                @if let (Some(id), Some(client)) = (page.client_id, &who.client) { a href={ "/clients/" (id) } { (client) } " · " }
                @if let Some(role) = &who.role { (role) " · " } (who.address)
            } }
            div.page-acts {
                a.btn href={ "/people/" (who.id) "/edit" } { (icon(Icon::Pencil)) "Edit" }
                @if who.role.is_none() { a.btn href={ "/people/" (who.id) "/merge" } { (icon(Icon::Join)) "Merge with…" } }
                a.btn href={ "/calls/new?person=" (who.id) } { (icon(Icon::Phone)) "Log a call" }
                a.btn.btn-1 href={ "/tickets/new?requester=" (who.id) } { (icon(Icon::Plus)) "New ticket" }
            }
        }
    }
}

fn facts(page: &PersonPage, shell: &Shell) -> Markup {
    let it = &page.details;
    let tel: String = it
        .phone
        .chars()
        .filter(|c| c.is_ascii_digit() || matches!(c, '+' | '#' | '*'))
        .collect();
    html! {
        dl.pairs {
            div { dt { "Addresses" } dd { @for line in &page.addresses {
                span.line { (line.address) }
                @if let Some(mark) = &line.mark { (came_back(page.person.id, &line.address, mark, shell)) }
            } } }
            @if !it.phone.is_empty() { div { dt { "Phone" } dd {
                @if tel.is_empty() { (it.phone) } @else { a href={ "tel:" (tel) } data-turbo="false" { (it.phone) } }
            } } }
            @if !it.language.is_empty() { div { dt { "Language" } dd { (it.language) } } }
            @if !it.zone.is_empty() { div { dt { "Time zone" } dd {
                (it.zone) @if let Some(time) = &it.time_there { span.dim { " · " (time) " there" } }
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

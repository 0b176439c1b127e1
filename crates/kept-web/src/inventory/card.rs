//! An asset's card: what it is, how it hangs together with others, and the tickets about it.

use kept_app::domain::assets::Relation;
use maud::{Markup, html};

use super::views::AssetRow;
use crate::cards::{self, Listed};
use crate::layout::Shell;
use crate::parts::{Icon, icon, post, post_with};

/// The card.
#[derive(Debug, Clone)]
pub struct AssetPage {
    pub row: AssetRow,
    pub client_id: Option<u64>,
    pub service: String,
    pub warranty_until: Option<String>,
    pub is_retired: bool,
    pub related: Vec<Other>,
    pub tickets: Listed,
    /// The notes and the history of the card.
    pub notes: Markup,
    pub changes: Markup,
}

/// Another it hangs together with.
#[derive(Debug, Clone)]
pub struct Other {
    /// `depends on`, `is needed by`.
    pub how: &'static str,
    pub relation: &'static str,
    /// The other is the one that depends or is part.
    pub is_back: bool,
    pub id: u64,
    pub name: String,
}

/// The content of the card.
pub fn asset(page: &AssetPage, shell: &Shell) -> Markup {
    html! {
        div.card-page {
            (head(page, shell))
            div.card-glance {
                section.glance { h2.visually-hidden { "About it" } (facts(page)) }
                (page.notes)
                (related(page, shell))
                (cards::trend(&page.tickets.months))
            }
            (cards::tickets(&page.tickets, &shell.clock))
            (page.changes)
        }
    }
}

fn head(page: &AssetPage, shell: &Shell) -> Markup {
    let it = &page.row;
    let gone = if page.is_retired { "no" } else { "yes" };
    html! {
        header.page-head.card-head {
            span.av.av-square aria-hidden="true" { (icon(Icon::Monitor)) }
            div {
                h1 { (it.name) @for mark in &it.marks { " " span.badge { (mark) } } }
                p.says { @if !it.kind.is_empty() { (it.kind) " · " } (it.identifier) }
            }
            div.page-acts {
                a.btn href={ "/inventory/" (it.id) "/edit" } { (icon(Icon::Pencil)) "Edit" }
                (post(&format!("/inventory/{}/retirement", it.id), &shell.csrf, html! {
                    button.btn name="gone" value=(gone) { (icon(Icon::Archive)) @if page.is_retired { "Use it again" } @else { "Retire" } }
                }))
            }
        }
    }
}

fn facts(page: &AssetPage) -> Markup {
    let it = &page.row;
    html! {
        dl.pairs {
            @if let (Some(id), Some(client)) = (page.client_id, &it.client) {
                div { dt { "Client" } dd { a href={ "/clients/" (id) } { (client) } } }
            }
            @if let Some((id, owner)) = &it.owner { div { dt { "Owner" } dd { a href={ "/people/" (id) } { (owner) } } } }
            @if !page.service.is_empty() { div { dt { "Service" } dd { (page.service) } } }
            @if let Some(until) = &page.warranty_until { div { dt { "Warranty" } dd { "until " (until) } } }
        }
    }
}

fn related(page: &AssetPage, shell: &Shell) -> Markup {
    let action = format!("/inventory/{}/relations", page.row.id);
    html! {
        section.glance {
            h2 { "Hangs together with" }
            ul.others { @for other in &page.related { li.asset-line {
                span { span.dim { (other.how) " " } a href={ "/inventory/" (other.id) } { (other.name) } }
                (post(&action, &shell.csrf, html! {
                    input type="hidden" name="how" value=(other.relation);
                    input type="hidden" name="other" value={ "#" (other.id) };
                    input type="hidden" name="back" value=(if other.is_back { "yes" } else { "no" });
                    button.tag-off name="gone" value="yes" aria-label={ "Take out: " (other.how) " " (other.name) } { (icon(Icon::Cross)) }
                }))
            } } }
            (post_with(&action, &shell.csrf, "inline-form", html! {
                select name="how" aria-label="How" { @for relation in Relation::ALL { option value=(relation.as_str()) { (relation.words()) } } }
                input type="text" name="other" required placeholder="#12" aria-label="Number of the other asset" autocomplete="off";
                button.btn { "Add" }
            }))
        }
    }
}

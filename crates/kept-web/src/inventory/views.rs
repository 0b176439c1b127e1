//! The list of assets.

use maud::{Markup, html};

use crate::parts::{Empty, Icon, Tab, empty, icon, tabs};

/// The list.
#[derive(Debug, Clone)]
pub struct AssetsPage {
    pub tabs: Vec<Tab>,
    pub assets: Vec<AssetRow>,
    pub older: Option<String>,
    pub query: String,
    /// The tab that is shown, for the search within it.
    pub which: &'static str,
    /// Whose things these are, when it is one's: what the address says, where their card is, and their name.
    pub of: Option<(&'static str, u64, String)>,
}

/// One of them in a list.
#[derive(Debug, Clone)]
pub struct AssetRow {
    pub id: u64,
    pub name: String,
    pub kind: String,
    pub identifier: String,
    pub client: Option<String>,
    pub owner: Option<(u64, String)>,
    pub open_tickets: u64,
    /// `warranty ends in 12 days`, `retired`.
    pub marks: Vec<String>,
}

/// The content of the list.
pub fn assets(page: &AssetsPage) -> Markup {
    html! {
        header.page-head.with-acts {
            div { h1 { "Assets" } @match &page.of {
                Some((whose, id, name)) => { p.says { "Of " a href={ "/" (whose) "/" (id) } { (name) } " · " a href="/inventory" { "Everybody’s" } } },
                None => { p.says { "What people use and you look after, with the tickets about it." } },
            } }
            div.page-acts { (filter(page)) a.btn href="/imports?kind=assets" { (icon(Icon::Sheet)) "Import" } a.btn href={ "/inventory/new" (owner_part(page)) } { (icon(Icon::Plus)) "New asset" } }
        }
        (tabs("Which assets", &page.tabs))
        @if page.assets.is_empty() { (nothing(page)) } @else { (table(&page.assets)) }
        @if let Some(href) = &page.older { nav.pages aria-label="Pages" { a.btn href=(href) rel="next" { "Next page" } } }
    }
}

/// `?client=3`, when the list is one's.
fn owner_part(page: &AssetsPage) -> String {
    let of = page.of.as_ref();
    of.map_or_else(String::new, |(whose, id, _)| {
        format!("?{}={id}", of_name(whose))
    })
}

/// How addresses name whose things they are.
pub(super) fn of_name(whose: &str) -> &'static str {
    match whose {
        "people" => "owner",
        _ => "client",
    }
}

fn filter(page: &AssetsPage) -> Markup {
    html! {
        form.filter action="/inventory" {
            input type="hidden" name="which" value=(page.which);
            @if let Some((whose, id, _)) = &page.of { input type="hidden" name=(of_name(whose)) value=(id); }
            input type="search" name="q" value=(page.query) placeholder="Name, identifier, kind or owner" aria-label="Find an asset";
        }
    }
}

fn nothing(page: &AssetsPage) -> Markup {
    let title = match (page.query.as_str(), page.which) {
        ("", "in-use") => "Nothing is written down yet".to_owned(),
        ("", "ends-soon") => "No warranty ends soon".to_owned(),
        ("", _) => "Nothing here".to_owned(),
        (query, _) => format!("Nothing is called “{query}”"),
    };
    empty(&Empty {
        icon: Icon::Monitor,
        title,
        says: "Write down laptops, printers, lines and licences with their owner, service and warranty, or bring them from a table."
            .to_owned(),
        step: Some(("/inventory/new".to_owned(), "Add an asset".to_owned())),
    })
}

/// Assets as a table.
pub fn table(assets: &[AssetRow]) -> Markup {
    html! {
        table.list {
            thead { tr { th { "Asset" } th { "Identifier" } th { "Owner" } th { "Client" } th.num { "Open" } } }
            tbody { @for asset in assets { (line(asset)) } }
        }
    }
}

fn line(asset: &AssetRow) -> Markup {
    html! {
        tr {
            td { a href={ "/inventory/" (asset.id) } { (asset.name) }
                @if !asset.kind.is_empty() { " " span.mut { (asset.kind) } }
                @for mark in &asset.marks { span.badge { (mark) } } }
            td.mut { (asset.identifier) }
            td.mut { @if let Some((id, name)) = &asset.owner { a href={ "/people/" (id) } { (name) } } }
            td.mut { @if let Some(client) = &asset.client { (client) } }
            td.num data-unit="open" { @if asset.open_tickets > 0 { (asset.open_tickets) } @else { span.dim { "–" } } }
        }
    }
}

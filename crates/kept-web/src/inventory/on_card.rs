//! The things of somebody, on their card.

use kept_app::assets::{self as commands, Asked};
use maud::{Markup, html};

use super::routes::{row, today};
use super::views::AssetRow;
use crate::errors::Failure;
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::web::Web;

/// Shown on a card; the list has the rest.
const SHOWN: usize = 5;

/// The section; `list` is where all of them are and one is added.
pub(crate) async fn on_card(
    web: &Web,
    who: &SignedIn,
    asked: Asked,
    list: &str,
    shell: &Shell,
) -> Result<Markup, Failure> {
    let today = today(shell);
    let (found, _) = commands::assets(&web.desk, &who.viewer, asked, today, None).await?;
    let rows: Vec<AssetRow> = found.iter().take(SHOWN).map(|it| row(it, today)).collect();
    Ok(section(&rows, found.len() > SHOWN, list))
}

fn section(rows: &[AssetRow], more: bool, list: &str) -> Markup {
    html! {
        section.glance {
            h2 { "Assets" a href={ "/inventory" (if more || !rows.is_empty() { "" } else { "/new" }) "?" (list) } {
                @if rows.is_empty() { "Add one" } @else { "All" }
            } }
            @if rows.is_empty() { p.says { "None written down." } } @else {
                ul.others { @for asset in rows { li {
                    a href={ "/inventory/" (asset.id) } { (asset.name) }
                    @if !asset.identifier.is_empty() { " " span.dim { (asset.identifier) } }
                    @for mark in &asset.marks { " " span.badge { (mark) } }
                } } }
            }
        }
    }
}

//! The things a ticket is about, beside its conversation.

use maud::{Markup, html};

use super::views::AssetRow;
use crate::layout::Shell;
use crate::parts::{Icon, icon, post, post_with};

/// What the panel shows.
#[derive(Debug, Clone, Default)]
pub struct OnTicket {
    pub linked: Vec<AssetRow>,
    /// What it may well be about.
    pub offered: Vec<AssetRow>,
}

/// The section.
pub fn section(it: &OnTicket, number: u64, shell: &Shell) -> Markup {
    html! {
        section {
            h2 { "Assets" }
            @if !it.linked.is_empty() {
                ul.others { @for asset in &it.linked { (line(asset, number, shell)) } }
            }
            (post_with(&format!("/tickets/{number}/assets"), &shell.csrf, "inline-form", html! {
                input type="text" name="asset" required list="ticket-assets" placeholder="name or identifier"
                    aria-label="Asset this ticket is about" autocomplete="off";
                datalist #ticket-assets { @for asset in &it.offered { option value={ "#" (asset.id) " " (asset.name) } { (asset.identifier) } } }
                button.btn data-act="Add an asset…" { "Add" }
            }))
        }
    }
}

fn line(asset: &AssetRow, number: u64, shell: &Shell) -> Markup {
    html! {
        li.asset-line {
            span {
                a href={ "/inventory/" (asset.id) } { (asset.name) }
                @if !asset.identifier.is_empty() { " " span.dim { (asset.identifier) } }
                @for mark in &asset.marks { " " span.tag.hint { (mark) } }
            }
            (post(&format!("/tickets/{number}/assets/{}/removal", asset.id), &shell.csrf, html! {
                button.tag-off aria-label={ "This ticket is not about " (asset.name) } { (icon(Icon::Cross)) }
            }))
        }
    }
}

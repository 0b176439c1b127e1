//! The form to add or change an asset.

use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Choice, Field, post_with, select_field, text_area, text_field};

/// The fields of an asset. `id` is absent for a new one.
#[derive(Debug, Clone)]
pub struct AssetForm {
    pub id: Option<u64>,
    /// The last line of the card's history this form was filled from.
    pub seen: String,
    pub name: Field,
    pub kind: Field,
    pub kinds: Vec<String>,
    pub identifier: Field,
    pub client: Field,
    pub clients: Vec<Choice>,
    pub owner: Field,
    pub service: Field,
    pub services: Vec<String>,
    pub warranty: Field,
    pub notes: Field,
}

/// The content of the page.
pub fn edit(form: &AssetForm, shell: &Shell) -> Markup {
    let action = form
        .id
        .map_or_else(|| "/inventory".to_owned(), |id| format!("/inventory/{id}"));
    let title = if form.id.is_some() {
        "Change this asset"
    } else {
        "New asset"
    };
    html! {
        div.sheet-page {
            header.page-head { p.crumbs { a href="/inventory" { "Assets" } } h1 { (title) } }
            (post_with(&action, &shell.csrf, "form", html! {
                input type="hidden" name="seen" value=(form.seen);
                (text_field(&form.name))
                div.field-row { (text_field(&form.kind)) (text_field(&form.identifier)) }
                datalist #asset-kinds { @for kind in &form.kinds { option value=(kind) {} } }
                (select_field(&form.client, &form.clients))
                (text_field(&form.owner))
                div.field-row { (text_field(&form.service)) (text_field(&form.warranty)) }
                datalist #asset-services { @for service in &form.services { option value=(service) {} } }
                (text_area(&form.notes, 4))
                div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href=(action) { "Leave it" } }
            }))
        }
    }
}

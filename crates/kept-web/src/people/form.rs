//! The form to add or change a person.

use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Choice, Field, post_with, select_field, text_area, text_field};

/// The fields of a person. `id` is absent for a new one.
#[derive(Debug, Clone)]
pub struct PersonForm {
    pub id: Option<u64>,
    /// The last line of the card's history this form was filled from.
    pub seen: String,
    pub name: Field,
    pub addresses: Field,
    pub client: Field,
    pub clients: Vec<Choice>,
    pub job: Field,
    pub phone: Field,
    pub language: Field,
    pub zone: Field,
    pub notes: Field,
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
                input type="hidden" name="seen" value=(form.seen);
                (text_field(&form.name)) (text_area(&form.addresses, 2))
                (select_field(&form.client, &form.clients))
                div.field-row { (text_field(&form.job)) (text_field(&form.phone)) }
                div.field-row { (text_field(&form.language)) (text_field(&form.zone)) }
                datalist #zones { @for zone in jiff::tz::db().available() { option value=(zone.as_str()) {} } }
                (text_area(&form.notes, 4))
                div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href=(action) { "Leave it" } }
            }))
        }
    }
}

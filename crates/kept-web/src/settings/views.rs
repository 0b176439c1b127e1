//! The index of the settings and the page of the desk itself.

use maud::{Markup, html};

use super::frame::{PAGES, framed};
use crate::layout::Shell;
use crate::parts::{Choice, Field, Icon, icon, post_with, select_field, text_area, text_field};

/// The fields of the desk: its name, zone, hours and signature.
#[derive(Debug, Clone)]
pub struct DeskForm {
    pub name: Field,
    pub zone: Field,
    pub zones: Vec<Choice>,
    pub hours: Field,
    pub signature: Field,
}

/// The content of the settings index.
pub fn index() -> Markup {
    html! {
        header.page-head { h1 { "Settings" } p.says { "Kept works as it comes. These pages are for when yours is a different desk." } }
        ul.tiles {
            @for (href, name, says) in PAGES {
                li { a.tile href=(href) { b { (name) } span { (says) } (icon(Icon::Chevron)) } }
            }
        }
    }
}

/// The content of the page of the desk.
pub fn desk(form: &DeskForm, shell: &Shell) -> Markup {
    framed(
        "/settings/desk",
        "Desk",
        "What clients see of you, and the time you live in.",
        post_with(
            "/settings/desk",
            &shell.csrf,
            "form",
            html! {
                (text_field(&form.name)) (select_field(&form.zone, &form.zones)) (text_field(&form.hours)) (text_area(&form.signature, 3))
                div.form-foot { button.btn.btn-1 data-key="send" { "Save" } }
            },
        ),
    )
}

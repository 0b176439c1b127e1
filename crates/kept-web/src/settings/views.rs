//! The index of the settings and the page of the desk itself.

use maud::{Markup, html};

use super::frame::{PAGES, framed};
use crate::layout::Shell;
use crate::parts::{Field, Icon, icon, post_with, text_area, text_field};

/// What the desk says by itself.
#[derive(Debug, Clone)]
pub struct DeskForm {
    /// Each under the name of its text.
    pub texts: Vec<Field>,
    /// Days for which a closed ticket opens again.
    pub days: Field,
    /// What can be filled in: (as it is written, what it becomes).
    pub words: Vec<(String, String)>,
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
    let content = html! {
        @for text in &form.texts { (text_form(text, shell)) }
        section.block {
            h2 { "After a ticket is closed" }
            (post_with("/settings/desk/reopening", &shell.csrf, "form", html! {
                (text_field(&form.days))
                div.form-foot { button.btn { "Save the days" } }
            }))
        }
        section.block {
            h2 { "What can be filled in" }
            dl.pairs.mono { @for (written, becomes) in &form.words { div { dt { (written) } dd { (becomes) } } } }
        }
    };
    framed(
        "/settings/desk",
        "Texts",
        "What Kept writes by itself, and when it opens a closed ticket again. Everything else a person does.",
        content,
    )
}

fn text_form(text: &Field, shell: &Shell) -> Markup {
    post_with(
        "/settings/desk",
        &shell.csrf,
        "form",
        html! {
            input type="hidden" name="which" value=(text.name);
            (text_area(text, 8))
            div.form-foot {
                button.btn.btn-1 data-key="send" { "Save" }
                button.btn.quiet name="act" value="built-in" formnovalidate { "Back to the built-in text" }
            }
        },
    )
}

//! The page of what is one's own. It shows fields and never a stored password.

use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Choice, Field, post_with, select_field, text_field};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct YouPage {
    pub undo: Field,
    pub undos: Vec<Choice>,
    /// Absent for somebody who came in by a link: they may have forgotten it.
    pub old_password: Option<Field>,
    pub password: Field,
}

/// The content of the page.
pub fn you(page: &YouPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { div { h1 { "You" } p.says { "What you decide for yourself, " (shell.me.name) "." } } }
            section.block {
                h2 { "Sending" }
                (post_with("/you/undo", &shell.csrf, "form", html! {
                    (select_field(&page.undo, &page.undos))
                    div.form-foot { button.btn.btn-1 { "Save" } }
                }))
            }
            section.block {
                h2 { "Password" }
                @if page.old_password.is_none() { p.says { "You came in by a link, so the old password is not asked for." } }
                (post_with("/you/password", &shell.csrf, "form", html! {
                    @if let Some(field) = &page.old_password { (text_field(field)) }
                    (text_field(&page.password))
                    div.form-foot { button.btn.btn-1 { "Change the password" } }
                }))
            }
        }
    }
}

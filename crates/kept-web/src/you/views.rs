//! The page of what is one's own. It shows fields and never a stored password.

use kept_app::domain::notifications::{Kind, Ways};
use maud::{Markup, PreEscaped, html};

use super::calendar::{self, Calendar};
use super::hook::{self, OwnHook};
use super::pop_ups;
use crate::layout::Shell;
use crate::notifications::choices::choices;
use crate::parts::{Choice, Field, post_with, select_field, text_area, text_field};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct YouPage {
    /// How the reader hears of each kind of notice.
    pub hears: Vec<(Kind, Ways)>,
    pub hook: OwnHook,
    pub calendar: Calendar,
    pub undo: Field,
    pub undos: Vec<Choice>,
    /// The reader’s own signature.
    pub signature: Field,
    /// What stands under it in mail of each queue: its name, and its signature as HTML.
    pub queues: Vec<(String, String)>,
    /// Absent for somebody who came in by a link: they may have forgotten it.
    pub old_password: Option<Field>,
    pub password: Field,
}

fn signature(page: &YouPage, shell: &Shell) -> Markup {
    html! {
        section.block id="signature" {
            h2 { "Signature" }
            (post_with("/you/signature", &shell.csrf, "form", html! {
                (text_area(&page.signature, 4))
                div.form-foot { button.btn.btn-1 { "Save the signature" } }
            }))
            @for (name, below) in &page.queues {
                p.says { "In mail of " (name) " this stands below it:" }
                div.below-words { (PreEscaped(below)) }
            }
        }
    }
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
            (signature(page, shell))
            section.block id="hear" {
                h2 { "Notices" }
                p.says { "Everything stands under " a href="/notifications" { "Notices" } " and rings the bell. Choose what also comes by mail, by web-hook or on your screen, in your desk’s hours." }
                (choices(&page.hears, shell))
            }
            (hook::section(&page.hook, shell))
            (pop_ups::section())
            (calendar::section(&page.calendar, shell))
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

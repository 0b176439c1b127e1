//! Which other cards are told as this one, each with its way back.

use kept_app::people::Told;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Icon, icon, post};

/// Nothing where no card was merged into this one.
pub fn told(all: &[Told], shell: &Shell) -> Markup {
    html! {
        @if !all.is_empty() {
            section.group.told-cards {
                h2.group-title { "Merged into this card " span.count { (all.len()) } }
                ul.plain-list { @for it in all { li.told-card {
                    div { b { (it.name) } @if !it.reached.is_empty() { " · " (it.reached.join(", ")) }
                        p.says { "by " (it.by) ", " (shell.clock.at(it.at)) } }
                    (post(&format!("/undo/joined-{}", it.id), &shell.csrf, html! {
                        button.btn aria-label={ "Undo the merge of " (it.name) } { (icon(Icon::Undo)) "Undo" }
                    }))
                } } }
            }
        }
    }
}

//! The small menu at a message that says it belongs elsewhere, and the button where intake had a doubt.

use maud::{Markup, html};

use super::not_done::{self, NotDone};
use crate::layout::Shell;
use crate::parts::{Icon, icon, post, post_with};

/// What can be corrected about where a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// It came by mail and is not all there is, so it can become a ticket of its own.
    pub split: bool,
    /// So can it and what came after it.
    pub split_rest: bool,
    /// The ticket intake thought of and decided against.
    pub offer: Option<i64>,
    /// The number it was just moved to in vain.
    pub not_done: Option<NotDone>,
}

/// The menu of message `id`.
pub fn menu(id: u64, on: &Elsewhere, shell: &Shell) -> Markup {
    let not_done = on.not_done.as_ref();
    let field = format!("elsewhere-{id}");
    let own = |with: &str, words: &str| {
        html! { button.act name="with" value=(with) { (icon(Icon::Plus)) (words) } }
    };
    html! {
        details.elsewhere open[not_done.is_some()] {
            summary { "Belongs elsewhere" }
            div.elsewhere-menu {
                @if on.split {
                    (post(&format!("/messages/{id}/ticket"), &shell.csrf, html! {
                        (own("this", "Make it a ticket of its own"))
                        @if on.split_rest { (own("rest", "The same, with all that follows")) }
                    }))
                }
                (post_with(&format!("/messages/{id}/join"), &shell.csrf, "inline-form", html! {
                    input type="text" name="number" inputmode="numeric" required placeholder="#1038" aria-label="Number of the ticket it belongs to"
                        value=[not_done.map(|it| &it.typed)] autofocus[not_done.is_some()] aria-invalid=[not_done.map(|_| "true")] aria-describedby=[not_done.map(|_| format!("{field}-why"))];
                    button.btn { (icon(Icon::Join)) "Move there" }
                }))
                (not_done::why(not_done, &field))
            }
        }
    }
}

/// One click for the ticket a message may belong to after all.
pub fn offer(id: u64, on: &Elsewhere, shell: &Shell) -> Markup {
    html! {
        @if let Some(number) = on.offer {
            (post_with(&format!("/messages/{id}/join"), &shell.csrf, "elsewhere-offer", html! {
                button.link name="number" value=(number) { "Join to #" (number) }
            }))
        }
    }
}

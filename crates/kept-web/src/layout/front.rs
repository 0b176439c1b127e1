//! The airy frame for those who are not signed in: the mark, one card, nothing else.

use maud::{DOCTYPE, Markup, html};

use super::{Theme, head, sidebar};

/// A whole page with one card. `desk` is the name of the desk, shown beside the mark when it has one.
pub fn front(title: &str, desk: Option<&str>, theme: Theme, card: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-theme=(theme.word()) {
            (head::head(title, false))
            body.front {
                header.front-head { (sidebar::mark()) b { "Kept" } @if let Some(desk) = desk { span { (desk) } } }
                main.front-card id="main" { (card) }
                footer.front-foot { "The help desk where both sides keep their word." }
            }
        }
    }
}

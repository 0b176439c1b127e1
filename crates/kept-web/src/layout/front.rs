//! The airy frame for those who are not signed in: the mark, one card, nothing else.

use maud::{DOCTYPE, Markup, html};

use super::{Theme, head, sidebar};

/// A whole page with one card.
pub fn front(title: &str, theme: Theme, card: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" data-theme=(theme.word()) {
            (head::head(title, false))
            body.front {
                header.front-head { (sidebar::mark()) b { "Kept" } }
                main.front-card id="main" { (card) }
                footer.front-foot { "The help desk where both sides keep their word." }
            }
        }
    }
}

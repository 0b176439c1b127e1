//! What a page says when it has nothing to show: what this place is for and the one step to begin.

use maud::{Markup, html};

use super::{Icon, icon};

/// An empty place. `step` is the link that begins: its address and its words.
#[derive(Debug, Clone)]
pub struct Empty {
    pub icon: Icon,
    pub title: String,
    pub says: String,
    pub step: Option<(String, String)>,
}

/// The empty state, centred where the list would be.
pub fn empty(empty: &Empty) -> Markup {
    html! {
        div.empty {
            span.empty-mark { (icon(empty.icon)) }
            h2 { (empty.title) }
            p { (empty.says) }
            @if let Some((href, words)) = &empty.step { a.btn.btn-1 href=(href) { (words) } }
        }
    }
}

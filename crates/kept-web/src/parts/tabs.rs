//! A row of views as links, with counts. The chosen one says so to screen readers too.

use maud::{Markup, html};

/// One tab. A count of zero is left out: a row of noughts is noise.
#[derive(Debug, Clone)]
pub struct Tab {
    pub href: String,
    pub words: String,
    pub count: u64,
    pub chosen: bool,
}

/// The tabs; `label` names the row for screen readers.
pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for tab in tabs {
                a href=(tab.href) aria-current=[tab.chosen.then_some("page")] {
                    (tab.words) @if tab.count > 0 { " " b { (tab.count) } }
                }
            }
        }
    }
}

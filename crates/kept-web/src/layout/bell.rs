//! The bell over every page: how many notices are new, and the way to them. A live update fetches it alone.

use kept_app::notifications::MOST_COUNTED;
use maud::{Markup, html};

use super::Shell;
use crate::parts::{Icon, icon};

/// What the bell shows, and the live topic that changes it.
#[derive(Debug, Clone)]
pub struct Bell {
    pub topic: String,
    /// Counted to one more than [`MOST_COUNTED`].
    pub unread: usize,
}

/// The bell as a link.
pub fn bell(unread: usize) -> Markup {
    html! {
        a.btn.quiet.bell href="/notifications" data-key="notices" title="Notices" aria-label=(label(unread)) {
            (icon(Icon::Bell)) @if unread > 0 { b.count aria-hidden="true" { (counted(unread)) } }
        }
    }
}

fn label(unread: usize) -> String {
    match unread {
        0 => "Notices".to_owned(),
        many => format!("Notices, {} new", counted(many)),
    }
}

/// `3`, or `99+`.
fn counted(unread: usize) -> String {
    match unread {
        many if many > MOST_COUNTED => format!("{MOST_COUNTED}+"),
        many => many.to_string(),
    }
}

/// What shows notices on this computer, for those who switched that on there. Empty without scripts.
pub(super) fn pop_ups(shell: &Shell) -> Markup {
    html! { pop-ups data-topic=(shell.bell.topic) data-csrf=(shell.csrf) {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bell_counts_to_a_hundred_and_says_so_aloud() {
        let check = |unread: usize, expected: &str| assert_eq!(label(unread), expected);
        check(0, "Notices");
        check(1, "Notices, 1 new");
        check(99, "Notices, 99 new");
        check(100, "Notices, 99+ new");
        assert!(!bell(0).into_string().contains("count"));
        assert!(bell(7).into_string().contains(">7</b>"));
    }
}

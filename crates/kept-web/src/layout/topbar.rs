//! The bar over every page: search, the place in a list, and the one button that begins something.

use maud::{Markup, html};

use super::bell::bell;
use super::{Place, Shell, sidebar};
use crate::parts::{Icon, icon};

/// The top bar of the signed-in pages.
pub fn topbar(shell: &Shell) -> Markup {
    html! {
        header.top {
            a.top-mark href="/now" aria-label="Kept, to Now" { (sidebar::mark()) }
            form.find action="/search" role="search" {
                search-box data-from="/search/completions" {
                    (icon(Icon::Search))
                    input type="search" name="q" value=(shell.query) placeholder="Search tickets, people, words …"
                        aria-label="Search" autocomplete="off" data-key="search"
                        role="combobox" aria-expanded="false" aria-controls="find-offers" aria-autocomplete="list";
                    kbd { "/" }
                    ul.find-offers id="find-offers" role="listbox" aria-label="What you can type" hidden {}
                }
            }
            @if on_ticket(shell) { (neighbours(shell.place.as_ref())) }
            (bell(shell.bell.unread))
            @if shell.path != "/calls/new" {
                a.btn.quiet.top-call href="/calls/new" data-key=[(!on_ticket(shell)).then_some("call")] title="Log a call" {
                    (icon(Icon::Phone)) span.visually-hidden { "Log a call" } kbd aria-hidden="true" { "l" }
                }
            }
            @if shell.path != "/tickets/new" {
                a.btn.top-new href="/tickets/new" data-key="new" { (icon(Icon::Plus)) span { "New ticket" } kbd aria-hidden="true" { "c" } }
            }
        }
    }
}

/// There the key opens the composer's own fields.
fn on_ticket(shell: &Shell) -> bool {
    let number = shell.path.strip_prefix("/tickets/");
    number.is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The script fills the template from the list as it was when the ticket was opened; without it, the server's word stands.
fn neighbours(place: Option<&Place>) -> Markup {
    let nowhere = Place {
        says: String::new(),
        previous: Some("#".to_owned()),
        next: Some("#".to_owned()),
    };
    html! {
        list-place {
            template { (steps(&nowhere)) }
            @if let Some(place) = place { (steps(place)) }
        }
    }
}

fn steps(place: &Place) -> Markup {
    html! {
        nav.place aria-label="Place in the list" {
            span { (place.says) }
            @if let Some(href) = &place.previous { a href=(href) data-key="previous" aria-label="Previous ticket" { (icon(Icon::Back)) } }
            @if let Some(href) = &place.next { a href=(href) data-key="next" aria-label="Next ticket" { (icon(Icon::Chevron)) } }
        }
    }
}

//! The line below what is being written: since when it is kept, what was written elsewhere, and the way to be rid of it.

use jiff::Timestamp;
use kept_app::domain::drafts::Kept;
use kept_app::domain::ids::TicketId;
use kept_app::store::unsent::Listed;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Clock, Icon, icon, post};

/// Letters shown of a draft in a list.
const SHOWN: usize = 120;

/// What a form says of its draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    pub saved_at: Timestamp,
    /// What was written elsewhere, and when.
    pub other: Option<(String, Timestamp)>,
    /// It can be thrown away here.
    pub can_discard: bool,
}

impl Unsent {
    pub(crate) fn of(kept: &Kept) -> Self {
        let other = kept.other.as_ref();
        Self {
            saved_at: kept.draft.saved_at,
            other: other.map(|other| (other.text.clone(), other.saved_at)),
            can_discard: true,
        }
    }
}

/// Where the draft of a ticket, or of a new one, is kept.
pub fn address(ticket: Option<u64>) -> String {
    match ticket {
        Some(number) => format!("/tickets/{number}/draft"),
        None => "/tickets/new/draft".to_owned(),
    }
}

/// The line itself. It stands last in its form: pressing Enter in a field must not throw anything away.
pub fn line(unsent: Option<&Unsent>, ticket: Option<u64>, clock: &Clock) -> Markup {
    let to = address(ticket);
    let ms = unsent.map(|it| it.saved_at.as_millisecond());
    html! {
        div.draft-line data-part="draft" {
            input type="hidden" name="base" value=[ms];
            @if let Some(it) = unsent {
                p {
                    (icon(Icon::Check)) span { "Draft kept " (clock.at(it.saved_at)) }
                    @if it.can_discard { button.link formaction={ (to) "/removal" } formnovalidate { "Discard" } }
                }
                @if let Some((text, at)) = &it.other { (other(text, *at, &to, clock)) }
            }
            button.btn.quiet.save-draft formaction=(to) formnovalidate { "Save draft" }
        }
    }
}

fn other(text: &str, at: Timestamp, to: &str, clock: &Clock) -> Markup {
    html! {
        details.draft-other {
            summary { (icon(Icon::Chevron)) "Another version, from " (clock.at(at)) }
            blockquote { (text) }
            button.btn formaction={ (to) "/other" } formnovalidate { "Go on with this one" }
        }
    }
}

/// Everything the reader began and did not send; on Now.
pub fn list(drafts: &[Listed], shell: &Shell) -> Markup {
    html! {
        @if !drafts.is_empty() {
            details.fold-group.drafts {
                summary { (icon(Icon::Chevron)) "Drafts " span.count { (drafts.len()) } }
                ul { @for draft in drafts { li { (entry(draft, shell)) } } }
            }
        }
    }
}

fn entry(draft: &Listed, shell: &Shell) -> Markup {
    let number = draft.ticket.map(|TicketId(id)| crate::numbers::count(id));
    let href = match number {
        Some(number) => format!("/tickets/{number}#composer-words"),
        None => "/tickets/new".to_owned(),
    };
    html! {
        a.draft-open href=(href) {
            b { @match number { Some(number) => { (draft.subject) " " span.number { "#" (number) } }, None => "A new ticket" } }
            span.draft-words { (beginning(&draft.text)) }
        }
        span.dim { (shell.clock.at(draft.saved_at)) }
        (post(&format!("{}/removal", address(number)), &shell.csrf, html! {
            input type="hidden" name="back" value="/now";
            button.link { "Discard" span.visually-hidden { " the draft for " (draft.subject) } }
        }))
    }
}

/// The first words, on one line.
fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

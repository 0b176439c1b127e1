//! A card's notes, and who changed what of the card.

use kept_app::domain::cards::{CardEvent, Field, sentence};
use kept_app::mail::markdown;
use kept_app::store::cards::Line;
use maud::{Markup, PreEscaped, html};

use crate::layout::Shell;
use crate::parts::{Icon, icon};

/// What the desk noted; `edit` is where it is changed.
pub fn notes(text: &str, edit: &str) -> Markup {
    html! {
        section.glance.card-notes {
            h2 { "Notes" a href=(edit) { @if text.is_empty() { "Write some" } @else { "Change" } } }
            @if text.is_empty() { p.says { "Nothing yet. Only the desk reads them." } }
            @else { div.rich { (PreEscaped(markdown::to_html(text))) } }
        }
    }
}

/// The history of the card itself, folded.
pub fn changes(lines: &[Line], shell: &Shell) -> Markup {
    html! {
        @if !lines.is_empty() {
            details.fold-group.card-changes {
                summary { (icon(Icon::Chevron)) "Changes of this card " span.count { (lines.len()) } }
                ol { @for line in lines { (one(line, shell)) } }
            }
        }
    }
}

fn one(line: &Line, shell: &Shell) -> Markup {
    html! {
        li {
            (shell.clock.at(line.at)) " · " (line.by.as_deref().unwrap_or("Kept")) " · " (sentence(&line.event))
            @if let CardEvent::Changed { field: Field::Notes, from, .. } = &line.event {
                @if !from.is_empty() { details { summary { "As they were" } pre.quoted-mail { (from) } } }
            }
        }
    }
}

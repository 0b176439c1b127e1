//! What a caller sees who follows the link of our summary: their words as we understood them, one button, and a way to
//! say otherwise. It says nothing else of the ticket.

use kept_app::calls::Page;
use kept_app::domain::calls::{Answer, LONGEST_WORDS, Wanted};
use maud::{Markup, html};

use crate::layout::{Theme, front};
use crate::parts::{Icon, icon};

/// The page, and what was wrong with the last try.
#[derive(Debug, Clone)]
pub struct GuestPage {
    pub token: String,
    pub page: Page,
    pub typed: String,
    pub error: Option<String>,
    pub theme: Theme,
}

/// The whole page.
pub fn page(guest: &GuestPage) -> Markup {
    let page = &guest.page;
    let title = match page.call.answer {
        None => "Is this what you meant?",
        Some(Answer::Confirmed { .. }) => "Thank you, that is settled",
        Some(Answer::Corrected { .. }) => "Thank you, we have read it anew",
    };
    let card = html! {
        h1 { (title) }
        @if let Some(error) = &guest.error { p.warning role="alert" { (icon(Icon::Warning)) (error) } }
        (understood(page))
        (answer(guest))
        p.front-note { "#" (page.number) " · " (page.subject) }
    };
    front(title, guest.theme, card)
}

fn understood(page: &Page) -> Markup {
    html! {
        p.says { @if !page.name.is_empty() { (page.name) ", " } (page.call.how.told()) " on " (page.when) ". This is what we understood:" }
        blockquote.heard { @for line in page.said.lines() { p { (line) } } }
        p { b { (page.call.wanted.told()) } }
    }
}

fn answer(guest: &GuestPage) -> Markup {
    let page = &guest.page;
    let when = page.answered.as_deref().unwrap_or_default();
    match page.call.answer {
        None => html! {
            form.form method="post" action={ "/said/" (guest.token) "/confirmation" } {
                button.btn.btn-1.wide { (icon(Icon::Check)) "Yes, that is right" }
            }
            (correction(guest, "No, something is different"))
        },
        Some(Answer::Confirmed { .. }) => html! {
            p.is-confirmed { (icon(Icon::Check)) "You confirmed this on " (when) "." }
            (correction(guest, "Something is different after all"))
        },
        Some(Answer::Corrected { wanted, .. }) => html! {
            p.is-confirmed { (icon(Icon::Check)) "You corrected this on " (when) ":" }
            @if let Some(words) = &page.correction { blockquote.heard { @for line in words.lines() { p { (line) } } } }
            p { b { (wanted.told()) } }
            p.says { "It is in front of us now. To add something, answer our mail" @if let Some(address) = &page.write_to { " or write to " a href={ "mailto:" (address) } { (address) } } "." }
        },
    }
}

fn correction(guest: &GuestPage, words: &str) -> Markup {
    let open = guest.error.is_some() || !guest.typed.is_empty();
    html! {
        details.correct open[open] {
            summary.btn { (icon(Icon::Pencil)) (words) }
            form.form method="post" action={ "/said/" (guest.token) "/correction" } {
                div.field {
                    label for="f-text" { "What did you mean?" }
                    textarea id="f-text" name="text" rows="4" required maxlength=(LONGEST_WORDS) { (guest.typed) }
                }
                fieldset.choices {
                    legend { "You want us to" }
                    @for (wanted, words) in [(Wanted::Act, "act on it"), (Wanted::Decide, "decide"), (Wanted::Know, "just know it")] {
                        label.tick { input type="radio" name="wanted" value=(wanted.as_str()) checked[wanted == Wanted::Act]; span { (words) } }
                    }
                }
                button.btn.btn-1.wide { "Send the correction" }
            }
        }
    }
}

//! The page that logs a call in seconds: who, what, and what they want.

use maud::{Markup, html};

use super::form::{self, CallForm};
use crate::layout::Shell;
use crate::parts::{Choice, Field, choices, post_with, select_field, text_area, text_field};

/// The fields with what was typed so far.
#[derive(Debug, Clone)]
pub struct CallPage {
    pub call: CallForm,
    pub text: Field,
    /// How long it took.
    pub time: Field,
    /// The caller's open tickets, to go on with one.
    pub tickets: Vec<Choice>,
    pub ticket: String,
    pub subject: Field,
    pub queue: Field,
    pub queues: Vec<Choice>,
    pub error: Option<String>,
}

/// The content of the page.
pub fn page(page: &CallPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page.call-page {
            header.page-head { div { h1 { "Log a call" }
                p.says { "They get what you understood in writing and confirm or correct it with one click." } } }
            (post_with("/calls", &shell.csrf, "form", html! {
                @if let Some(error) = &page.error { p.field-error role="alert" { (error) } }
                (form::who(&page.call, "call", true))
                (text_area(&page.text, 5))
                div.call-wants { b { "They want us to" } (form::wanted(page.call.wanted)) }
                (place(page))
                div.form-foot { button.btn.btn-1 data-key="send" { "Log the call" } a.btn.quiet href="/now" { "Leave it" } }
            }))
        }
    }
}

fn place(page: &CallPage) -> Markup {
    html! {
        div.field-row {
            @if page.tickets.is_empty() {
                div.field {
                    label for="f-ticket" { "Ticket" }
                    input id="f-ticket" type="text" name="ticket" value=(page.ticket) inputmode="numeric" placeholder="#1042, or empty for a new one" autocomplete="off";
                }
            } @else {
                div.field {
                    label for="f-ticket" { "Ticket" }
                    select id="f-ticket" name="ticket" { option value="" { "A new ticket" } (choices(&page.tickets, &page.ticket)) }
                }
            }
            (select_field(&page.queue, &page.queues))
            (text_field(&page.subject))
            (text_field(&page.time))
        }
    }
}

//! The form for a new ticket an agent opens: a call taken, a word in the hallway, or something to tell a client.

use kept_app::domain::fields::Field as Custom;
use maud::{Markup, html};

use super::fields;
use crate::drafts::views::{self as drafts, Unsent};
use crate::layout::Shell;
use crate::parts::{
    Choice, Field, Icon, choices, icon, post_files, select_field, text_area, text_field,
};

/// The fields of a new ticket with what was typed so far.
#[derive(Debug, Clone)]
pub struct NewTicket {
    pub requester: Field,
    pub subject: Field,
    pub text: Field,
    pub queue: Field,
    pub queues: Vec<Choice>,
    pub kind: Field,
    pub kinds: Vec<Choice>,
    pub priority: Field,
    pub priorities: Vec<Choice>,
    pub tags: Field,
    pub steps: Field,
    /// The desk's own, with what was typed and where each is asked.
    pub fields: Vec<(Custom, String, String)>,
    /// What it can begin with; none are offered when there are none.
    pub templates: Vec<Choice>,
    pub template: String,
    pub responsible: Field,
    pub agents: Vec<Choice>,
    /// What the reader was writing and did not send.
    pub unsent: Option<Unsent>,
}

/// The content of the new ticket page.
pub fn new_ticket(page: &NewTicket, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { h1 { "New ticket" } p.says { "For a call, a visit, or work of the desk’s own. It gets a number and a responsible agent at once." } }
            @if !page.templates.is_empty() { (template(page)) }
            (post_files("/tickets", &shell.csrf, "form", html! {
                (text_field(&page.requester))
                (text_field(&page.subject))
                keep-draft data-draft="new-ticket" data-to=(drafts::address(None)) { (text_area(&page.text, 7)) }
                drop-files { label.attach { (icon(Icon::Clip)) span { "Attach files" } input type="file" name="files" multiple; } ul.files {} }
                upload-progress hidden role="status" { progress max="1" value="0" aria-label="Files on their way" {} span {} }
                div.field-row {
                    (select_field(&page.queue, &page.queues))
                    (select_field(&page.kind, &page.kinds))
                    (select_field(&page.priority, &page.priorities))
                    (select_field(&page.responsible, &page.agents))
                }
                (fields::for_new(&page.fields))
                details.more-fields open[!page.steps.value.is_empty() || !page.tags.value.is_empty() || page.steps.error.is_some() || page.tags.error.is_some()] {
                    summary { "Tags and checklist" }
                    (text_field(&page.tags))
                    (text_area(&page.steps, 4))
                }
                div.form-foot { button.btn.btn-1 data-key="send" { "Open the ticket" } a.btn.quiet href="/inbox" { "Leave it" } }
                (drafts::line(page.unsent.as_ref(), None, &shell.clock))
            }))
        }
    }
}

/// Chosen before the fields are written; choosing fills them anew.
fn template(page: &NewTicket) -> Markup {
    html! {
        form.inline-form.from-template method="get" action="/tickets/new" {
            label for="from-template" { "Begin with" }
            send-on-change {
                select id="from-template" name="template" { option value="" { "nothing" } (choices(&page.templates, &page.template)) }
                button.btn { "Use" }
            }
        }
    }
}

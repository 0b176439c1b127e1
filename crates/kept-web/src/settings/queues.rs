//! Queues: the list, and one queue with its addresses, its members and the rota of who is on duty.

use maud::{Markup, PreEscaped, html};

use super::frame::framed;
use crate::layout::Shell;
use crate::parts::{
    Choice, Empty, Field, Icon, checkbox, choices, empty, icon, post, post_with, select_field,
    text_area, text_field,
};

/// One queue in the list.
#[derive(Debug, Clone)]
pub struct QueueRow {
    pub id: u64,
    pub name: String,
    pub addresses: Vec<String>,
    pub members: u64,
    /// Who gets the next ticket: `Ines Moreau, on duty`.
    pub next: String,
}

/// One queue with its fields. `id` is absent for a new one; the rota is shown only for one that exists.
#[derive(Debug, Clone)]
pub struct QueuePage {
    pub id: Option<u64>,
    pub name: Field,
    pub addresses: Field,
    pub zone: Field,
    pub dispatcher: Field,
    pub signature: Field,
    pub sender_style: Field,
    pub sender_styles: Vec<Choice>,
    pub sender_name: Field,
    pub preview: Preview,
    pub members: Vec<Member>,
    pub rota: Vec<Shift>,
    pub agents: Vec<Choice>,
}

/// How the queue's mail looks to those who get it.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The name in From of what the reader of the page would write.
    pub reply: String,
    /// The name in From of acknowledgements.
    pub automatic: String,
    pub address: String,
    /// Safe HTML.
    pub signature: String,
}

/// The word in a form that asks how mail would look, and saves nothing.
pub const PREVIEW: &str = "preview";

/// An agent and whether they belong to the queue.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: u64,
    pub name: String,
    pub belongs: bool,
}

/// One line of the rota, in the queue's time zone. `id` names it in addresses.
#[derive(Debug, Clone)]
pub struct Shift {
    pub id: String,
    pub days: String,
    pub hours: String,
    pub agent: String,
}

/// The days of the week as forms name them and as people do, Monday first (ISO 8601).
pub const DAYS: [(&str, &str); 7] = [
    ("mon", "Mon"),
    ("tue", "Tue"),
    ("wed", "Wed"),
    ("thu", "Thu"),
    ("fri", "Fri"),
    ("sat", "Sat"),
    ("sun", "Sun"),
];

/// The content of the list of queues.
pub fn queues(queues: &[QueueRow], hours: &Field, shell: &Shell) -> Markup {
    let content = html! {
        div.page-acts { a.btn href="/settings/queues/new" { (icon(Icon::Plus)) "New queue" } }
        @if queues.is_empty() { (none()) } @else { (list(queues)) }
        section.block {
            h2 { "Offers" }
            (post_with("/settings/queues/offers", &shell.csrf, "form", html! {
                (text_field(hours))
                div.form-foot { button.btn { "Save" } }
            }))
        }
    };
    framed(
        "/settings/queues",
        "Queues",
        "A queue is a kind of work with its own address. A new ticket belongs to whoever is on duty in its queue.",
        content,
    )
}

fn none() -> Markup {
    empty(&Empty {
        icon: Icon::Queue,
        title: "No queues yet".to_owned(),
        says: "One queue called Support with your support address is enough to begin.".to_owned(),
        step: Some(("/settings/queues/new".to_owned(), "Add a queue".to_owned())),
    })
}

fn list(queues: &[QueueRow]) -> Markup {
    html! {
        table.list {
            thead { tr { th { "Queue" } th { "Addresses" } th { "Next ticket goes to" } th.num { "Members" } } }
            tbody { @for queue in queues {
                tr {
                    td { a href={ "/settings/queues/" (queue.id) } { (queue.name) } }
                    td.mut { (queue.addresses.join(", ")) }
                    td { (queue.next) }
                    td.num.mut data-unit="members" { (queue.members) }
                }
            } }
        }
    }
}

/// The content of one queue's page.
pub fn queue(page: &QueuePage, shell: &Shell) -> Markup {
    let action = page.id.map_or_else(
        || "/settings/queues".to_owned(),
        |id| format!("/settings/queues/{id}"),
    );
    let content = html! {
        (post_with(&action, &shell.csrf, "form", html! {
            (text_field(&page.name)) (text_area(&page.addresses, 2))
            div.field-row { (select_field(&page.dispatcher, &page.agents)) (text_field(&page.zone)) }
            (select_field(&page.sender_style, &page.sender_styles)) (text_field(&page.sender_name))
            (text_area(&page.signature, 3))
            (preview(&page.preview))
            fieldset.ticks { legend { "Members" } @for it in &page.members { (checkbox("member", &it.id.to_string(), &it.name, it.belongs)) } }
            div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href="/settings/queues" { "Leave it" } }
        }))
        @if let Some(id) = page.id { (rota(page, id, shell)) }
    };
    framed(
        "/settings/queues",
        if page.id.is_some() {
            &page.name.value
        } else {
            "New queue"
        },
        "What this kind of work is called, where it is written to, and who does it.",
        content,
    )
}

/// The button asks for it anew; with scripts it follows what is typed.
fn preview(preview: &Preview) -> Markup {
    html! {
        live-preview id="mail-preview" data-ask=(PREVIEW) {
            section.letter aria-labelledby="mail-preview-title" {
                h2 id="mail-preview-title" { "How mail looks" }
                dl {
                    dt { "A reply of yours" } dd { (from(&preview.reply, &preview.address)) }
                    dt { "Automatic mail" } dd { (from(&preview.automatic, &preview.address)) }
                    dt { "Signature" }
                    dd { @if preview.signature.trim().is_empty() { span.mut { "None" } } @else { (PreEscaped(&preview.signature)) } }
                }
            }
            button.btn name="act" value=(PREVIEW) formnovalidate data-turbo="false" { "Show how mail looks" }
        }
    }
}

fn from(name: &str, address: &str) -> Markup {
    html! {
        b { (name) }
        @if !address.is_empty() { " " span.mut { "<" (address) ">" } }
    }
}

fn rota(page: &QueuePage, id: u64, shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "On duty" }
            p.says { "Who gets new tickets, and when. Of those on duty it is who has the fewest open ones. When nobody is on duty, members without hours here take turns; when there are none, the dispatcher holds the ticket. " a href={ "/rota#queue-" (id) } { "The next four weeks" } " show single days, and change them." }
            @if !page.rota.is_empty() { (shifts(page, id, shell)) }
            (post_with(&format!("/settings/queues/{id}/rota"), &shell.csrf, "rota-new", html! {
                fieldset.days { legend { "Days" } @for (value, words) in DAYS { (checkbox("day", value, words, !matches!(value, "sat" | "sun"))) } }
                label { span { "From" } input type="time" name="from" value="09:00" required; }
                label { span { "To" } input type="time" name="to" value="17:00" required; }
                label { span { "Who" } select name="agent" { (choices(&page.agents, "")) } }
                button.btn { (icon(Icon::Plus)) "Add to the rota" }
            }))
        }
    }
}

fn shifts(page: &QueuePage, id: u64, shell: &Shell) -> Markup {
    html! {
        table.list {
            thead { tr { th { "Days" } th { "Hours" } th { "Who" } th { span.visually-hidden { "Remove" } } } }
            tbody { @for shift in &page.rota {
                tr {
                    td { (shift.days) } td { (shift.hours) } td { (shift.agent) }
                    td.num { (post(&format!("/settings/queues/{id}/rota/{}/removal", shift.id), &shell.csrf, html! { button.link aria-label={ "Remove " (shift.agent) ", " (shift.days) } { "Remove" } })) }
                }
            } }
        }
    }
}

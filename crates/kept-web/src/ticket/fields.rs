//! The desk's own fields on a ticket: what they hold, each in a small form, and the same for a ticket that is opened.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::fields::{Field, FieldKind};
use kept_app::domain::ids::{FieldId, TicketId};
use kept_app::fields::{self, Filled};
use maud::{Markup, html};

use super::routes::refused;
use crate::errors::Failure;
use crate::forms::{Fields, Posted};
use crate::layout::Shell;
use crate::parts::post_with;
use crate::respond::done;
use crate::web::Web;

/// `POST /tickets/{number}/fields/{field}`, with `value`
pub(crate) async fn fill(
    State(web): State<Web>,
    Path((number, field)): Path<(i64, i64)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, viewer) = (TicketId(number), &posted.who.viewer);
    let value = posted.fields.trimmed("value");
    let says = if value.is_empty() {
        "Emptied it."
    } else {
        "Saved."
    };
    match fields::fill(&web.desk, viewer, id, FieldId(field), value).await {
        Ok(()) => Ok(done(&posted.who.page_of(id), says)),
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

/// The section of the panel; nothing where nothing is asked or held.
pub fn section(filled: &[Filled], number: u64, shell: &Shell) -> Markup {
    html! {
        @if !filled.is_empty() {
            section.own-fields {
                h2 { "Fields" }
                @for it in filled {
                    @if it.is_asked { (asked(it, number, shell)) } @else { (kept(it)) }
                }
            }
        }
    }
}

/// What was filled in before the ticket went elsewhere or the field was retired.
fn kept(it: &Filled) -> Markup {
    html! { p.own-field { b { (it.field.content.name) } " " span { (it.says) } } }
}

fn asked(it: &Filled, number: u64, shell: &Shell) -> Markup {
    let (id, content) = (format!("own-{}", it.field.id), &it.field.content);
    let to = format!("/tickets/{number}/fields/{}", it.field.id);
    let value = it
        .value
        .as_ref()
        .map_or_else(String::new, |value| value.text());
    let form = post_with(
        &to,
        &shell.csrf,
        "own-field",
        html! {
            label for=(id) { (content.name) @if content.required && it.value.is_none() { span.dim { " · needed to resolve" } } }
            div.own-value {
                @if it.field.kind == FieldKind::Choice {
                    send-on-change { (input(&it.field, &id, "value", &value)) button.btn data-act={ "Fill in " (content.name) "…" } { "Save" } }
                } @else {
                    (input(&it.field, &id, "value", &value)) button.btn data-act={ "Fill in " (content.name) "…" } { "Save" }
                }
            }
            @if !content.help.is_empty() { small { (content.help) } }
        },
    );
    match it.field.kind {
        FieldKind::Person if it.value.is_some() => html! {
            details.own-person { summary { b { (content.name) } " " span { (it.says) } } (form) }
        },
        _ => form,
    }
}

fn input(field: &Field, id: &str, name: &str, value: &str) -> Markup {
    let choices = &field.content.choices;
    html! {
        @match field.kind {
            FieldKind::Choice => select id=(id) name=(name) {
                option value="" selected[value.is_empty()] { "–" }
                // What can't be chosen any more stays until something else is.
                @if !value.is_empty() && !choices.iter().any(|it| it == value) { option value=(value) selected { (value) } }
                @for it in choices { option value=(it) selected[it == value] { (it) } }
            },
            FieldKind::Date => input id=(id) name=(name) type="date" value=(value);,
            FieldKind::Number => input id=(id) name=(name) type="text" inputmode="decimal" value=(value) autocomplete="off" maxlength="20";,
            FieldKind::Person => input id=(id) name=(name) type="text" autocomplete="off" maxlength="200" placeholder="dana@example.com";,
            FieldKind::Text => input id=(id) name=(name) type="text" value=(value) autocomplete="off" maxlength="500";,
        }
    }
}

/// How the form for a new ticket names a field.
fn name(field: &Field) -> String {
    format!("own-{}", field.id)
}

/// What was filled in for a new ticket.
pub(super) fn given(all: &[Field], typed: &Fields) -> Vec<(FieldId, String)> {
    let asked = all.iter().filter(|field| !field.is_retired);
    let given = asked.map(|field| (field.id, typed.trimmed(&name(field))));
    given.filter(|(_, text)| !text.is_empty()).collect()
}

/// The fields in the form for a new ticket, with where each is asked.
pub fn for_new(all: &[(Field, String, String)]) -> Markup {
    html! {
        @for (field, value, place) in all {
            @let id = format!("f-{}", name(field));
            div.field {
                label for=(id) { (field.content.name) }
                (input(field, &id, &name(field), value))
                @let help = [place.as_str(), field.content.help.as_str()].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" ");
                @if !help.is_empty() { p.help { (help) } }
            }
        }
    }
}

/// The fields with what was typed and where they are asked.
pub(super) fn to_ask(
    all: &[Field],
    typed: &Fields,
    queues: &[crate::parts::Choice],
) -> Vec<(Field, String, String)> {
    let asked = all.iter().filter(|field| !field.is_retired);
    let with = |field: &Field| {
        let content = &field.content;
        let named = queues.iter().filter(|queue| {
            let id = queue.value.parse().map(kept_app::domain::ids::QueueId);
            id.is_ok_and(|id| content.queues.contains(&id))
        });
        let named: Vec<&str> = named.map(|queue| queue.words.as_str()).collect();
        let types: Vec<&str> = content.types.iter().map(String::as_str).collect();
        let parts = [named.join(", "), types.join(", ")];
        let parts: Vec<&str> = parts
            .iter()
            .map(String::as_str)
            .filter(|it| !it.is_empty())
            .collect();
        let place = match parts.is_empty() {
            true => String::new(),
            false => format!("For {}.", parts.join(" · ")),
        };
        (field.clone(), typed.get(&name(field)).to_owned(), place)
    };
    asked.map(with).collect()
}

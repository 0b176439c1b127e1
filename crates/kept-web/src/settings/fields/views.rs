//! The list of custom fields and the form of one.

use kept_app::domain::fields::Field as Custom;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{
    Choice, Empty, Field, Icon, empty, icon, post, post_with, select_field, text_area, text_field,
};

/// The form with what it holds.
#[derive(Debug, Clone)]
pub(super) struct Editor {
    pub id: Option<i64>,
    pub is_retired: bool,
    /// As the search names it, once it has a name.
    pub slug: Option<String>,
    pub name: Field,
    pub help: Field,
    pub kind: Field,
    pub kinds: Vec<Choice>,
    pub choices: Field,
    /// (choice, ticked)
    pub queues: Vec<(Choice, bool)>,
    pub types: Vec<(Choice, bool)>,
    pub required: bool,
}

pub(super) fn list(fields: &[Custom], shell: &Shell) -> Markup {
    let (retired, asked): (Vec<&Custom>, Vec<&Custom>) =
        fields.iter().partition(|it| it.is_retired);
    html! {
        div.page-acts { a.btn href="/settings/fields/new" { (icon(Icon::Plus)) "New field" } }
        @if fields.is_empty() { (none()) }
        @if !asked.is_empty() {
            ol.field-list { @for (place, it) in asked.iter().enumerate() { li {
                (line(it))
                @if place > 0 { (shift(it, true, shell)) }
                @if place + 1 < asked.len() { (shift(it, false, shell)) }
            } } }
        }
        @if !retired.is_empty() {
            h2 { "Retired" }
            p.says { "Asked no more. What was filled in stays on its tickets, and a search finds it." }
            ul.field-list { @for it in &retired { li {
                (line(it))
                (post(&format!("/settings/fields/{}/return", it.id), &shell.csrf, html! { button.btn.quiet { "Ask again" } }))
            } } }
        }
    }
}

fn line(field: &Custom) -> Markup {
    html! {
        a.tile href={ "/settings/fields/" (field.id) } {
            b { (field.content.name) }
            span { (field.kind.words()) " · " code { "field." (field.slug) } @if field.content.required { " · needed to resolve" } }
            (icon(Icon::Chevron))
        }
    }
}

fn shift(field: &Custom, up: bool, shell: &Shell) -> Markup {
    let (way, words) = if up { ("up", "Up") } else { ("down", "Down") };
    let name = format!("{words}: {}", field.content.name);
    post(
        &format!("/settings/fields/{}/position", field.id),
        &shell.csrf,
        html! {
            input type="hidden" name="way" value=(way);
            button.btn.quiet aria-label=(name) { (words) }
        },
    )
}

fn none() -> Markup {
    empty(&Empty {
        icon: Icon::Document,
        title: "No custom fields yet".to_owned(),
        says: "For what your desk needs to know: a serial number, a cost centre, the day something is needed. It stands on the ticket and in the form for a new one, and the search compares it.".to_owned(),
        step: Some((
            "/settings/fields/new".to_owned(),
            "Make the first field".to_owned(),
        )),
    })
}

pub(super) fn editor(page: &Editor, shell: &Shell) -> Markup {
    let to = match page.id {
        Some(id) => format!("/settings/fields/{id}"),
        None => "/settings/fields".to_owned(),
    };
    html! {
        (post_with(&to, &shell.csrf, "form", html! {
            (text_field(&page.name))
            @if let Some(slug) = &page.slug { p.says { "The search calls it " code { "field." (slug) ":" } ", whatever its name." } }
            (text_field(&page.help))
            @if page.id.is_none() { (select_field(&page.kind, &page.kinds)) }
            @if page.id.is_none() || page.kind.value == "choice" { (text_area(&page.choices, 5)) }
            (ticks("queue", "Asked in", "Ticked none, it is asked in every queue.", &page.queues))
            (ticks("type", "Asked of", "Ticked none, it is asked of every type.", &page.types))
            label.check { input type="checkbox" name="required" value="yes" checked[page.required]; span { "Resolving a ticket needs it" } }
            div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href="/settings/fields" { "Leave it" } }
        }))
        @if let Some(id) = page.id.filter(|_| !page.is_retired) {
            (post(&format!("/settings/fields/{id}/retirement"), &shell.csrf, html! {
                button.btn.quiet { "Retire this field" }
            }))
        }
    }
}

fn ticks(name: &str, legend: &str, help: &str, choices: &[(Choice, bool)]) -> Markup {
    html! {
        fieldset.ticks {
            legend { (legend) }
            @for (choice, ticked) in choices {
                label.check { input type="checkbox" name=(name) value=(choice.value) checked[*ticked]; span { (choice.words) } }
            }
            p.says { (help) }
        }
    }
}

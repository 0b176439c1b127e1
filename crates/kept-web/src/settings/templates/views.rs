//! The list of templates and the form of one.

use kept_app::domain::templates::Template;
use kept_app::store::templates::Stored;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{
    Choice, Empty, Field, Icon, empty, icon, post, post_with, select_field, text_area, text_field,
};

/// The form with what it holds.
#[derive(Debug, Clone)]
pub(super) struct Editor {
    pub id: Option<i64>,
    pub name: Field,
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
}

pub(super) fn list(templates: &[Stored]) -> Markup {
    html! {
        div.page-acts { a.btn href="/settings/templates/new" { (icon(Icon::Plus)) "New template" } }
        @if templates.is_empty() { (none()) } @else {
            ul.tiles { @for it in templates { li { (line(it.id.0, &it.template)) } } }
        }
    }
}

fn line(id: i64, template: &Template) -> Markup {
    html! {
        a.tile href={ "/settings/templates/" (id) } {
            b { (template.name) }
            span { (template.subject) @if !template.steps.is_empty() { " · " (steps(template.steps.len())) } }
            (icon(Icon::Chevron))
        }
    }
}

fn steps(many: usize) -> String {
    match many {
        1 => "one step".to_owned(),
        many => format!("{many} steps"),
    }
}

fn none() -> Markup {
    empty(&Empty {
        icon: Icon::Document,
        title: "No templates yet".to_owned(),
        says: "For work that comes again: a new colleague, a move, a yearly test. A template brings the subject, the words, the tags and the checklist.".to_owned(),
        step: Some((
            "/settings/templates/new".to_owned(),
            "Write the first template".to_owned(),
        )),
    })
}

pub(super) fn editor(page: &Editor, shell: &Shell) -> Markup {
    let to = match page.id {
        Some(id) => format!("/settings/templates/{id}"),
        None => "/settings/templates".to_owned(),
    };
    html! {
        (post_with(&to, &shell.csrf, "form", html! {
            (text_field(&page.name))
            (text_field(&page.subject))
            (text_area(&page.text, 5))
            div.field-row {
                (select_field(&page.queue, &page.queues))
                (select_field(&page.kind, &page.kinds))
                (select_field(&page.priority, &page.priorities))
            }
            (text_field(&page.tags))
            (text_area(&page.steps, 5))
            div.form-foot { button.btn.btn-1 data-key="send" { "Save" } a.btn.quiet href="/settings/templates" { "Leave it" } }
        }))
        @if let Some(id) = page.id {
            (post(&format!("/settings/templates/{id}/removal"), &shell.csrf, html! {
                button.btn.quiet { "Remove this template" }
            }))
        }
    }
}

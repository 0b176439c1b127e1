//! The short word after an act, with the way back: "Resolved #1042. Undo". Rendered by the server, so it works without
//! scripts; it never stacks up.

use maud::{Markup, html};

use super::{Icon, form, icon};

/// How a flash is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Done,
    Plain,
    Wrong,
}

/// What to say after an act.
#[derive(Debug, Clone)]
pub struct Flash {
    pub tone: Tone,
    pub says: String,
    pub undo: Option<Undo>,
}

/// The way back: `action` takes a POST. `until_seconds` is how long the act waits for it, when it waits at all.
#[derive(Debug, Clone)]
pub struct Undo {
    pub action: String,
    pub until_seconds: Option<u32>,
}

impl Flash {
    /// A word about what waits `seconds` to be taken back at `action`.
    pub fn until(says: impl Into<String>, action: String, seconds: u32) -> Self {
        Flash {
            tone: Tone::Done,
            says: says.into(),
            undo: Some(Undo {
                action,
                until_seconds: Some(seconds),
            }),
        }
    }
}

/// The toast region. It is always in the page, so that screen readers announce what appears in it.
pub fn flash(flash: Option<&Flash>, csrf: &str) -> Markup {
    html! {
        div.toasts role="status" aria-live="polite" {
            @if let Some(flash) = flash { (toast(flash, csrf)) }
        }
    }
}

fn toast(flash: &Flash, csrf: &str) -> Markup {
    let (class, mark) = match flash.tone {
        Tone::Done => ("toast is-done", Icon::Check),
        Tone::Plain => ("toast", Icon::Info),
        Tone::Wrong => ("toast is-wrong", Icon::Warning),
    };
    html! {
        undo-toast class=(class) data-seconds=[flash.undo.as_ref().and_then(|undo| undo.until_seconds)] {
            (icon(mark))
            span.toast-words { (flash.says) }
            @if let Some(undo) = &flash.undo {
                (form::post(&undo.action, csrf, html! { button.toast-undo data-key="undo" { "Undo" @if let Some(seconds) = undo.until_seconds { " (" (seconds) ")" } } }))
            }
        }
    }
}

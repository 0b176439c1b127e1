//! The reader's own web-hook: its address, its secret, how it answered, and a try.

use axum::extract::State;
use axum::response::Response;
use kept_app::ErrorKind;
use kept_app::notifications::hook::{self, Shown};
use kept_app::store::hooks::{Delivery, State as Stood};
use maud::{Markup, html};

use super::routes::load;
use super::views;
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::layout::Shell;
use crate::parts::{Field, Flash, Tone, post, post_with, text_field};
use crate::respond::{done, show_with, told};
use crate::web::Web;

const HERE: &str = "/you#hook";

/// What the section shows.
#[derive(Debug, Clone)]
pub struct OwnHook {
    pub address: Field,
    pub shown: Option<Shown>,
}

impl OwnHook {
    pub(super) fn of(shown: Option<Shown>) -> Self {
        let url = shown.as_ref().map_or("", |it| &*it.url);
        let address = Field::new("hook", "Address", url)
            .placeholder("https://chat.example.com/hooks/me")
            .help("Leave it empty to have none.");
        Self { address, shown }
    }
}

/// `POST /you/hook`
pub(crate) async fn change(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let url = posted.fields.trimmed("hook");
    let error = match hook::change(&web.desk, &posted.who.viewer, &url).await {
        Ok(()) if url.is_empty() => return Ok(done(HERE, "You have no web-hook any more.")),
        Ok(()) => return Ok(done(HERE, "Saved. Try it to see whether it answers.")),
        Err(error) if error.kind() == ErrorKind::Invalid => error,
        Err(error) => return Err(error.into()),
    };
    let (mut shell, mut page) = load(&web, &posted.who).await?;
    page.hook.address.value = url;
    shell.flash = blame(&error, [&mut page.hook.address]);
    let content = views::you(&page, &shell);
    Ok(show_with(status_of(&error), &shell, content))
}

/// `POST /you/hook/trial`
pub(crate) async fn try_it(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let ended = hook::try_it(&web.desk, &posted.who.viewer).await?;
    let status = ended
        .status
        .map_or_else(String::new, |it| format!(" ({it})"));
    if ended.delivered {
        return Ok(done(HERE, format!("Your web-hook took it{status}.")));
    }
    let flash = Flash {
        tone: Tone::Wrong,
        says: format!("Your web-hook was not told: {}", ended.says),
        undo: None,
    };
    Ok(told(HERE, flash))
}

/// The section of the page.
pub(super) fn section(hook: &OwnHook, shell: &Shell) -> Markup {
    html! {
        section.block id="hook" {
            h2 { "Your web-hook" }
            p.says { "A program of yours, such as a chat or a telephone, is told what you tick above: a POST with JSON, in your desk’s hours, tried again for a day when it does not answer." }
            (post_with("/you/hook", &shell.csrf, "form", html! {
                (text_field(&hook.address))
                div.form-foot { button.btn.btn-1 { "Save the address" } }
            }))
            @if let Some(shown) = &hook.shown { (set(shown, shell)) }
        }
    }
}

fn set(shown: &Shown, shell: &Shell) -> Markup {
    html! {
        @if let Some(secret) = &shown.secret {
            div.field {
                label for="f-hook-secret" { "Secret by which the program knows that it was Kept" }
                copy-text { input id="f-hook-secret" type="text" value=(secret) readonly; }
            }
        }
        @if !shown.told.is_empty() {
            ul.hook-told { @for it in &shown.told { li { (line(it, shell)) } } }
        }
        div.form-foot { (post("/you/hook/trial", &shell.csrf, html! { button.btn { "Try it" } })) }
    }
}

fn line(delivery: &Delivery, shell: &Shell) -> Markup {
    let says = delivery.says.as_deref().unwrap_or("not told yet");
    let (class, words) = match delivery.state {
        Stood::Queued => ("dim", "waits"),
        Stood::Delivered => ("is-kept", "told"),
        Stood::Failed => ("is-late", "given up"),
    };
    html! {
        span.dim { (shell.clock.ago(delivery.created_at)) }
        span {
            @match delivery.ticket {
                Some(ticket) => a href={ "/tickets/" (ticket) } { "#" (ticket) },
                None => "A try",
            }
            ": " b class=(class) { (words) } ", " (says)
        }
    }
}

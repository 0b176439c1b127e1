//! The form of by which roads the reader hears of each kind.

use axum::extract::State;
use axum::response::Response;
use kept_app::domain::notifications::{How, Kind, Ways};
use kept_app::notifications;
use maud::{Markup, html};

use crate::errors::Failure;
use crate::forms::{Fields, Posted};
use crate::layout::Shell;
use crate::parts::post_with;
use crate::respond::done;
use crate::web::Web;

/// `POST /you/notifications`: for each kind a way by mail, and ticks for the others
pub(crate) async fn choose(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let chosen = Kind::ALL.into_iter().filter_map(|kind| {
        let mail = How::from_text(posted.fields.get(kind.as_str()))?;
        let ways = Ways {
            mail,
            hook: is_ticked(&posted.fields, kind, HOOK),
            pop_up: is_ticked(&posted.fields, kind, POP_UP),
        };
        Some((kind, ways))
    });
    notifications::choose(&web.desk, &posted.who.viewer, chosen.collect()).await?;
    Ok(done("/you#hear", "Saved."))
}

const HOOK: &str = "hook";
const POP_UP: &str = "pop-up";

fn is_ticked(fields: &Fields, kind: Kind, road: &str) -> bool {
    !fields.get(&name(kind, road)).is_empty()
}

fn name(kind: Kind, road: &str) -> String {
    format!("{}-{road}", kind.as_str())
}

/// How the reader hears of each kind, as a form.
pub(crate) fn choices(choices: &[(Kind, Ways)], shell: &Shell) -> Markup {
    post_with(
        "/you/notifications",
        &shell.csrf,
        "form hear",
        html! {
            @for (kind, ways) in choices { (choice(*kind, *ways)) }
            div.form-foot { button.btn.btn-1 { "Save the choices" } }
        },
    )
}

fn choice(kind: Kind, ways: Ways) -> Markup {
    let id = format!("hear-{}", kind.as_str());
    let offered = [
        (How::Page, "no mail"),
        (How::Digest, "one mail a day"),
        (How::AtOnce, "mail at once"),
    ];
    html! {
        div.hear-row {
            label.hear-when for=(id) { "When " (kind.words()) }
            select id=(id) name=(kind.as_str()) {
                @for (how, words) in offered { option value=(how.as_str()) selected[how == ways.mail] { (words) } }
            }
            (tick(kind, HOOK, "web-hook", ways.hook))
            (tick(kind, POP_UP, "on screen", ways.pop_up))
        }
    }
}

fn tick(kind: Kind, road: &str, words: &str, ticked: bool) -> Markup {
    html! {
        label.tick {
            input type="checkbox" name=(name(kind, road)) value="1" checked[ticked];
            span { (words) span.visually-hidden { " when " (kind.words()) } }
        }
    }
}

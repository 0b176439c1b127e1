//! An address for one's own calendar program: made here, told once, withdrawn here.

use axum::extract::State;
use axum::response::Response;
use kept_app::private_links::Link;
use kept_app::promises;
use maud::{Markup, html};

use super::routes::load;
use super::views;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Shell;
use crate::parts::post;
use crate::respond::{done, show};
use crate::web::Web;

/// Whether there is an address, and the address itself when it was just made.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    pub link: Option<Link>,
    pub address: Option<String>,
}

/// `POST /you/calendar`
pub(crate) async fn make(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let address = promises::make_feed(&web.desk, &posted.who.viewer).await?;
    let (shell, mut page) = load(&web, &posted.who).await?;
    page.calendar.address = Some(address);
    Ok(show(&shell, views::you(&page, &shell)))
}

/// `POST /you/calendar/withdrawal`
pub(crate) async fn withdraw(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    promises::withdraw_feed(&web.desk, &posted.who.viewer).await?;
    Ok(done(
        "/you",
        "Withdrawn; nobody reads your calendar by that address any more.",
    ))
}

/// The section of the page.
pub(super) fn section(calendar: &Calendar, shell: &Shell) -> Markup {
    html! {
        section.block id="calendar" {
            h2 { "Calendar" }
            p.says { "Your promises in your own calendar program. Whoever has the address can read them, so keep it to yourself." }
            @if let Some(address) = &calendar.address {
                div.field {
                    label for="f-feed" { "Subscribe to this address; it is shown only now" }
                    copy-text { input id="f-feed" type="text" value=(address) readonly; }
                }
            }
            @if let Some(link) = &calendar.link {
                p.says { "Made " (shell.clock.at(link.made_at)) ", "
                    @match link.used_at { Some(used) => { "last read " (shell.clock.at(used)) }, None => "not read yet" } "." }
            }
            div.form-foot {
                // The answer is the page with the address in it, and no redirect that would need to carry it.
                form method="post" action="/you/calendar" data-turbo="false" {
                    input type="hidden" name="csrf" value=(shell.csrf);
                    button.btn { @if calendar.link.is_some() { "Make another; this one stops" } @else { "Make an address" } }
                }
                @if calendar.link.is_some() {
                    (post("/you/calendar/withdrawal", &shell.csrf, html! { button.btn.quiet { "Withdraw it" } }))
                }
            }
        }
    }
}

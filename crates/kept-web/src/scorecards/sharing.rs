//! Sharing a client's scorecard: the links that hold, one button that makes one, and withdrawing it.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::access::{Act, Viewer, allow};
use kept_app::domain::ids::{ClientId, PrivateLinkId};
use kept_app::domain::scorecards::{Of, Period};
use kept_app::scorecards;
use maud::{Markup, html};

use super::choice::{Wish, query, word};
use super::{routes, views};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Shell;
use crate::parts::post;
use crate::respond::{done, encoded, show};
use crate::web::Web;

/// `POST /clients/{id}/scorecard-links`: the answer is the page itself, because the link is shown once and kept nowhere.
pub(crate) async fn share(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let client = ClientId(id);
    let made = scorecards::share(&web.desk, &posted.who.viewer, client).await?;
    let mut shell = routes::shell(&web, &posted.who).await?;
    shell.path = address(client);
    let wish = Wish {
        of: word(Of::Client(client)),
        ..Wish::default()
    };
    let page = routes::load(&web, &posted.who, &wish, &shell, Some(&made)).await?;
    Ok(show(&shell, views::page(&page)))
}

fn address(client: ClientId) -> String {
    format!(
        "/scorecards?{}",
        query(Of::Client(client), Period::ThisMonth)
    )
}

/// `POST /clients/{id}/scorecard-links/{link}/removal`
pub(crate) async fn withdraw(
    State(web): State<Web>,
    Path((id, link)): Path<(i64, i64)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let client = ClientId(id);
    let link = PrivateLinkId(link);
    scorecards::withdraw(&web.desk, &posted.who.viewer, client, link).await?;
    Ok(done(
        &address(client),
        "Withdrawn. The link shows nothing any more.",
    ))
}

/// The section of the client's scorecard; nothing for whoever may not share it.
pub(super) async fn section(
    web: &Web,
    viewer: &Viewer,
    client: ClientId,
    shell: &Shell,
    made: Option<&str>,
) -> Result<Option<Markup>, Failure> {
    if allow(viewer, Act::ShareScorecards).is_err() {
        return Ok(None);
    }
    let links = scorecards::links(&web.desk, viewer, client).await?;
    Ok(Some(html! {
        section.block.score-share {
            h2 { "For the client" }
            p.says { "Their manager sees the same figures by a private link, without signing in and without agents’ names. A new link takes the place of the one before." }
            @if let Some(made) = made { (fresh(made)) }
            @for (link, maker) in &links {
                div.score-link {
                    span { "A link " (maker) " made " (shell.clock.at(link.made_at)) ", "
                        @match link.used_at { Some(used) => { "last used " (shell.clock.at(used)) }, None => "never used" } }
                    (post(&format!("/clients/{client}/scorecard-links/{}/removal", link.id), &shell.csrf, html! {
                        button.btn { "Withdraw" }
                    }))
                }
            }
            form method="post" action={ "/clients/" (client) "/scorecard-links" } data-turbo="false" {
                input type="hidden" name="csrf" value=(shell.csrf);
                button.btn.btn-1 { "Share with the client" }
            }
        }
    }))
}

/// The address, shown once, and a mail to send it with.
fn fresh(made: &str) -> Markup {
    let subject = encoded("Our scorecard");
    let body = encoded(&format!(
        "What we owed you and what you owed us, always up to date:\n{made}"
    ));
    html! {
        div.warning.score-fresh {
            p { "Copy it now; it is not shown again." }
            input type="text" readonly value=(made) aria-label="The link";
            a.btn href={ "mailto:?subject=" (subject) "&body=" (body) } { "Write a mail with it" }
        }
    }
}

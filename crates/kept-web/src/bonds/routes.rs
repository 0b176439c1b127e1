//! `POST /tickets/{number}/links` and the way back, and the page to choose the other ticket.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::Error;
use kept_app::bonds as commands;
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::Bond;
use serde::Deserialize;

use super::choose::{ChoosePage, choose};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::Section;
use crate::numbers::count;
use crate::respond::{done_with_undo, encoded, show};
use crate::session::SignedIn;
use crate::ticket::not_done::{Form, refused_in};
use crate::ticket::routes::refused;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    #[serde(default)]
    bond: String,
    #[serde(default)]
    q: String,
}

/// `GET /tickets/{number}/links/new?bond=&q=`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(number): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let shell = who
        .shell(&web, format!("Link #{number}"), Section::Inbox)
        .await?;
    let words = wish.q.trim().to_owned();
    let zone = shell.clock.zone.clone();
    let meant = commands::meant(&web.desk, &who.viewer, id, &words, zone).await?;
    let found = meant.found.into_iter().map(|it| {
        let whose = it.client.or(it.requester);
        (count(it.id.0), it.subject, whose)
    });
    let page = ChoosePage {
        number: count(number),
        subject: meant.subject,
        bond: Bond::from_text(&wish.bond).unwrap_or(Bond::RefersTo),
        words,
        found: found.collect(),
    };
    Ok(show(&shell, choose(&page, &shell)))
}

/// `POST /tickets/{number}/links`, with `bond`, and `other` naming the other ticket by its number; words lead to a page to
/// choose it.
pub(crate) async fn relate(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let words = posted.fields.trimmed("other");
    let bond = read_bond(&posted);
    let Some(other) = posted.fields.number("other").map(TicketId) else {
        let bond = bond.map_or("", Bond::as_str);
        let to = format!(
            "/tickets/{number}/links/new?bond={bond}&q={}",
            encoded(&words)
        );
        return Ok(Redirect::to(&to).into_response());
    };
    let related = match bond {
        Ok(bond) => commands::relate(&web.desk, &posted.who.viewer, (id, bond, other))
            .await
            .map(|()| bond),
        Err(error) => Err(error),
    };
    match related {
        Ok(bond) => Ok(done_with_undo(
            &posted.who.page_of(id),
            format!("#{number} {} #{other}.", bond.words()),
            format!("/undo/related.{}.{number}.{other}", bond.as_str()),
        )),
        Err(error) => {
            let form = Form::Link(posted.fields.get("bond").to_owned());
            refused_in(&web, &posted.who, id, (form, &words), error).await
        }
    }
}

/// `POST /tickets/{number}/links/removal`, with `bond` and `other`
pub(crate) async fn unrelate(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let other = posted.fields.number("other").map(TicketId);
    let wish = other.ok_or_else(|| Error::invalid("other", "Say which link to take off"));
    let wish = wish.and_then(|other| Ok((read_bond(&posted)?, other)));
    let taken = match wish {
        Ok((bond, other)) => commands::unrelate(&web.desk, &posted.who.viewer, (id, bond, other))
            .await
            .map(|()| (bond, other)),
        Err(error) => Err(error),
    };
    match taken {
        Ok((bond, other)) => Ok(done_with_undo(
            &posted.who.page_of(id),
            format!("Took the link to #{other} off."),
            format!("/undo/unrelated.{}.{number}.{other}", bond.as_str()),
        )),
        Err(error) => refused(&web, &posted.who, id, error).await,
    }
}

/// What is said of a ticket that was just resolved, when parts of it are not.
pub(crate) async fn parts_left(
    web: &Web,
    viewer: &Viewer,
    id: TicketId,
) -> Result<Option<String>, Error> {
    Ok(match commands::open_parts(&web.desk, viewer, id).await? {
        0 => None,
        1 => Some("One of its parts is still open.".to_owned()),
        many => Some(format!("{many} of its parts are still open.")),
    })
}

fn read_bond(posted: &Posted) -> Result<Bond, Error> {
    let bond = Bond::from_text(posted.fields.get("bond"));
    bond.ok_or_else(|| Error::invalid("bond", "Choose how the two are linked"))
}

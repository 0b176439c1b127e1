//! The list of what waits, one of it, and the three things one can do.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::ids::{TicketId, UnsortedId};
use kept_app::domain::intake::Why as _;
use kept_app::intake::{Settle, settle};
use kept_app::store::unsorted::UnsortedMail;
use kept_app::{Error, reading};
use serde::Deserialize;

use super::views::{self, Settled, Unsorted, UnsortedPage};
use crate::errors::Failure;
use crate::forms::Posted;
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::respond::{done, done_with_undo, show};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wish {
    before: Option<i64>,
}

/// `GET /unsorted`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let before = wish.before.map(UnsortedId);
    let (mails, next) = reading::unsorted(&web.desk, &who.viewer, before).await?;
    let shell = shell(&web, &who).await?;
    let page = UnsortedPage {
        mails: mails.iter().map(one).collect(),
        older: next.map(|next| format!("/unsorted?before={next}")),
    };
    Ok(show(&shell, views::unsorted(&page, &shell)))
}

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    let mut shell = who.shell(web, "Unsorted", Section::Unsorted).await?;
    shell.live = Some("unsorted".to_owned());
    Ok(shell)
}

/// `GET /unsorted/{id}`
pub(crate) async fn mail(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let mail = reading::unsorted_mail(&web.desk, &who.viewer, UnsortedId(id)).await?;
    let shell = shell(&web, &who).await?;
    let page = UnsortedPage {
        mails: vec![one(&mail)],
        older: None,
    };
    Ok(show(&shell, views::unsorted(&page, &shell)))
}

fn one(mail: &UnsortedMail) -> Unsorted {
    Unsorted {
        id: count(mail.id.0),
        at: mail.at,
        reason: mail.reason.why().to_owned(),
        from: if mail.author.is_empty() {
            "Nobody named as its sender".to_owned()
        } else {
            mail.author.clone()
        },
        subject: mail.subject.clone(),
        words: mail.excerpt.clone(),
        size_bytes: count(mail.raw_size_bytes),
        settled: mail.settled_at.map(|_| settled(mail.ticket)),
    }
}

fn settled(ticket: Option<TicketId>) -> Settled {
    ticket.map_or(Settled::Discarded, |ticket| {
        Settled::OnTicket(count(ticket.0))
    })
}

/// `POST /unsorted/{id}/ticket`
pub(crate) async fn open(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    decide(&web, &posted, id, Settle::Open(None)).await
}

/// `POST /unsorted/{id}/join`, with `number` naming the ticket
pub(crate) async fn join(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let number = posted.fields.number("number");
    let unknown = || {
        Error::invalid(
            "number",
            "Write the number of the ticket it belongs to, like #1042",
        )
    };
    let ticket = number.ok_or_else(unknown).map_err(|e| back(e.into()))?;
    decide(&web, &posted, id, Settle::Join(TicketId(ticket))).await
}

/// `POST /unsorted/{id}/discard`
pub(crate) async fn discard(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    decide(&web, &posted, id, Settle::Discard).await
}

async fn decide(web: &Web, posted: &Posted, id: i64, how: Settle) -> Result<Response, Failure> {
    let ticket = settle(&web.desk, &posted.who.viewer, UnsortedId(id), how).await;
    Ok(match ticket.map_err(|e| back(e.into()))? {
        Some(ticket) => done(
            &format!("/tickets/{ticket}"),
            format!("The mail is on #{ticket} now."),
        ),
        None => done_with_undo(
            "/unsorted",
            "Set aside. It stays stored.",
            format!("/undo/discard-{id}"),
        ),
    })
}

fn back(failure: Failure) -> Failure {
    failure.back_to("/unsorted", "Back to Unsorted")
}

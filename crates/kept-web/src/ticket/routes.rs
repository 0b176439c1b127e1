//! A ticket's page and what is written on it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::domain::ids::TicketId;
use kept_app::reading::{self, Conversation};
use kept_app::{Error, ErrorKind, tickets};

use super::show;
use super::views::{self, TicketPage};
use super::writing::{self, Written};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::Posted;
use crate::layout::{Section, Shell};
use crate::parts::{Flash, Tone};
use crate::respond::{show as answer, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /tickets/{number}`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(number): Path<i64>,
) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who, TicketId(number)).await?;
    Ok(answer(&shell, views::ticket(&page, &shell)))
}

async fn load(web: &Web, who: &SignedIn, id: TicketId) -> Result<(Shell, TicketPage), Failure> {
    let conversation = reading::conversation(&web.desk, &who.viewer, id).await?;
    let others = match conversation.ticket.requester {
        Some(person) => reading::listed_of(&web.desk, &who.viewer, Ok(person)).await?,
        None => vec![],
    };
    let shell = shell(web, who, &conversation).await?;
    let page = show::page(&conversation, &others, &shell.clock);
    Ok((shell, page))
}

async fn shell(web: &Web, who: &SignedIn, conversation: &Conversation) -> Result<Shell, Failure> {
    let ticket = &conversation.ticket;
    let title = format!("#{} {}", ticket.id, ticket.subject);
    let mut shell = who.shell(web, title, Section::Inbox).await?;
    let live: Vec<String> = std::iter::once(ticket.id)
        .chain(conversation.absorbed.iter().copied())
        .map(|id| format!("ticket:{id}"))
        .collect();
    shell.live = Some(live.join(","));
    shell.path = format!("/tickets/{}", ticket.id);
    Ok(shell)
}

/// The ticket's page again, saying why what was asked was not done.
pub(super) async fn refused(
    web: &Web,
    who: &SignedIn,
    id: TicketId,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let (mut shell, page) = load(web, who, id).await?;
    shell.flash = Some(Flash {
        tone: Tone::Wrong,
        says: sentence(&error.to_string()),
        undo: None,
    });
    Ok(show_with(
        status_of(&error),
        &shell,
        views::ticket(&page, &shell),
    ))
}

/// `POST /tickets/{number}/messages`
pub(crate) async fn write(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let viewer = &posted.who.viewer;
    let sent = match writing::read(&posted.fields, posted.files) {
        Written::Reply(reply) => tickets::reply(&web.desk, viewer, id, reply).await,
        Written::Note(note) => tickets::note(&web.desk, viewer, id, note).await,
    };
    match sent {
        Ok(message) => {
            Ok(Redirect::to(&format!("/tickets/{id}#message-{message}")).into_response())
        }
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let (shell, mut page) = load(&web, &posted.who, id).await?;
            let words = sentence(&error.to_string());
            page.composer = page
                .composer
                .map(|composer| writing::again(composer, &posted.fields, words));
            Ok(show_with(
                status_of(&error),
                &shell,
                views::ticket(&page, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

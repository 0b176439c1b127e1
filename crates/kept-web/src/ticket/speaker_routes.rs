//! Answers about who speaks: whose ticket it is, who takes part, who wrote what was passed on.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::{MessageId, PersonId, TicketId};
use kept_app::domain::people::EmailAddress;
use kept_app::mail::Mailbox;
use kept_app::tickets::{
    ForwardAnswer, Whose, add_participant, answer_forward, change_requester, remove_participant,
};
use kept_app::{Error, reading};

use super::mailboxes::mailboxes;
use super::routes::refused;
use crate::errors::Failure;
use crate::forms::Posted;
use crate::respond::done_with_undo;
use crate::web::Web;

/// Goes back to the ticket, or says there why not.
async fn finish(
    web: &Web,
    posted: &Posted,
    id: TicketId,
    outcome: Result<(String, String), Error>,
) -> Result<Response, Failure> {
    match outcome {
        Ok((says, undo)) => Ok(done_with_undo(&posted.who.page_of(id), says, undo)),
        Err(error) => refused(web, &posted.who, id, error).await,
    }
}

/// `POST /tickets/{number}/requester`
pub(crate) async fn requester(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let changed = match whose(&web, &posted).await {
        Ok(whose) => change_requester(&web.desk, &posted.who.viewer, id, whose).await,
        Err(error) => Err(error),
    };
    let says = changed.map(|_| {
        (
            format!("#{id} is somebody else’s ticket now."),
            format!("/undo/requester-{id}"),
        )
    });
    finish(&web, &posted, id, says).await
}

/// An address, or the name of exactly one person we know.
async fn whose(web: &Web, posted: &Posted) -> Result<Whose, Error> {
    let text = posted.fields.trimmed("who");
    if text.contains('@') {
        let (address, name) = address(&text)?;
        return Ok(Whose::Address(address, name));
    }
    let start = PersonId(0);
    let (found, _) =
        reading::people(&web.desk, &posted.who.viewer, text.clone(), None, start).await?;
    match found.as_slice() {
        _ if text.is_empty() => Err(Error::invalid("who", "Write a name or an address")),
        [] => Err(Error::invalid(
            "who",
            format!("Nobody is called “{text}”; write their address to add them"),
        )),
        [only] => Ok(Whose::Person(only.id)),
        several => {
            let some: Vec<String> = several
                .iter()
                .take(5)
                .map(|person| format!("{} <{}>", person.name, person.address))
                .collect();
            let problem = format!("Several are called so; write one of: {}", some.join(", "));
            Err(Error::invalid("who", problem))
        }
    }
}

fn address(text: &str) -> Result<(EmailAddress, String), Error> {
    let mailbox = mailboxes(text).into_iter().next();
    let mailbox = mailbox.unwrap_or_else(|| Mailbox::bare(text));
    let address = EmailAddress::parse(&mailbox.address);
    let address = address.map_err(|error| Error::invalid("who", error.to_string()))?;
    Ok((address, mailbox.name.unwrap_or_default()))
}

/// `POST /tickets/{number}/participants`
pub(crate) async fn add(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let added = match address(&posted.fields.trimmed("who")) {
        Ok((address, name)) => {
            let shown = address.to_string();
            let viewer = &posted.who.viewer;
            let person = add_participant(&web.desk, viewer, id, address, name).await;
            person.map(|person| {
                (
                    format!("{shown} hears and may answer now."),
                    format!("/undo/added-{id}-{person}"),
                )
            })
        }
        Err(error) => Err(error),
    };
    finish(&web, &posted, id, added).await
}

/// `POST /tickets/{number}/participants/{person}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path((number, person)): Path<(i64, i64)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let (id, person) = (TicketId(number), PersonId(person));
    let removed = remove_participant(&web.desk, &posted.who.viewer, id, person).await;
    let says = removed.map(|()| {
        (
            "They are out of the conversation.".to_owned(),
            format!("/undo/removed-{id}-{person}"),
        )
    });
    finish(&web, &posted, id, says).await
}

/// `POST /tickets/{number}/writer`, with `message` and `writer` saying yes or no
pub(crate) async fn writer(
    State(web): State<Web>,
    Path(number): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let id = TicketId(number);
    let message = MessageId(posted.fields.number("message").unwrap_or_default());
    let (answer, says, undo) = match posted.fields.get("writer") {
        "yes" => (
            ForwardAnswer::Writers,
            "The ticket is its writer’s now.",
            format!("/undo/requester-{id}"),
        ),
        _ => (
            ForwardAnswer::Leave,
            "Left as it is.",
            format!("/undo/left-{id}-{message}"),
        ),
    };
    let answered = answer_forward(&web.desk, &posted.who.viewer, id, message, answer).await;
    let outcome = answered.map(|()| (says.to_owned(), undo));
    finish(&web, &posted, id, outcome).await
}

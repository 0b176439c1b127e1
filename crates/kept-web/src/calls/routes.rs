//! Logging a call: the page, and what it or the composer sends.

use axum::extract::{Query, State};
use axum::response::Response;
use kept_app::calls::{self, Logged, On};
use kept_app::domain::ids::{ClientId, PersonId, QueueId, TicketId};
use kept_app::domain::tickets::LONGEST_SUBJECT;
use kept_app::store::tickets::Shelf;
use kept_app::tickets::Upload;
use kept_app::{Error, ErrorKind, reading};
use serde::Deserialize;

use super::form::{self, CallForm};
use super::views::{self, CallPage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted};
use crate::layout::{Section, Shell};
use crate::parts::{Choice, Field};
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// Whom it is about, when that is known.
#[derive(Deserialize, Default)]
pub(crate) struct Wish {
    person: Option<i64>,
    client: Option<i64>,
}

/// `GET /calls/new`
pub(crate) async fn form(
    State(web): State<Web>,
    who: SignedIn,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let client = wish.client.map(ClientId);
    let mut page = page(&web, &who, &Fields::default(), client).await?;
    if let Some(person) = wish.person.map(PersonId) {
        about(&web, &who, &mut page, person).await?;
    }
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, views::page(&page, &shell)))
}

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    let mut shell = who.shell(web, "Log a call", Section::Elsewhere).await?;
    shell.path = "/calls/new".to_owned();
    Ok(shell)
}

/// The caller and their open tickets.
async fn about(
    web: &Web,
    who: &SignedIn,
    page: &mut CallPage,
    person: PersonId,
) -> Result<(), Failure> {
    let card = reading::person(&web.desk, &who.viewer, person).await?;
    let name = &card.person.name;
    page.call.caller = match card.person.addresses.first() {
        Some(address) => format!("{name} <{address}>"),
        None => name.clone(),
    };
    let listed = reading::listed_of(&web.desk, &who.viewer, Ok(person)).await?;
    let open = listed.iter().map(|it| &it.ticket);
    let open = open.filter(|it| it.shelf == Shelf::Open);
    let choice =
        |id: TicketId, subject: &str| Choice::new(id.to_string(), format!("#{id} {subject}"));
    page.tickets = open.map(|it| choice(it.id, &it.subject)).collect();
    Ok(())
}

/// The form with what was typed so far.
async fn page(
    web: &Web,
    who: &SignedIn,
    typed: &Fields,
    client: Option<ClientId>,
) -> Result<CallPage, Failure> {
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let queues: Vec<Choice> = queues
        .iter()
        .map(|(queue, _)| Choice::new(queue.id.to_string(), &*queue.name))
        .collect();
    let first = queues.first().map_or("", |first| &first.value).to_owned();
    let queue = match typed.get("queue") {
        "" => first,
        given => given.to_owned(),
    };
    let known = calls::callers(&web.desk, &who.viewer, client).await?;
    Ok(CallPage {
        call: CallForm::typed(typed, known),
        text: Field::new(
            "text",
            "What was said, as you understood it",
            typed.get("text"),
        )
        .required(),
        time: Field::new("time", "Time it took", typed.get("time"))
            .placeholder("15m, or empty to log none")
            .autocomplete("off"),
        tickets: vec![],
        ticket: typed.trimmed("ticket"),
        subject: Field::new("subject", "Subject of a new one", typed.get("subject"))
            .placeholder("the first words, if empty")
            .most(LONGEST_SUBJECT),
        queue: Field::new("queue", "Queue of a new one", queue),
        queues,
        error: None,
    })
}

/// `POST /calls`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let who = &posted.who;
    let logged = match place(&posted.fields) {
        Ok(on) => log(&web, who, (&posted.fields, posted.files), on).await,
        Err(error) => Err(error.into()),
    };
    match logged {
        Ok(logged) => Ok(told(&logged, &format!("/tickets/{}", logged.ticket))),
        Err(Failure::Refused { error, .. }) if is_theirs(&error) => {
            let mut page = page(&web, who, &posted.fields, None).await?;
            page.error = Some(sentence(&error.to_string()));
            let shell = shell(&web, who).await?;
            let content = views::page(&page, &shell);
            Ok(show_with(status_of(&error), &shell, content))
        }
        Err(other) => Err(other),
    }
}

fn is_theirs(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::NotFound
    )
}

/// The ticket it goes on with, or a new one.
fn place(fields: &Fields) -> Result<On, Error> {
    if !fields.trimmed("ticket").is_empty() {
        let ticket = fields.number("ticket").map(TicketId);
        let problem = || Error::invalid("ticket", "Write the number of a ticket, like #1042");
        return ticket.map(On::Ticket).ok_or_else(problem);
    }
    let queue = fields.number("queue").map(QueueId);
    Ok(On::New {
        queue: queue.ok_or_else(|| Error::invalid("queue", "Choose a queue"))?,
        subject: fields.trimmed("subject"),
    })
}

/// Writes down what a form sent.
pub(crate) async fn log(
    web: &Web,
    who: &SignedIn,
    sent: (&Fields, Vec<Upload>),
    on: On,
) -> Result<Logged, Failure> {
    let clock = who.clock(web).await?;
    let new = form::read(sent, on, &clock)?;
    Ok(calls::log(&web.desk, &who.viewer, new).await?)
}

/// Back to the conversation, with a word on whether anybody was asked.
pub(crate) fn told(logged: &Logged, page: &str) -> Response {
    let says = match &logged.asked {
        Some(address) => format!(
            "Logged on #{}. {address} is asked to confirm it.",
            logged.ticket
        ),
        None => format!(
            "Logged on #{}. Nobody can be asked to confirm it: there is no address.",
            logged.ticket
        ),
    };
    done(&format!("{page}#message-{}", logged.message), says)
}

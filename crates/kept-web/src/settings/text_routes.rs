//! The index of the settings, and the texts that are sent by themselves.

use axum::extract::State;
use axum::response::Response;
use kept_app::settings::closing;
use kept_app::settings::texts::{self, Text};
use kept_app::{Error, ErrorKind};

use super::views::{self, DeskForm};
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::layout::{Section, Shell};
use crate::parts::Field;
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /settings`
pub(crate) async fn index(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, views::index()))
}

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Settings", Section::Settings).await
}

/// `GET /settings/desk`
pub(crate) async fn desk(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let form = current(&web).await?;
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, views::desk(&form, &shell)))
}

async fn current(web: &Web) -> Result<DeskForm, Error> {
    let mut written = Vec::with_capacity(Text::ALL.len());
    for text in Text::ALL {
        written.push(field(text, &texts::current(&web.desk, text).await?));
    }
    let days = closing::current(&web.desk).await?;
    Ok(form(written, &days.to_string()))
}

/// When a text is sent, and what is to be said about that.
fn said_of(text: Text) -> (&'static str, &'static str) {
    match text {
        Text::Acknowledgement => (
            "What new requesters are told",
            "Sent once for each new ticket, never to programs and lists. Markdown; words in double braces are filled in.",
        ),
        Text::Reminder => (
            "When the client owes an answer",
            "Sent when the agreement says so, in the client’s hours.",
        ),
        Text::LastReminder => (
            "The last reminder",
            "Sent before a ticket is parked; it says when, and that nothing is lost.",
        ),
        Text::Parked => (
            "When a ticket is parked",
            "It must say how to wake it: by answering the mail.",
        ),
        Text::ClosedUnanswered => (
            "When a parked ticket is closed",
            "Sent when it was parked for as long as the agreement says.",
        ),
        Text::Resolved => (
            "Below a reply that resolves",
            "It must lead to {{ link }}, where one click confirms that it is done.",
        ),
        Text::DutyAsked => (
            "When a client is asked for a duty",
            "Sent on the day the agreement names, in the client’s hours. It begins a ticket of its own.",
        ),
        Text::DutyReminder => (
            "When a duty is not done yet",
            "Sent before its time is over, and again when it is.",
        ),
        Text::CallSummary => (
            "After a call that was logged",
            "Asks the caller whether you understood. It needs the link by which they confirm or correct.",
        ),
        Text::Waiting => (
            "Below a reply that waits for others",
            "Whom you wait for and when the client hears again, in the client’s time. It can be left out of each reply.",
        ),
    }
}

fn field(text: Text, written: &str) -> Field {
    let (label, help) = said_of(text);
    Field::new(text.as_str(), label, written)
        .required()
        .help(help)
}

fn form(texts: Vec<Field>, days: &str) -> DeskForm {
    let words = [
        ("{{ name }}", "what the requester is called; may be empty"),
        ("{{ number }}", "the number of their ticket"),
        ("{{ subject }}", "its subject"),
        ("{{ responsible }}", "who is responsible for it"),
        ("{{ queue }}", "the name of the queue"),
        ("{{ since }}", "the day since which it is the client’s turn"),
        ("{{ parked_on }}", "the day it will be parked; may be empty"),
        ("{{ closed_on }}", "the day it will be closed; may be empty"),
        ("{{ how }}", "how you spoke: you called us, we called you"),
        ("{{ when }}", "when you spoke"),
        ("{{ said }}", "what you understood, as a quote"),
        ("{{ wanted }}", "what they want, as a sentence"),
        ("{{ link }}", "the page on which they confirm what it says"),
        ("{{ party }}", "whom the ticket waits for"),
        ("{{ what }}", "what they have to do or bring; a duty"),
        (
            "{{ details }}",
            "what the agreement says of a duty; may be empty",
        ),
        ("{{ due }}", "by when a duty is to be done"),
        ("{{ reference }}", "their reference; may be empty"),
        ("{{ hear_by }}", "when the client hears again at the latest"),
    ];
    DeskForm {
        texts,
        days: Field::new(
            "days",
            "Days for which mail opens a closed ticket again",
            days,
        )
        .required()
        .help(
            "Mail that comes later begins a new ticket beside the old one; each shows the other.",
        ),
        words: words
            .map(|(written, becomes)| (written.to_owned(), becomes.to_owned()))
            .to_vec(),
    }
}

/// `POST /settings/desk`, with `which` and, under its name, the text
pub(crate) async fn change(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let which = posted.fields.get("which");
    let text = Text::from_text(which).unwrap_or(Text::Acknowledgement);
    let written = posted.fields.get(text.as_str());
    let template = match posted.fields.get("act") {
        "built-in" => text.built_in().to_owned(),
        _ => written.replace("\r\n", "\n"),
    };
    match save(&web, &posted, text, template).await {
        Ok(()) => Ok(done("/settings/desk", "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let mut form = current(&web).await?;
            let mut shell = shell(&web, &posted.who).await?;
            if let Some(field) = form.texts.iter_mut().find(|it| it.name == text.as_str()) {
                field.value = written.to_owned();
                shell.flash = blame(&error, [field]);
            }
            Ok(show_with(
                status_of(&error),
                &shell,
                views::desk(&form, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /settings/desk/reopening`, with `days`
pub(crate) async fn reopening(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let days = posted.fields.number("days");
    match closing::change(&web.desk, &posted.who.viewer, days).await {
        Ok(()) => Ok(done("/settings/desk", "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let mut form = current(&web).await?;
            form.days.value = posted.fields.get("days").to_owned();
            let mut shell = shell(&web, &posted.who).await?;
            shell.flash = blame(&error, [&mut form.days]);
            Ok(show_with(
                status_of(&error),
                &shell,
                views::desk(&form, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

async fn save(web: &Web, posted: &Posted, text: Text, template: String) -> Result<(), Error> {
    if template.trim().is_empty() {
        return Err(Error::invalid(
            text.as_str(),
            "Write something; an empty mail tells nobody anything",
        ));
    }
    texts::change(&web.desk, &posted.who.viewer, text, template).await
}

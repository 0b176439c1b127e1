//! The index of the settings, and the text of the acknowledgement.

use axum::extract::State;
use axum::response::Response;
use kept_app::settings::{closing, texts};
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
    let text = texts::current(&web.desk).await?;
    let days = closing::current(&web.desk).await?;
    Ok(form(&text, &days.to_string()))
}

fn form(text: &str, days: &str) -> DeskForm {
    let words = [
        ("{{ name }}", "what the requester is called; may be empty"),
        ("{{ number }}", "the number of their ticket"),
        ("{{ subject }}", "its subject"),
        ("{{ responsible }}", "who is responsible for it"),
        ("{{ queue }}", "the name of the queue"),
    ];
    DeskForm {
        acknowledgement: Field::new("text", "What new requesters are told", text)
            .required()
            .help("Sent once for each new ticket, never to programs and lists. Markdown; words in double braces are filled in."),
        days: Field::new("days", "Days for which mail opens a closed ticket again", days)
            .required()
            .help("Mail that comes later begins a new ticket beside the old one; each shows the other."),
        words: words.map(|(written, becomes)| (written.to_owned(), becomes.to_owned())).to_vec(),
    }
}

/// `POST /settings/desk`
pub(crate) async fn change(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let text = match posted.fields.get("act") {
        "built-in" => texts::ACKNOWLEDGEMENT.to_owned(),
        _ => posted.fields.get("text").replace("\r\n", "\n"),
    };
    match save(&web, &posted, text).await {
        Ok(()) => Ok(done("/settings/desk", "Saved.")),
        Err(error) if error.kind() == ErrorKind::Invalid => {
            let mut form = current(&web).await?;
            form.acknowledgement.value = posted.fields.get("text").to_owned();
            let mut shell = shell(&web, &posted.who).await?;
            shell.flash = blame(&error, [&mut form.acknowledgement]);
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

async fn save(web: &Web, posted: &Posted, text: String) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::invalid(
            "text",
            "Write something; an empty mail tells nobody anything",
        ));
    }
    texts::change(&web.desk, &posted.who.viewer, text).await
}

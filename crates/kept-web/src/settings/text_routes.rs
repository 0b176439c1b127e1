//! The index of the settings, and the text of the acknowledgement.

use axum::extract::State;
use axum::response::Response;
use kept_app::settings::texts;
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
    let text = texts::current(&web.desk).await?;
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, views::desk(&form(&text), &shell)))
}

fn form(text: &str) -> DeskForm {
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
            let mut form = form(posted.fields.get("text"));
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

async fn save(web: &Web, posted: &Posted, text: String) -> Result<(), Error> {
    if text.trim().is_empty() {
        return Err(Error::invalid(
            "text",
            "Write something; an empty mail tells nobody anything",
        ));
    }
    texts::change(&web.desk, &posted.who.viewer, text).await
}

//! `/you`: how long replies wait, and a new password.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use kept_app::mail::markdown;
use kept_app::settings::mine;
use kept_app::{Error, ErrorKind, notifications, promises, reading};

use super::calendar::Calendar;
use super::hook::OwnHook;
use super::views::{self, YouPage};
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::layout::{Section, Shell};
use crate::parts::{Choice, Field};
use crate::respond::{done, show, show_with};
use crate::session::{SignedIn, session_begun};
use crate::web::Web;

const HERE: &str = "/you";

/// `GET /you`
pub(crate) async fn page(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who).await?;
    Ok(show(&shell, views::you(&page, &shell)))
}

pub(super) async fn load(web: &Web, who: &SignedIn) -> Result<(Shell, YouPage), Failure> {
    let seconds = mine::undo_seconds(&web.desk, &who.viewer).await?;
    let by_link = mine::came_by_link(&web.desk, &who.token).await?;
    let old = Field::new("old", "The password you have now", "")
        .kind("password")
        .required()
        .autocomplete("current-password");
    let calendar = Calendar {
        link: promises::feed_links(&web.desk, &who.viewer).await?,
        address: None,
    };
    let page = YouPage {
        calendar,
        hook: OwnHook::of(notifications::hook::shown(&web.desk, &who.viewer).await?),
        hears: notifications::choices(&web.desk, &who.viewer).await?,
        undo: Field::new("seconds", "Your replies wait, so that you can take them back", seconds.to_string()),
        undos: undos(),
        signature: Field::new("signature", "Below what you write", mine::signature(&web.desk, &who.viewer).await?)
            .placeholder("{{ me }}, mornings until 13:00")
            .help("Markdown, with the places of reply templates. The queue’s own signature comes below it."),
        queues: queues(web, who).await?,
        old_password: (!by_link).then_some(old),
        password: Field::new("password", "New password", "")
            .kind("password")
            .required()
            .autocomplete("new-password")
            .help("At least 10 characters; a short sentence is good. You are signed out everywhere else."),
    };
    Ok((who.shell(web, "You", Section::Elsewhere).await?, page))
}

/// The signatures of the queues that have one.
async fn queues(web: &Web, who: &SignedIn) -> Result<Vec<(String, String)>, Failure> {
    let all = reading::queues(&web.desk, &who.viewer).await?.into_iter();
    let signed = all.filter(|(_, text)| !text.trim().is_empty());
    let each = signed.map(|(queue, text)| (queue.name, markdown::to_html(text.trim())));
    Ok(each.collect())
}

/// `POST /you/signature`
pub(crate) async fn signature(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let text = posted.fields.get("signature");
    match mine::set_signature(&web.desk, &posted.who.viewer, text).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(error) => {
            let (mut shell, mut page) = load(&web, &posted.who).await?;
            text.clone_into(&mut page.signature.value);
            refused(&mut shell, &mut page, error)
        }
    }
}

fn undos() -> Vec<Choice> {
    let words = |seconds: i64| match seconds {
        0 => "Not at all".to_owned(),
        seconds => format!("{seconds} seconds"),
    };
    let offered = mine::UNDO_SECONDS.iter();
    offered
        .map(|seconds| Choice::new(seconds.to_string(), words(*seconds)))
        .collect()
}

/// `POST /you/undo`
pub(crate) async fn undo(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let seconds = posted.fields.get("seconds").parse().unwrap_or(-1);
    match mine::set_undo_seconds(&web.desk, &posted.who.viewer, seconds).await {
        Ok(()) => Ok(done(HERE, "Saved.")),
        Err(error) => again(&web, &posted, error).await,
    }
}

/// `POST /you/password`
pub(crate) async fn password(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let (old, new) = (posted.fields.get("old"), posted.fields.get("password"));
    match mine::change_password(&web.desk, &posted.who.viewer, &posted.who.token, old, new).await {
        Ok(session) => {
            let secure = web.desk.config().public_url.starts_with("https://");
            let told = done(
                HERE,
                "Your password is changed; every other session has ended.",
            );
            Ok((session_begun(session.token, secure), told).into_response())
        }
        Err(error) => again(&web, &posted, error).await,
    }
}

async fn again(web: &Web, posted: &Posted, error: Error) -> Result<Response, Failure> {
    let (mut shell, mut page) = load(web, &posted.who).await?;
    refused(&mut shell, &mut page, error)
}

fn refused(shell: &mut Shell, page: &mut YouPage, error: Error) -> Result<Response, Failure> {
    if !matches!(
        error.kind(),
        ErrorKind::Invalid | ErrorKind::Conflict | ErrorKind::TooMany
    ) {
        return Err(error.into());
    }
    let fields = [&mut page.undo, &mut page.signature, &mut page.password];
    shell.flash = blame(&error, fields.into_iter().chain(page.old_password.as_mut()));
    Ok(show_with(status_of(&error), shell, views::you(page, shell)))
}

//! `/reply-templates`: the list, one to change, and a new one.

use axum::extract::{Path, State};
use axum::response::Response;
use kept_app::domain::ids::ReplyTemplateId;
use kept_app::reply_templates::{self, Written};
use kept_app::{Error, ErrorKind};

use super::views::{self, Page};
use crate::errors::{Failure, status_of};
use crate::forms::{Fields, Posted, blame};
use crate::layout::{Section, Shell};
use crate::parts::Field;
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

const HERE: &str = "/reply-templates";

/// `GET /reply-templates`
pub(crate) async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who, None, &Written::default()).await?;
    Ok(show(&shell, views::page(&page, &shell)))
}

/// `GET /reply-templates/{id}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let id = ReplyTemplateId(id);
    let it = reply_templates::one(&web.desk, &who.viewer, id).await?;
    let written = Written {
        name: it.name,
        text: it.text,
        only_mine: it.owner.is_some(),
    };
    let (shell, page) = load(&web, &who, Some(id), &written).await?;
    Ok(show(&shell, views::page(&page, &shell)))
}

async fn load(
    web: &Web,
    who: &SignedIn,
    id: Option<ReplyTemplateId>,
    written: &Written,
) -> Result<(Shell, Page), Failure> {
    let shell = who
        .shell(web, "Reply templates", Section::Elsewhere)
        .await?;
    let text = Field::new("text", "What it says", &*written.text).required();
    let page = Page {
        all: reply_templates::all(&web.desk, &who.viewer).await?,
        changes: id,
        name: Field::new("name", "Name", &*written.name).required().most(reply_templates::LONGEST_NAME),
        text: text.help("Markdown. Names and numbers come by themselves where you write the words in double braces."),
        only_mine: written.only_mine,
    };
    Ok((shell, page))
}

/// `POST /reply-templates`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    save(&web, &posted, None).await
}

/// `POST /reply-templates/{id}`
pub(crate) async fn change(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    save(&web, &posted, Some(ReplyTemplateId(id))).await
}

async fn save(
    web: &Web,
    posted: &Posted,
    id: Option<ReplyTemplateId>,
) -> Result<Response, Failure> {
    let written = read(&posted.fields);
    match reply_templates::save(&web.desk, &posted.who.viewer, id, written.clone()).await {
        Ok(_) => Ok(done(HERE, format!("“{}” is saved.", written.name.trim()))),
        Err(error) => again(web, posted, id, &written, error).await,
    }
}

fn read(fields: &Fields) -> Written {
    Written {
        name: fields.trimmed("name"),
        text: fields.get("text").to_owned(),
        only_mine: fields.get("only-mine") == "yes",
    }
}

async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<ReplyTemplateId>,
    written: &Written,
    error: Error,
) -> Result<Response, Failure> {
    if error.kind() != ErrorKind::Invalid {
        return Err(error.into());
    }
    let (mut shell, mut page) = load(web, &posted.who, id, written).await?;
    shell.flash = blame(&error, [&mut page.name, &mut page.text]);
    let status = status_of(&error);
    Ok(show_with(status, &shell, views::page(&page, &shell)))
}

/// `POST /reply-templates/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let name = reply_templates::remove(&web.desk, viewer, ReplyTemplateId(id)).await?;
    let undo = format!("/undo/template-{id}");
    Ok(done_with_undo(HERE, format!("“{name}” is removed."), undo))
}

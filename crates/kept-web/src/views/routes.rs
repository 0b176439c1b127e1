//! `GET /views/{id}` and what makes, changes and deletes views.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::views::{self, MOST_PAGES};
use kept_app::{Error, fields, reading};
use serde::Deserialize;

use super::form::{ViewForm, empty, read, view_form};
use super::shown::{self, ViewPage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::Posted;
use crate::inbox::routes::choices;
use crate::layout::Section;
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    page: usize,
}

/// `GET /views/{id}`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Failure> {
    let mut shell = who.shell(&web, "View", Section::View(id)).await?;
    let page = wanted.page.min(MOST_PAGES);
    let zone = shell.clock.zone.clone();
    let found = views::show(&web.desk, &who.viewer, id, page, zone).await?;
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    shell.title.clone_from(&found.view.wish.name);
    shell.live = Some("tickets".to_owned());
    let here = agents.iter().filter(|agent| !agent.has_left);
    let page = ViewPage {
        may_change: found.view.is_changed_by(&who.viewer),
        more: found.more && page < MOST_PAGES,
        shown: found,
        page,
        agents: choices(here.map(|agent| (agent.id, &*agent.name))),
    };
    Ok(show(&shell, shown::view(&page, &shell)))
}

#[derive(Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    q: String,
    /// The view it begins as a copy of.
    from: Option<i64>,
}

/// `GET /views/new`
pub(crate) async fn new(
    State(web): State<Web>,
    who: SignedIn,
    Query(begun): Query<Begun>,
) -> Result<Response, Failure> {
    let mut wish = empty(&begun.q);
    if let Some(id) = begun.from {
        wish = views::find(&web.desk, &who.viewer, id).await?.wish;
        wish.name = format!("{} (copy)", wish.name);
        wish.shared = false;
    }
    let form = ViewForm {
        id: None,
        own: fields::all(&web.desk, &who.viewer).await?,
        wish,
        wrong: None,
    };
    let shell = who.shell(&web, "New view", Section::Elsewhere).await?;
    Ok(show(&shell, view_form(&form, &shell)))
}

/// `GET /views/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let view = views::find(&web.desk, &who.viewer, id).await?;
    let form = ViewForm {
        id: Some(id),
        own: fields::all(&web.desk, &who.viewer).await?,
        wish: view.wish,
        wrong: None,
    };
    let shell = who
        .shell(&web, "Change the view", Section::View(id))
        .await?;
    Ok(show(&shell, view_form(&form, &shell)))
}

/// `POST /views`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let wish = read(&posted.fields);
    let made = views::create(&web.desk, &posted.who.viewer, wish).await;
    match made {
        Ok(id) => Ok(done(&format!("/views/{id}"), "The view is saved.")),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /views/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let wish = read(&posted.fields);
    let changed = views::update(&web.desk, &posted.who.viewer, id, wish).await;
    match changed {
        Ok(()) => Ok(done(&format!("/views/{id}"), "The view is saved.")),
        Err(error) => again(&web, &posted, Some(id), error).await,
    }
}

/// The form once more, with what is wrong beside its field.
async fn again(
    web: &Web,
    posted: &Posted,
    id: Option<i64>,
    error: Error,
) -> Result<Response, Failure> {
    let Error::Invalid { field, .. } = &error else {
        return Err(error.into());
    };
    let form = ViewForm {
        id,
        own: fields::all(&web.desk, &posted.who.viewer).await?,
        wish: read(&posted.fields),
        wrong: Some((field, sentence(&error.to_string()))),
    };
    let shell = posted.who.shell(web, "View", Section::Elsewhere).await?;
    Ok(show_with(
        status_of(&error),
        &shell,
        view_form(&form, &shell),
    ))
}

/// `POST /views/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let view = views::remove(&web.desk, &posted.who.viewer, id, true).await?;
    let says = format!("The view “{}” is gone.", view.wish.name);
    Ok(done_with_undo("/inbox", says, format!("/undo/view-{id}")))
}

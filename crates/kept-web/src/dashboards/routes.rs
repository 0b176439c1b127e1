//! `GET /dashboards` and what makes, changes and deletes them.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::dashboards::{self, Change, OVERVIEW};
use kept_app::domain::dashboards::{Chart, LONGEST_NAME, Shows};
use kept_app::{Error, ErrorKind};
use serde::Deserialize;

use super::edit::{self, EditPage, NewDashboard, is_fixed};
use super::views::{self, DashboardPage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted};
use crate::layout::Section;
use crate::parts::Field;
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /dashboards`: the overview.
pub(crate) async fn first(web: State<Web>, who: SignedIn) -> Result<Response, Failure> {
    page(web, who, Path(OVERVIEW)).await
}

/// `GET /dashboards/{id}`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let mut shell = who.shell(&web, "Dashboard", Section::Dashboards).await?;
    let zone = shell.clock.zone.clone();
    let page = DashboardPage {
        shown: dashboards::show(&web.desk, &who.viewer, id, zone).await?,
        all: dashboards::all(&web.desk, &who.viewer).await?,
    };
    shell.title.clone_from(&page.shown.dashboard.wish.name);
    Ok(show(&shell, views::dashboard(&page)))
}

/// `GET /load`
pub(crate) async fn load(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = who.shell(&web, "Load", Section::Dashboards).await?;
    let zone = shell.clock.zone.clone();
    let loads = dashboards::load(&web.desk, &who.viewer, zone).await?;
    Ok(show(&shell, views::load(loads, &shell)))
}

#[derive(Deserialize)]
pub(crate) struct Begun {
    /// The dashboard whose cards it begins with.
    like: Option<i64>,
}

/// `GET /dashboards/new`
pub(crate) async fn new(
    State(web): State<Web>,
    who: SignedIn,
    Query(begun): Query<Begun>,
) -> Result<Response, Failure> {
    let name = match begun.like {
        Some(OVERVIEW) | None => "My dashboard".to_owned(),
        Some(id) => {
            let like = dashboards::find(&web.desk, &who.viewer, id).await?;
            format!("{} (copy)", like.wish.name)
        }
    };
    let form = NewDashboard {
        name: Field::new("name", "Name", name)
            .required()
            .most(LONGEST_NAME),
        shared: false,
        like: begun.like,
    };
    let shell = who
        .shell(&web, "New dashboard", Section::Dashboards)
        .await?;
    Ok(show(&shell, edit::new(&form, &shell)))
}

fn named(fields: &Fields) -> (String, bool) {
    (fields.trimmed("name"), fields.get("shared") == "yes")
}

/// The field with what is wrong with it, when that is what the error is about.
fn wrong_name(fields: &Fields, error: &Error) -> Option<Field> {
    (error.kind() == ErrorKind::Invalid).then(|| Field {
        error: Some(sentence(&error.to_string())),
        ..Field::new("name", "Name", fields.get("name"))
            .required()
            .most(LONGEST_NAME)
    })
}

/// `POST /dashboards`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let fields = &posted.fields;
    let (viewer, like) = (&posted.who.viewer, fields.number("like"));
    let error = match dashboards::create(&web.desk, viewer, named(fields), like).await {
        Ok(id) => return Ok(done(&format!("/dashboards/{id}"), "The dashboard is made.")),
        Err(error) => error,
    };
    let Some(name) = wrong_name(fields, &error) else {
        return Err(error.into());
    };
    let form = NewDashboard {
        name,
        shared: fields.get("shared") == "yes",
        like,
    };
    let shell = posted
        .who
        .shell(&web, "New dashboard", Section::Dashboards)
        .await?;
    Ok(show_with(
        status_of(&error),
        &shell,
        edit::new(&form, &shell),
    ))
}

/// `GET /dashboards/{id}/edit`
pub(crate) async fn edit(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let shell = who
        .shell(&web, "Change the dashboard", Section::Dashboards)
        .await?;
    let page = form(&web, &who, id, None).await?;
    Ok(show(&shell, edit::edit(&page, &shell)))
}

async fn form(
    web: &Web,
    who: &SignedIn,
    id: i64,
    name: Option<Field>,
) -> Result<EditPage, Failure> {
    let dashboard = dashboards::find(&web.desk, &who.viewer, id).await?;
    if is_fixed(id) || !dashboard.is_changed_by(&who.viewer) {
        return Err(Failure::Nowhere);
    }
    let views = kept_app::views::all(&web.desk, &who.viewer).await?;
    let own = || {
        Field::new("name", "Name", &*dashboard.wish.name)
            .required()
            .most(LONGEST_NAME)
    };
    Ok(EditPage {
        name: name.unwrap_or_else(own),
        views: views.into_iter().map(|it| (it.id, it.wish.name)).collect(),
        dashboard,
    })
}

/// `POST /dashboards/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let fields = &posted.fields;
    let error = match dashboards::rename(&web.desk, &posted.who.viewer, id, named(fields)).await {
        Ok(()) => return Ok(done(&format!("/dashboards/{id}"), "Saved.")),
        Err(error) => error,
    };
    let Some(name) = wrong_name(fields, &error) else {
        return Err(error.into());
    };
    let shell = posted
        .who
        .shell(&web, "Change the dashboard", Section::Dashboards)
        .await?;
    let page = form(&web, &posted.who, id, Some(name)).await?;
    Ok(show_with(
        status_of(&error),
        &shell,
        edit::edit(&page, &shell),
    ))
}

/// `POST /dashboards/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let name = dashboards::remove(&web.desk, &posted.who.viewer, id, true).await?;
    let says = format!("The dashboard “{name}” is gone.");
    Ok(done_with_undo(
        "/dashboards",
        says,
        format!("/undo/dashboard-{id}"),
    ))
}

/// `chart-age`, `view-3`
fn shows(text: &str) -> Option<Shows> {
    match text.split_once('-')? {
        ("chart", chart) => Chart::from_text(chart).map(Shows::Chart),
        ("view", id) => id.parse().ok().map(Shows::View),
        _ => None,
    }
}

/// `POST /dashboards/{id}/cards`, with what it `shows`
pub(crate) async fn add(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let shows = shows(posted.fields.get("shows"));
    let shows = shows.ok_or_else(|| Error::invalid("shows", "Choose what the card shows"))?;
    let title = posted.fields.trimmed("title");
    let change = Change::Add { title, shows };
    dashboards::change(&web.desk, &posted.who.viewer, id, change).await?;
    Ok(done(
        &format!("/dashboards/{id}/edit"),
        "The card stands at the end.",
    ))
}

/// `POST /dashboards/{id}/cards/{card}/position`, with `forward`
pub(crate) async fn shift(
    State(web): State<Web>,
    Path((id, card)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let forward = posted.fields.get("forward") == "yes";
    let change = Change::Shift { card, forward };
    dashboards::change(&web.desk, &posted.who.viewer, id, change).await?;
    Ok(done(
        &format!("/dashboards/{id}/edit#card-{card}"),
        "Moved.",
    ))
}

/// `POST /dashboards/{id}/cards/{card}/removal`
pub(crate) async fn remove_card(
    State(web): State<Web>,
    Path((id, card)): Path<(i64, u32)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let change = Change::Remove {
        card,
        removed: true,
    };
    dashboards::change(&web.desk, &posted.who.viewer, id, change).await?;
    let undo = format!("/undo/card-{id}-{card}");
    Ok(done_with_undo(
        &format!("/dashboards/{id}/edit"),
        "The card is gone.",
        undo,
    ))
}

//! Agreements as everybody at the desk reads them, and their end.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::civil::Date;
use kept_app::agreements::{self as commands, Shown};
use kept_app::domain::agreements::Scope;
use kept_app::domain::ids::{AgreementId, ClientId, PersonId};
use kept_app::store::people::ListedPerson;
use kept_app::{Error, ErrorKind, reading};
use maud::{Markup, html};
use serde::Deserialize;

use super::filled::name_of;
use super::views;
use crate::errors::{Failure, status_of};
use crate::forms::{Posted, blame};
use crate::layout::{Section, Shell};
use crate::parts::Choice;
use crate::respond::{done, show, show_with};
use crate::session::SignedIn;
use crate::settings::frame::framed;
use crate::web::Web;

const HERE: &str = "/settings/agreements";

pub(super) async fn shell(web: &Web, who: &SignedIn, title: &str) -> Result<Shell, Failure> {
    let mut shell = who.shell(web, title, Section::Settings).await?;
    // A form half filled in must not be taken away by an update.
    shell.live = None;
    Ok(shell)
}

/// Those who only read are not led to pages they may not see.
pub(super) fn page(shell: &Shell, title: &str, says: &str, content: Markup) -> Markup {
    if shell.me.may_change_settings {
        return framed(HERE, title, says, content);
    }
    html! {
        div.settings { div.settings-page { header.page-head { p.crumbs { a href=(HERE) { "Agreements" } } h1 { (title) } p.says { (says) } } (content) } }
    }
}

/// `GET /settings/agreements`
pub(crate) async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let all = commands::all(&web.desk, &who.viewer).await?;
    let shell = shell(&web, &who, "Agreements").await?;
    let without = match shell.me.may_change_settings {
        true => without(&web, &who, &all).await?,
        false => vec![],
    };
    let says = "What you and your clients owe each other, and how long each may take. A client’s own comes first, then its queue’s, then everybody’s.";
    let content = views::list(&all, &without, &shell);
    Ok(show(&shell, page(&shell, "Agreements", says, content)))
}

/// Clients and queues without an agreement of their own.
async fn without(web: &Web, who: &SignedIn, all: &[Shown]) -> Result<Vec<Choice>, Failure> {
    let has = |scope: &Scope| all.iter().any(|it| it.scope == *scope);
    let clients = reading::client_names(&web.desk, &who.viewer).await?;
    let queues = reading::queues(&web.desk, &who.viewer).await?;
    let clients = clients
        .into_iter()
        .map(|(id, name)| (Scope::Client(id), name));
    let queues = queues
        .into_iter()
        .map(|(queue, _)| (Scope::Queue(queue.id), format!("Queue {}", queue.name)));
    let missing = queues.chain(clients).filter(|(scope, _)| !has(scope));
    Ok(missing
        .map(|(scope, name)| Choice::new(name_of(scope), name))
        .collect())
}

#[derive(Deserialize)]
pub(crate) struct Wish {
    version: Option<i64>,
    year: Option<i16>,
}

/// `GET /settings/agreements/{id}`
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Response, Failure> {
    let found = commands::one(&web.desk, &who.viewer, AgreementId(id)).await?;
    let shell = shell(&web, &who, &found.name).await?;
    let content = shown(&web, &who, &found, &wish, &shell).await?;
    Ok(show(&shell, page(&shell, &found.name, "", content)))
}

async fn shown(
    web: &Web,
    who: &SignedIn,
    found: &Shown,
    wish: &Wish,
    shell: &Shell,
) -> Result<Markup, Failure> {
    let named = wish.version;
    let chosen = match named {
        Some(number) => found.versions.iter().find(|it| it.version.number == number),
        None => found.holds(shell.clock.now).or_else(|| found.newest()),
    };
    let chosen = chosen.ok_or_else(|| Error::not_found("version"))?;
    let this_year = shell
        .clock
        .now
        .to_zoned(chosen.version.wording.desk.zone().clone())
        .year();
    let year = wish
        .year
        .filter(|year| (1970..2200).contains(year))
        .unwrap_or(this_year);
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let name = |person| name_in(&agents, person);
    Ok(views::one(found, chosen, year, &name, shell))
}

pub(super) fn name_in(agents: &[ListedPerson], person: PersonId) -> String {
    let found = agents.iter().find(|it| it.id == person);
    found.map_or_else(|| "somebody who left".to_owned(), |it| it.name.clone())
}

/// `POST /settings/agreements/{id}/ending`
pub(crate) async fn end(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let on = match posted.fields.trimmed("until").as_str() {
        "" => Ok(None),
        day => day
            .parse::<Date>()
            .map(Some)
            .map_err(|_| Error::invalid("until", "Write the day like 2026-12-24")),
    };
    let ended = match on {
        Ok(on) => commands::end(&web.desk, &posted.who.viewer, AgreementId(id), on).await,
        Err(error) => Err(error),
    };
    after(&web, &posted, id, ended.map(|()| "Ended.")).await
}

/// `POST /settings/agreements/{id}/ending/removal`
pub(crate) async fn go_on(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let gone_on = commands::go_on(&web.desk, &posted.who.viewer, AgreementId(id)).await;
    after(&web, &posted, id, gone_on.map(|()| "It goes on.")).await
}

/// `POST /settings/agreements/{id}/versions/{number}/removal`
pub(crate) async fn take_back(
    State(web): State<Web>,
    Path((id, number)): Path<(i64, i64)>,
    posted: Posted,
) -> Result<Response, Failure> {
    let viewer = &posted.who.viewer;
    let found = commands::one(&web.desk, viewer, AgreementId(id)).await?;
    let version = found.versions.iter().find(|it| it.version.number == number);
    let version = version
        .ok_or_else(|| Error::not_found("version"))?
        .version
        .id;
    match commands::take_back(&web.desk, viewer, version).await {
        Ok(false) => Ok(done(HERE, "Taken back; it was the only version.")),
        taken => after(&web, &posted, id, taken.map(|_| "Taken back.")).await,
    }
}

/// The agreement's page after an act, or with why it was refused.
async fn after(
    web: &Web,
    posted: &Posted,
    id: i64,
    acted: Result<&str, Error>,
) -> Result<Response, Failure> {
    let error = match acted {
        Ok(says) => return Ok(done(&format!("{HERE}/{id}"), says)),
        Err(error) => error,
    };
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let found = commands::one(&web.desk, &posted.who.viewer, AgreementId(id)).await?;
    let mut shell = shell(web, &posted.who, &found.name).await?;
    shell.flash = blame(&error, []);
    let wish = Wish {
        version: None,
        year: None,
    };
    let content = shown(web, &posted.who, &found, &wish, &shell).await?;
    Ok(show_with(
        status_of(&error),
        &shell,
        page(&shell, &found.name, "", content),
    ))
}

/// The agreement of a client, for its card.
pub(crate) async fn on_card(
    web: &Web,
    who: &SignedIn,
    client: ClientId,
    shell: &Shell,
) -> Result<Markup, Failure> {
    let all = commands::all(&web.desk, &who.viewer).await?;
    let own = all.iter().find(|it| it.scope == Scope::Client(client));
    Ok(views::on_card(client.0, own, shell))
}

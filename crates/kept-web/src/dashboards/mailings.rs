//! A dashboard by mail: who gets it when, how it looks, and how a reader stops it.

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use kept_app::dashboards::{self, NewMailing};
use kept_app::domain::dashboards::{Every, Schedule};
use kept_app::domain::ids::PersonId;
use kept_app::{Error, ErrorKind, reading};

use super::mailing_views::{self as views, MailPage};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted};
use crate::inbox::routes::choices;
use crate::layout::{Section, Shell};
use crate::parts::{Flash, Tone};
use crate::respond::{done, done_with_undo, show, show_with};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /dashboards/{id}/mail`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let (shell, page) = load(&web, &who, id).await?;
    Ok(show(&shell, views::mail(&page, &shell)))
}

async fn load(web: &Web, who: &SignedIn, id: i64) -> Result<(Shell, MailPage), Failure> {
    let dashboard = dashboards::find(&web.desk, &who.viewer, id).await?;
    let agents = reading::agents(&web.desk, &who.viewer).await?;
    let shell = who
        .shell(web, "Dashboard by mail", Section::Dashboards)
        .await?;
    let shared = dashboard.wish.shared;
    let here = agents.iter().filter(|agent| !agent.has_left);
    let may = here.filter(|agent| shared || agent.id == dashboard.owner);
    let page = MailPage {
        mailings: dashboards::mailings(&web.desk, &who.viewer, id).await?,
        people: choices(may.map(|agent| (agent.id, &*agent.name))),
        me: who.viewer.person.to_string(),
        zone: shell.clock.zone.iana_name().unwrap_or("UTC").to_owned(),
        dashboard,
    };
    Ok((shell, page))
}

fn read(fields: &Fields) -> Result<NewMailing, Error> {
    let every = Every::from_text(fields.get("every"));
    let time = fields.trimmed("time").parse().ok();
    let schedule = Schedule {
        every: every.ok_or_else(|| Error::invalid("every", "Choose how often"))?,
        time: time.ok_or_else(|| Error::invalid("time", "Write a time like 07:30"))?,
        zone: fields.trimmed("zone"),
    };
    let to = fields.all("to").filter_map(|id| id.parse().ok());
    Ok(NewMailing {
        schedule,
        to: to.map(PersonId).collect(),
        with_pdf: !fields.get("pdf").is_empty(),
    })
}

/// `POST /dashboards/{id}/mailings`, with `every`, `time`, `zone`, `to` and `pdf`
pub(crate) async fn begin(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let begun = match read(&posted.fields) {
        Ok(wanted) => dashboards::begin_mailing(&web.desk, &posted.who.viewer, id, wanted).await,
        Err(error) => Err(error),
    };
    match begun {
        Ok(_) => Ok(done(
            &format!("/dashboards/{id}/mail"),
            "It is mailed from now on.",
        )),
        Err(error) if matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) => {
            let (mut shell, page) = load(&web, &posted.who, id).await?;
            shell.flash = Some(Flash {
                tone: Tone::Wrong,
                says: sentence(&error.to_string()),
                undo: None,
            });
            Ok(show_with(
                status_of(&error),
                &shell,
                views::mail(&page, &shell),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

/// What the letter may do in its frame: show itself, and open pages of ours elsewhere.
const QUIET: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
    style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// `GET /dashboards/{id}/letter`: the mail as it would be now.
pub(crate) async fn letter(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let zone = who.shell(&web, "", Section::Elsewhere).await?.clock.zone;
    let letter = dashboards::letter(&web.desk, &who.viewer, id, zone).await?;
    let policy: (HeaderName, HeaderValue) = (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(QUIET),
    );
    Ok(([policy], Html(letter.html)).into_response())
}

/// `GET /dashboards/{id}/file.pdf`: the same on paper.
pub(crate) async fn paper(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let zone = who.shell(&web, "", Section::Elsewhere).await?.clock.zone;
    let paper = dashboards::paper(&web.desk, &who.viewer, id, zone).await?;
    Ok(crate::originals::pdf(&paper.filename, paper.bytes.into()))
}

/// `GET /mailings/{id}`: where a mail leads whoever wants no more of them.
pub(crate) async fn one(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let mailed = dashboards::mailing(&web.desk, &who.viewer, id).await?;
    let shell = who
        .shell(&web, "Dashboard by mail", Section::Dashboards)
        .await?;
    let gets = mailed
        .to
        .iter()
        .any(|(person, _)| *person == who.viewer.person);
    Ok(show(&shell, views::one(&mailed, gets, &shell)))
}

/// `POST /mailings/{id}/stopping`: the reader gets it no longer.
pub(crate) async fn stop(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    dashboards::stop(&web.desk, &posted.who.viewer, id, true).await?;
    let undo = format!("/undo/stopping-{id}");
    Ok(done_with_undo(
        &format!("/mailings/{id}"),
        "You get it no longer.",
        undo,
    ))
}

/// `POST /mailings/{id}/removal`: nobody does.
pub(crate) async fn end(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let dashboard = dashboards::end_mailing(&web.desk, &posted.who.viewer, id, true).await?;
    let undo = format!("/undo/mailing-{id}");
    let to = format!("/dashboards/{dashboard}/mail");
    Ok(done_with_undo(&to, "It is mailed no longer.", undo))
}

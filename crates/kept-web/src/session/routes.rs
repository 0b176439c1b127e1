//! Sign-in, sign-out, one-time links, the first run and the theme.

use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use kept_app::domain::people::EmailAddress;
use kept_app::settings::queues;
use kept_app::sign_in::{self, FirstAdmin, Session};
use kept_app::store::queues::QueueSettings;
use kept_app::{Desk, Error, reading};
use serde::Deserialize;

use super::views::{self, FirstRun, Link, SignIn};
use super::{cookies, signed_in};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, GuestForm, Posted};
use crate::layout::Theme;
use crate::parts::Field;
use crate::respond::local;
use crate::serving::Peer;
use crate::web::Web;

/// Whether somebody is signed in already.
pub(crate) struct Known(bool);

impl FromRequestParts<Web> for Known {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Failure> {
        Ok(Known(signed_in::known(&web.desk, parts).await?.is_some()))
    }
}

#[derive(Deserialize)]
pub(crate) struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /sign-in`
pub(crate) async fn form(
    State(web): State<Web>,
    Known(known): Known,
    Query(Next { next }): Query<Next>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    if known {
        return Ok(Redirect::to(local(&next)).into_response());
    }
    let page = sign_in_page(&web.desk, &headers, &next).await?;
    Ok(views::sign_in(&page).into_response())
}

async fn sign_in_page(desk: &Desk, headers: &HeaderMap, back: &str) -> Result<SignIn, Failure> {
    Ok(SignIn {
        email: String::new(),
        error: None,
        back: local(back).to_owned(),
        nobody_yet: sign_in::is_needed(desk).await?,
        theme: cookies::theme_of(headers),
    })
}

/// `POST /session`
pub(crate) async fn begin(
    State(web): State<Web>,
    Peer(from): Peer,
    headers: HeaderMap,
    GuestForm(fields): GuestForm,
) -> Result<Response, Failure> {
    let email = fields.trimmed("email");
    let back = fields.get("back");
    match sign_in::by_password(&web.desk, &email, fields.get("password"), &from.to_string()).await {
        Ok(session) => Ok(come_in(&web, session, back)),
        Err(error @ (Error::Invalid { .. } | Error::TooMany { .. })) => {
            let page = SignIn {
                email,
                error: Some(sentence(&error.to_string())),
                ..sign_in_page(&web.desk, &headers, back).await?
            };
            Ok((status_of(&error), views::sign_in(&page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn come_in(web: &Web, session: Session, to: &str) -> Response {
    let secure = web.desk.config().public_url.starts_with("https://");
    (
        cookies::session_begun(session.token, secure),
        Redirect::to(local(to)),
    )
        .into_response()
}

/// `POST /session/end`
pub(crate) async fn end(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    sign_in::sign_out(&web.desk, &posted.who.token).await?;
    Ok((cookies::session_ended(), Redirect::to("/sign-in")).into_response())
}

/// `GET /sign-in/{token}`: only a page with a button, because mail scanners open every link they see.
pub(crate) async fn link(Path(token): Path<String>, headers: HeaderMap) -> Response {
    views::link(&Link {
        token,
        error: None,
        theme: cookies::theme_of(&headers),
    })
    .into_response()
}

/// `POST /sign-in/{token}`
pub(crate) async fn use_link(
    State(web): State<Web>,
    Peer(from): Peer,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    match sign_in::by_link(&web.desk, &token, &from.to_string()).await {
        Ok(session) => Ok(come_in(&web, session, "/now")),
        Err(error @ (Error::Invalid { .. } | Error::TooMany { .. })) => {
            let page = Link {
                token,
                error: Some(sentence(&error.to_string())),
                theme: cookies::theme_of(&headers),
            };
            Ok((status_of(&error), views::link(&page)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /first-run/{token}`
pub(crate) async fn first_run(
    State(web): State<Web>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    must_hold(&web.desk, &token).await?;
    let mut fields = first_fields(&Fields::default());
    let intake = sign_in::first_intake(&web.desk).await?;
    fields.intake.value = intake.map_or_else(String::new, |address| address.to_string());
    fields.zone.value = jiff::tz::TimeZone::system()
        .iana_name()
        .unwrap_or("UTC")
        .to_owned();
    let page = FirstRun {
        token,
        theme: cookies::theme_of(&headers),
        ..fields
    };
    Ok(views::first_run(&page).into_response())
}

async fn must_hold(desk: &Desk, token: &str) -> Result<(), Failure> {
    if sign_in::setup_is_valid(desk, token).await? {
        return Ok(());
    }
    let gone = Error::Conflict(
        "This link no longer works. Start the server again for a new one, or sign in.".into(),
    );
    Err(Failure::from(gone).back_to("/sign-in", "Sign in"))
}

fn first_fields(typed: &Fields) -> FirstRun {
    FirstRun {
        token: typed.get("token").to_owned(),
        name: Field::new("name", "Your name", typed.trimmed("name"))
            .required()
            .autocomplete("name"),
        address: Field::new("address", "Your e-mail address", typed.trimmed("address"))
            .kind("email")
            .required()
            .autocomplete("username")
            .help("You sign in with it. Use your own, not the desk’s."),
        password: Field::new("password", "Password", "")
            .kind("password")
            .required()
            .autocomplete("new-password")
            .help("At least 10 characters; a short sentence is good."),
        intake: Field::new(
            "intake",
            "The address clients write to",
            typed.trimmed("intake"),
        )
        .kind("email")
        .required(),
        zone: Field::new("zone", "Time zone", typed.trimmed("zone"))
            .required()
            .help("Written like Europe/Lisbon."),
        error: None,
        theme: Theme::System,
    }
}

/// `POST /setup`
pub(crate) async fn set_up(
    State(web): State<Web>,
    headers: HeaderMap,
    GuestForm(typed): GuestForm,
) -> Result<Response, Failure> {
    must_hold(&web.desk, typed.get("token")).await?;
    match claim(&web.desk, &typed).await {
        Ok(session) => Ok(come_in(&web, session, "/now")),
        Err(error) => {
            let page = refused(&typed, &error, cookies::theme_of(&headers));
            Ok((status_of(&error), views::first_run(&page)).into_response())
        }
    }
}

/// Everything that was typed is read before anything is done.
async fn claim(desk: &Desk, typed: &Fields) -> Result<Session, Error> {
    let intake = email("intake", typed.get("intake"))?;
    let zone = typed.trimmed("zone");
    jiff::tz::TimeZone::get(&zone).map_err(|_| {
        Error::invalid(
            "zone",
            format!("“{zone}” is not a time zone; write it like Europe/Lisbon"),
        )
    })?;
    let admin = FirstAdmin {
        name: typed.trimmed("name"),
        address: email("address", typed.get("address"))?,
        password: typed.get("password").to_owned(),
    };
    let session = sign_in::claim(desk, typed.get("token"), admin).await?;
    set_first_queue(desk, &session, intake, zone).await?;
    Ok(session)
}

fn email(field: &'static str, text: &str) -> Result<EmailAddress, Error> {
    EmailAddress::parse(text).map_err(|error| Error::invalid(field, error.to_string()))
}

async fn set_first_queue(
    desk: &Desk,
    session: &Session,
    intake: EmailAddress,
    zone: String,
) -> Result<(), Error> {
    let viewer = sign_in::viewer(desk, &session.token).await?;
    let Some(viewer) = viewer else { return Ok(()) };
    let Some((queue, signature)) = reading::queues(desk, &viewer).await?.into_iter().next() else {
        return Ok(());
    };
    let id = queue.id;
    let mut settings = QueueSettings::of(queue, signature);
    settings.addresses.retain(|known| *known != intake);
    settings.addresses.insert(0, intake);
    settings.zone = zone;
    queues::edit(desk, &viewer, id, settings).await
}

fn refused(typed: &Fields, error: &Error, theme: Theme) -> FirstRun {
    let mut page = FirstRun {
        theme,
        ..first_fields(typed)
    };
    let words = sentence(&error.to_string());
    let field = match error {
        Error::Invalid { field, .. } => page.field(field),
        _ => None,
    };
    match field {
        Some(field) => field.error = Some(words),
        None => page.error = Some(words),
    }
    page
}

/// `POST /settings/theme`
pub(crate) async fn theme(posted: Posted) -> Response {
    let theme = Theme::read(posted.fields.get("theme"));
    let back = Redirect::to(local(posted.fields.get("back")));
    (cookies::theme_kept(theme), back).into_response()
}

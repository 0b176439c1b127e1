//! Sign-in accounts: the list, the forms, and the ways to sign in at a provider.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use kept_app::domain::ids::AccountId;
use kept_app::oauth2::{self, Polled, Provider};
use kept_app::settings::accounts::{self as commands, GivenAccount, ShownAccount};
use kept_app::{Error, ErrorKind};
use serde::Deserialize;

use super::accounts::{self, AccountPage, AccountRow, HERE, WayIn};
use crate::errors::{Failure, sentence, status_of};
use crate::forms::{Fields, Posted, blame};
use crate::layout::{Section, Shell};
use crate::numbers::count;
use crate::parts::{Choice, Field, Flash, Tone};
use crate::respond::{done, show, show_with, told};
use crate::session::SignedIn;
use crate::web::Web;

/// `GET /settings/accounts`
pub(crate) async fn list(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let all = commands::shown(&web.desk).await?;
    let rows: Vec<AccountRow> = all.iter().map(row).collect();
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, accounts::accounts(&rows)))
}

async fn shell(web: &Web, who: &SignedIn) -> Result<Shell, Failure> {
    who.shell(web, "Sign-in accounts", Section::Settings).await
}

fn row(shown: &ShownAccount) -> AccountRow {
    let provider = shown.settings.as_ref().map(|it| it.provider.name());
    AccountRow {
        id: count(shown.id.0),
        name: shown.name.clone(),
        provider: provider
            .unwrap_or("what is stored can't be read; save it again")
            .to_owned(),
        is_connected: shown.is_connected,
        last_error: shown.last_error.clone(),
    }
}

/// What the form holds; secrets are never shown.
fn fields(it: &GivenAccount, has_secret: bool) -> Vec<Field> {
    let secret = Field::new("secret", "Client secret", "")
        .kind("password")
        .autocomplete("off");
    let secret = match has_secret {
        true => secret.help("Leave it empty to keep the stored one."),
        false => secret,
    };
    vec![
        Field::new("name", "Name", &it.name)
            .required()
            .placeholder("Microsoft 365"),
        Field::new("provider", "Provider", it.provider.as_str()),
        Field::new("tenant", "Tenant", &it.tenant)
            .placeholder("example.com")
            .help("Microsoft only: your organisation’s domain or directory id."),
        Field::new("client_id", "Client id", &it.client_id)
            .required()
            .autocomplete("off"),
        secret,
        Field::new("authorize_url", "Where people sign in", &it.authorize_url),
        Field::new("token_url", "Where tokens come from", &it.token_url),
        Field::new("device_url", "Where codes come from", &it.device_url),
        Field::new("scope", "What Kept asks for", &it.scope),
    ]
}

fn blank() -> GivenAccount {
    GivenAccount {
        name: String::new(),
        provider: Provider::Microsoft,
        tenant: String::new(),
        client_id: String::new(),
        secret: None,
        authorize_url: String::new(),
        token_url: String::new(),
        device_url: String::new(),
        scope: String::new(),
    }
}

fn stored(shown: &ShownAccount) -> GivenAccount {
    let name = shown.name.clone();
    match &shown.settings {
        None => GivenAccount { name, ..blank() },
        Some(it) => GivenAccount {
            name,
            provider: it.provider,
            tenant: it.tenant.clone(),
            client_id: it.client_id.clone(),
            secret: None,
            authorize_url: it.authorize_url.clone(),
            token_url: it.token_url.clone(),
            device_url: it.device_url.clone(),
            scope: it.scope.clone(),
        },
    }
}

fn typed(fields: &Fields) -> GivenAccount {
    GivenAccount {
        name: fields.trimmed("name"),
        provider: Provider::from_text(fields.get("provider")).unwrap_or(Provider::Other),
        tenant: fields.trimmed("tenant"),
        client_id: fields.trimmed("client_id"),
        secret: Some(fields.trimmed("secret")).filter(|secret| !secret.is_empty()),
        authorize_url: fields.trimmed("authorize_url"),
        token_url: fields.trimmed("token_url"),
        device_url: fields.trimmed("device_url"),
        scope: fields.trimmed("scope"),
    }
}

fn page_of(web: &Web, shown: Option<&ShownAccount>, given: &GivenAccount) -> AccountPage {
    let settings = shown.and_then(|shown| shown.settings.as_ref());
    let by_code = settings.is_some_and(|it| !it.device_url().is_empty());
    AccountPage {
        row: shown.map(row),
        fields: fields(given, shown.is_some()),
        providers: Provider::ALL
            .iter()
            .map(|it| match it {
                Provider::Other => Choice::new(it.as_str(), "Another"),
                known => Choice::new(known.as_str(), known.name()),
            })
            .collect(),
        return_address: oauth2::return_address(&web.desk),
        way_in: WayIn::Closed { by_code },
    }
}

/// `GET /settings/accounts/new`
pub(crate) async fn new(State(web): State<Web>, who: SignedIn) -> Result<Response, Failure> {
    let shell = shell(&web, &who).await?;
    let page = page_of(&web, None, &blank());
    Ok(show(&shell, accounts::account(&page, &shell)))
}

/// `GET /settings/accounts/{id}`
pub(crate) async fn page(
    State(web): State<Web>,
    who: SignedIn,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let shown = find(&web, id).await?;
    let mut page = page_of(&web, Some(&shown), &stored(&shown));
    if let Some(it) = oauth2::under_way(&web.desk, shown.id).await? {
        page.way_in = WayIn::Code {
            code: it.code,
            page: it.page,
            ends_at: it.ends_at,
        };
    }
    let shell = shell(&web, &who).await?;
    Ok(show(&shell, accounts::account(&page, &shell)))
}

async fn find(web: &Web, id: i64) -> Result<ShownAccount, Failure> {
    let all = commands::shown(&web.desk).await?;
    let found = all.into_iter().find(|account| account.id.0 == id);
    Ok(found.ok_or_else(|| Error::not_found("sign-in account"))?)
}

/// `POST /settings/accounts`
pub(crate) async fn create(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let given = typed(&posted.fields);
    match commands::add(&web.desk, &posted.who.viewer, given).await {
        Ok(id) => Ok(done(&format!("{HERE}/{id}"), "Added. Now sign in.")),
        Err(error) => again(&web, &posted, None, error).await,
    }
}

/// `POST /settings/accounts/{id}`
pub(crate) async fn update(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let shown = find(&web, id).await?;
    let given = typed(&posted.fields);
    match commands::edit(&web.desk, &posted.who.viewer, shown.id, given).await {
        Ok(()) => Ok(done(&format!("{HERE}/{id}"), "Saved.")),
        Err(error) => again(&web, &posted, Some(&shown), error).await,
    }
}

/// The form as it was sent, with what was wrong.
async fn again(
    web: &Web,
    posted: &Posted,
    shown: Option<&ShownAccount>,
    error: Error,
) -> Result<Response, Failure> {
    if !matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Conflict) {
        return Err(error.into());
    }
    let mut page = page_of(web, shown, &typed(&posted.fields));
    let mut shell = shell(web, &posted.who).await?;
    shell.flash = blame(&error, &mut page.fields);
    let content = accounts::account(&page, &shell);
    Ok(show_with(status_of(&error), &shell, content))
}

/// `POST /settings/accounts/{id}/removal`
pub(crate) async fn remove(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let removed = commands::remove(&web.desk, &posted.who.viewer, AccountId(id)).await;
    or_told(id, removed.map(|()| done(HERE, "Removed the account.")))
}

/// `POST /settings/accounts/{id}/link`: shows the way to the provider's page. A form may not lead to
/// another site, a link may.
pub(crate) async fn link(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let shown = find(&web, id).await?;
    match oauth2::begin_code(&web.desk, &posted.who.viewer, shown.id).await {
        Err(error) => or_told(id, Err(error)),
        Ok(link) => {
            let mut page = page_of(&web, Some(&shown), &stored(&shown));
            page.way_in = WayIn::Link(link.url);
            let shell = shell(&web, &posted.who).await?;
            Ok(show(&shell, accounts::account(&page, &shell)))
        }
    }
}

/// `POST /settings/accounts/{id}/code`
pub(crate) async fn code(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let begun = oauth2::begin_device(&web.desk, &posted.who.viewer, AccountId(id)).await;
    let here = format!("{HERE}/{id}");
    or_told(
        id,
        begun.map(|_| done(&here, "Type the code below at the provider.")),
    )
}

/// `POST /settings/accounts/{id}/code/check`
pub(crate) async fn check(
    State(web): State<Web>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Result<Response, Failure> {
    let polled = oauth2::poll_device(&web.desk, &posted.who.viewer, AccountId(id)).await;
    let here = format!("{HERE}/{id}");
    let says = |polled| match polled {
        Polled::Done => done(&here, "Signed in. Mailboxes can use it now."),
        Polled::NotYet => wrong(
            &here,
            "Nobody has typed the code yet. Do it, then try again.",
        ),
    };
    or_told(id, polled.map(says))
}

/// What can be mended is said on the account's page.
fn or_told(id: i64, answer: Result<Response, Error>) -> Result<Response, Failure> {
    match answer {
        Ok(answer) => Ok(answer),
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::Busy | ErrorKind::Conflict | ErrorKind::Invalid
            ) =>
        {
            Ok(wrong(
                &format!("{HERE}/{id}"),
                &sentence(&error.to_string()),
            ))
        }
        Err(error) => Err(error.into()),
    }
}

fn wrong(to: &str, says: &str) -> Response {
    let flash = Flash {
        tone: Tone::Wrong,
        says: says.to_owned(),
        undo: None,
    };
    told(to, flash)
}

/// What a provider sends people back with (RFC 6749 §4.1.2).
#[derive(Debug, Deserialize)]
pub(crate) struct Returned {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// `GET /settings/accounts/return`: changes nothing by itself.
pub(crate) async fn returned(
    State(web): State<Web>,
    who: SignedIn,
    Query(it): Query<Returned>,
) -> Result<Response, Failure> {
    let shell = shell(&web, &who).await?;
    if !it.code.is_empty() {
        return Ok(show(
            &shell,
            accounts::returned(&it.code, &it.state, &shell),
        ));
    }
    let words = match (it.error_description.as_str(), it.error.as_str()) {
        ("", "") => "nothing; begin the sign-in again",
        ("", error) => error,
        (words, _) => words,
    };
    Ok(show(&shell, accounts::refused(words)))
}

/// `POST /settings/accounts/return`
pub(crate) async fn finish(State(web): State<Web>, posted: Posted) -> Result<Response, Failure> {
    let fields = &posted.fields;
    let (state, code) = (fields.get("state"), fields.get("code"));
    let account = oauth2::account_of(state).map_or(0, |id| id.0);
    let finished = oauth2::finish_code(&web.desk, &posted.who.viewer, state, code).await;
    match finished {
        Ok(id) => Ok(done(
            &format!("{HERE}/{id}"),
            "Signed in. Mailboxes can use it now.",
        )),
        Err(error) if account == 0 => Ok(wrong(HERE, &sentence(&error.to_string()))),
        Err(error) => or_told(account, Err(error)),
    }
}

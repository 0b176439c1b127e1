//! Signing in on another device (RFC 8628): we show a short code, a person types it at the provider's
//! page, and we ask until it is done.

use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::AccountId;
use kept_store::accounts;
use serde::{Deserialize, Serialize};

use super::answer::{self, NotGranted, Number};
use super::{code, tokens};
use crate::{Desk, Error};

/// What the provider gives for a begun sign-in.
#[derive(Deserialize)]
struct Begun {
    device_code: String,
    user_code: String,
    /// Google writes it the other way.
    #[serde(alias = "verification_url")]
    verification_uri: String,
    expires_in: Number,
}

/// A sign-in under way, sealed as a whole.
#[derive(Serialize, Deserialize)]
struct Pending {
    device_code: String,
    shown: ShownCode,
}

/// What a person is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCode {
    /// To be typed there.
    pub code: String,
    pub page: String,
    pub ends_at: Timestamp,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polled {
    Done,
    /// Nobody has typed the code yet.
    NotYet,
}

/// Begins a sign-in.
///
/// # Errors
/// When the viewer may not, or the provider does not offer it.
pub async fn begin(desk: &Desk, viewer: &Viewer, id: AccountId) -> Result<ShownCode, Error> {
    allow(viewer, Act::Administer)?;
    let account = tokens::find(desk, id).await?;
    let settings = tokens::settings(&account)?;
    let url = settings.device_url();
    if url.is_empty() {
        return Err(Error::Conflict(
            "This provider offers no sign-in by a code; sign in on its page".into(),
        ));
    }
    let scope = settings.scope();
    let fields = [
        ("client_id", settings.client_id.as_str()),
        ("scope", scope.as_str()),
    ];
    let begun: Begun = answer::post(&url, &fields)
        .await
        .map_err(|error| Error::Outside(code::words(&error)))?;
    let seconds = begun.expires_in.value().unwrap_or(600).clamp(60, 3600);
    let shown = ShownCode {
        code: plain(&begun.user_code),
        page: web_page(&begun.verification_uri)?,
        ends_at: desk.now() + SignedDuration::from_secs(seconds),
    };
    let pending = Pending {
        device_code: begun.device_code,
        shown: shown.clone(),
    };
    let text = serde_json::to_string(&pending).unwrap_or_default();
    let sealed = desk.secret().seal(&text, desk.random())?;
    desk.store()
        .write(move |tx| accounts::set_pending(tx, id, Some(&sealed)))
        .await?;
    Ok(shown)
}

/// The code somebody is to type, while it is good.
///
/// # Errors
/// When the account does not exist or the store can't answer.
pub async fn under_way(desk: &Desk, id: AccountId) -> Result<Option<ShownCode>, Error> {
    let pending = pending(desk, id).await?;
    Ok(pending
        .map(|pending| pending.shown)
        .filter(|shown| shown.ends_at > desk.now()))
}

/// Asks whether somebody has typed the code.
///
/// # Errors
/// When the viewer may not, none was begun, or the provider refuses.
pub async fn poll(desk: &Desk, viewer: &Viewer, id: AccountId) -> Result<Polled, Error> {
    allow(viewer, Act::Administer)?;
    let account = tokens::find(desk, id).await?;
    let settings = tokens::settings(&account)?;
    let pending = pending(desk, id).await?;
    let pending = pending.filter(|pending| pending.shown.ends_at > desk.now());
    let pending = pending.ok_or_else(|| {
        Error::Conflict("This code is no longer good; begin the sign-in again".into())
    })?;
    let fields = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", pending.device_code.as_str()),
    ];
    match answer::ask(desk, &settings, &fields).await {
        Ok(granted) => {
            tokens::keep(desk, id, granted, None).await?;
            desk.store()
                .write(move |tx| accounts::set_pending(tx, id, None))
                .await?;
            code::connected(desk, viewer, id, &account.name).await?;
            Ok(Polled::Done)
        }
        Err(NotGranted::No { code, .. })
            if code == "authorization_pending" || code == "slow_down" =>
        {
            Ok(Polled::NotYet)
        }
        Err(error) => Err(Error::Outside(code::words(&error))),
    }
}

async fn pending(desk: &Desk, id: AccountId) -> Result<Option<Pending>, Error> {
    let account = tokens::find(desk, id).await?;
    let opened = account.pending.and_then(|it| desk.secret().open(&it));
    Ok(opened.and_then(|text| serde_json::from_str(&text).ok()))
}

fn plain(code: &str) -> String {
    code.chars().filter(|c| !c.is_control()).take(40).collect()
}

/// Only a web page is linked to.
fn web_page(url: &str) -> Result<String, Error> {
    crate::http::check(url)
        .map(|()| url.to_owned())
        .map_err(|_| Error::Outside("The provider's page for the code is no web page".into()))
}

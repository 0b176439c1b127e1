//! Setting up sign-ins at providers that want OAuth2. What is secret is sealed, and never shown again.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::AccountId;
use kept_store::{accounts, audit, mailboxes};

use crate::mailboxes::imap::{Settings, SignIn};
use crate::oauth2::{AccountSettings, Provider, Tokens};
use crate::{Desk, Error, http};

/// An account as somebody typed it.
#[derive(Debug, Clone)]
pub struct GivenAccount {
    pub name: String,
    pub provider: Provider,
    pub tenant: String,
    pub client_id: String,
    /// `None` keeps the secret that is stored.
    pub secret: Option<String>,
    pub authorize_url: String,
    pub token_url: String,
    pub device_url: String,
    pub scope: String,
}

/// An account as pages show it.
#[derive(Debug, Clone)]
pub struct ShownAccount {
    pub id: AccountId,
    pub name: String,
    /// `None` when what is stored can't be read.
    pub settings: Option<AccountSettings>,
    /// Somebody has signed in.
    pub is_connected: bool,
    pub last_error: Option<String>,
}

/// # Errors
/// When the store can't answer.
pub async fn shown(desk: &Desk) -> Result<Vec<ShownAccount>, Error> {
    let all = desk.store().read(accounts::all).await?;
    let tokens = |text: &str| serde_json::from_str::<Tokens>(text).is_ok();
    Ok(all
        .into_iter()
        .map(|account| ShownAccount {
            id: account.id,
            name: account.name,
            settings: serde_json::from_str(&account.settings).ok(),
            is_connected: account.tokens.as_deref().is_some_and(tokens),
            last_error: account.last_error,
        })
        .collect())
}

/// # Errors
/// When the viewer may not, or a value can't be taken, naming it.
pub async fn add(desk: &Desk, viewer: &Viewer, given: GivenAccount) -> Result<AccountId, Error> {
    allow(viewer, Act::Administer)?;
    let settings = settings_of(desk, &given, None)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let id = accounts::insert(tx, given.name.trim(), &json(&settings)?, now)?;
            let what = format!("Added the sign-in account {}", given.name);
            audit::write(tx, Some(by), &what, now)?;
            Ok(id)
        })
        .await
}

/// Changes it. Another provider or client makes the sign-in void.
///
/// # Errors
/// When the viewer may not, it does not exist, or a value can't be taken, naming it.
pub async fn edit(
    desk: &Desk,
    viewer: &Viewer,
    id: AccountId,
    given: GivenAccount,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let known = desk.store().read(move |tx| accounts::find(tx, id)).await?;
    let known = known.ok_or_else(|| Error::not_found("sign-in account"))?;
    let before: Option<AccountSettings> = serde_json::from_str(&known.settings).ok();
    let settings = settings_of(desk, &given, before.as_ref())?;
    let same = before.is_some_and(|before| {
        let client = |it: &AccountSettings| (it.client_id.clone(), it.token_url(), it.scope());
        client(&before) == client(&settings)
    });
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            accounts::update(tx, id, given.name.trim(), &json(&settings)?)?;
            if !same {
                accounts::set_tokens(tx, id, None, None)?;
            }
            let what = format!("Changed the sign-in account {}", given.name);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

/// # Errors
/// When the viewer may not, it does not exist, or a mailbox signs in with it.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: AccountId) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let known = accounts::find(tx, id)?;
            let known = known.ok_or_else(|| Error::not_found("sign-in account"))?;
            let user = mailboxes::all(tx)?.into_iter().find(|mailbox| {
                let settings: Option<Settings> = serde_json::from_str(&mailbox.settings).ok();
                settings.is_some_and(|it| it.sign_in == SignIn::Account(id))
            });
            if let Some(mailbox) = user {
                return Err(Error::Conflict(format!(
                    "The mailbox {} signs in with it; change that first",
                    mailbox.name
                )));
            }
            accounts::remove(tx, id)?;
            let what = format!("Removed the sign-in account {}", known.name);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

fn settings_of(
    desk: &Desk,
    given: &GivenAccount,
    before: Option<&AccountSettings>,
) -> Result<AccountSettings, Error> {
    crate::people::clean(&given.name)
        .ok_or_else(|| Error::invalid("name", "Give the account a name"))?;
    let client_id = given.client_id.trim();
    if client_id.is_empty() || client_id.chars().any(char::is_control) {
        let problem = "Write the client id the provider gave for Kept";
        return Err(Error::invalid("client_id", problem));
    }
    let sealed_secret = match &given.secret {
        Some(secret) => desk.secret().seal(secret, desk.random())?,
        None => before.map_or_else(String::new, |before| before.sealed_secret.clone()),
    };
    let settings = AccountSettings {
        provider: given.provider,
        tenant: given.tenant.trim().to_owned(),
        client_id: client_id.to_owned(),
        sealed_secret,
        authorize_url: given.authorize_url.trim().to_owned(),
        token_url: given.token_url.trim().to_owned(),
        device_url: given.device_url.trim().to_owned(),
        scope: given.scope.trim().to_owned(),
    };
    let wanted = [
        ("token_url", settings.token_url(), true),
        ("authorize_url", settings.authorize_url(), true),
        ("device_url", settings.device_url(), false),
    ];
    for (field, url, is_needed) in wanted {
        if is_needed || !url.is_empty() {
            http::check(&url).map_err(|problem| Error::invalid(field, problem))?;
        }
    }
    Ok(settings)
}

fn json(settings: &AccountSettings) -> Result<String, Error> {
    serde_json::to_string(settings)
        .map_err(|e| Error::Outside(format!("an account can't be written down: {e}")))
}

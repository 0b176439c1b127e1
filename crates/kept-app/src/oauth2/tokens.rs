//! Keeps an account's tokens: gives an access token that is still good, and gets a new one ahead of its
//! end. What a provider refuses is written on the account, for people.

use jiff::{SignedDuration, Timestamp};
use kept_domain::ids::AccountId;
use kept_store::accounts::{self, Account};
use serde::{Deserialize, Serialize};

use super::answer::{self, Granted, NotGranted};
use super::provider::AccountSettings;
use crate::{Desk, Error};

/// Tokens as they are stored, sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
    pub ends_at: Timestamp,
}

/// Why there is no token.
#[derive(Debug, Clone, thiserror::Error)]
pub enum NoToken {
    /// A person must sign in again.
    #[error("{0}")]
    Refused(String),
    /// It may work later.
    #[error("{0}")]
    NotNow(String),
    #[error(transparent)]
    Ours(#[from] Error),
}

/// A token is changed this long before its end.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// What a token lasts when the provider does not say.
const USUAL_SECONDS: i64 = 3600;

/// An access token that is good for some minutes at least.
pub(crate) async fn access_token(desk: &Desk, id: AccountId) -> Result<String, NoToken> {
    let account = find(desk, id).await?;
    let known = account.tokens.as_deref();
    let known: Option<Tokens> = known.and_then(|text| serde_json::from_str(text).ok());
    let known = known.ok_or_else(|| {
        NoToken::Refused(format!(
            "nobody has signed in for “{}” yet; do so in Settings, Sign-in accounts",
            account.name
        ))
    })?;
    if known.ends_at - AHEAD > desk.now() {
        return open(desk, &known.access);
    }
    refresh(desk, &account, &known).await
}

async fn refresh(desk: &Desk, account: &Account, known: &Tokens) -> Result<String, NoToken> {
    let settings = settings(account)?;
    let refresh_token = open(desk, &known.refresh)?;
    let scope = settings.scope();
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.as_str()),
        ("scope", scope.as_str()),
    ];
    match answer::ask(desk, &settings, &fields).await {
        Ok(granted) => {
            let access = granted.access_token.clone();
            keep(desk, account.id, granted, Some(refresh_token)).await?;
            Ok(access)
        }
        Err(NotGranted::NotNow(words)) => Err(NoToken::NotNow(format!(
            "the sign-in can't be renewed now: {words}"
        ))),
        Err(NotGranted::No { words, .. }) => {
            let words = format!(
                "“{}” must be signed in again in Settings, Sign-in accounts: {words}",
                account.name
            );
            let (id, tokens, said) = (account.id, account.tokens.clone(), words.clone());
            desk.store()
                .write(move |tx| accounts::set_tokens(tx, id, tokens.as_deref(), Some(&said)))
                .await
                .map_err(Error::from)?;
            Err(NoToken::Refused(words))
        }
    }
}

/// Seals what was granted. A provider that gives no new refresh token means the old one to stay.
pub(super) async fn keep(
    desk: &Desk,
    id: AccountId,
    granted: Granted,
    known: Option<String>,
) -> Result<(), Error> {
    let refresh = granted.refresh_token.or(known).ok_or_else(|| {
        Error::Conflict(
            "The provider gave no lasting sign-in. Remove Kept from the account's apps there, then sign in again".into(),
        )
    })?;
    let seconds = granted.expires_in.and_then(|it| it.value());
    let seconds = seconds.unwrap_or(USUAL_SECONDS).clamp(60, 24 * 3600);
    let tokens = Tokens {
        access: desk.secret().seal(&granted.access_token, desk.random())?,
        refresh: desk.secret().seal(&refresh, desk.random())?,
        ends_at: desk.now() + SignedDuration::from_secs(seconds),
    };
    let text = serde_json::to_string(&tokens)
        .map_err(|e| Error::Outside(format!("tokens can't be written down: {e}")))?;
    let kept = desk
        .store()
        .write(move |tx| accounts::set_tokens(tx, id, Some(&text), None));
    Ok(kept.await?)
}

pub(super) async fn find(desk: &Desk, id: AccountId) -> Result<Account, Error> {
    let found = desk.store().read(move |tx| accounts::find(tx, id)).await?;
    found.ok_or_else(|| Error::not_found("sign-in account"))
}

pub(super) fn settings(account: &Account) -> Result<AccountSettings, Error> {
    serde_json::from_str(&account.settings).map_err(|e| {
        Error::Outside(format!(
            "the sign-in account “{}” can't be read; save it again ({e})",
            account.name
        ))
    })
}

fn open(desk: &Desk, sealed: &str) -> Result<String, NoToken> {
    desk.secret().open(sealed).ok_or_else(|| {
        NoToken::Refused(
            "the sign-in was sealed with another key than this data folder's secret.key; sign in again".into(),
        )
    })
}

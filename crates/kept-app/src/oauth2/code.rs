//! Signing in by a page of the provider's (RFC 6749 §4.1): we send a person there with a state and a
//! challenge (PKCE, RFC 7636), and they come back with a code that is good once.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::AccountId;
use kept_store::{accounts, audit};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::answer::{self, NotGranted};
use super::{encoded, tokens};
use crate::{Desk, Error, sign_in};

/// Where to send somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub url: String,
}

/// A sign-in under way, sealed as a whole.
#[derive(Serialize, Deserialize)]
struct Pending {
    state: String,
    verifier: String,
    ends_at: Timestamp,
}

/// Time for somebody to sign in, an administrator's consent included.
const PATIENCE: SignedDuration = SignedDuration::from_mins(30);

/// The address the provider sends people back to; it must be known there.
pub fn return_address(desk: &Desk) -> String {
    format!("{}/settings/accounts/return", desk.config().public_url)
}

/// Begins a sign-in. The link is good for half an hour.
///
/// # Errors
/// When the viewer may not, or the account has no such page.
pub async fn begin(desk: &Desk, viewer: &Viewer, id: AccountId) -> Result<Link, Error> {
    allow(viewer, Act::Administer)?;
    let account = tokens::find(desk, id).await?;
    let settings = tokens::settings(&account)?;
    let page = settings.authorize_url();
    if page.is_empty() {
        return Err(Error::invalid(
            "authorize_url",
            "Write the address where people sign in",
        ));
    }
    let pending = Pending {
        // The account is named, so that a person who comes back need not say which it was.
        state: format!("{id}.{}", desk.random().token()?),
        verifier: desk.random().token()?,
        ends_at: desk.now() + PATIENCE,
    };
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(&pending.verifier));
    let (back, scope) = (return_address(desk), settings.scope());
    let fields = [
        ("response_type", "code"),
        ("client_id", settings.client_id.as_str()),
        ("redirect_uri", back.as_str()),
        ("scope", scope.as_str()),
        ("state", pending.state.as_str()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
        // Google gives a lasting sign-in only when asked so.
        ("access_type", "offline"),
        ("prompt", "consent"),
    ];
    let query: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    let mark = if page.contains('?') { '&' } else { '?' };
    let url = format!("{page}{mark}{}", query.join("&"));
    let text = serde_json::to_string(&pending).unwrap_or_default();
    let sealed = desk.secret().seal(&text, desk.random())?;
    desk.store()
        .write(move |tx| accounts::set_pending(tx, id, Some(&sealed)))
        .await?;
    Ok(Link { url })
}

/// The account a state of ours belongs to.
pub fn account_of(state: &str) -> Option<AccountId> {
    state.split_once('.')?.0.parse().ok().map(AccountId)
}

/// Somebody came back with a code: it is changed for tokens.
///
/// # Errors
/// When the viewer may not, the state is not ours or too old, or the provider refuses.
pub async fn finish(
    desk: &Desk,
    viewer: &Viewer,
    state: &str,
    code: &str,
) -> Result<AccountId, Error> {
    allow(viewer, Act::Administer)?;
    let lost = || {
        Error::Conflict(
            "This sign-in is not the one that was begun last, or took too long; begin again".into(),
        )
    };
    let id = account_of(state).ok_or_else(lost)?;
    let account = tokens::find(desk, id).await?;
    let sealed = account.pending.clone().ok_or_else(lost)?;
    let opened = desk.secret().open(&sealed).ok_or_else(lost)?;
    let pending: Pending = serde_json::from_str(&opened).map_err(|_| lost())?;
    if !sign_in::is_same_secret(state, &pending.state) || pending.ends_at < desk.now() {
        return Err(lost());
    }
    let settings = tokens::settings(&account)?;
    let back = return_address(desk);
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", back.as_str()),
        ("code_verifier", pending.verifier.as_str()),
    ];
    let granted = answer::ask(desk, &settings, &fields).await;
    // Good once, however it ended.
    let done = desk.store();
    done.write(move |tx| accounts::set_pending(tx, id, None))
        .await?;
    let granted = granted.map_err(|error| Error::Outside(words(&error)))?;
    tokens::keep(desk, id, granted, None).await?;
    connected(desk, viewer, id, &account.name).await?;
    Ok(id)
}

pub(super) fn words(error: &NotGranted) -> String {
    match error {
        NotGranted::No { words, .. } => format!("The provider refuses: {words}"),
        NotGranted::NotNow(words) => format!("The provider can't be asked now: {words}"),
    }
}

/// Says who connected it, and lets mailboxes that wait for it try at once.
pub(super) async fn connected(
    desk: &Desk,
    viewer: &Viewer,
    id: AccountId,
    name: &str,
) -> Result<(), Error> {
    let (by, now) = (viewer.person, desk.now());
    let what = format!("Signed in the account {name} ({id})");
    desk.store()
        .write(move |tx| {
            kept_store::mailboxes::try_all_now(tx)?;
            tx.announce(crate::mailboxes::imap::MAILBOXES);
            Ok(audit::write(tx, Some(by), &what, now)?)
        })
        .await
}

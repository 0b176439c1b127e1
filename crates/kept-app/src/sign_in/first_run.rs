//! The first admin of a new desk: whoever holds the link that the server printed.

use kept_domain::people::{EmailAddress, Role};
use kept_store::{people, settings};

use super::{Session, password, session, token_sha256};
use crate::settings::agents::{self, NewAgent};
use crate::{Desk, Error};

const KEY: &str = "first-run.token-sha256";

/// Whether nobody can administer this desk yet.
///
/// # Errors
/// When the store can't answer.
pub async fn is_needed(desk: &Desk) -> Result<bool, Error> {
    Ok(!desk.store().read(people::an_admin_exists).await?)
}

/// A new link to the first-run page; older ones stop working.
///
/// # Errors
/// When the store can't take it.
pub async fn new_setup_link(desk: &Desk) -> Result<String, Error> {
    let token = desk.random().token()?;
    let hash = token_sha256(&token);
    desk.store()
        .write(move |tx| settings::set(tx, KEY, &hash))
        .await?;
    Ok(format!("{}/first-run/{token}", desk.config().public_url))
}

/// # Errors
/// When the store can't answer.
pub async fn setup_is_valid(desk: &Desk, token: &str) -> Result<bool, Error> {
    let known = desk.store().read(|tx| settings::get(tx, KEY)).await?;
    Ok(known.is_some_and(|known| known == token_sha256(token)) && is_needed(desk).await?)
}

/// The address a new desk begins with, for the first admin to keep or to change.
///
/// # Errors
/// When the store can't answer.
pub async fn first_intake(desk: &Desk) -> Result<Option<EmailAddress>, Error> {
    let queues = desk.store().read(kept_store::queues::all).await?;
    Ok(queues
        .into_iter()
        .next()
        .and_then(|queue| queue.addresses.into_iter().next()))
}

/// What the first admin says about themselves.
#[derive(Debug, Clone)]
pub struct FirstAdmin {
    pub name: String,
    pub address: EmailAddress,
    pub password: String,
}

/// Makes the holder of the link the first admin and signs them in.
///
/// # Errors
/// When the link does not hold, somebody was first, or the password is too weak.
pub async fn claim(desk: &Desk, token: &str, admin: FirstAdmin) -> Result<Session, Error> {
    if !setup_is_valid(desk, token).await? {
        return Err(gone());
    }
    let hash = password::hash(desk, &admin.password).await?;
    let new = NewAgent {
        name: admin.name,
        address: admin.address,
        role: Role::Admin,
        password: admin.password,
    };
    let (held, now) = (token_sha256(token), desk.now());
    let person = desk.store().write(move |tx| {
        // Of several who hold the link at once, one takes it.
        if !settings::take(tx, KEY, &held)? || people::an_admin_exists(tx)? {
            return Err(gone());
        }
        agents::add_in(tx, None, &new, &hash, now)
    });
    session::begin(desk, person.await?).await
}

fn gone() -> Error {
    let words = "This link no longer works. Start the server again for a new one, or sign in.";
    Error::Conflict(words.into())
}

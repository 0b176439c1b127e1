//! Links for people without a session. The token is in the link and nowhere else: the store has its hash, the log
//! has the pattern of the route. Whoever guesses is slowed down and learns nothing.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, PrivateLinkId};
pub use kept_domain::private_links::{Link, Purpose};
use kept_store::{Tx, private_links as stored};

use crate::random::Random;
use crate::sign_in::token_sha256;
use crate::{Desk, Error};

/// No token of ours is longer; what is longer is not even hashed.
const LONGEST_TOKEN: usize = 64;

/// Makes a link and gives its token, which is never told again: 256 bits that fit in an address.
///
/// # Errors
/// When there is no randomness, or the store can't take it.
pub fn create(
    tx: &mut Tx<'_>,
    random: &Random,
    purpose: Purpose,
    about: i64,
    by: Option<PersonId>,
    now: Timestamp,
) -> Result<String, Error> {
    create_until(tx, random, purpose, about, by, (now, None))
}

/// The same for a link that stops by itself. `times` are now and then.
///
/// # Errors
/// When there is no randomness, or the store can't take it.
pub fn create_until(
    tx: &mut Tx<'_>,
    random: &Random,
    purpose: Purpose,
    about: i64,
    made_by: Option<PersonId>,
    (made_at, until): (Timestamp, Option<Timestamp>),
) -> Result<String, Error> {
    let token = random.token()?;
    let link = Link {
        id: PrivateLinkId(0),
        purpose,
        about,
        made_by,
        made_at,
        until,
        used_at: None,
        withdrawn_at: None,
    };
    stored::insert(tx, &token_sha256(&token), &link)?;
    Ok(token)
}

/// The link of a token, if it is for this and still holds.
///
/// # Errors
/// When the store can't answer.
pub fn find(
    tx: &mut Tx<'_>,
    purpose: Purpose,
    token: &str,
    now: Timestamp,
) -> Result<Option<Link>, Error> {
    if token.len() > LONGEST_TOKEN {
        return Ok(None);
    }
    let found = stored::find(tx, purpose, &token_sha256(token))?;
    Ok(found.filter(|link| link.holds(now)))
}

/// Notes that somebody came by it, once an hour at most.
///
/// # Errors
/// When the store can't take it.
pub fn used(tx: &mut Tx<'_>, link: &Link, now: Timestamp) -> Result<(), Error> {
    if link.is_news(now) {
        stored::set_used(tx, link.id, now)?;
    }
    Ok(())
}

/// Those about something that were ever made, in that order.
///
/// # Errors
/// When the store can't answer.
pub fn of(tx: &mut Tx<'_>, purpose: Purpose, about: i64) -> Result<Vec<Link>, Error> {
    Ok(stored::of(tx, purpose, about)?)
}

/// Nobody comes in by it any more. Once withdrawn it stays so.
///
/// # Errors
/// When the store can't take it.
pub fn withdraw(tx: &mut Tx<'_>, id: PrivateLinkId, now: Timestamp) -> Result<(), Error> {
    stored::withdraw(tx, id, now)?;
    Ok(())
}

/// Withdraws all that still hold about something, for a new one to take their place.
///
/// # Errors
/// When the store can't take it.
pub fn withdraw_all(
    tx: &mut Tx<'_>,
    purpose: Purpose,
    about: i64,
    now: Timestamp,
) -> Result<(), Error> {
    for link in stored::of(tx, purpose, about)? {
        stored::withdraw(tx, link.id, now)?;
    }
    Ok(())
}

/// Lets in whoever has the token, and notes it. Wrong tokens are counted against `from`, the address they come from.
///
/// # Errors
/// The same [`Error::NotFound`] whatever is wrong with the token; [`Error::TooMany`] after many wrong ones.
pub async fn enter(desk: &Desk, purpose: Purpose, token: &str, from: &str) -> Result<Link, Error> {
    let (token, now) = (token.to_owned(), desk.now());
    let found = desk
        .store()
        .read(move |tx| find(tx, purpose, &token, now))
        .await?;
    let Some(link) = found else {
        desk.limits().count(&[format!("link:{from}")])?;
        return Err(Error::not_found("page"));
    };
    if link.is_news(now) {
        let seen = link.clone();
        desk.store().write(move |tx| used(tx, &seen, now)).await?;
    }
    Ok(link)
}

//! Sessions: a random token in a cookie, its hash in the database.

use jiff::SignedDuration;
use kept_domain::access::Viewer;
use kept_domain::ids::PersonId;
use kept_domain::people::EmailAddress;
use kept_store::{people, sessions};

use super::{password, token_sha256};
use crate::{Desk, Error};

/// A session lasts this long from its beginning.
pub const LASTS: SignedDuration = SignedDuration::from_hours(24 * 14);
/// A one-time link works this long.
const LINK_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// Somebody who has just come in. The token goes into their cookie and is stored nowhere.
#[derive(Debug)]
pub struct Session {
    pub token: String,
    pub person: PersonId,
}

/// # Errors
/// When address and password do not go together (which of them is not said), or after too many wrong tries.
pub async fn by_password(
    desk: &Desk,
    address: &str,
    password: &str,
    from: &str,
) -> Result<Session, Error> {
    let folded = address.trim().to_lowercase();
    let address = EmailAddress::parse(&folded).ok();
    // One account is one account, whatever stands after a plus.
    let account = address.as_ref().map_or_else(
        || folded.chars().take(100).collect(),
        |address| address.without_detail().to_string(),
    );
    let counted = [format!("from:{from}"), format!("as:{account}")];
    desk.limits().count(&counted)?;
    let known = desk
        .store()
        .read(move |tx| -> Result<_, Error> {
            let Some(address) = address else {
                return Ok(None);
            };
            let Some(person) = people::find_by_address(tx, &address)? else {
                return Ok(None);
            };
            Ok(people::password_of(tx, person)?.map(|hash| (person, hash)))
        })
        .await?;
    let (person, hash) = known.unzip();
    let right = password::verify(password, hash).await?;
    match person.filter(|_| right) {
        Some(person) => {
            desk.limits().give_back(&counted);
            begin(desk, person).await
        }
        None => Err(Error::invalid(
            "password",
            "Address and password do not go together",
        )),
    }
}

/// Uses a one-time link up.
///
/// # Errors
/// When it was used before, is too old or never existed.
pub async fn by_link(desk: &Desk, token: &str, from: &str) -> Result<Session, Error> {
    let counted = [format!("from:{from}")];
    desk.limits().count(&counted)?;
    let (hash, now) = (token_sha256(token), desk.now());
    let person = desk
        .store()
        .write(move |tx| sessions::take_link(tx, &hash, now))
        .await?;
    match person {
        Some(person) => {
            desk.limits().give_back(&counted);
            begin_by_link(desk, person).await
        }
        None => Err(Error::invalid(
            "link",
            "This link was used already or is too old; ask for another",
        )),
    }
}

/// A link that signs `person` in once.
///
/// # Errors
/// When the store can't take it.
pub async fn new_link(desk: &Desk, person: PersonId) -> Result<String, Error> {
    let token = desk.random().token()?;
    let (hash, expires) = (token_sha256(&token), desk.now() + LINK_LASTS);
    desk.store()
        .write(move |tx| sessions::insert_link(tx, &hash, person, expires))
        .await?;
    Ok(format!("{}/sign-in/{token}", desk.config().public_url))
}

async fn begin_by_link(desk: &Desk, person: PersonId) -> Result<Session, Error> {
    let session = begin(desk, person).await?;
    let hash = token_sha256(&session.token);
    desk.store()
        .write(move |tx| sessions::set_by_link(tx, &hash))
        .await?;
    Ok(session)
}

/// # Errors
/// When this is not the password of `person`, or after too many wrong tries.
pub(crate) async fn must_know_password(
    desk: &Desk,
    person: PersonId,
    password: &str,
) -> Result<(), Error> {
    let counted = [format!("own:{person}")];
    desk.limits().count(&counted)?;
    let hash = desk
        .store()
        .read(move |tx| people::password_of(tx, person))
        .await?;
    if password::verify(password, hash).await? {
        desk.limits().give_back(&counted);
        return Ok(());
    }
    Err(Error::invalid("old", "This is not your password"))
}

pub(crate) async fn begin(desk: &Desk, person: PersonId) -> Result<Session, Error> {
    let token = desk.random().token()?;
    let (hash, now) = (token_sha256(&token), desk.now());
    desk.store()
        .write(move |tx| sessions::insert(tx, &hash, person, now, now + LASTS))
        .await?;
    Ok(Session { token, person })
}

/// Who a cookie's token belongs to, if its session still runs.
///
/// # Errors
/// When the store can't answer.
pub async fn viewer(desk: &Desk, token: &str) -> Result<Option<Viewer>, Error> {
    let (hash, now) = (token_sha256(token), desk.now());
    Ok(desk
        .store()
        .read(move |tx| sessions::viewer(tx, &hash, now))
        .await?)
}

/// # Errors
/// When the store can't take it.
pub async fn sign_out(desk: &Desk, token: &str) -> Result<(), Error> {
    let hash = token_sha256(token);
    Ok(desk
        .store()
        .write(move |tx| sessions::delete(tx, &hash))
        .await?)
}

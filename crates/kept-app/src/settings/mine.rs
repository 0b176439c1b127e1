//! What each agent decides for themselves: how long their replies wait, and their password.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::{audit, people, sessions};

use crate::reply_templates::check_places;
use crate::sign_in::{self, Session};
use crate::tickets::LONGEST_UNDO_SECONDS;
use crate::{Desk, Error};

/// How many seconds replies can wait to be taken back.
pub const UNDO_SECONDS: [i64; 3] = [0, 10, LONGEST_UNDO_SECONDS];

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn undo_seconds(desk: &Desk, viewer: &Viewer) -> Result<i64, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    Ok(desk
        .store()
        .read(move |tx| people::undo_seconds(tx, person))
        .await?)
}

/// # Errors
/// When the viewer may not, or it is none of [`UNDO_SECONDS`].
pub async fn set_undo_seconds(desk: &Desk, viewer: &Viewer, seconds: i64) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    if !UNDO_SECONDS.contains(&seconds) {
        return Err(Error::invalid("seconds", "Choose one from the list"));
    }
    let person = viewer.person;
    Ok(desk
        .store()
        .write(move |tx| people::set_undo_seconds(tx, person, seconds))
        .await?)
}

/// Bytes of a signature.
const LONGEST_SIGNATURE: usize = 2_000;

/// What stands below the mail the viewer writes, above the signature of the queue; Markdown, may be empty.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn signature(desk: &Desk, viewer: &Viewer) -> Result<String, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    let read = desk.store().read(move |tx| people::signature(tx, person));
    Ok(read.await?)
}

/// # Errors
/// When the viewer may not, it is too long, or a place in it is none.
pub async fn set_signature(desk: &Desk, viewer: &Viewer, text: &str) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let text = text.replace("\r\n", "\n").trim().to_owned();
    if text.len() > LONGEST_SIGNATURE {
        let problem = "Keep the signature under 2,000 letters";
        return Err(Error::invalid("signature", problem));
    }
    check_places(&text).map_err(|error| match error {
        Error::Invalid { problem, .. } => Error::invalid("signature", problem),
        other => other,
    })?;
    let person = viewer.person;
    Ok(desk
        .store()
        .write(move |tx| people::set_signature(tx, person, &text))
        .await?)
}

/// Whether the session with this token began with a sign-in link.
///
/// # Errors
/// When the store can't answer.
pub async fn came_by_link(desk: &Desk, token: &str) -> Result<bool, Error> {
    let hash = sign_in::token_sha256(token);
    Ok(desk
        .store()
        .read(move |tx| sessions::came_by_link(tx, &hash))
        .await?)
}

/// Gives the viewer a new password, ends all their sessions and begins another. Who came in by a link may have
/// forgotten the old one, so it is not asked for; the link was proof enough.
///
/// # Errors
/// When the old password is not theirs, the new one is too weak, or after too many tries.
pub async fn change_password(
    desk: &Desk,
    viewer: &Viewer,
    token: &str,
    old: &str,
    new: &str,
) -> Result<Session, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    if !came_by_link(desk, token).await? {
        sign_in::must_know_password(desk, person, old).await?;
    }
    let hash = sign_in::hash(desk, new).await?;
    let (name, now) = (viewer.name.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            people::set_password(tx, person, &hash)?;
            sessions::delete_all_of(tx, person)?;
            audit::write(
                tx,
                Some(person),
                &format!("{name} changed their password"),
                now,
            )
        })
        .await?;
    sign_in::begin(desk, person).await
}

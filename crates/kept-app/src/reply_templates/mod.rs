//! Replies that are written again and again: kept by name, filled in for a ticket, changed before they are sent.

mod filled;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::ReplyTemplateId;
use kept_store::reply_templates::{self, ReplyTemplate};
use kept_store::{Tx, audit};

pub use self::filled::{PLACES, filled};
pub(crate) use self::filled::{check as check_places, rendered};
use crate::{Desk, Error};

/// Letters of a name, and bytes of a text.
pub const LONGEST_NAME: usize = 80;
const LONGEST_TEXT: usize = 20_000;
/// Templates one person can have to choose from.
const MOST: usize = 500;

/// A template as somebody writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub name: String,
    pub text: String,
    /// Nobody else sees it.
    pub only_mine: bool,
}

/// Those the viewer may use, by name.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<ReplyTemplate>, Error> {
    allow(viewer, Act::WorkTickets)?;
    let person = viewer.person;
    let read = desk
        .store()
        .read(move |tx| reply_templates::of_person(tx, person));
    Ok(read.await?)
}

/// # Errors
/// When the viewer may not, or it is somebody else's or gone.
pub async fn one(
    desk: &Desk,
    viewer: &Viewer,
    id: ReplyTemplateId,
) -> Result<ReplyTemplate, Error> {
    allow(viewer, Act::WorkTickets)?;
    let viewer = viewer.clone();
    desk.store().read(move |tx| theirs(tx, &viewer, id)).await
}

fn theirs(tx: &mut Tx<'_>, viewer: &Viewer, id: ReplyTemplateId) -> Result<ReplyTemplate, Error> {
    let found = reply_templates::find(tx, id)?;
    found
        .filter(|it| it.owner.is_none_or(|owner| owner == viewer.person))
        .ok_or_else(|| Error::not_found("reply template"))
}

/// Writes a new one, or changes the one with this number.
///
/// # Errors
/// When the viewer may not, it is somebody else's, it has no name or text, or the text can't be filled in.
pub async fn save(
    desk: &Desk,
    viewer: &Viewer,
    id: Option<ReplyTemplateId>,
    written: Written,
) -> Result<ReplyTemplateId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let written = checked(written)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let it = ReplyTemplate {
                id: id.unwrap_or(ReplyTemplateId(0)),
                name: written.name,
                text: written.text,
                owner: written.only_mine.then_some(viewer.person),
                changed_by: viewer.person,
                changed_at: now,
            };
            let id = match id {
                Some(id) => {
                    theirs(tx, &viewer, id)?;
                    reply_templates::update(tx, &it)?;
                    id
                }
                None => {
                    if reply_templates::of_person(tx, viewer.person)?.len() >= MOST {
                        let problem = "There are 500 reply templates; remove some first";
                        return Err(Error::invalid("name", problem));
                    }
                    reply_templates::insert(tx, &it)?
                }
            };
            let what = format!("Saved the reply template “{}”", it.name);
            audit::write(tx, Some(viewer.person), &what, now)?;
            Ok(id)
        })
        .await
}

fn checked(written: Written) -> Result<Written, Error> {
    let name = written.name.trim().to_owned();
    let text = written.text.replace("\r\n", "\n").trim().to_owned();
    if name.is_empty() {
        return Err(Error::invalid("name", "Give it a name you find it by"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Error::invalid("name", "Keep the name under 80 letters"));
    }
    if text.is_empty() {
        return Err(Error::invalid("text", "Write what it says"));
    }
    if text.len() > LONGEST_TEXT {
        return Err(Error::invalid("text", "Keep the text under 20,000 letters"));
    }
    filled::check(&text)?;
    Ok(Written {
        name,
        text,
        only_mine: written.only_mine,
    })
}

/// Puts one away; [`restore`] brings it back. Gives its name.
///
/// # Errors
/// When the viewer may not, or it is somebody else's.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: ReplyTemplateId) -> Result<String, Error> {
    set_removed(desk, viewer, id, true).await
}

/// # Errors
/// As [`remove`].
pub async fn restore(desk: &Desk, viewer: &Viewer, id: ReplyTemplateId) -> Result<String, Error> {
    set_removed(desk, viewer, id, false).await
}

async fn set_removed(
    desk: &Desk,
    viewer: &Viewer,
    id: ReplyTemplateId,
    removed: bool,
) -> Result<String, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let it = theirs(tx, &viewer, id)?;
            reply_templates::set_removed(tx, id, removed.then_some(now))?;
            let did = if removed { "Removed" } else { "Brought back" };
            let what = format!("{did} the reply template “{}”", it.name);
            audit::write(tx, Some(viewer.person), &what, now)?;
            Ok(it.name)
        })
        .await
}

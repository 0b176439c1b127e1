//! Mail that waits for a human eye.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::UnsortedId;
use kept_store::unsorted::{self, UnsortedMail};

use crate::{Desk, Error};

const PAGE: usize = 50;

/// What waits, newest first, and where the next page begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn unsorted(
    desk: &Desk,
    viewer: &Viewer,
    before: Option<UnsortedId>,
) -> Result<(Vec<UnsortedMail>, Option<UnsortedId>), Error> {
    allow(viewer, Act::SortMail)?;
    let mut mails = desk
        .store()
        .read(move |tx| unsorted::waiting(tx, before, PAGE + 1))
        .await?;
    let more = mails.len() > PAGE;
    mails.truncate(PAGE);
    let next = mails.last().filter(|_| more).map(|mail| mail.id);
    Ok((mails, next))
}

/// # Errors
/// When the viewer may not, or there is no such mail.
pub async fn unsorted_mail(
    desk: &Desk,
    viewer: &Viewer,
    id: UnsortedId,
) -> Result<UnsortedMail, Error> {
    allow(viewer, Act::SortMail)?;
    let mail = desk.store().read(move |tx| unsorted::find(tx, id)).await?;
    mail.ok_or_else(|| Error::not_found("mail"))
}

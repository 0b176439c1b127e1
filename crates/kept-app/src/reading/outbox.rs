//! Mail on its way out and what became of it.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::OutgoingId;
use kept_mail::OutgoingMail;
use kept_store::deliveries::{self, Delivery};
use kept_store::outgoing::{self, Outgoing, State};

use crate::{Desk, Error, sender};

const PAGE: usize = 50;

/// A page of mail in one state, newest first, and where the next page begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn outbox(
    desk: &Desk,
    viewer: &Viewer,
    state: State,
    before: Option<OutgoingId>,
) -> Result<(Vec<Outgoing>, Option<OutgoingId>), Error> {
    allow(viewer, Act::Read)?;
    let mut mails = desk
        .store()
        .read(move |tx| outgoing::list(tx, state, before, PAGE + 1))
        .await?;
    let more = mails.len() > PAGE;
    mails.truncate(PAGE);
    let next = mails.last().filter(|_| more).map(|mail| mail.id);
    Ok((mails, next))
}

/// When these mails are tried next, as far as they wait.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn next_tries(
    desk: &Desk,
    viewer: &Viewer,
    mails: &[&Outgoing],
) -> Result<Vec<(OutgoingId, Timestamp)>, Error> {
    allow(viewer, Act::Read)?;
    let ids: Vec<OutgoingId> = mails.iter().map(|mail| mail.id).collect();
    desk.store()
        .read(move |tx| sender::next_tries(tx, &ids))
        .await
}

/// One mail out, whole.
#[derive(Debug, Clone)]
pub struct OutgoingDetail {
    pub row: Outgoing,
    /// How it stands with each recipient, once that had to be told apart.
    pub each: Vec<Delivery>,
    pub mail: OutgoingMail,
    /// The bytes as they go over the wire, or why there are none.
    pub bytes: Result<Vec<u8>, String>,
}

/// # Errors
/// When the viewer may not, or there is no such mail.
pub async fn outgoing(
    desk: &Desk,
    viewer: &Viewer,
    id: OutgoingId,
) -> Result<OutgoingDetail, Error> {
    allow(viewer, Act::Read)?;
    let (row, each) = desk
        .store()
        .read(move |tx| {
            let each = deliveries::of_outgoing(tx, id)?;
            Ok::<_, Error>((outgoing::find(tx, id)?, each))
        })
        .await?;
    let row = row.ok_or_else(|| Error::not_found("outgoing mail"))?;
    let mail: OutgoingMail =
        serde_json::from_str(&row.mail).map_err(|_| Error::not_found("readable outgoing mail"))?;
    let bytes = sender::bytes_of(desk, &mail)
        .await
        .map_err(|failure| failure.error);
    Ok(OutgoingDetail {
        row,
        each,
        mail,
        bytes,
    })
}

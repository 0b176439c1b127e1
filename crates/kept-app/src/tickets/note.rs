//! A note only the desk reads.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::Actor;
use kept_domain::ids::{MessageId, TicketId};
use kept_domain::messages::Audience;
use kept_domain::tickets::{self as rules, Refused};

use super::composed::Composed;
use super::load;
use super::say::{self, Saying, Upload};
use crate::consequences::record;
use crate::{Desk, Error};

#[derive(Debug, Clone)]
pub struct Note {
    /// Markdown.
    pub text: String,
    pub files: Vec<Upload>,
}

/// # Errors
/// When the viewer may not, the ticket does not exist, or there is nothing in it.
pub async fn note(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    note: Note,
) -> Result<MessageId, Error> {
    note_as(desk, viewer, id, note, Composed::default()).await
}

/// The same as it was composed on the ticket's page, where it may take the place of a draft.
///
/// # Errors
/// As [`note`].
pub async fn note_as(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    note: Note,
    composed: Composed,
) -> Result<MessageId, Error> {
    allow(viewer, Act::WorkTickets)?;
    if note.text.trim().is_empty() && note.files.is_empty() && composed.keeps_no_files() {
        return Err(Refused::EmptyMessage.into());
    }
    let files = say::prepare(desk, note.files).await?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let files = composed.files(tx, &viewer, &files)?;
            let saying = Saying {
                ticket: id,
                subject: "",
                audience: Audience::Desk,
                markdown: &note.text,
                added: "",
                recipients: "[]".into(),
                files: &files,
            };
            let message = say::write(tx, &viewer, &saying, now)?;
            let by = Actor::Person(viewer.person);
            record(tx, &mut ticket, now, by, &rules::note(message))?;
            composed.log_time(tx, &mut ticket, &viewer, message, now)?;
            composed.end_draft(tx, &viewer, id)?;
            Ok(message)
        })
        .await
}

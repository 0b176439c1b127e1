//! Messages with everything that belongs to them: files, marks, how they were delivered, where they came from.

use kept_domain::ids::{MessageId, OutgoingId};
use kept_domain::intake::authentic::Authentic;
use kept_mail::Body;
use kept_store::deliveries::Delivery;
use kept_store::messages::{Among, Attachment, Mark, Message};
use kept_store::not_delivered::{self, NotDelivered};
use kept_store::outgoing::Outgoing;
use kept_store::threads::{self, Landed};
use kept_store::{Tx, authentic, deliveries, messages};

use super::body::{body_of, recipients_of};
use super::cards::Card;
use crate::Error;
use crate::intake::{Origin, Recipients};

/// One message with everything that belongs to it.
#[derive(Debug, Clone)]
pub struct Said {
    pub message: Message,
    pub body: Body,
    pub recipients: Recipients,
    pub files: Vec<Attachment>,
    /// The mail that carried it out, for our own.
    pub outgoing: Option<Outgoing>,
    /// How that mail stands with each recipient, once that had to be told apart.
    pub each: Vec<Delivery>,
    /// What a reader should know about it: signed, encrypted, not taken apart.
    pub marks: Vec<Mark>,
    /// What its files say, where that can be shown without opening them.
    pub cards: Vec<Card>,
    /// What is known about where it comes from, when anybody checked.
    pub authentic: Option<Authentic>,
    /// SHA-256 of further deliveries of the same mail in other bytes.
    pub copies: Vec<String>,
    /// How the words came, when somebody else sent the mail.
    pub origin: Option<Origin>,
    /// What came back about the mail that carried it out, oldest first.
    pub losses: Vec<NotDelivered>,
}

/// The messages, and the mails among those given that carry none of them.
pub(super) fn said(
    tx: &mut Tx<'_>,
    all: Among<'_>,
    messages: Vec<Message>,
    mails: Vec<Outgoing>,
) -> Result<(Vec<Said>, Vec<Outgoing>), Error> {
    let files = messages::files_of_tickets(tx, all)?;
    let copies = threads::copies_of_tickets(tx, all)?;
    let marks = messages::marks_of_tickets(tx, all)?;
    let losses = not_delivered::of_tickets(tx, all)?;
    let each = deliveries::of_tickets(tx, all)?;
    let judged = authentic::on_tickets(tx, all)?;
    let origins = crate::intake::origins_of(tx, all)?;
    let said = messages
        .into_iter()
        .map(|message| Said {
            cards: vec![],
            marks: marks
                .iter()
                .filter(|(marked, _)| *marked == message.id)
                .map(|(_, mark)| mark.clone())
                .collect(),
            authentic: judged
                .iter()
                .find(|(judged, _)| *judged == message.id)
                .and_then(|(_, text)| serde_json::from_str(text).ok()),
            body: body_of(&message),
            recipients: recipients_of(&message),
            files: files
                .iter()
                .filter(|file| file.message == message.id)
                .cloned()
                .collect(),
            outgoing: mails
                .iter()
                .find(|mail| mail.message == Some(message.id))
                .cloned(),
            losses: losses_of(&message, &mails, &losses),
            each: each
                .iter()
                .filter(|one| carries(&mails, one.outgoing, message.id))
                .cloned()
                .collect(),
            copies: copies
                .iter()
                .filter(|(landed, _)| *landed == Landed::Message(message.id))
                .map(|(_, sha256)| sha256.clone())
                .collect(),
            origin: origins
                .iter()
                .find(|(id, _)| *id == message.id)
                .map(|(_, origin)| origin.clone()),
            message,
        })
        .collect();
    Ok((
        said,
        mails
            .into_iter()
            .filter(|mail| mail.message.is_none())
            .collect(),
    ))
}

/// Whether this mail carried that message out.
fn carries(mails: &[Outgoing], id: OutgoingId, message: MessageId) -> bool {
    let mail = mails.iter().find(|mail| mail.message == Some(message));
    mail.is_some_and(|mail| mail.id == id)
}

/// What came back about the mail that carried a message out.
fn losses_of(message: &Message, mails: &[Outgoing], losses: &[NotDelivered]) -> Vec<NotDelivered> {
    let own = mails.iter().filter(|mail| mail.message == Some(message.id));
    let own: Vec<_> = own.map(|mail| mail.id).collect();
    let theirs = losses.iter().filter(|loss| own.contains(&loss.outgoing));
    theirs.cloned().collect()
}

//! How the words of a message came when somebody else sent the mail: forwarded, redirected, by a web form.
//! Kept beside the message, so that both are always shown.

use jiff::Timestamp;
use kept_domain::ids::MessageId;
use kept_domain::intake::Speaker;
use kept_mail::Mailbox;
use kept_store::messages::Among;
use kept_store::{Tx, origins};
use serde::{Deserialize, Serialize};

use super::arrival::Arrival;
use super::author::Author;
use crate::Error;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub how: How,
    /// Who sent the mail that brought the words.
    pub sent_by: Mailbox,
    /// Whose words they are, or may be.
    pub written_by: Mailbox,
    /// When they say they were written.
    pub written_at: Option<Timestamp>,
    /// The same as it stands there, where it has no one meaning.
    pub written_on: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Somebody of the desk forwarded it: the message is its writer's.
    HandedIn,
    /// Somebody forwarded it, and a person is asked whose ticket it is.
    Asked,
    /// Somebody forwarded it as part of what they say.
    Forwarded,
    /// A mailbox sent it on as it was.
    Redirected,
    /// A web form sent it for whoever its Reply-To names.
    Form,
}

impl Origin {
    /// What the forward says of itself; `sent_by` is whoever passed it on.
    pub(super) fn of_forward(
        arrival: &Arrival,
        sent_by: Mailbox,
        speaker: Speaker,
    ) -> Option<Self> {
        let how = match speaker {
            Speaker::Sender => return None,
            Speaker::Writer => How::HandedIn,
            Speaker::AskWriter => How::Asked,
            Speaker::MayBeWriter => How::Forwarded,
        };
        let forward = arrival.forward.as_ref()?;
        Some(Self {
            how,
            sent_by,
            written_by: forward.from.clone()?,
            written_at: forward.date,
            written_on: forward.date_text.clone(),
        })
    }

    /// A mail that a web form sent for its author.
    pub(super) fn of_form(arrival: &Arrival, author: &Author) -> Option<Self> {
        let site = arrival.mail.from.first()?.clone();
        Some(Self::plain(How::Form, site, author))
    }

    /// A mail that came by way of another mailbox (RFC 5322 §3.6.6), whose owner did not write it.
    pub(super) fn of_resending(arrival: &Arrival, author: &Author) -> Option<Self> {
        let by = arrival.mail.resent_from.first()?.clone();
        let other = !kept_mail::address::is_same(&by.address, author.address.as_str());
        other.then(|| Self::plain(How::Redirected, by, author))
    }

    fn plain(how: How, sent_by: Mailbox, author: &Author) -> Self {
        Self {
            how,
            sent_by,
            written_by: author.mailbox(),
            written_at: None,
            written_on: None,
        }
    }

    pub(super) fn keep(&self, tx: &mut Tx<'_>, message: MessageId) -> Result<(), Error> {
        let body = serde_json::to_string(self).map_err(|e| Error::Outside(e.to_string()))?;
        Ok(origins::insert(tx, message, &body)?)
    }
}

/// How a message's words came; `None` when its sender wrote them.
pub(crate) fn of_message(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Origin>, Error> {
    let body = origins::find(tx, message)?;
    Ok(body.and_then(|body| serde_json::from_str(&body).ok()))
}

/// The same for several messages.
pub(crate) fn of_tickets(
    tx: &mut Tx<'_>,
    of: Among<'_>,
) -> Result<Vec<(MessageId, Origin)>, Error> {
    let stored = origins::of_tickets(tx, of)?;
    let read = |(id, body): (MessageId, String)| Some((id, serde_json::from_str(&body).ok()?));
    Ok(stored.into_iter().filter_map(read).collect())
}

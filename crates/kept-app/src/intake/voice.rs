//! Whose words a mail is written down as, and how they came.

use kept_domain::intake::Speaker;
use kept_mail::Mailbox;
use kept_store::Tx;
use kept_store::people::Who;

use super::arrival::Arrival;
use super::author::Author;
use super::facts::Found;
use super::origin::{How, Origin};
use crate::{Error, people};

/// Somebody a message is by.
#[derive(Debug, Clone)]
pub(super) struct Voice {
    /// What the mail says of them; `None` when no address of theirs can be used.
    pub claimed: Option<Author>,
    /// Who they are; nobody is met for the sake of a program's answer.
    pub who: Option<Who>,
    pub origin: Option<Origin>,
}

impl Voice {
    /// The mail was handed in, and the words are those of its original.
    pub fn is_handed_in(&self) -> bool {
        let how = self.origin.as_ref().map(|origin| origin.how);
        how == Some(How::HandedIn)
    }
}

/// Whoever sent the mail: somebody known, or somebody met now.
pub(super) fn of_sender(tx: &mut Tx<'_>, arrival: &Arrival, found: &Found) -> Result<Voice, Error> {
    let claimed = found.claimed.clone();
    let who = match (&found.author, &claimed) {
        (Some(known), _) => Some(known.clone()),
        (None, Some(author)) => Some(meet(tx, arrival, author)?),
        (None, None) => None,
    };
    let origin = claimed.as_ref().and_then(|author| {
        if found.by_form {
            Origin::of_form(arrival, author)
        } else {
            Origin::of_resending(arrival, author)
        }
    });
    Ok(Voice {
        claimed,
        who,
        origin,
    })
}

/// Whoever is known already: a relay that answers for others under a new address each time would fill
/// the list of people.
pub(super) fn of_program(found: &Found) -> Voice {
    Voice {
        claimed: found.claimed.clone(),
        who: found.author.clone(),
        origin: None,
    }
}

/// Who begins a ticket: the sender, or whoever wrote what the sender hands in.
pub(super) fn of_opening(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    sender: &Voice,
    speaker: Speaker,
) -> Result<Voice, Error> {
    let origin = Origin::of_forward(arrival, sent_by(arrival, sender), speaker);
    let Some(origin) = origin else {
        return Ok(sender.clone());
    };
    if speaker != Speaker::Writer {
        return Ok(Voice {
            origin: Some(origin),
            ..sender.clone()
        });
    }
    let writer = Author::of_mailbox(&origin.written_by);
    let writer = writer.ok_or_else(|| Error::invalid("from", "The original has no address"))?;
    Ok(Voice {
        who: Some(meet(tx, arrival, &writer)?),
        claimed: Some(writer),
        origin: Some(origin),
    })
}

fn meet(tx: &mut Tx<'_>, arrival: &Arrival, author: &Author) -> Result<Who, Error> {
    people::meet(tx, &author.address, &author.name, arrival.received_at)
}

/// The sender by the name the desk knows them by.
fn sent_by(arrival: &Arrival, sender: &Voice) -> Mailbox {
    let claimed = sender.claimed.as_ref().map(Author::mailbox);
    let known = sender.who.as_ref().map(|who| who.name.clone());
    let mailbox = claimed.or_else(|| arrival.mail.from.first().cloned());
    let mailbox = mailbox.unwrap_or_else(|| Mailbox::bare(""));
    Mailbox {
        name: known.or(mailbox.name),
        address: mailbox.address,
    }
}

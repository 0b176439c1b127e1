//! Who takes part in a ticket beside its requester: they hear what is said and may answer.
//!
//! Mail names people, agents add and remove them. Whoever was removed by hand stays out, however often a
//! mail names them again, until an agent says otherwise.

use super::{Refused, Ticket};
use crate::event::{Event, Recorded};
use crate::ids::{MessageId, PersonId};

/// How somebody stands to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partaking {
    Stranger,
    TakesPart,
    /// They took part, and an agent took them out.
    TakenOut,
}

/// A mail on the ticket names somebody. Never refused: what does not apply records nothing.
pub fn named_in_mail(
    ticket: &Ticket,
    person: PersonId,
    address: &str,
    message: MessageId,
    standing: Partaking,
) -> Option<Event> {
    let is_new = standing == Partaking::Stranger && ticket.requester != Some(person);
    is_new.then(|| Event::ParticipantAdded {
        person,
        address: address.to_owned(),
        message: Some(message),
    })
}

/// A ticket is told on another from now on: whoever asked on it goes on hearing of it there, unless an agent
/// took them out of either. `standings` are theirs on the source and on the target.
pub fn hears_after_merge(
    source: &Ticket,
    target: &Ticket,
    heard_at: (&str, Option<MessageId>),
    standings: [Partaking; 2],
) -> Option<Event> {
    let person = source.requester?;
    let is_new = standings == [Partaking::Stranger; 2] && target.requester != Some(person);
    let (address, message) = heard_at;
    is_new.then(|| Event::ParticipantAdded {
        person,
        address: address.to_owned(),
        message,
    })
}

/// An agent adds somebody.
///
/// # Errors
/// When the ticket is set aside, or they take part already.
pub fn add_participant(
    ticket: &Ticket,
    person: PersonId,
    address: &str,
    standing: Partaking,
) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    if standing == Partaking::TakesPart || ticket.requester == Some(person) {
        return Err(Refused::TakesPartAlready(ticket.id));
    }
    Ok(vec![Event::ParticipantAdded {
        person,
        address: address.to_owned(),
        message: None,
    }])
}

/// An agent takes somebody out.
///
/// # Errors
/// When the ticket is set aside, or they take no part.
pub fn remove_participant(
    ticket: &Ticket,
    person: PersonId,
    standing: Partaking,
) -> Result<Vec<Event>, Refused> {
    ticket.must_be_in_sight()?;
    if standing != Partaking::TakesPart {
        return Err(Refused::TakesNoPart(ticket.id));
    }
    Ok(vec![Event::ParticipantRemoved { person }])
}

/// Everybody a history names, in the order they came, with where they hear and how they stand now.
pub fn participants(history: &[Recorded]) -> Vec<(PersonId, String, Partaking)> {
    let mut all: Vec<(PersonId, String, Partaking)> = Vec::new();
    for line in history {
        match &line.event {
            Event::ParticipantAdded {
                person, address, ..
            } => {
                all.retain(|(known, ..)| known != person);
                all.push((*person, address.clone(), Partaking::TakesPart));
            }
            Event::ParticipantRemoved { person } => {
                let mut known = all.iter_mut().filter(|(known, ..)| known == person);
                if let Some((.., standing)) = known.next() {
                    *standing = Partaking::TakenOut;
                }
            }
            _ => {}
        }
    }
    all
}

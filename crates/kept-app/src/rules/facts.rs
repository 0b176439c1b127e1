//! Looks up what a rule's search may ask about a ticket.

use jiff::tz::TimeZone;
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::queues::Queue;
use kept_domain::search::{Facts, Known, KnownAsset, Query, Words};
use kept_domain::tickets::Ticket;
use kept_store::messages::{self, Message};
use kept_store::{
    Tx, assets, bonds, clients, obligations, participants, people, promises, queues, watchers,
};

use crate::Error;
use crate::reading::{body_of, recipients_of};

/// Messages of one ticket whose words are looked at: the newest.
const MOST_MESSAGES: usize = 500;
/// People copied and files of a message it is found by.
const MOST_NAMES: usize = 20;

/// What a search looks at beside the ticket and its people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Needs {
    pub words: bool,
    pub further: bool,
}

impl Needs {
    pub fn of(query: &Query) -> Self {
        Needs {
            words: query.looks_at_words(),
            further: query.looks_further(),
        }
    }

    pub fn and(self, other: Self) -> Self {
        Needs {
            words: self.words || other.words,
            further: self.further || other.further,
        }
    }
}

/// The facts of a ticket as it stands, as far as they are needed.
pub(super) fn gather(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    needs: Needs,
) -> Result<(Facts, TimeZone), Error> {
    let queue = queue_of(tx, ticket)?;
    let said = match needs.words {
        true => words(tx, ticket)?,
        false => vec![],
    };
    let further = match needs.further {
        true => further(tx, ticket)?,
        false => Facts::default(),
    };
    let facts = Facts {
        client: client(tx, ticket.client)?,
        requester: ticket.requester.map(|who| known(tx, who)).transpose()?,
        responsible: known(tx, ticket.responsible)?,
        queue: queue.name.clone(),
        is_late: is_late(tx, ticket)?,
        said,
        ..further
    };
    Ok((facts, zone_of(&queue)))
}

/// Who else has to do with it, its files, its promises and what is due on it, as they are now.
pub(super) fn further(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Facts, Error> {
    let offered = ticket.delegation.map(|it| known(tx, it.to));
    let mut with = Vec::new();
    for one in participants::of_tickets(tx, &[ticket.id])? {
        with.push(known(tx, one.person)?);
    }
    let mut watching = Vec::new();
    for (person, _) in watchers::of_ticket(tx, ticket.id)? {
        watching.push(known(tx, person)?);
    }
    let files = messages::files_of_tickets(tx, &[ticket.id])?;
    let promises = promises::of_tickets(tx, &[ticket.id])?;
    Ok(Facts {
        offered_to: offered.transpose()?,
        with,
        watchers: watching,
        assets: assets::of_ticket(tx, ticket.id)?
            .into_iter()
            .map(known_asset)
            .collect(),
        bonds: bonds::of_ticket(tx, ticket.id)?
            .iter()
            .flat_map(bonds::Bonded::known)
            .collect(),
        due: obligations::next_of(tx, ticket.id)?.due.map(|due| due.at),
        fields: crate::fields::held_by(tx, ticket.id)?,
        has_files: files.iter().any(|file| !file.minor),
        has_promise: promises.iter().any(|it| it.state.is_owed()),
        ..Facts::default()
    })
}

fn known_asset(listed: assets::Listed) -> KnownAsset {
    KnownAsset {
        id: listed.asset.id,
        name: listed.asset.is.name,
        identifier: listed.asset.is.identifier,
    }
}

/// As its clocks stood before what happens now.
fn is_late(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<bool, Error> {
    let next = obligations::next_of(tx, ticket.id)?;
    Ok(next.due.is_some_and(|due| due.at < ticket.touched_at))
}

pub(super) fn queue_of(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Queue, Error> {
    let queue = queues::all(tx)?
        .into_iter()
        .find(|queue| queue.id == ticket.queue);
    queue.ok_or_else(|| Error::not_found("queue"))
}

/// Days of a rule's search begin and end where its queue is.
pub(super) fn zone_of(queue: &Queue) -> TimeZone {
    TimeZone::get(&queue.zone).unwrap_or(TimeZone::UTC)
}

pub(super) fn client(tx: &mut Tx<'_>, client: Option<ClientId>) -> Result<Option<String>, Error> {
    let found = client.map(|client| clients::find(tx, client)).transpose()?;
    Ok(found.flatten().map(|client| client.name))
}

pub(crate) fn known(tx: &mut Tx<'_>, person: PersonId) -> Result<Known, Error> {
    let Some(person) = people::find(tx, person)? else {
        return Ok(Known::default());
    };
    Ok(Known {
        id: Some(person.id),
        name: person.name,
        addresses: person.addresses.iter().map(ToString::to_string).collect(),
    })
}

fn words(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<Words>, Error> {
    let said = messages::latest(tx, ticket.id, MOST_MESSAGES)?;
    let files = messages::files_of_tickets(tx, &[ticket.id])?;
    let words = |message: &Message| {
        let files = files.iter().filter(|file| file.message == message.id);
        words_of(message, files.map(|file| file.filename.as_str()))
    };
    Ok(said.iter().map(words).collect())
}

/// The words the search finds a message by: its subject, its people and files, what is new in it.
pub(super) fn words_of<'a>(message: &Message, files: impl Iterator<Item = &'a str>) -> Words {
    let copied = recipients_of(message).cc;
    let mut people = vec![message.author_name.clone(), message.author_address.clone()];
    for mailbox in copied.into_iter().take(MOST_NAMES) {
        people.extend(mailbox.name);
        people.push(mailbox.address);
    }
    people.extend(files.take(MOST_NAMES).map(str::to_owned));
    let subject = message.subject.as_deref().unwrap_or("");
    Words::of(subject, &people.join(" "), &body_of(message).new_text())
}

//! Looks up what a rule's search may ask about a ticket.

use jiff::tz::TimeZone;
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::queues::Queue;
use kept_domain::search::{Facts, Known, Words};
use kept_domain::tickets::Ticket;
use kept_store::messages::{self, Message};
use kept_store::{Tx, clients, obligations, people, queues};

use crate::Error;
use crate::reading::{body_of, recipients_of};

/// Messages of one ticket whose words are looked at: the newest.
const MOST_MESSAGES: usize = 500;
/// People copied and files of a message it is found by.
const MOST_NAMES: usize = 20;

/// The facts of a ticket as it stands; words only when `with_words`.
pub(super) fn gather(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    with_words: bool,
) -> Result<(Facts, TimeZone), Error> {
    let queue = queue_of(tx, ticket)?;
    let said = if with_words {
        words(tx, ticket)?
    } else {
        vec![]
    };
    let facts = Facts {
        client: client(tx, ticket.client)?,
        requester: ticket.requester.map(|who| known(tx, who)).transpose()?,
        responsible: known(tx, ticket.responsible)?,
        queue: queue.name.clone(),
        is_late: is_late(tx, ticket)?,
        said,
    };
    Ok((facts, zone_of(&queue)))
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

pub(super) fn known(tx: &mut Tx<'_>, person: PersonId) -> Result<Known, Error> {
    let Some(person) = people::find(tx, person)? else {
        return Ok(Known::default());
    };
    Ok(Known {
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

//! People and clients, as lists and as cards.

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::cards::{CardOf, PersonDetails};
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::people::{Client, Person};
use kept_domain::queues::Queue;
use kept_store::bounced::Bounced;
use kept_store::cards::{self, Line};
use kept_store::clients::{self, ListedClient};
use kept_store::lists::Whose;
use kept_store::people::{self, ListedPerson};

use super::card_tickets::{CardTickets, card_tickets};
use crate::people::Told;
use crate::{Desk, Error};

const PAGE: usize = 50;

/// People whose name or address contains `text`, of one client or of any, and where the next page begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn people(
    desk: &Desk,
    viewer: &Viewer,
    text: String,
    client: Option<ClientId>,
    after: PersonId,
) -> Result<(Vec<ListedPerson>, Option<PersonId>), Error> {
    allow(viewer, Act::Read)?;
    let mut found = desk
        .store()
        .read(move |tx| people::list(tx, text.trim(), client, after, PAGE + 1))
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found.last().filter(|_| more).map(|person| person.id);
    Ok((found, next))
}

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn agents(desk: &Desk, viewer: &Viewer) -> Result<Vec<ListedPerson>, Error> {
    allow(viewer, Act::Read)?;
    Ok(desk.store().read(people::agents).await?)
}

/// All queues with their signatures.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn queues(desk: &Desk, viewer: &Viewer) -> Result<Vec<(Queue, String)>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(|tx| {
            let queues = kept_store::queues::all(tx)?;
            let signed = queues.into_iter().map(|queue| {
                let signature = kept_store::queues::signature(tx, queue.id)?;
                Ok((queue, signature))
            });
            signed.collect()
        })
        .await
}

/// A person without their tickets.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    pub person: Person,
    pub details: PersonDetails,
    pub client: Option<Client>,
    /// The last line of the card's history.
    pub seen: i64,
}

/// # Errors
/// When the viewer may not, or there is no such person.
pub async fn person(desk: &Desk, viewer: &Viewer, id: PersonId) -> Result<KnownPerson, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let person = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
            let client = person
                .client
                .map_or(Ok(None), |client| clients::find(tx, client))?;
            Ok(KnownPerson {
                details: cards::person(tx, person.id)?,
                client,
                seen: cards::last(tx, CardOf::Person(person.id))?,
                person,
            })
        })
        .await
}

/// A client without its tickets.
#[derive(Debug, Clone)]
pub struct KnownClient {
    pub client: Client,
    pub notes: String,
    /// Those one can choose from.
    pub people: Vec<ListedPerson>,
    /// The last line of the card's history.
    pub seen: i64,
}

/// # Errors
/// When the viewer may not, or there is no such client.
pub async fn client(desk: &Desk, viewer: &Viewer, id: ClientId) -> Result<KnownClient, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let client = clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
            Ok(KnownClient {
                notes: cards::client_notes(tx, client.id)?,
                people: people::of_client(tx, client.id, PAGE * 4)?,
                seen: cards::last(tx, CardOf::Client(client.id))?,
                client,
            })
        })
        .await
}

/// Which part of a card somebody looks at, and in which zone their months begin.
#[derive(Debug, Clone)]
pub struct Look {
    /// The ticket before which the page of ended ones begins.
    pub before: Option<i64>,
    pub zone: TimeZone,
}

/// Lines of a card's history it shows.
const MOST_CHANGES: usize = 50;

#[derive(Debug, Clone)]
pub struct PersonCard {
    pub person: Person,
    pub details: PersonDetails,
    /// What came back from their addresses, as far as nobody has said since that mail goes there.
    pub bounced: Vec<Bounced>,
    pub client: Option<Client>,
    pub tickets: CardTickets,
    /// Who changed what of it, the newest first.
    pub changes: Vec<Line>,
    /// Cards that are told as this one.
    pub told: Vec<Told>,
}

/// A card by number; of somebody who was merged it is that of whoever stays, as its number says.
///
/// # Errors
/// When the viewer may not, or there is no such person.
pub async fn person_card(
    desk: &Desk,
    viewer: &Viewer,
    id: PersonId,
    look: Look,
) -> Result<PersonCard, Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let person = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
            let client = person
                .client
                .map_or(Ok(None), |client| clients::find(tx, client))?;
            let bounced = crate::undelivered::marks(tx, &person.addresses)?;
            let whose = Whose::Person(person.id);
            Ok(PersonCard {
                details: cards::person(tx, person.id)?,
                bounced,
                client,
                tickets: card_tickets(tx, whose, look.before, &look.zone, now)?,
                changes: cards::history(tx, CardOf::Person(person.id), None, MOST_CHANGES)?,
                told: crate::people::merges(tx, CardOf::Person(person.id))?,
                person,
            })
        })
        .await
}

/// Clients by name, and where the next page begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn clients(
    desk: &Desk,
    viewer: &Viewer,
    after: Option<(String, ClientId)>,
) -> Result<(Vec<ListedClient>, Option<(String, ClientId)>), Error> {
    allow(viewer, Act::Read)?;
    let mut found = desk
        .store()
        .read(move |tx| {
            let after = after.as_ref().map(|(name, id)| (name.as_str(), *id));
            clients::list(tx, after, PAGE + 1)
        })
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let next = found
        .last()
        .filter(|_| more)
        .map(|c| (c.client.name.clone(), c.client.id));
    Ok((found, next))
}

/// Clients one can be chosen from; a desk with more finds them by their domains.
const MOST_CHOICES: usize = 2_000;

/// The names of the clients, to choose one from.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn client_names(desk: &Desk, viewer: &Viewer) -> Result<Vec<(ClientId, String)>, Error> {
    allow(viewer, Act::Read)?;
    let all = desk
        .store()
        .read(|tx| clients::list(tx, None, MOST_CHOICES));
    let names = all
        .await?
        .into_iter()
        .map(|it| (it.client.id, it.client.name));
    Ok(names.collect())
}

#[derive(Debug, Clone)]
pub struct ClientCard {
    pub client: Client,
    pub notes: String,
    /// The first of them.
    pub people: Vec<ListedPerson>,
    pub people_count: i64,
    pub tickets: CardTickets,
    /// Who changed what of it, the newest first.
    pub changes: Vec<Line>,
    /// Cards that are told as this one.
    pub told: Vec<Told>,
}

/// # Errors
/// When the viewer may not, or there is no such client.
pub async fn client_card(
    desk: &Desk,
    viewer: &Viewer,
    id: ClientId,
    look: Look,
) -> Result<ClientCard, Error> {
    allow(viewer, Act::Read)?;
    let now = desk.now();
    desk.store()
        .read(move |tx| {
            let client = clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
            let id = client.id;
            let whose = Whose::Client(id);
            Ok(ClientCard {
                client,
                notes: cards::client_notes(tx, id)?,
                people: people::of_client(tx, id, PAGE)?,
                people_count: people::count_of_client(tx, id)?,
                tickets: card_tickets(tx, whose, look.before, &look.zone, now)?,
                changes: cards::history(tx, CardOf::Client(id), None, MOST_CHANGES)?,
                told: crate::people::merges(tx, CardOf::Client(id))?,
            })
        })
        .await
}

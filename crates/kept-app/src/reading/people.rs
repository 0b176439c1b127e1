//! People and clients, as lists and as cards.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::people::{Client, Person};
use kept_domain::queues::Queue;
use kept_store::bounced::Bounced;
use kept_store::clients::{self, ListedClient};
use kept_store::people::{self, ListedPerson};

use super::inbox::{Listed, listed_of};
use crate::{Desk, Error};

const PAGE: usize = 50;

/// People whose name or address contains `text`, and where the next page begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn people(
    desk: &Desk,
    viewer: &Viewer,
    text: String,
    after: PersonId,
) -> Result<(Vec<ListedPerson>, Option<PersonId>), Error> {
    allow(viewer, Act::Read)?;
    let mut found = desk
        .store()
        .read(move |tx| people::list(tx, text.trim(), after, PAGE + 1))
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

#[derive(Debug, Clone)]
pub struct PersonCard {
    pub person: Person,
    /// What came back from their addresses, as far as nobody has said since that mail goes there.
    pub bounced: Vec<Bounced>,
    pub client: Option<Client>,
    pub tickets: Vec<Listed>,
}

/// # Errors
/// When the viewer may not, or there is no such person.
pub async fn person(desk: &Desk, viewer: &Viewer, id: PersonId) -> Result<PersonCard, Error> {
    allow(viewer, Act::Read)?;
    let (person, client, bounced) = desk
        .store()
        .read(move |tx| {
            let person = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
            let client = person
                .client
                .map_or(Ok(None), |client| clients::find(tx, client))?;
            let bounced = crate::undelivered::marks(tx, &person.addresses)?;
            Ok::<_, Error>((person, client, bounced))
        })
        .await?;
    Ok(PersonCard {
        person,
        bounced,
        client,
        tickets: listed_of(desk, viewer, Ok(id)).await?,
    })
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
    pub people: Vec<ListedPerson>,
    pub tickets: Vec<Listed>,
}

/// # Errors
/// When the viewer may not, or there is no such client.
pub async fn client(desk: &Desk, viewer: &Viewer, id: ClientId) -> Result<ClientCard, Error> {
    allow(viewer, Act::Read)?;
    let (client, people) = desk
        .store()
        .read(move |tx| {
            let client = clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
            Ok::<_, Error>((client, people::of_client(tx, id, PAGE * 4)?))
        })
        .await?;
    Ok(ClientCard {
        client,
        people,
        tickets: listed_of(desk, viewer, Err(id)).await?,
    })
}

//! Meeting people, and keeping their cards and their clients' right.

mod alike;
mod client;
mod merge;
mod preview;
mod suggest;

pub use client::{ClientCard, add_client, edit_client};
pub(crate) use client::{
    add_client_in, changes as client_changes, check as check_client, edit_client_in,
};

pub use alike::{Alike, alike};
pub use merge::{merge, part};
pub use preview::{Preview, Side, Told, merges, preview};
pub use suggest::{Suggestion, set_apart, suggest_again, suggestions};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::cards::{BadDetail, CardEvent, CardOf, Field, PersonDetails, changes};
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::people::{EmailAddress, Person};
use kept_store::people::{NewPerson, Who};
use kept_store::{Tx, cards, clients, merges as stored, people};

use crate::{Desk, Error};

/// Longest name kept, in characters.
pub const LONGEST_NAME: usize = 120;

/// The person with this address, known or new. Somebody new belongs to the client of their domain.
pub(crate) fn meet(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    name: &str,
    now: Timestamp,
) -> Result<Who, Error> {
    if let Some(known) = people::who_has(tx, address)? {
        return Ok(known);
    }
    let own = clients::own_of_domain(tx, &address.domain())?;
    let client = own.map(|own| stored::which(tx, own)).transpose()?;
    let name = clean(name).unwrap_or_else(|| address.local().to_owned());
    let person = NewPerson {
        name: &name,
        address,
        client: own,
        role: None,
    };
    let id = people::insert(tx, &person, now)?;
    Ok(Who {
        id,
        own: id,
        name,
        client,
        role: None,
    })
}

pub(crate) fn clean(name: &str) -> Option<String> {
    let kept: String = name
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_NAME)
        .collect();
    let trimmed = kept.trim();
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

/// What a person's card says.
#[derive(Debug, Clone, Default)]
pub struct Card {
    pub name: String,
    pub addresses: Vec<EmailAddress>,
    pub client: Option<ClientId>,
    pub details: PersonDetails,
    /// The last line of the card's history its editor saw; `None` changes it however it stands.
    pub seen: Option<i64>,
}

/// Adds somebody before they have written.
///
/// # Errors
/// When the viewer may not, the name or address is missing, or somebody has the address.
pub async fn add(desk: &Desk, viewer: &Viewer, card: Card) -> Result<PersonId, Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| add_in(tx, &card, by, now))
        .await
}

pub(crate) fn add_in(
    tx: &mut Tx<'_>,
    card: &Card,
    by: PersonId,
    now: Timestamp,
) -> Result<PersonId, Error> {
    let (name, first, details) = checked(card)?;
    must_be_free(tx, None, &card.addresses)?;
    let client = match card.client {
        Some(client) => Some(client),
        None => clients::of_domain(tx, &first.domain())?,
    };
    let person = NewPerson {
        name: &name,
        address: &first,
        client,
        role: None,
    };
    let id = people::insert(tx, &person, now)?;
    people::set_addresses(tx, id, &card.addresses)?;
    cards::set_person(tx, id, &details)?;
    cards::append(tx, CardOf::Person(id), Some(by), &[CardEvent::Added], now)?;
    Ok(id)
}

/// # Errors
/// When the viewer may not, the name or address is missing, somebody else has an address, or somebody changed the card
/// meanwhile.
pub async fn edit(desk: &Desk, viewer: &Viewer, id: PersonId, card: Card) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| edit_in(tx, id, &card, by, now).map(drop))
        .await
}

/// Whether anything is different.
pub(crate) fn edit_in(
    tx: &mut Tx<'_>,
    id: PersonId,
    card: &Card,
    by: PersonId,
    now: Timestamp,
) -> Result<bool, Error> {
    let (name, _, details) = checked(card)?;
    must_be_free(tx, Some(id), &card.addresses)?;
    let before = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
    if before.id != id {
        return Err(merge::gone(&before.name));
    }
    as_seen(tx, CardOf::Person(id), card.seen)?;
    let known = cards::person(tx, id)?;
    people::update(tx, id, &name, card.client)?;
    people::set_addresses(tx, id, &card.addresses)?;
    cards::set_person(tx, id, &details)?;
    let after = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
    let changed = different(tx, (&before, &known), (&after, &details))?;
    cards::append(tx, CardOf::Person(id), Some(by), &changed, now)?;
    Ok(!changed.is_empty())
}

pub(crate) fn different(
    tx: &mut Tx<'_>,
    (before, known): (&Person, &PersonDetails),
    (after, details): (&Person, &PersonDetails),
) -> Result<Vec<CardEvent>, Error> {
    let written = |person: &Person| {
        let all: Vec<&str> = person.addresses.iter().map(EmailAddress::as_str).collect();
        all.join(", ")
    };
    let both = |field, from: &str, to: &str| (field, from.to_owned(), to.to_owned());
    Ok(changes(vec![
        both(Field::Name, &before.name, &after.name),
        (Field::Addresses, written(before), written(after)),
        (
            Field::Client,
            name_of(tx, before.client)?,
            name_of(tx, after.client)?,
        ),
        both(Field::Job, &known.job, &details.job),
        both(Field::Phone, &known.phone, &details.phone),
        both(Field::Language, &known.language, &details.language),
        both(Field::Zone, &known.zone, &details.zone),
        both(Field::Notes, &known.notes, &details.notes),
    ]))
}

/// What a client is called, or nothing.
pub(crate) fn name_of(tx: &mut Tx<'_>, client: Option<ClientId>) -> Result<String, Error> {
    let found = client.map_or(Ok(None), |client| clients::find(tx, client))?;
    Ok(found.map_or_else(String::new, |client| client.name))
}

/// Two who change a card at once don't undo each other: the second looks again.
pub(crate) fn as_seen(tx: &mut Tx<'_>, of: CardOf, seen: Option<i64>) -> Result<(), Error> {
    let Some(seen) = seen else { return Ok(()) };
    let newer: Vec<_> = cards::history(tx, of, None, 1)?
        .into_iter()
        .filter(|line| line.id > seen)
        .collect();
    match newer.first() {
        None => Ok(()),
        Some(line) => {
            let who = line.by.as_deref().unwrap_or("somebody");
            let problem = format!(
                "{who} changed this card while you were writing; look at it as it is now, then change it"
            );
            Err(Error::Conflict(problem))
        }
    }
}

fn checked(card: &Card) -> Result<(String, EmailAddress, PersonDetails), Error> {
    let name = clean(&card.name).ok_or_else(|| Error::invalid("name", "Write their name"))?;
    let first = card.addresses.first().cloned();
    let first =
        first.ok_or_else(|| Error::invalid("addresses", "Write at least one e-mail address"))?;
    let details = card.details.checked().map_err(bad)?;
    if !details.zone.is_empty() && TimeZone::get(&details.zone).is_err() {
        let problem = format!(
            "“{}” is no time zone; write it like Europe/Lisbon",
            details.zone
        );
        return Err(Error::invalid("zone", problem));
    }
    Ok((name, first, details))
}

pub(crate) fn bad(detail: BadDetail) -> Error {
    Error::invalid(detail.field(), detail.to_string())
}

/// Whether a card can be taken, with its name and details as they would be kept.
pub(crate) fn check(
    tx: &mut Tx<'_>,
    own: Option<PersonId>,
    card: &Card,
) -> Result<(String, PersonDetails), Error> {
    let (name, _, details) = checked(card)?;
    must_be_free(tx, own, &card.addresses)?;
    Ok((name, details))
}

fn must_be_free(
    tx: &mut Tx<'_>,
    owner: Option<PersonId>,
    addresses: &[EmailAddress],
) -> Result<(), Error> {
    for address in addresses {
        let holder = people::find_by_address(tx, address)?;
        if let Some(holder) = holder.filter(|holder| Some(*holder) != owner) {
            let name = people::find(tx, holder)?.map_or_else(String::new, |p| p.name);
            let problem = format!("{address} belongs to {name} already");
            return Err(Error::invalid("addresses", problem));
        }
    }
    Ok(())
}

/// Who has an address.
///
/// # Errors
/// When it is no address, or the store can't answer.
pub async fn person_with(desk: &Desk, address: &str) -> Result<Option<PersonId>, Error> {
    let address =
        EmailAddress::parse(address).map_err(|e| Error::invalid("address", e.to_string()))?;
    desk.store()
        .read(move |tx| Ok(people::find_by_address(tx, &address)?))
        .await
}

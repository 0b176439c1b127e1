//! A line as a person, told from others by e-mail address. What a line leaves out stays as it is known.

use kept_domain::cards::PersonDetails;
use kept_domain::ids::PersonId;
use kept_domain::imports::{Column, Line};
use kept_domain::people::{EmailAddress, Person};
use kept_store::{Tx, cards, people};

use super::{Does, Planned, client, text};
use crate::Error;
use crate::people::{Card, check, different};

pub(super) fn plan(tx: &mut Tx<'_>, line: Line<'_>) -> Result<Planned, Error> {
    let addresses = addresses(line)?;
    let Some(first) = addresses.first() else {
        return Err(Error::invalid("addresses", "There is no e-mail address"));
    };
    let key = first.to_string();
    let mut known = None;
    for address in &addresses {
        known = known.or(people::find_by_address(tx, address)?);
    }
    match known {
        Some(id) => change(tx, line, (id, addresses), key),
        None => make(tx, line, addresses, key),
    }
}

fn addresses(line: Line<'_>) -> Result<Vec<EmailAddress>, Error> {
    let cell = line.get(Column::Email).unwrap_or_default();
    let parts = cell
        .split([',', ';', ' ', '\n'])
        .filter(|part| !part.trim().is_empty());
    let read = |part: &str| {
        EmailAddress::parse(part).map_err(|error| Error::invalid("addresses", error.to_string()))
    };
    parts.map(read).collect()
}

fn name(line: Line<'_>) -> Option<String> {
    let parts = [Column::GivenName, Column::FamilyName].map(|column| line.get(column));
    let both: Vec<&str> = parts.into_iter().flatten().collect();
    let whole = line.get(Column::Name).map(str::to_owned);
    whole.or_else(|| (!both.is_empty()).then(|| both.join(" ")))
}

fn details(line: Line<'_>, known: &PersonDetails) -> PersonDetails {
    PersonDetails {
        job: text(line, Column::Job, &known.job),
        phone: text(line, Column::Phone, &known.phone),
        language: text(line, Column::Language, &known.language),
        zone: text(line, Column::Zone, &known.zone),
        notes: text(line, Column::Notes, &known.notes),
    }
}

fn make(
    tx: &mut Tx<'_>,
    line: Line<'_>,
    addresses: Vec<EmailAddress>,
    key: String,
) -> Result<Planned, Error> {
    let local = addresses.first().map_or("", EmailAddress::local);
    let card = Card {
        name: name(line).unwrap_or_else(|| local.to_owned()),
        client: client(tx, line)?,
        details: details(line, &PersonDetails::default()),
        addresses,
        seen: None,
    };
    check(tx, None, &card)?;
    Ok(Planned {
        key,
        does: Does::AddPerson(card),
        changes: vec![],
    })
}

fn change(
    tx: &mut Tx<'_>,
    line: Line<'_>,
    (id, mut addresses): (PersonId, Vec<EmailAddress>),
    key: String,
) -> Result<Planned, Error> {
    let before = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
    if before.role.is_some() {
        let problem = format!(
            "{} works here; Settings has their name and addresses",
            before.name
        );
        return Err(Error::invalid("addresses", problem));
    }
    let known = cards::person(tx, id)?;
    // An address with a detail after a plus is one they have already.
    addresses.retain(|new| {
        !before.addresses.contains(new) && !before.addresses.contains(&new.without_detail())
    });
    let card = Card {
        name: name(line).unwrap_or_else(|| before.name.clone()),
        addresses: before.addresses.iter().cloned().chain(addresses).collect(),
        client: client(tx, line)?.or(before.client),
        details: details(line, &known),
        seen: None,
    };
    let (name, details) = check(tx, Some(id), &card)?;
    let after = Person {
        name,
        addresses: card.addresses.clone(),
        client: card.client,
        ..before.clone()
    };
    let changes = different(tx, (&before, &known), (&after, &details))?;
    Ok(Planned {
        key,
        does: Does::EditPerson(id, card),
        changes,
    })
}

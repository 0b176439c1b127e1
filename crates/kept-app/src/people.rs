//! Meeting people, and keeping their cards and their clients' right.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::people::{Domain, EmailAddress};
use kept_store::people::{NewPerson, Who};
use kept_store::{Tx, clients, people};

use crate::{Desk, Error};

/// Longest name kept, in characters.
const LONGEST_NAME: usize = 120;

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
    let client = clients::of_domain(tx, &address.domain())?;
    let name = clean(name).unwrap_or_else(|| address.local().to_owned());
    let person = NewPerson {
        name: &name,
        address,
        client,
        role: None,
    };
    let id = people::insert(tx, &person, now)?;
    Ok(Who {
        id,
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
#[derive(Debug, Clone)]
pub struct Card {
    pub name: String,
    pub addresses: Vec<EmailAddress>,
    pub client: Option<ClientId>,
}

/// Adds somebody before they have written.
///
/// # Errors
/// When the viewer may not, the name or address is missing, or somebody has the address.
pub async fn add(desk: &Desk, viewer: &Viewer, card: Card) -> Result<PersonId, Error> {
    allow(viewer, Act::EditPeople)?;
    let now = desk.now();
    desk.store()
        .write(move |tx| {
            let (name, first) = checked(&card)?;
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
            Ok(id)
        })
        .await
}

/// # Errors
/// When the viewer may not, the name or address is missing, or somebody else has an address.
pub async fn edit(desk: &Desk, viewer: &Viewer, id: PersonId, card: Card) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    desk.store()
        .write(move |tx| {
            let (name, _) = checked(&card)?;
            must_be_free(tx, Some(id), &card.addresses)?;
            people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
            people::update(tx, id, &name, card.client)?;
            Ok(people::set_addresses(tx, id, &card.addresses)?)
        })
        .await
}

fn checked(card: &Card) -> Result<(String, EmailAddress), Error> {
    let name = clean(&card.name).ok_or_else(|| Error::invalid("name", "Write their name"))?;
    let first = card.addresses.first().cloned();
    let first =
        first.ok_or_else(|| Error::invalid("addresses", "Write at least one e-mail address"))?;
    Ok((name, first))
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

/// What a client's card says.
#[derive(Debug, Clone)]
pub struct ClientCard {
    pub name: String,
    pub domains: Vec<Domain>,
}

/// # Errors
/// When the viewer may not, the name is missing, or a domain belongs to another client.
pub async fn add_client(desk: &Desk, viewer: &Viewer, card: ClientCard) -> Result<ClientId, Error> {
    allow(viewer, Act::EditPeople)?;
    let now = desk.now();
    desk.store()
        .write(move |tx| {
            let name = client_name(&card)?;
            let id = clients::insert(tx, &name, now)?;
            write_domains(tx, id, &card.domains)?;
            Ok(id)
        })
        .await
}

/// # Errors
/// When the viewer may not, the name is missing, or a domain belongs to another client.
pub async fn edit_client(
    desk: &Desk,
    viewer: &Viewer,
    id: ClientId,
    card: ClientCard,
) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    desk.store()
        .write(move |tx| {
            let name = client_name(&card)?;
            clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
            clients::rename(tx, id, &name)?;
            write_domains(tx, id, &card.domains)
        })
        .await
}

fn client_name(card: &ClientCard) -> Result<String, Error> {
    clean(&card.name).ok_or_else(|| Error::invalid("name", "Write the client's name"))
}

/// Sets the domains and gives the client those of its people who belonged to nobody.
fn write_domains(tx: &mut Tx<'_>, id: ClientId, domains: &[Domain]) -> Result<(), Error> {
    for domain in domains {
        let holder = clients::holder_of(tx, domain)?.filter(|holder| *holder != id);
        if let Some(holder) = holder {
            let name = clients::find(tx, holder)?.map_or_else(String::new, |c| c.name);
            return Err(Error::invalid(
                "domains",
                format!("{domain} belongs to {name} already"),
            ));
        }
    }
    clients::set_domains(tx, id, domains)?;
    for domain in domains {
        clients::adopt(tx, id, domain)?;
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

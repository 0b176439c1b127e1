//! Keeping the cards of clients right.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::cards::{CardEvent, CardOf, Field, changes as cards_changes, notes_of};
use kept_domain::ids::{ClientId, PersonId};
use kept_domain::people::{Client, Domain};
use kept_store::{Tx, cards, clients};

use super::{as_seen, bad, clean};
use crate::{Desk, Error};

/// What a client's card says.
#[derive(Debug, Clone, Default)]
pub struct ClientCard {
    pub name: String,
    pub domains: Vec<Domain>,
    /// Markdown, for the desk alone.
    pub notes: String,
    /// The last line of the card's history its editor saw; `None` changes it however it stands.
    pub seen: Option<i64>,
}

/// # Errors
/// When the viewer may not, the name is missing, or a domain belongs to another client.
pub async fn add_client(desk: &Desk, viewer: &Viewer, card: ClientCard) -> Result<ClientId, Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| add_client_in(tx, &card, by, now))
        .await
}

pub(crate) fn add_client_in(
    tx: &mut Tx<'_>,
    card: &ClientCard,
    by: PersonId,
    now: Timestamp,
) -> Result<ClientId, Error> {
    let (name, notes) = checked(card)?;
    let id = clients::insert(tx, &name, now)?;
    write_domains(tx, id, &card.domains)?;
    cards::set_client_notes(tx, id, &notes)?;
    cards::append(tx, CardOf::Client(id), Some(by), &[CardEvent::Added], now)?;
    Ok(id)
}

/// # Errors
/// When the viewer may not, the name is missing, a domain belongs to another client, or somebody changed the card
/// meanwhile.
pub async fn edit_client(
    desk: &Desk,
    viewer: &Viewer,
    id: ClientId,
    card: ClientCard,
) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| edit_client_in(tx, id, &card, by, now).map(drop))
        .await
}

/// Whether anything is different.
pub(crate) fn edit_client_in(
    tx: &mut Tx<'_>,
    id: ClientId,
    card: &ClientCard,
    by: PersonId,
    now: Timestamp,
) -> Result<bool, Error> {
    let (name, notes) = checked(card)?;
    let before = clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
    if before.id != id {
        return Err(super::merge::gone(&before.name));
    }
    as_seen(tx, CardOf::Client(id), card.seen)?;
    let known = cards::client_notes(tx, id)?;
    clients::rename(tx, id, &name)?;
    write_domains(tx, id, &card.domains)?;
    cards::set_client_notes(tx, id, &notes)?;
    let after = clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
    let changed = changes((&before, known), (&after, notes));
    cards::append(tx, CardOf::Client(id), Some(by), &changed, now)?;
    Ok(!changed.is_empty())
}

/// What is different, with the notes of both.
pub(crate) fn changes(
    (before, known): (&Client, String),
    (after, notes): (&Client, String),
) -> Vec<CardEvent> {
    cards_changes(vec![
        (Field::Name, before.name.clone(), after.name.clone()),
        (Field::Domains, written(before), written(after)),
        (Field::Notes, known, notes),
    ])
}

fn written(client: &Client) -> String {
    let all: Vec<&str> = client.domains.iter().map(Domain::as_str).collect();
    all.join(", ")
}

fn checked(card: &ClientCard) -> Result<(String, String), Error> {
    let name =
        clean(&card.name).ok_or_else(|| Error::invalid("name", "Write the client's name"))?;
    Ok((name, notes_of(&card.notes).map_err(bad)?))
}

/// Whether a card can be taken, with its name and notes as they would be kept.
pub(crate) fn check(
    tx: &mut Tx<'_>,
    own: Option<ClientId>,
    card: &ClientCard,
) -> Result<(String, String), Error> {
    must_be_free(tx, own, &card.domains)?;
    checked(card)
}

fn must_be_free(tx: &mut Tx<'_>, own: Option<ClientId>, domains: &[Domain]) -> Result<(), Error> {
    for domain in domains {
        let holder = clients::holder_of(tx, domain)?.filter(|holder| Some(*holder) != own);
        if let Some(holder) = holder {
            let name = clients::find(tx, holder)?.map_or_else(String::new, |c| c.name);
            return Err(Error::invalid(
                "domains",
                format!("{domain} belongs to {name} already"),
            ));
        }
    }
    Ok(())
}

/// Sets the domains and gives the client those of its people who belonged to nobody.
fn write_domains(tx: &mut Tx<'_>, id: ClientId, domains: &[Domain]) -> Result<(), Error> {
    must_be_free(tx, Some(id), domains)?;
    clients::set_domains(tx, id, domains)?;
    for domain in domains {
        clients::adopt(tx, id, domain)?;
    }
    Ok(())
}

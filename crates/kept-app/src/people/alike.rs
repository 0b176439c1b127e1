//! Cards one may want to merge with another: those that hold what is typed, and at first those of the same name.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::cards::CardOf;
use kept_domain::ids::PersonId;
use kept_store::search::{Called, called};
use kept_store::{Tx, clients, people};

use crate::{Desk, Error};

/// A card that may be the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    pub card: CardOf,
    pub name: String,
    /// What tells it from others: an address and a client, or domains.
    pub beside: String,
}

/// Cards listed.
const MOST: usize = 25;

/// What the card is called, and the cards that hold `text` in a name or address; without a text its own name, and then
/// its last word, is looked for.
///
/// # Errors
/// When the viewer may not, or there is no such card.
pub async fn alike(
    desk: &Desk,
    viewer: &Viewer,
    card: CardOf,
    text: String,
) -> Result<(String, Vec<Alike>), Error> {
    allow(viewer, Act::EditPeople)?;
    desk.store()
        .read(move |tx| {
            let name = name(tx, card)?;
            let last = name
                .split_whitespace()
                .last()
                .unwrap_or_default()
                .to_owned();
            let wanted = match text.trim() {
                "" => vec![name.clone(), last],
                typed => vec![typed.to_owned()],
            };
            let mut found: Vec<Alike> = Vec::new();
            for text in wanted {
                for one in holding(tx, card, &text)? {
                    if one.card != card && !found.contains(&one) && found.len() < MOST {
                        found.push(one);
                    }
                }
            }
            Ok((name, found))
        })
        .await
}

fn name(tx: &mut Tx<'_>, card: CardOf) -> Result<String, Error> {
    let name = match card {
        CardOf::Person(id) => people::find(tx, id)?.map(|it| it.name),
        CardOf::Client(id) => clients::find(tx, id)?.map(|it| it.name),
        CardOf::Asset(_) => None,
    };
    name.ok_or_else(|| Error::not_found(card.kind()))
}

fn holding(tx: &mut Tx<'_>, card: CardOf, text: &str) -> Result<Vec<Alike>, Error> {
    match card {
        CardOf::Client(_) => these_clients(tx, text),
        _ => these_people(tx, text),
    }
}

fn these_people(tx: &mut Tx<'_>, text: &str) -> Result<Vec<Alike>, Error> {
    let found = people::list(tx, text, None, PersonId(0), MOST + 1)?;
    let of_clients = found.into_iter().filter(|it| it.role.is_none());
    let one = |it: people::ListedPerson| {
        let client = it.client.map(|(_, name)| name);
        let beside: Vec<String> = [Some(it.address), client].into_iter().flatten().collect();
        Alike {
            card: CardOf::Person(it.id),
            name: it.name,
            beside: beside.join(" · "),
        }
    };
    Ok(of_clients.map(one).collect())
}

fn these_clients(tx: &mut Tx<'_>, text: &str) -> Result<Vec<Alike>, Error> {
    let mut found = Vec::new();
    for one in called(tx, text, MOST)? {
        let Called::Client(id, name) = one else {
            continue;
        };
        let client = clients::find(tx, id)?;
        let domains = client.map_or_else(Vec::new, |it| it.domains);
        let domains: Vec<String> = domains.iter().map(ToString::to_string).collect();
        found.push(Alike {
            card: CardOf::Client(id),
            name,
            beside: domains.join(", "),
        });
    }
    Ok(found)
}

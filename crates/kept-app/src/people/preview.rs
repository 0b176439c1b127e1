//! What comes together when two cards are merged, and what of one is not shown while they are. Decides nothing.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::agreements::Scope;
use kept_domain::cards::{CardOf, Field, PersonDetails};
use kept_domain::ids::{ClientId, PersonId};
use kept_store::assets::{self, Asked, Standing};
use kept_store::lists::Whose;
use kept_store::trend::{Tally, tally};
use kept_store::{Tx, agreements, cards, clients, merges as stored, people};

use super::merge::both;
use super::name_of;
use crate::{Desk, Error};

/// Another card that is told as this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The merge, which can be taken back.
    pub id: i64,
    pub name: String,
    /// Its addresses, or its domains.
    pub reached: Vec<String>,
    pub by: String,
    pub at: Timestamp,
}

/// Cards told as this one, the latest first.
pub fn merges(tx: &mut Tx<'_>, card: CardOf) -> Result<Vec<Told>, Error> {
    let mut told = Vec::new();
    for merge in stored::into(tx, card)? {
        told.push(Told {
            id: merge.id,
            name: stored::own_name(tx, merge.from)?,
            reached: stored::own_reach(tx, merge.from)?,
            by: merge.by,
            at: merge.at,
        });
    }
    Ok(told)
}

/// One of the two cards.
#[derive(Debug, Clone)]
pub struct Side {
    pub card: CardOf,
    pub name: String,
    /// Addresses of a person, domains of a client.
    pub reached: Vec<String>,
    /// The client of a person.
    pub client: String,
    pub tickets: Tally,
    /// Things in use, this many at most.
    pub assets: usize,
    /// People of a client.
    pub people: i64,
    /// The client's own agreement.
    pub agreement: Option<String>,
    details: PersonDetails,
}

/// Two cards before they are merged.
#[derive(Debug, Clone)]
pub struct Preview {
    pub stays: Side,
    pub goes: Side,
    /// What both say differently: the field, what stays to be read, and what is not shown meanwhile.
    pub differs: Vec<(Field, String, String)>,
}

/// Things counted of a card.
const MOST_ASSETS: usize = 100;

/// # Errors
/// When the viewer may not, or the two may not be merged.
pub async fn preview(
    desk: &Desk,
    viewer: &Viewer,
    goes: CardOf,
    stays: CardOf,
) -> Result<Preview, Error> {
    allow(viewer, Act::EditPeople)?;
    desk.store()
        .read(move |tx| {
            both(tx, (goes, stays), stored::look)?;
            let (goes, stays) = (side(tx, goes)?, side(tx, stays)?);
            Ok(Preview {
                differs: differs(&stays, &goes),
                stays,
                goes,
            })
        })
        .await
}

fn side(tx: &mut Tx<'_>, card: CardOf) -> Result<Side, Error> {
    match card {
        CardOf::Client(id) => client(tx, id),
        CardOf::Person(id) => person(tx, id),
        CardOf::Asset(_) => Err(Error::not_found("person")),
    }
}

fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<Side, Error> {
    let person = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
    let asked = in_use(None, Some(id));
    Ok(Side {
        card: CardOf::Person(id),
        name: person.name,
        reached: person.addresses.iter().map(ToString::to_string).collect(),
        client: name_of(tx, person.client)?,
        tickets: tally(tx, Whose::Person(id))?,
        assets: assets::list(tx, &asked, None, MOST_ASSETS)?.len(),
        people: 0,
        agreement: None,
        details: cards::person(tx, id)?,
    })
}

fn in_use(client: Option<ClientId>, owner: Option<PersonId>) -> Asked {
    Asked {
        text: String::new(),
        client,
        owner,
        standing: Standing::InUse,
    }
}

fn client(tx: &mut Tx<'_>, id: ClientId) -> Result<Side, Error> {
    let client = clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
    let asked = in_use(Some(id), None);
    let mut agreements = agreements::all(tx)?.into_iter();
    let own = agreements.find(|it| it.scope == Scope::Client(id) && it.until.is_none());
    Ok(Side {
        card: CardOf::Client(id),
        name: client.name,
        reached: client.domains.iter().map(ToString::to_string).collect(),
        client: String::new(),
        tickets: tally(tx, Whose::Client(id))?,
        assets: assets::list(tx, &asked, None, MOST_ASSETS)?.len(),
        people: people::count_of_client(tx, id)?,
        agreement: own.map(|it| it.name),
        details: PersonDetails {
            notes: cards::client_notes(tx, id)?,
            ..PersonDetails::default()
        },
    })
}

fn differs(stays: &Side, goes: &Side) -> Vec<(Field, String, String)> {
    let pairs = [
        (Field::Name, &stays.name, &goes.name),
        (Field::Client, &stays.client, &goes.client),
        (Field::Job, &stays.details.job, &goes.details.job),
        (Field::Phone, &stays.details.phone, &goes.details.phone),
        (
            Field::Language,
            &stays.details.language,
            &goes.details.language,
        ),
        (Field::Zone, &stays.details.zone, &goes.details.zone),
        (Field::Notes, &stays.details.notes, &goes.details.notes),
    ];
    let differs = pairs
        .into_iter()
        .filter(|(_, stays, goes)| !goes.is_empty() && stays != goes);
    differs
        .map(|(field, stays, goes)| (field, stays.clone(), goes.clone()))
        .collect()
}

//! Things that people use and the desk looks after: written down, changed, retired, and how they hang together.

mod on_ticket;
mod shown;

pub(crate) use on_ticket::differ;
pub use on_ticket::{link, of_ticket, offered, unlink};
pub use shown::{Asked, Card, Known, asset, asset_card, assets, kinds, services};

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::assets::{Asset, Draft, Relation};
use kept_domain::cards::{CardEvent, CardOf, Field, changes};
use kept_domain::ids::{AssetId, PersonId};
use kept_store::{Tx, assets as stored, cards, clients, people};

use crate::people::{as_seen, bad, name_of};
use crate::{Desk, Error};

/// The topic under which lists of assets are watched.
pub const ASSETS: &str = "assets";

/// # Errors
/// When the viewer may not, the name is missing, something is too long, or the client has the identifier already.
pub async fn add(desk: &Desk, viewer: &Viewer, asset: Draft) -> Result<AssetId, Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| add_in(tx, &asset, by, now))
        .await
}

pub(crate) fn add_in(
    tx: &mut Tx<'_>,
    asset: &Draft,
    by: PersonId,
    now: Timestamp,
) -> Result<AssetId, Error> {
    let asset = check(tx, None, asset)?;
    let id = stored::insert(tx, &asset, now)?;
    cards::append(tx, CardOf::Asset(id), Some(by), &[CardEvent::Added], now)?;
    tx.announce(ASSETS);
    Ok(id)
}

/// `seen` is the last line of the card's history its editor saw; `None` changes it however it stands.
///
/// # Errors
/// The same as for [`add`], and when there is no such asset or somebody changed the card meanwhile.
pub async fn edit(
    desk: &Desk,
    viewer: &Viewer,
    id: AssetId,
    asset: Draft,
    seen: Option<i64>,
) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            as_seen(tx, CardOf::Asset(id), seen)?;
            edit_in(tx, id, &asset, by, now).map(drop)
        })
        .await
}

/// Whether anything is different.
pub(crate) fn edit_in(
    tx: &mut Tx<'_>,
    id: AssetId,
    asset: &Draft,
    by: PersonId,
    now: Timestamp,
) -> Result<bool, Error> {
    let before = load(tx, id)?.is;
    let after = check(tx, Some(id), asset)?;
    stored::update(tx, id, &after)?;
    let changed = different(tx, &before, &after)?;
    cards::append(tx, CardOf::Asset(id), Some(by), &changed, now)?;
    tx.announce(ASSETS);
    Ok(!changed.is_empty())
}

pub(crate) fn different(
    tx: &mut Tx<'_>,
    from: &Draft,
    to: &Draft,
) -> Result<Vec<CardEvent>, Error> {
    let text = |field, from: &str, to: &str| (field, from.to_owned(), to.to_owned());
    let day = |asset: &Draft| {
        asset
            .warranty_until
            .map_or_else(String::new, |day| day.to_string())
    };
    Ok(changes(vec![
        text(Field::Name, &from.name, &to.name),
        text(Field::Kind, &from.kind, &to.kind),
        text(Field::Identifier, &from.identifier, &to.identifier),
        (
            Field::Client,
            name_of(tx, from.client)?,
            name_of(tx, to.client)?,
        ),
        (
            Field::Owner,
            person_name(tx, from.owner)?,
            person_name(tx, to.owner)?,
        ),
        text(Field::Service, &from.service, &to.service),
        (Field::Warranty, day(from), day(to)),
        text(Field::Notes, &from.notes, &to.notes),
    ]))
}

fn person_name(tx: &mut Tx<'_>, person: Option<PersonId>) -> Result<String, Error> {
    let found = person.map_or(Ok(None), |person| people::find(tx, person))?;
    Ok(found.map_or_else(String::new, |person| person.name))
}

pub(crate) fn load(tx: &mut Tx<'_>, id: AssetId) -> Result<Asset, Error> {
    stored::find(tx, id)?.ok_or_else(|| Error::not_found("asset"))
}

/// What has an owner and no client is its owner's client's.
pub(crate) fn check(tx: &mut Tx<'_>, own: Option<AssetId>, asset: &Draft) -> Result<Draft, Error> {
    let mut asset = asset.checked().map_err(bad)?;
    if asset.name.is_empty() {
        return Err(Error::invalid("name", "Write what it is called"));
    }
    let owner = asset
        .owner
        .map(|owner| people::find(tx, owner))
        .transpose()?;
    let owner = owner.map(|found| found.ok_or_else(|| Error::not_found("owner")));
    let owner = owner.transpose()?;
    asset.client = asset
        .client
        .or_else(|| owner.and_then(|owner| owner.client));
    if let Some(client) = asset.client {
        clients::find(tx, client)?.ok_or_else(|| Error::not_found("client"))?;
    }
    let holder = stored::find_by_identifier(tx, asset.client, &asset.identifier)?;
    if let Some(holder) = holder.filter(|holder| Some(*holder) != own) {
        let name = load(tx, holder)?.is.name;
        let problem = format!("{} is the identifier of {name} already", asset.identifier);
        return Err(Error::invalid("identifier", problem));
    }
    Ok(asset)
}

/// Retires a thing or takes it into use again.
///
/// # Errors
/// When the viewer may not, or there is no such asset.
pub async fn retire(desk: &Desk, viewer: &Viewer, id: AssetId, gone: bool) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            if load(tx, id)?.retired_at.is_some() == gone {
                return Ok(());
            }
            stored::set_retired(tx, id, gone.then_some(now))?;
            let event = if gone {
                CardEvent::Retired
            } else {
                CardEvent::Returned
            };
            cards::append(tx, CardOf::Asset(id), Some(by), &[event], now)?;
            tx.announce(ASSETS);
            Ok(())
        })
        .await
}

/// Says that `id` depends on `other` or is part of it, or no longer is.
///
/// # Errors
/// When the viewer may not, there is no such asset, or it would be its own part.
pub async fn relate(
    desk: &Desk,
    viewer: &Viewer,
    id: AssetId,
    (relation, other): (Relation, AssetId),
    holds: bool,
) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let (one, two) = (load(tx, id)?.is.name, load(tx, other)?.is.name);
            if holds && leads_to(tx, other, relation, id)? {
                let problem = format!("{two} {} {one} already", relation.words());
                return Err(Error::invalid("other", problem));
            }
            let changed = match holds {
                true => stored::relate(tx, id, relation, other)?,
                false => stored::unrelate(tx, id, relation, other)?,
            };
            if changed {
                let (how, other) = (relation.words().to_owned(), two);
                let event = match holds {
                    true => CardEvent::Related { how, other },
                    false => CardEvent::Unrelated { how, other },
                };
                cards::append(tx, CardOf::Asset(id), Some(by), &[event], now)?;
            }
            Ok(())
        })
        .await
}

/// Things looked through for a circle.
const MOST_STEPS: usize = 1_000;

/// Whether `from` is `to`, or comes to it over this relation.
fn leads_to(
    tx: &mut Tx<'_>,
    from: AssetId,
    relation: Relation,
    to: AssetId,
) -> Result<bool, Error> {
    let (mut seen, mut next) = (vec![from], 0);
    while let Some(at) = seen.get(next).copied() {
        if at == to {
            return Ok(true);
        }
        for it in stored::relations(tx, at)? {
            let further = !it.is_back && it.relation == relation && !seen.contains(&it.other);
            if further && seen.len() < MOST_STEPS {
                seen.push(it.other);
            }
        }
        next += 1;
    }
    Ok(false)
}

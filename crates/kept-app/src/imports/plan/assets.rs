//! A line as an asset, told from others of its client by identifier, or by name when it has none.

use kept_domain::assets::{Draft, identifier_key};
use kept_domain::ids::{AssetId, ClientId, PersonId};
use kept_domain::imports::{Column, Line, day};
use kept_domain::people::EmailAddress;
use kept_store::{Tx, assets, people};

use super::{Does, Planned, client, text};
use crate::Error;
use crate::assets::{check, different, load};

pub(super) fn plan(tx: &mut Tx<'_>, line: Line<'_>) -> Result<Planned, Error> {
    let owner = owner(tx, line)?;
    let mut of = client(tx, line)?;
    if let Some(owner) = owner.filter(|_| of.is_none()) {
        of = people::find(tx, owner)?.and_then(|person| person.client);
    }
    let known = known(tx, line, of)?;
    let before = known.map(|id| load(tx, id)).transpose()?;
    let before = before.map(|asset| asset.is);
    let asset = drafted(
        line,
        before.as_ref().unwrap_or(&Draft::default()),
        (of, owner),
    )?;
    let key = key(&asset);
    let after = check(tx, known, &asset)?;
    Ok(match (known, before) {
        (Some(id), Some(before)) => Planned {
            key,
            changes: different(tx, &before, &after)?,
            does: Does::EditAsset(id, asset),
        },
        _ => Planned {
            key,
            changes: vec![],
            does: Does::AddAsset(asset),
        },
    })
}

fn key(asset: &Draft) -> String {
    let client = asset.client.map_or(0, |client| client.0);
    match identifier_key(&asset.identifier) {
        none if none.is_empty() => format!("{client} name {}", asset.name.to_lowercase()),
        identifier => format!("{client} identifier {identifier}"),
    }
}

fn known(tx: &mut Tx<'_>, line: Line<'_>, of: Option<ClientId>) -> Result<Option<AssetId>, Error> {
    if let Some(identifier) = line.get(Column::Identifier) {
        return Ok(assets::find_by_identifier(tx, of, identifier)?);
    }
    let Some(name) = line.get(Column::Name) else {
        return Ok(None);
    };
    match assets::find_by_name(tx, of, name)?.as_slice() {
        [one] => Ok(Some(*one)),
        [] => Ok(None),
        _ => {
            let problem = format!("Several assets are called {name}; give them identifiers");
            Err(Error::invalid("name", problem))
        }
    }
}

fn owner(tx: &mut Tx<'_>, line: Line<'_>) -> Result<Option<PersonId>, Error> {
    let Some(text) = line.get(Column::Owner) else {
        return Ok(None);
    };
    let address =
        EmailAddress::parse(text).map_err(|error| Error::invalid("owner", error.to_string()))?;
    let found = people::find_by_address(tx, &address)?;
    let unknown = || format!("Nobody with {address} is known; import people first");
    found
        .map(Some)
        .ok_or_else(|| Error::invalid("owner", unknown()))
}

fn drafted(
    line: Line<'_>,
    known: &Draft,
    (client, owner): (Option<ClientId>, Option<PersonId>),
) -> Result<Draft, Error> {
    let warranty = line.get(Column::Warranty).map(|text| {
        let problem = || format!("“{text}” is no day; write it like 2027-03-31 or 31.03.2027");
        day(text).ok_or_else(|| Error::invalid("warranty", problem()))
    });
    Ok(Draft {
        name: text(line, Column::Name, &known.name),
        kind: text(line, Column::Kind, &known.kind),
        identifier: text(line, Column::Identifier, &known.identifier),
        client: client.or(known.client),
        owner: owner.or(known.owner),
        service: text(line, Column::Service, &known.service),
        warranty_until: warranty.transpose()?.or(known.warranty_until),
        notes: text(line, Column::Notes, &known.notes),
    })
}

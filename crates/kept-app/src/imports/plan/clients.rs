//! A line as a client, told from others by its name.

use kept_domain::imports::{Column, Line};
use kept_domain::people::Domain;
use kept_store::{Tx, cards, clients};

use super::{Does, Planned, text};
use crate::Error;
use crate::people::{ClientCard, check_client, client_changes};

pub(super) fn plan(tx: &mut Tx<'_>, line: Line<'_>) -> Result<Planned, Error> {
    let name = line.get(Column::Name);
    let name = name.ok_or_else(|| Error::invalid("name", "There is no name"))?;
    let key = name.to_lowercase();
    let mut domains = domains(line)?;
    let Some(id) = clients::find_by_name(tx, name)? else {
        let card = ClientCard {
            name: name.to_owned(),
            domains,
            notes: text(line, Column::Notes, ""),
            seen: None,
        };
        check_client(tx, None, &card)?;
        return Ok(Planned {
            key,
            does: Does::AddClient(card),
            changes: vec![],
        });
    };
    let before = clients::find(tx, id)?.ok_or_else(|| Error::not_found("client"))?;
    let known = cards::client_notes(tx, id)?;
    domains.retain(|new| !before.domains.contains(new));
    let card = ClientCard {
        name: before.name.clone(),
        domains: before.domains.iter().cloned().chain(domains).collect(),
        notes: text(line, Column::Notes, &known),
        seen: None,
    };
    let (_, notes) = check_client(tx, Some(id), &card)?;
    let mut after = before.clone();
    after.domains.clone_from(&card.domains);
    after.domains.sort();
    let changes = client_changes((&before, known), (&after, notes));
    Ok(Planned {
        key,
        does: Does::EditClient(id, card),
        changes,
    })
}

fn domains(line: Line<'_>) -> Result<Vec<Domain>, Error> {
    let cell = line.get(Column::Domains).unwrap_or_default();
    let parts = cell
        .split([',', ';', ' ', '\n'])
        .filter(|part| !part.trim().is_empty());
    let read = |part: &str| {
        Domain::parse(part).map_err(|error| Error::invalid("domains", error.to_string()))
    };
    parts.map(read).collect()
}

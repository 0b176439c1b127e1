//! What a line of a table would do, from what is there now. Reads only; carrying it out is another step.

mod assets;
mod clients;
mod people;

use jiff::Timestamp;
use kept_domain::cards::{CardEvent, sentence};
use kept_domain::ids::{AssetId, ClientId, PersonId};
use kept_domain::imports::{Column, Kind, Line, Outcome};
use kept_store::Tx;
use kept_store::clients as stored_clients;
use kept_store::imports::{Fate, Import};

use crate::assets as own_assets;
use crate::people::{self as own_people, Card, ClientCard};
use crate::{Error, ErrorKind};

/// What is to be done, and by what the line is told from others of the table.
pub(super) struct Planned {
    pub key: String,
    pub does: Does,
    pub changes: Vec<CardEvent>,
}

pub(super) enum Does {
    AddPerson(Card),
    EditPerson(PersonId, Card),
    AddClient(ClientCard),
    EditClient(ClientId, ClientCard),
    AddAsset(kept_domain::assets::Draft),
    EditAsset(AssetId, kept_domain::assets::Draft),
}

impl Does {
    fn is_new(&self) -> bool {
        matches!(
            self,
            Does::AddPerson(_) | Does::AddClient(_) | Does::AddAsset(_)
        )
    }
}

/// What the line would do.
///
/// # Errors
/// When it can't be taken, in words for its row.
pub(super) fn plan(tx: &mut Tx<'_>, it: &Import, cells: &[String]) -> Result<Planned, Error> {
    let line = Line::new(&it.mapping, cells);
    match it.kind {
        Kind::People => people::plan(tx, line),
        Kind::Clients => clients::plan(tx, line),
        Kind::Assets => assets::plan(tx, line),
    }
}

/// What would become of it.
pub(super) fn foreseen(planned: &Planned) -> Fate {
    let told: Vec<String> = planned.changes.iter().map(sentence).collect();
    let (outcome, says) = match (planned.does.is_new(), told.is_empty()) {
        (true, _) => (Outcome::Make, String::new()),
        (false, true) => (Outcome::Same, String::new()),
        (false, false) => (Outcome::Change, told.join("; ")),
    };
    Fate {
        outcome,
        says,
        key: Some(planned.key.clone()),
        card: planned.card(),
    }
}

impl Planned {
    fn card(&self) -> Option<i64> {
        match &self.does {
            Does::EditPerson(id, _) => Some(id.0),
            Does::EditClient(id, _) => Some(id.0),
            Does::EditAsset(id, _) => Some(id.0),
            _ => None,
        }
    }
}

/// Does it.
pub(super) fn carry_out(
    tx: &mut Tx<'_>,
    planned: Planned,
    by: PersonId,
    now: Timestamp,
) -> Result<Fate, Error> {
    let mut fate = foreseen(&planned);
    if fate.outcome == Outcome::Same {
        return Ok(fate);
    }
    let card = match planned.does {
        Does::AddPerson(card) => own_people::add_in(tx, &card, by, now)?.0,
        Does::EditPerson(id, card) => own_people::edit_in(tx, id, &card, by, now).map(|_| id.0)?,
        Does::AddClient(card) => own_people::add_client_in(tx, &card, by, now)?.0,
        Does::EditClient(id, card) => {
            own_people::edit_client_in(tx, id, &card, by, now).map(|_| id.0)?
        }
        Does::AddAsset(asset) => own_assets::add_in(tx, &asset, by, now)?.0,
        Does::EditAsset(id, asset) => own_assets::edit_in(tx, id, &asset, by, now).map(|_| id.0)?,
    };
    fate.card = Some(card);
    fate.outcome = match fate.outcome {
        Outcome::Make => Outcome::Made,
        _ => Outcome::Changed,
    };
    Ok(fate)
}

/// What the line says is wrong with it; what went wrong with the store is passed on.
pub(super) fn refused(error: Error) -> Result<Fate, Error> {
    match error.kind() {
        ErrorKind::Invalid | ErrorKind::NotFound | ErrorKind::Conflict => Ok(Fate {
            outcome: Outcome::Refused,
            says: error.to_string(),
            key: None,
            card: None,
        }),
        _ => Err(error),
    }
}

/// The client a line names.
fn client(tx: &mut Tx<'_>, line: Line<'_>) -> Result<Option<ClientId>, Error> {
    let Some(name) = line.get(Column::Client) else {
        return Ok(None);
    };
    let found = stored_clients::find_by_name(tx, name)?;
    let unknown =
        || format!("There is no client called {name}; add it first, or import clients first");
    found
        .map(Some)
        .ok_or_else(|| Error::invalid("client", unknown()))
}

fn text(line: Line<'_>, column: Column, known: &str) -> String {
    line.get(column).unwrap_or(known).to_owned()
}

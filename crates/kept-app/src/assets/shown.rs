//! Assets as lists and cards show them. Reads only.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::assets::{Asset, SOON_DAYS};
use kept_domain::cards::CardOf;
use kept_domain::ids::{AssetId, ClientId, PersonId};
use kept_store::assets::{self as stored, Listed, Related, Standing};
use kept_store::cards::{self, Line};
use kept_store::lists::Whose;

use crate::reading::{CardTickets, Look, card_tickets};
use crate::{Desk, Error};

/// Which assets somebody wants to see.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub text: String,
    pub client: Option<ClientId>,
    pub owner: Option<PersonId>,
    pub which: Known,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Known {
    #[default]
    InUse,
    /// The warranty ends soon.
    EndsSoon,
    /// It has ended.
    Ended,
    Retired,
}

impl Known {
    pub const ALL: [Known; 4] = [Known::InUse, Known::EndsSoon, Known::Ended, Known::Retired];

    /// Its name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Known::InUse => "in-use",
            Known::EndsSoon => "ends-soon",
            Known::Ended => "ended",
            Known::Retired => "retired",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        Known::ALL.into_iter().find(|it| it.as_str() == text)
    }

    fn standing(self, today: Date) -> Standing {
        let yesterday = today.yesterday().unwrap_or(today);
        match self {
            Known::InUse => Standing::InUse,
            Known::EndsSoon => {
                let last = today.checked_add(SOON_DAYS.days()).unwrap_or(Date::MAX);
                Standing::WarrantyEnds(today, last)
            }
            Known::Ended => Standing::WarrantyEnds(Date::constant(1900, 1, 1), yesterday),
            Known::Retired => Standing::Retired,
        }
    }
}

const PAGE: usize = 50;

/// One page by name, and where the next begins.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn assets(
    desk: &Desk,
    viewer: &Viewer,
    asked: Asked,
    today: Date,
    after: Option<(String, AssetId)>,
) -> Result<(Vec<Listed>, Option<(String, AssetId)>), Error> {
    allow(viewer, Act::Read)?;
    let asked = stored::Asked {
        text: asked.text,
        client: asked.client,
        owner: asked.owner,
        standing: asked.which.standing(today),
    };
    let mut found = desk
        .store()
        .read(move |tx| {
            let after = after.as_ref().map(|(name, id)| (name.as_str(), *id));
            stored::list(tx, &asked, after, PAGE + 1)
        })
        .await?;
    let more = found.len() > PAGE;
    found.truncate(PAGE);
    let last = found.last().filter(|_| more);
    let next = last.map(|it| (it.asset.is.name.clone(), it.asset.id));
    Ok((found, next))
}

/// An asset and the last line of its card's history.
///
/// # Errors
/// When the viewer may not, or there is no such asset.
pub async fn asset(desk: &Desk, viewer: &Viewer, id: AssetId) -> Result<(Asset, i64), Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let asset = super::load(tx, id)?;
            Ok((asset, cards::last(tx, CardOf::Asset(id))?))
        })
        .await
}

/// Everything a card shows.
#[derive(Debug, Clone)]
pub struct Card {
    pub listed: Listed,
    pub relations: Vec<Related>,
    pub tickets: CardTickets,
    pub changes: Vec<Line>,
}

/// Lines of a card's history it shows.
const MOST_CHANGES: usize = 50;

/// # Errors
/// When the viewer may not, or there is no such asset.
pub async fn asset_card(
    desk: &Desk,
    viewer: &Viewer,
    id: AssetId,
    look: Look,
) -> Result<Card, Error> {
    allow(viewer, Act::Read)?;
    let now: Timestamp = desk.now();
    desk.store()
        .read(move |tx| {
            let listed = stored::find_listed(tx, id)?.ok_or_else(|| Error::not_found("asset"))?;
            let whose = Whose::Asset(id);
            Ok(Card {
                listed,
                relations: stored::relations(tx, id)?,
                tickets: card_tickets(tx, whose, look.before, &look.zone, now)?,
                changes: cards::history(tx, CardOf::Asset(id), None, MOST_CHANGES)?,
            })
        })
        .await
}

/// Words offered when one is written down.
const MOST_WORDS: usize = 100;

/// Kinds in use.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn kinds(desk: &Desk, viewer: &Viewer) -> Result<Vec<String>, Error> {
    allow(viewer, Act::Read)?;
    Ok(desk
        .store()
        .read(|tx| stored::kinds(tx, MOST_WORDS))
        .await?)
}

/// Services in use.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn services(desk: &Desk, viewer: &Viewer) -> Result<Vec<String>, Error> {
    allow(viewer, Act::Read)?;
    Ok(desk
        .store()
        .read(|tx| stored::services(tx, MOST_WORDS))
        .await?)
}

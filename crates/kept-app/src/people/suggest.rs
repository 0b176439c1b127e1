//! Cards that look like one and the same, for somebody to merge or to set apart. Nothing is merged by itself.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::cards::CardOf;
use kept_store::likeness::{self, Why};
use kept_store::{Tx, clients, merges, people};

use super::Alike;
use crate::{Desk, Error};

/// Two cards, and why they are suggested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub one: Alike,
    pub other: Alike,
    pub why: Why,
}

/// The suggestions there are, of one card or of all: the first [`likeness::MOST`].
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn suggestions(
    desk: &Desk,
    viewer: &Viewer,
    of: Option<CardOf>,
) -> Result<Vec<Suggestion>, Error> {
    allow(viewer, Act::Read)?;
    desk.store().read(move |tx| suggested(tx, of)).await
}

fn suggested(tx: &mut Tx<'_>, of: Option<CardOf>) -> Result<Vec<Suggestion>, Error> {
    let mut all = Vec::new();
    let pairs = match of {
        Some(card) => likeness::pairs_of(tx, card)?,
        None => likeness::pairs(tx)?,
    };
    for pair in pairs {
        if let (Some(one), Some(other)) = (card(tx, pair.one)?, card(tx, pair.other)?) {
            all.push(Suggestion {
                one,
                other,
                why: pair.why,
            });
        }
    }
    Ok(all)
}

fn card(tx: &mut Tx<'_>, card: CardOf) -> Result<Option<Alike>, Error> {
    let found = match card {
        CardOf::Person(id) => people::find(tx, id)?.map(|it| {
            let all = it.addresses.iter().map(ToString::to_string);
            (it.name, all.collect::<Vec<_>>())
        }),
        CardOf::Client(id) => clients::find(tx, id)?.map(|it| {
            let all = it.domains.iter().map(ToString::to_string);
            (it.name, all.collect::<Vec<_>>())
        }),
        CardOf::Asset(_) => None,
    };
    Ok(found.map(|(name, reached)| Alike {
        card,
        name,
        beside: reached.join(", "),
    }))
}

/// Says that two cards are not the same: they are never suggested again.
///
/// # Errors
/// When the viewer may not, or one of them is not there.
pub async fn set_apart(
    desk: &Desk,
    viewer: &Viewer,
    one: CardOf,
    other: CardOf,
) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            for card in [one, other] {
                let there = merges::look(tx, card)?;
                there.ok_or_else(|| Error::not_found(card.kind()))?;
            }
            Ok(likeness::set_apart(tx, (one, other), by, now)?)
        })
        .await
}

/// Takes that back.
///
/// # Errors
/// When the viewer may not, or nobody had said it.
pub async fn suggest_again(
    desk: &Desk,
    viewer: &Viewer,
    one: CardOf,
    other: CardOf,
) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    desk.store()
        .write(move |tx| match likeness::suggest_again(tx, one, other)? {
            true => Ok(()),
            false => Err(Error::Conflict("this was taken back already".into())),
        })
        .await
}

//! Telling two cards of one person, or of one client, as one; and taking that back. Nothing that was recorded is
//! rewritten, so whatever came meanwhile finds its way home too.

use jiff::Timestamp;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::cards::{CardEvent, CardOf};
use kept_domain::ids::PersonId;
use kept_store::merges::{self, Standing};
use kept_store::{StoreError, Tx, cards};

use crate::{Desk, Error};

/// Tells `from` as `into` from now on; returns the number of the merge, which takes it back.
///
/// # Errors
/// When the viewer may not, they are the same card or not of one kind, one of them works here, or somebody merged one of
/// them meanwhile.
pub async fn merge(desk: &Desk, viewer: &Viewer, from: CardOf, into: CardOf) -> Result<i64, Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| merge_in(tx, (from, into), by, now))
        .await
}

fn merge_in(
    tx: &mut Tx<'_>,
    (from, into): (CardOf, CardOf),
    by: PersonId,
    now: Timestamp,
) -> Result<i64, Error> {
    let (goes, stays) = both(tx, (from, into), merges::lock)?;
    let id = merges::begin(tx, from, into, by, now)?;
    let gone = CardEvent::MergedInto {
        number: into.number(),
        name: stays.name,
    };
    cards::append(tx, from, Some(by), &[gone], now)?;
    // The word of the card that stays comes last: it is its newest line.
    let taken = CardEvent::Merged {
        number: from.number(),
        name: goes.name,
    };
    cards::append(tx, into, Some(by), &[taken], now)?;
    Ok(id)
}

/// How a card is looked at: with the lock of whoever merges, or without.
type Look = fn(&mut Tx<'_>, CardOf) -> Result<Option<Standing>, StoreError>;

/// Both cards as they stand, when they may be merged. The lower number is looked at first: two who merge each into the
/// other wait for each other once, not for ever.
pub(super) fn both(
    tx: &mut Tx<'_>,
    (from, into): (CardOf, CardOf),
    look: Look,
) -> Result<(Standing, Standing), Error> {
    if from == into {
        return Err(Error::invalid("with", "That is this very card"));
    }
    if from.kind() != into.kind() {
        return Err(Error::invalid("with", "Only cards of one kind are merged"));
    }
    let mut look = |card: CardOf| -> Result<Standing, Error> {
        let found = look(tx, card)?;
        found.ok_or_else(|| Error::not_found(card.kind()))
    };
    let (goes, stays) = if from.number() < into.number() {
        let goes = look(from)?;
        (goes, look(into)?)
    } else {
        let stays = look(into)?;
        (look(from)?, stays)
    };
    for card in [&goes, &stays] {
        may_be_merged(tx, card)?;
    }
    Ok((goes, stays))
}

fn may_be_merged(tx: &mut Tx<'_>, card: &Standing) -> Result<(), Error> {
    if card.works_here {
        let problem = format!(
            "{} works here; only people of clients are merged",
            card.name
        );
        return Err(Error::invalid("with", problem));
    }
    match card.merged_into {
        None => Ok(()),
        Some(into) => {
            let stays = merges::look(tx, into)?.map_or_else(String::new, |it| it.name);
            let problem = format!(
                "{} was merged into {stays} meanwhile; look at it as it is now, then merge",
                card.name
            );
            Err(Error::Conflict(problem))
        }
    }
}

/// Whoever changes a card that was merged looks at the one that stays.
pub(super) fn gone(stays: &str) -> Error {
    Error::Conflict(format!(
        "this card was merged into {stays} meanwhile; look at it as it is now, then change it"
    ))
}

/// Lets a card stand by itself again, as it was: its addresses, its tickets, also those that came meanwhile, and what
/// was merged into it before. Returns the card.
///
/// # Errors
/// When the viewer may not, or it was taken back already.
pub async fn part(desk: &Desk, viewer: &Viewer, id: i64) -> Result<CardOf, Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store().write(move |tx| part_in(tx, id, by, now)).await
}

fn part_in(tx: &mut Tx<'_>, id: i64, by: PersonId, now: Timestamp) -> Result<CardOf, Error> {
    let over = || Error::Conflict("this was taken back already".into());
    let merge = merges::find(tx, id)?.ok_or_else(over)?;
    let goes = merges::lock(tx, merge.from)?.ok_or_else(over)?;
    let stays = merges::look(tx, merge.into)?.ok_or_else(over)?;
    if !merges::end(tx, &merge, by, now)? {
        return Err(over());
    }
    let free = CardEvent::PartedFrom {
        number: merge.into.number(),
        name: stays.name,
    };
    cards::append(tx, merge.from, Some(by), &[free], now)?;
    let left = CardEvent::Parted {
        number: merge.from.number(),
        name: goes.name,
    };
    cards::append(tx, merge.into, Some(by), &[left], now)?;
    Ok(merge.from)
}

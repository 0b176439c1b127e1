//! What people say one ticket is to another: it blocks it, is a part of it, duplicates it or refers to it. Each says the
//! same from its own side.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Refused, Ticket};
use crate::event::Event;
use crate::ids::TicketId;
use crate::messages::text_form;
use crate::tickets::merge::BothSides;

/// What a ticket is to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bond {
    BlockedBy,
    Blocks,
    PartOf,
    ParentOf,
    Duplicates,
    DuplicatedBy,
    RefersTo,
    ReferredToBy,
}

text_form!(Bond {
    Bond::BlockedBy => "blocked-by",
    Bond::Blocks => "blocks",
    Bond::PartOf => "part-of",
    Bond::ParentOf => "parent-of",
    Bond::Duplicates => "duplicates",
    Bond::DuplicatedBy => "duplicated-by",
    Bond::RefersTo => "refers-to",
    Bond::ReferredToBy => "referred-to-by",
});

/// Bonds of one ticket.
pub const MOST_BONDS: usize = 100;
/// Tickets that are looked at to see whether a bond would close a circle.
pub const MOST_WALKED: usize = 1_000;

impl Bond {
    /// In the order in which they are shown and offered.
    pub const ALL: [Bond; 8] = [
        Bond::BlockedBy,
        Bond::Blocks,
        Bond::PartOf,
        Bond::ParentOf,
        Bond::Duplicates,
        Bond::DuplicatedBy,
        Bond::RefersTo,
        Bond::ReferredToBy,
    ];

    /// As it stands before the other’s number.
    pub fn words(self) -> &'static str {
        match self {
            Bond::BlockedBy => "is blocked by",
            Bond::Blocks => "blocks",
            Bond::PartOf => "is part of",
            Bond::ParentOf => "is the parent of",
            Bond::Duplicates => "duplicates",
            Bond::DuplicatedBy => "is duplicated by",
            Bond::RefersTo => "refers to",
            Bond::ReferredToBy => "is referred to by",
        }
    }

    /// The same seen from the other ticket.
    pub fn turned(self) -> Bond {
        match self {
            Bond::BlockedBy => Bond::Blocks,
            Bond::Blocks => Bond::BlockedBy,
            Bond::PartOf => Bond::ParentOf,
            Bond::ParentOf => Bond::PartOf,
            Bond::Duplicates => Bond::DuplicatedBy,
            Bond::DuplicatedBy => Bond::Duplicates,
            Bond::RefersTo => Bond::ReferredToBy,
            Bond::ReferredToBy => Bond::RefersTo,
        }
    }

    /// Whether it is said from the side it is stored from.
    pub fn is_forward(self) -> bool {
        matches!(
            self,
            Bond::Blocks | Bond::ParentOf | Bond::Duplicates | Bond::RefersTo
        )
    }

    /// Whether following it may never lead back: what waits for itself would wait for ever.
    pub fn may_not_circle(self) -> bool {
        !matches!(self, Bond::RefersTo | Bond::ReferredToBy)
    }
}

/// What is known beforehand of both tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// They stand like that already.
    pub stands: bool,
    /// How many bonds the fuller of the two has.
    pub bonds: usize,
    pub circle: Circle,
}

/// Whether a way leads from the other ticket back to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circle {
    None,
    Closes,
    /// More tickets hang together than are looked at.
    TooFar,
}

/// Says what `ticket` is to `other`. Events for both, in this order.
///
/// # Errors
/// When either is set aside, both are the same, they stand like that already, there are too many, or it goes round in a circle.
pub fn relate(
    ticket: &Ticket,
    bond: Bond,
    other: &Ticket,
    known: Known,
) -> Result<BothSides, Refused> {
    if ticket.id == other.id {
        return Err(Refused::RelatesToItself);
    }
    ticket.must_be_in_sight()?;
    other.must_be_in_sight()?;
    let (id, there) = (ticket.id, other.id);
    if known.stands {
        return Err(Refused::RelatedAlready(id, bond.words(), there));
    }
    if known.bonds >= MOST_BONDS {
        return Err(Refused::TooManyBonds(MOST_BONDS));
    }
    match known.circle {
        Circle::None => {}
        Circle::Closes => return Err(Refused::GoesInACircle(id, bond.words(), there)),
        Circle::TooFar => return Err(Refused::HangsTogetherTooFar),
    }
    Ok((
        vec![Event::Related {
            bond,
            ticket: there,
        }],
        vec![Event::Related {
            bond: bond.turned(),
            ticket: id,
        }],
    ))
}

/// Takes it back, on whatever either has become since.
///
/// # Errors
/// When they do not stand like that.
pub fn unrelate(
    ticket: TicketId,
    bond: Bond,
    other: TicketId,
    stands: bool,
) -> Result<BothSides, Refused> {
    if !stands {
        return Err(Refused::NotRelated(ticket, bond.words(), other));
    }
    let back = bond.turned();
    Ok((
        vec![Event::Unrelated {
            bond,
            ticket: other,
        }],
        vec![Event::Unrelated { bond: back, ticket }],
    ))
}

/// Walks from `start`, level by level, and tells whether the way comes by `goal`. `next` gives all that the tickets of one
/// level lead to.
///
/// # Errors
/// Those of `next`.
pub fn circle<E>(
    start: TicketId,
    goal: TicketId,
    mut next: impl FnMut(&[TicketId]) -> Result<Vec<TicketId>, E>,
) -> Result<Circle, E> {
    let mut seen = HashSet::from([start]);
    let mut level = vec![start];
    while !level.is_empty() {
        if level.contains(&goal) {
            return Ok(Circle::Closes);
        }
        if seen.len() > MOST_WALKED {
            return Ok(Circle::TooFar);
        }
        let further = next(&level)?;
        level = further.into_iter().filter(|id| seen.insert(*id)).collect();
    }
    Ok(Circle::None)
}

/// The bonds that events say, in order; for whoever checks what is stored.
pub fn bonds<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<(Bond, TicketId)> {
    let mut told: Vec<(Bond, TicketId)> = Vec::new();
    for event in events {
        match event {
            Event::Related { bond, ticket } => {
                told.retain(|known| *known != (*bond, *ticket));
                told.push((*bond, *ticket));
            }
            Event::Unrelated { bond, ticket } => told.retain(|known| *known != (*bond, *ticket)),
            _ => {}
        }
    }
    told.sort_unstable();
    told
}

#[cfg(test)]
mod tests;

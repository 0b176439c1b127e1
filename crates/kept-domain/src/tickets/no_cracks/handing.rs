//! What hands a ticket about: corrected turns, third parties, offers. Random ones, and what must hold after each.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::event::Event;
use crate::ids::{MessageId, PersonId};
use crate::tickets::{self as rules, Offer, Refused, Ticket};
use crate::turn::{self, Turn};
use crate::waits::Wait;

#[derive(Debug, Clone)]
pub(super) enum Handing {
    Correct(Turn),
    Wait(u8),
    ReplyAndWait,
    EndWait,
    Offer(i64),
    Accept(i64),
    Decline(i64),
    Withdraw,
    /// So many minutes after the last thing that happened.
    TimeOut(i64),
}

pub(super) fn any() -> impl Strategy<Value = Handing> {
    prop_oneof![
        prop::sample::select(vec![
            Turn::Desk,
            Turn::Client,
            Turn::ThirdParty,
            Turn::Nobody
        ])
        .prop_map(Handing::Correct),
        (0..3_u8).prop_map(Handing::Wait),
        Just(Handing::ReplyAndWait),
        Just(Handing::EndWait),
        (1..4_i64).prop_map(Handing::Offer),
        (1..4_i64).prop_map(Handing::Accept),
        (1..4_i64).prop_map(Handing::Decline),
        Just(Handing::Withdraw),
        (0..40_i64).prop_map(Handing::TimeOut),
    ]
}

pub(super) fn decide(
    ticket: &Ticket,
    message: MessageId,
    handing: &Handing,
) -> Result<Vec<Event>, Refused> {
    let now = ticket.touched_at;
    match handing {
        Handing::Correct(to) => turn::correct(ticket, *to, "they said so").map(|event| vec![event]),
        Handing::Wait(which) => rules::begin_wait(ticket, wait(*which, now)),
        Handing::ReplyAndWait => rules::reply_and_wait(ticket, message, wait(9, now)),
        Handing::EndWait => rules::end_wait(ticket),
        Handing::Offer(to) => {
            let offer = Offer {
                to: PersonId(*to),
                due: now + SignedDuration::from_mins(20),
                note: None,
            };
            rules::delegate(ticket, offer, now)
        }
        Handing::Accept(by) => rules::accept(ticket, PersonId(*by)),
        Handing::Decline(by) => rules::decline(ticket, PersonId(*by), "no time"),
        Handing::Withdraw => rules::withdraw_offer(ticket),
        Handing::TimeOut(minutes) => {
            let later = now + SignedDuration::from_mins(*minutes);
            Ok(rules::time_out(ticket, later).into_iter().collect())
        }
    }
}

fn wait(which: u8, now: Timestamp) -> Wait {
    Wait {
        party: format!("Contoso {which}"),
        what: "a power supply".into(),
        tracking: None,
        next: now + SignedDuration::from_hours(24),
    }
}

/// An offer stands only on an open ticket and to somebody else, a third party's turn names them, and what has ended or
/// is set aside shows neither.
pub(super) fn must_hold(ticket: &Ticket) -> Result<(), TestCaseError> {
    if let Some(offer) = ticket.delegation {
        prop_assert!(ticket.is_open());
        prop_assert!(offer.to != ticket.responsible);
        prop_assert!(offer.due > ticket.opened_at);
    }
    if ticket.turn() == Turn::ThirdParty {
        prop_assert!(ticket.open_wait().is_some());
    }
    if !ticket.is_open() {
        prop_assert!(ticket.open_wait().is_none());
    }
    prop_assert!(ticket.status.is_open() || ticket.wait.is_none());
    Ok(())
}

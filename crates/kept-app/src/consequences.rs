//! Records what a rule decided, and what else follows from each event. The one place for both.

use jiff::Timestamp;
use kept_domain::clocks::concerns;
use kept_domain::event::{Actor, Event};
use kept_domain::tickets::Ticket;
use kept_store::{
    Tx, assets, events, fields, participants, people, queues, tickets, time_entries, watchers,
};

use crate::snoozes::{self, Sleepers};
use crate::{Error, bonds, checklists, clocks, notifications};

/// The topic under which lists of tickets are watched.
pub const TICKETS: &str = "tickets";
/// The topic under which outgoing mail is watched.
pub const OUTBOX: &str = "outbox";
/// The topic under which mail that waits for a human eye is watched.
pub const UNSORTED: &str = "unsorted";

/// Appends `events` to the ticket's history, brings the stored ticket up to date, and lets the desk's rules do
/// what they say should follow.
pub fn record(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    by: Actor,
    events: &[Event],
) -> Result<(), Error> {
    record_for(tx, ticket, now, (by, Hears::AsChosen), events)
}

/// How people of the desk hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hears {
    /// As each of them chose.
    AsChosen,
    /// It stands on their page; a mail of its own tells of it.
    OnPage,
    /// They were told before, on another ticket.
    Not,
}

/// The same where people hear of it in another way.
pub(crate) fn record_for(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    (by, hears): (Actor, Hears),
    events: &[Event],
) -> Result<(), Error> {
    let happened = write(tx, ticket, now, (by, hears), events)?;
    crate::rules::react(tx, ticket, now, &happened)
}

/// The same without asking the rules: for what the rules themselves do. Tells what happened, which may be
/// more than was asked.
pub(crate) fn write_down(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    by: Actor,
    events: &[Event],
) -> Result<Vec<Event>, Error> {
    write(tx, ticket, now, (by, Hears::AsChosen), events)
}

fn write(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    (by, hears): (Actor, Hears),
    events: &[Event],
) -> Result<Vec<Event>, Error> {
    let before = ticket.clone();
    let sleepers = Sleepers::of(tx, ticket.id)?;
    let mut happened = events.to_vec();
    for event in events {
        append(tx, ticket, now, by, event)?;
    }
    if ticket.is_open() && !before.is_open() {
        happened.extend(hold(tx, ticket, now)?);
    }
    for woken in sleepers.woken(ticket, by, &happened) {
        append(tx, ticket, now, Actor::Kept, &woken)?;
        happened.push(woken);
    }
    tickets::save(tx, &before, ticket)?;
    checklists::follow(tx, ticket.id, &happened)?;
    snoozes::follow(tx, ticket, &sleepers, by, &happened, now)?;
    crate::delegation::follow(tx, &before, ticket, now)?;
    notifications::follow(tx, ticket, (by, hears), &happened, now)?;
    bonds::follow(tx, &before, ticket, by, now)?;
    if happened.iter().any(concerns) {
        clocks::refresh(tx, ticket, now)?;
    }
    Ok(happened)
}

fn append(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    by: Actor,
    event: &Event,
) -> Result<(), Error> {
    ticket.apply(now, event);
    events::append(tx, ticket.id, now, by, event, ticket.turn())?;
    participants::follow(tx, ticket.id, now, event)?;
    assets::follow(tx, ticket.id, event)?;
    fields::follow(tx, ticket.id, event)?;
    kept_store::bonds::follow(tx, ticket.id, event)?;
    watchers::follow(tx, ticket.id, now, event)?;
    time_entries::follow(tx, ticket.id, now, event)?;
    follow(tx, ticket, event);
    Ok(())
}

/// A ticket that comes back may be held by somebody who left meanwhile: its queue's dispatcher,
/// who can't leave, takes it.
fn hold(tx: &mut Tx<'_>, ticket: &mut Ticket, now: Timestamp) -> Result<Option<Event>, Error> {
    let from = ticket.responsible;
    if people::works_here(tx, from)? {
        return Ok(None);
    }
    let queue = queues::all(tx)?.into_iter().find(|q| q.id == ticket.queue);
    let to = queue.ok_or_else(|| Error::not_found("queue"))?.dispatcher;
    let assigned = Event::Assigned { from, to };
    append(tx, ticket, now, Actor::Kept, &assigned)?;
    Ok(Some(assigned))
}

/// Who must hear of an event. Exhaustive, so that a new event makes its author decide.
fn follow(tx: &mut Tx<'_>, ticket: &Ticket, event: &Event) {
    tx.announce(format!("ticket:{}", ticket.id));
    match event {
        Event::Opened { .. }
        | Event::MessageReceived { .. }
        | Event::Replied { .. }
        | Event::ForwardAnswered { .. }
        | Event::Withdrawn { .. }
        | Event::Assigned { .. }
        | Event::QueueChanged { .. }
        | Event::PriorityChanged { .. }
        | Event::KindChanged { .. }
        | Event::SubjectChanged { .. }
        | Event::TagAdded { .. }
        | Event::TagRemoved { .. }
        | Event::Resolved
        | Event::Reopened { .. }
        | Event::EndingTakenBack { .. }
        | Event::Closed
        | Event::MarkedSpam
        | Event::UnmarkedSpam
        | Event::MergedInto { .. }
        | Event::MergeUndone { .. }
        | Event::Absorbed { .. }
        | Event::Released { .. }
        | Event::MovedOut { .. }
        | Event::MovedIn { .. }
        | Event::MovedBack { .. }
        | Event::RequesterChanged { .. }
        | Event::TurnCorrected { .. }
        | Event::WaitBegan { .. }
        | Event::WaitChanged { .. }
        | Event::WaitEnded
        | Event::Delegated { .. }
        | Event::DelegationAccepted { .. }
        | Event::DelegationDeclined { .. }
        | Event::DelegationTimedOut { .. }
        | Event::DelegationWithdrawn { .. }
        | Event::Promised { .. }
        | Event::PromiseMoved { .. }
        | Event::PromiseKept { .. }
        | Event::PromiseBroken { .. }
        | Event::PromiseHandedOver { .. }
        | Event::DutyAsked { .. }
        | Event::DutyDone { .. }
        | Event::DutyNotDone { .. }
        | Event::Called { .. }
        | Event::CallConfirmed { .. }
        | Event::CallCorrected { .. }
        | Event::Confirmed
        | Event::Missed { .. }
        | Event::Parked
        | Event::ClosedUnanswered
        | Event::AgreementChanged { .. }
        | Event::Related { .. }
        | Event::Unrelated { .. }
        | Event::Watched { .. }
        | Event::Unwatched { .. }
        | Event::AssetLinked { .. }
        | Event::AssetUnlinked { .. }
        | Event::StepAdded { .. }
        | Event::StepChanged { .. }
        | Event::StepMoved { .. }
        | Event::StepRemoved { .. }
        | Event::StepTicked { .. }
        | Event::StepUnticked { .. }
        | Event::FieldFilled { .. }
        | Event::Snoozed { .. }
        | Event::Woken { .. } => tx.announce(TICKETS),
        Event::DeliveryFailed { .. } | Event::CameBack { .. } | Event::NotSent { .. } => {
            tx.announce(TICKETS);
            tx.announce(OUTBOX);
        }
        Event::Acknowledged { .. }
        | Event::AnsweredByRule { .. }
        | Event::Forwarded { .. }
        | Event::InvitationAnswered { .. } => tx.announce(OUTBOX),
        Event::Notified { .. }
        | Event::HookCalled { .. }
        | Event::RuleHeldBack { .. }
        | Event::StayedSilent { .. }
        | Event::Noted { .. }
        | Event::Linked { .. }
        | Event::LinkedFrom { .. }
        | Event::AlsoSentTo { .. }
        | Event::ParticipantAdded { .. }
        | Event::ParticipantRemoved { .. }
        | Event::ForwardLeft { .. }
        | Event::ForwardAskedAgain { .. }
        | Event::Warned { .. }
        | Event::Escalated { .. }
        | Event::Reminded { .. }
        | Event::TimeLogged { .. }
        | Event::TimeChanged { .. }
        | Event::TimeRemoved { .. }
        | Event::TimeRestored { .. } => {}
    }
}

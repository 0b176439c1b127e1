//! People a moved message brought into a conversation: they hear of where it is now. Whoever the mail that is left
//! does not name hears nothing more of where it was, for it may be another client's.

use jiff::Timestamp;
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::ids::{MessageId, PersonId};
use kept_domain::messages::Channel;
use kept_domain::tickets::{self as rules, Partaking, Ticket};
use kept_mail::address;
use kept_store::messages::Message;
use kept_store::participants::Participant;
use kept_store::{Tx, events, messages, participants};

use crate::Error;
use crate::consequences::record;
use crate::reading::recipients_of;

/// Lets them follow `moved`, which is on `to` already.
pub(super) fn follow(
    tx: &mut Tx<'_>,
    from: &mut Ticket,
    to: &mut Ticket,
    moved: &[Message],
    (by, now): (Actor, Timestamp),
) -> Result<(), Error> {
    let left = messages::of_tickets(tx, &[from.id])?;
    let mut comes = back(tx, to, moved)?;
    let mut goes = Vec::new();
    for one in participants::of_tickets(tx, &[from.id])? {
        // Whoever an agent brought in stays.
        let Some(by_mail) = one.message else { continue };
        let came_with = moved.iter().any(|it| it.id == by_mail);
        if !came_with && !is_named(&one, moved) {
            continue;
        }
        let standing = participants::standing(tx, to.id, one.person)?;
        let place = moved.iter().find(|it| names(it, &one));
        let place = place.map_or(by_mail, |it| it.id);
        if to.requester != Some(one.person) {
            comes.extend(rules::named_in_mail(
                to,
                one.own,
                &one.address,
                place,
                standing,
            ));
        }
        if !is_named(&one, &left) {
            goes.push(Event::ParticipantRemoved { person: one.own });
        }
    }
    record(tx, from, now, by, &goes)?;
    record(tx, to, now, by, &comes)
}

fn is_named(one: &Participant, messages: &[Message]) -> bool {
    messages.iter().any(|message| names(message, one))
}

/// Whether somebody wrote this mail, or it was sent to them. What the desk wrote only followed from that.
fn names(message: &Message, one: &Participant) -> bool {
    if message.channel != Channel::Mail || message.automatic {
        return false;
    }
    let sent = recipients_of(message);
    let mut copied = sent.to.iter().chain(&sent.cc);
    message.person == Some(one.person)
        || copied.any(|mailbox| address::is_same(&mailbox.address, &one.address))
}

/// Those who went when these messages did, now that they come back.
fn back(tx: &mut Tx<'_>, home: &Ticket, moved: &[Message]) -> Result<Vec<Event>, Error> {
    let history = events::of_ticket(tx, home.id)?;
    let mut back = Vec::new();
    for person in went_with(&history, moved) {
        if participants::standing(tx, home.id, person)? == Partaking::TakenOut {
            back.extend(added(&history, person));
        }
    }
    Ok(back)
}

fn went_with(history: &[Recorded], moved: &[Message]) -> Vec<PersonId> {
    let is_ours = |ids: &[MessageId]| moved.iter().any(|it| ids.contains(&it.id));
    let left = history
        .iter()
        .rev()
        .find(|line| matches!(&line.event, Event::MovedOut { messages, .. } if is_ours(messages)));
    let Some(left) = left else { return vec![] };
    let same_act = history
        .iter()
        .filter(|line| line.at == left.at && line.by == left.by);
    let gone = same_act.filter_map(|line| match line.event {
        Event::ParticipantRemoved { person } => Some(person),
        _ => None,
    });
    gone.collect()
}

/// The word that brought them in last.
fn added(history: &[Recorded], wanted: PersonId) -> Option<Event> {
    let added = history.iter().rev().find(
        |line| matches!(line.event, Event::ParticipantAdded { person, .. } if person == wanted),
    );
    added.map(|line| line.event.clone())
}

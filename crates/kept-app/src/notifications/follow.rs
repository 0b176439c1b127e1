//! Tells people of the desk what happened on a ticket: what the rule says concerns them, and whom a note names.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::clocks::Side;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, PersonId, PromiseId};
use kept_domain::notifications::{self as rules, Kind, Nameable};
use kept_domain::tickets::Ticket;
use kept_store::{Tx, messages, notifications, people, promises};

use super::{Telling, tell, topic};
use crate::Error;
use crate::consequences::Hears;
use crate::reading::body_of;

/// To be called once the events stand on the ticket, in the same transaction.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    (by, hears): (Actor, Hears),
    happened: &[Event],
    now: Timestamp,
) -> Result<(), Error> {
    if let Actor::Person(person) = by {
        seen(tx, person, ticket, now)?;
    }
    if hears == Hears::Not {
        return Ok(());
    }
    let mut reached: Vec<PersonId> = Vec::new();
    for event in happened {
        let told = match event {
            Event::Noted { message } => named(tx, *message, by)?,
            Event::PromiseBroken { promise } => broken(tx, *promise, ticket)?,
            event => in_words(tx, event, by, ticket)?,
        };
        for (person, kind, words) in told {
            let telling = Telling {
                person,
                kind,
                words: &words,
                message: message_of(event),
                on_page: hears == Hears::OnPage,
            };
            tell(tx, ticket, &telling, now)?;
            reached.push(person);
        }
    }
    let on_page = hears == Hears::OnPage;
    crate::watching::follow(tx, ticket, (by, on_page), happened, (&reached, now))
}

/// The message an event is about, for whoever wants to read it.
fn message_of(event: &Event) -> Option<MessageId> {
    match event {
        Event::MessageReceived { message, .. }
        | Event::ForwardAnswered { message, .. }
        | Event::Noted { message } => Some(*message),
        _ => None,
    }
}

type Told = Vec<(PersonId, Kind, String)>;

fn in_words(tx: &mut Tx<'_>, event: &Event, by: Actor, ticket: &Ticket) -> Result<Told, Error> {
    let mut told = Vec::new();
    for news in rules::news(event, by, ticket) {
        let name = match news.who {
            Some(who) => name(tx, who)?,
            None => String::new(),
        };
        let zone = zone(tx, ticket)?;
        told.push((news.to, news.kind, news.words(&name, &zone)));
    }
    Ok(told)
}

/// Whoever gave a promise that is broken; who answers for the ticket is told by its ladder.
fn broken(tx: &mut Tx<'_>, promise: PromiseId, ticket: &Ticket) -> Result<Told, Error> {
    let ours = promises::find(tx, promise)?.filter(|it| it.side == Side::Desk);
    let other = ours.filter(|it| it.promiser != ticket.responsible);
    let told = other.map(|it| {
        let words = format!("Your promise is broken: {}", it.what);
        (it.promiser, Kind::PromiseBroken, words)
    });
    Ok(told.into_iter().collect())
}

/// Whom a note names; never its author.
fn named(tx: &mut Tx<'_>, message: MessageId, by: Actor) -> Result<Told, Error> {
    let Some(note) = messages::find(tx, message)? else {
        return Ok(vec![]);
    };
    let text = body_of(&note).new_text();
    if !text.contains('@') {
        return Ok(vec![]);
    }
    let agents = people::agents(tx)?.into_iter().filter(|it| !it.has_left);
    let desk: Vec<Nameable> = agents
        .map(|agent| Nameable {
            person: agent.id,
            name: agent.name,
            address: agent.address,
        })
        .collect();
    let named = rules::mentioned(&text, &desk).into_iter();
    let named = named.filter(|person| by != Actor::Person(*person));
    let words = format!("{} names you in a note", note.author_name);
    Ok(named
        .map(|person| (person, Kind::Mentioned, words.clone()))
        .collect())
}

/// Whoever does something on a ticket has seen what it told them before.
fn seen(tx: &mut Tx<'_>, person: PersonId, ticket: &Ticket, now: Timestamp) -> Result<(), Error> {
    if notifications::see(tx, person, (Some(ticket.id), None), i64::MAX, now)? {
        tx.announce(topic(person));
    }
    Ok(())
}

fn name(tx: &mut Tx<'_>, person: PersonId) -> Result<String, Error> {
    let found = people::names(tx, &[person])?.pop();
    Ok(found.map_or_else(String::new, |(_, name)| name))
}

/// Times are said by the desk's clock.
fn zone(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<TimeZone, Error> {
    let book = crate::agreements::book(tx)?;
    Ok(book
        .choose(ticket, None)
        .version
        .wording
        .desk
        .zone()
        .clone())
}

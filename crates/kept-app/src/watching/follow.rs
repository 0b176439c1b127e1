//! Tells those who watch a ticket what was said on it and how it ended.

use std::collections::HashMap;

use jiff::Timestamp;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::PersonId;
use kept_domain::notifications::{Kind, watched};
use kept_domain::tickets::Ticket;
use kept_store::{Tx, people, watchers};

use crate::Error;
use crate::notifications::{Telling, tell};

/// Everybody who watches but who did it, and those in `reached`, who were told of it anyway.
pub(crate) fn follow(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    (by, on_page): (Actor, bool),
    happened: &[Event],
    (reached, now): (&[PersonId], Timestamp),
) -> Result<(), Error> {
    // Without anything to tell nobody is looked for.
    if watched(happened, by, ticket, |_| String::new()).is_none() {
        return Ok(());
    }
    let mut watching = watchers::of_ticket(tx, ticket.id)?;
    watching.retain(|(person, _)| by != Actor::Person(*person) && !reached.contains(person));
    if watching.is_empty() {
        return Ok(());
    }
    let names = names(tx, by, happened)?;
    let name = |person: PersonId| names.get(&person).cloned().unwrap_or_default();
    let Some(words) = watched(happened, by, ticket, name) else {
        return Ok(());
    };
    for (person, _) in watching {
        let telling = Telling {
            person,
            kind: Kind::Watched,
            words: &words,
            message: happened.iter().find_map(Event::brings),
            on_page,
        };
        tell(tx, ticket, &telling, now)?;
    }
    Ok(())
}

fn names(
    tx: &mut Tx<'_>,
    by: Actor,
    happened: &[Event],
) -> Result<HashMap<PersonId, String>, Error> {
    let writers = happened.iter().filter_map(|event| match event {
        Event::MessageReceived { from, .. } | Event::ForwardAnswered { from, .. } => *from,
        _ => None,
    });
    let mut who: Vec<PersonId> = writers.collect();
    if let Actor::Person(person) = by {
        who.push(person);
    }
    Ok(people::names(tx, &who)?.into_iter().collect())
}

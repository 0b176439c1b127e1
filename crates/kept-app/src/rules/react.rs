//! Runs the rules over what just happened to a ticket, and over what they cause, until there is rest.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::event::{Actor, Event};
use kept_domain::rules::{Chain, Link};
use kept_domain::search::{Asker, Facts, holds};
use kept_domain::tickets::Ticket;
use kept_store::{Tx, rules};

use super::act::{self, Doing};
use super::facts::{self, Needs};
use super::in_force::{Ready, in_force};
use crate::Error;
use crate::consequences::write_down;

/// Lets the rules act on a ticket to which `events` just happened. Spam and merged tickets are left alone.
pub(crate) fn react(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    events: &[Event],
) -> Result<(), Error> {
    let mut chain = Chain::begin(events);
    let mut next = chain.next_link().filter(|_| ticket.aside().is_none());
    let rules = match next {
        Some(_) => in_force(tx)?,
        None => return Ok(()),
    };
    while let Some(link) = next {
        answer(tx, ticket, now, &rules, &mut chain, &link)?;
        next = chain.next_link();
    }
    Ok(())
}

/// All rules in their order look at one happening.
fn answer(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    rules: &[Ready],
    chain: &mut Chain,
    link: &Link,
) -> Result<(), Error> {
    let mut looked = Looked::default();
    for ready in rules {
        let begins = ready
            .rule
            .when
            .iter()
            .any(|when| link.occurrences.contains(when));
        if !begins || !chain.may_fire(ready.id) || !looked.holds(tx, (ticket, now), ready)? {
            continue;
        }
        let did = fire(tx, ticket, now, ready, link)?;
        chain.fired(ready.id, link, &did);
        looked = Looked::default();
        if ready.rule.stops {
            break;
        }
    }
    Ok(())
}

/// What was looked up for the rules so far; anew after each one that fired.
#[derive(Default)]
struct Looked {
    found: Option<(Facts, TimeZone)>,
    at: Needs,
}

impl Looked {
    fn holds(
        &mut self,
        tx: &mut Tx<'_>,
        (ticket, now): (&Ticket, Timestamp),
        ready: &Ready,
    ) -> Result<bool, Error> {
        let Some(query) = &ready.query else {
            return Ok(true);
        };
        let needs = self.at.and(Needs::of(query));
        if self.found.is_none() || needs != self.at {
            self.found = Some(facts::gather(tx, ticket, needs)?);
            self.at = needs;
        }
        let found = self.found.as_ref();
        Ok(found.is_some_and(|(facts, zone)| {
            let asker = Asker {
                me: None,
                now,
                zone,
            };
            holds(query, ticket, facts, asker)
        }))
    }
}

/// Does what the rule says. An act that can't be done is told on the ticket and keeps nothing else back.
fn fire(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    now: Timestamp,
    ready: &Ready,
    cause: &Link,
) -> Result<Vec<Event>, Error> {
    rules::fired(tx, ready.id, ticket.id, now)?;
    metrics::counter!("kept_rules_fired_total").increment(1);
    let doing = Doing { ready, cause, now };
    let mut did = Vec::new();
    for action in &ready.rule.then {
        match act::carry_out(tx, ticket, &doing, action) {
            Ok(events) => did.extend(events),
            Err(error @ (Error::Store(_) | Error::Random(_))) => return Err(error),
            Err(why) => {
                let held_back = Event::RuleHeldBack {
                    why: why.to_string(),
                };
                write_down(tx, ticket, now, Actor::Rule(ready.id), &[held_back])?;
            }
        }
    }
    Ok(did)
}

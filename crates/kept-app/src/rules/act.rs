//! Carries one act of a rule out.

use jiff::Timestamp;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::PersonId;
use kept_domain::messages::Audience;
use kept_domain::queues::responsible_for_new;
use kept_domain::rules::{Action, Assignee, Link, Whom};
use kept_domain::tickets::{self as decide, Tag, Ticket};
use kept_store::{Tx, people};

use super::in_force::Ready;
use super::{facts, letters, template};
use crate::Error;
use crate::consequences::write_down;
use crate::tickets::{Saying, Speaker, must_be_agent, must_be_queue, write_as};

/// Which rule acts, and why now.
pub(super) struct Doing<'a> {
    pub ready: &'a Ready,
    pub cause: &'a Link,
    pub now: Timestamp,
}

/// # Errors
/// When it can't be done, in words for the history.
pub(super) fn carry_out(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    doing: &Doing<'_>,
    action: &Action,
) -> Result<Vec<Event>, Error> {
    let events = match action {
        Action::Queue { to } => {
            must_be_queue(tx, *to).map_err(|_| gone("the queue it moves tickets to is gone"))?;
            decide::change_queue(ticket, *to)?
        }
        Action::Priority { to } => decide::change_priority(ticket, *to)?,
        Action::Kind { to } => decide::change_kind(ticket, *to)?,
        Action::Assign { to } => {
            let to = assignee(tx, ticket, *to, doing.now)?;
            decide::assign(ticket, to)?
        }
        Action::Tag { tags } => return each(tx, ticket, doing, tags, decide::tag),
        Action::Untag { tags } => return each(tx, ticket, doing, tags, decide::untag),
        Action::Note { text } => note(tx, ticket, doing, text)?,
        Action::Reply { text } => {
            letters::queue_reply(tx, ticket, doing, text)?;
            vec![]
        }
        Action::Notify { whom } => notify(tx, ticket, doing, whom)?,
        Action::Hook { url, .. } => super::hook::queue(tx, ticket, doing, url)?,
    };
    write_down(tx, ticket, doing.now, by(doing), &events)
}

fn by(doing: &Doing<'_>) -> Actor {
    Actor::Rule(doing.ready.id)
}

fn gone(what: &str) -> Error {
    Error::Conflict(what.to_owned())
}

fn each(
    tx: &mut Tx<'_>,
    ticket: &mut Ticket,
    doing: &Doing<'_>,
    tags: &[Tag],
    decide: fn(&Ticket, &Tag) -> Result<Vec<Event>, decide::Refused>,
) -> Result<Vec<Event>, Error> {
    let mut did = Vec::new();
    for tag in tags {
        let events = decide(ticket, tag)?;
        did.extend(write_down(tx, ticket, doing.now, by(doing), &events)?);
    }
    Ok(did)
}

fn assignee(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    to: Assignee,
    now: Timestamp,
) -> Result<PersonId, Error> {
    match to {
        Assignee::Person { person } => {
            let here = must_be_agent(tx, person);
            here.map_err(|_| gone("whom it would make responsible no longer works here"))?;
            Ok(person)
        }
        Assignee::OnDuty => Ok(responsible_for_new(&facts::queue_of(tx, ticket)?, now).0),
        Assignee::Dispatcher => Ok(facts::queue_of(tx, ticket)?.dispatcher),
    }
}

fn note(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    doing: &Doing<'_>,
    text: &str,
) -> Result<Vec<Event>, Error> {
    let filled = template::filled(tx, ticket, &doing.ready.rule.name)?;
    let text = template::render(text, &filled)?;
    let speaker = Speaker {
        person: None,
        name: format!("Rule “{}”", doing.ready.rule.name),
        address: String::new(),
    };
    let saying = Saying {
        ticket: ticket.id,
        subject: "",
        audience: Audience::Desk,
        markdown: &text,
        added: "",
        recipients: "{}".into(),
        files: &[],
    };
    let message = write_as(tx, &speaker, &saying, doing.now)?;
    Ok(decide::note(message))
}

fn notify(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    doing: &Doing<'_>,
    whom: &[Whom],
) -> Result<Vec<Event>, Error> {
    let mut told: Vec<PersonId> = Vec::new();
    for whom in whom {
        let person = match whom {
            Whom::Person { person } => *person,
            Whom::Responsible => ticket.responsible,
            Whom::Dispatcher => facts::queue_of(tx, ticket)?.dispatcher,
        };
        if !told.contains(&person) && people::works_here(tx, person)? {
            letters::queue_notice(tx, ticket, doing, person)?;
            told.push(person);
        }
    }
    if told.is_empty() {
        return Err(gone("nobody it would tell works here any more"));
    }
    Ok(told
        .into_iter()
        .map(|person| Event::Notified { person })
        .collect())
}

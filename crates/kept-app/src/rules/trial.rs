//! A dry run: what a rule would have done to the latest tickets, worked out from their history. Changes nothing.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Recorded};
use kept_domain::ids::{ClientId, PersonId, QueueId, RuleId, TicketId};
use kept_domain::rules::{Action, Assignee, Occurrence, Rule, check};
use kept_domain::search::{Asker, Facts, Known, Query, Words, holds};
use kept_domain::tickets::Ticket;
use kept_store::messages::Message;
use kept_store::{Tx, events, messages, queues, tickets};
use serde::Serialize;

use super::{facts, listed, template};
use crate::{Desk, Error};

/// How far back to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Newest tickets looked at; at most 2,000.
    pub tickets: usize,
    /// Days back from now.
    pub days: u16,
}

const MOST_TICKETS: usize = 2_000;
/// Rows shown; all are counted.
const MOST_ROWS: usize = 200;
/// Tickets looked at with one transaction, and messages with all of them together.
const AT_ONCE: usize = 50;
const MOST_MESSAGES: usize = 20_000;

/// One time it would have fired.
#[derive(Debug, Clone, Serialize)]
pub struct Would {
    pub ticket: TicketId,
    pub subject: String,
    pub at: Timestamp,
    /// `a ticket is opened`
    pub because: &'static str,
    /// What would have changed; empty when everything was so already.
    pub acts: Vec<String>,
}

/// What a rule would have done.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Trial {
    pub tickets: usize,
    /// Times it would have fired in all.
    pub fired: usize,
    /// The latest tickets first, no more than fit a page.
    pub rows: Vec<Would>,
    /// Its note and its answer, filled in for the latest ticket it would have fired on.
    pub texts: Vec<String>,
}

/// Tries a rule, stored under `id` or not stored at all.
///
/// # Errors
/// When the viewer may not, or the rule can't be taken as it is.
pub async fn try_rule(
    desk: &Desk,
    viewer: &Viewer,
    rule: Rule,
    id: Option<RuleId>,
    scope: Scope,
) -> Result<Trial, Error> {
    allow(viewer, Act::SeeRules)?;
    let query = check(&rule).map_err(|bad| Error::invalid(bad.field, bad.problem))?;
    let whole = SignedDuration::from_hours(24 * i64::from(scope.days));
    let since = desk.now().saturating_sub(whole).unwrap_or(Timestamp::MIN);
    let mut trying = Trying {
        rule,
        id,
        query,
        since,
        trial: Trial::default(),
        names: HashMap::new(),
        looked_at: 0,
    };
    let most = scope.tickets.min(MOST_TICKETS);
    let mut before = TicketId(i64::MAX);
    loop {
        let left = most - trying.trial.tickets.min(most);
        let at_once = left.min(AT_ONCE);
        let (last, back) = desk
            .store()
            .read(move |tx| {
                let last = trying.some(tx, before, at_once)?;
                Ok::<_, Error>((last, trying))
            })
            .await?;
        trying = back;
        match last {
            Some(last) if trying.looked_at < MOST_MESSAGES => before = last,
            _ => return Ok(trying.trial),
        }
    }
}

struct Trying {
    rule: Rule,
    id: Option<RuleId>,
    query: Option<Query>,
    since: Timestamp,
    trial: Trial,
    names: HashMap<PersonId, Known>,
    looked_at: usize,
}

/// What is the same for all tickets of one look.
struct Desks {
    queues: HashMap<QueueId, (String, TimeZone)>,
    clients: HashMap<ClientId, Option<String>>,
    words: listed::Known,
}

impl Trying {
    /// Looks at some tickets; tells the last one, unless there are no more to look at.
    fn some(
        &mut self,
        tx: &mut Tx<'_>,
        before: TicketId,
        limit: usize,
    ) -> Result<Option<TicketId>, Error> {
        let ids = tickets::newest(tx, before, limit)?;
        let Some(last) = ids.last().copied() else {
            return Ok(None);
        };
        let with_words = self.query.as_ref().is_some_and(Query::looks_at_words);
        let histories = events::of_tickets(tx, &ids)?;
        let mut said = vec![];
        if with_words {
            said = messages::of_tickets(tx, &ids)?;
        }
        let files = match with_words {
            true => messages::files_of_tickets(tx, &ids)?,
            false => vec![],
        };
        self.looked_at += said.len();
        let queues = queues::all(tx)?.into_iter();
        let mut desks = Desks {
            queues: queues
                .map(|queue| (queue.id, (queue.name.clone(), facts::zone_of(&queue))))
                .collect(),
            clients: HashMap::new(),
            words: listed::Known::look(tx)?,
        };
        for id in &ids {
            let history: Vec<&Recorded> =
                histories.iter().filter(|line| line.ticket == *id).collect();
            if history.first().is_none_or(|first| first.at < self.since) {
                continue;
            }
            self.trial.tickets += 1;
            let words: Vec<(Timestamp, Words)> = said
                .iter()
                .filter(|message| message.ticket == *id)
                .map(|message: &Message| {
                    let files = files.iter().filter(|file| file.message == message.id);
                    let names = files.map(|file| file.filename.as_str());
                    (message.at, facts::words_of(message, names))
                })
                .collect();
            self.one(tx, &mut desks, &history, &words)?;
        }
        Ok(Some(last).filter(|_| ids.len() == limit && limit == AT_ONCE))
    }

    /// Plays one ticket's history again and asks at each step whether the rule would have fired.
    fn one(
        &mut self,
        tx: &mut Tx<'_>,
        desks: &mut Desks,
        history: &[&Recorded],
        words: &[(Timestamp, Words)],
    ) -> Result<(), Error> {
        let Some(first) = history.first() else {
            return Ok(());
        };
        let Some(mut ticket) = Ticket::opened(first.ticket, first.at, &first.event) else {
            return Ok(());
        };
        let mut at = 0;
        while at < history.len() {
            let step = history[at];
            let end = at
                + history[at..]
                    .iter()
                    .take_while(|line| same_act(line, step))
                    .count();
            for line in &history[at..end] {
                ticket.apply(line.at, &line.event);
            }
            let lines = &history[at..end];
            at = end;
            let Some(because) = self.begins(lines) else {
                continue;
            };
            if ticket.aside().is_some() || !self.holds(tx, desks, &ticket, words, step.at)? {
                continue;
            }
            self.would(tx, desks, &ticket, step.at, because)?;
        }
        Ok(())
    }

    fn begins(&self, lines: &[&Recorded]) -> Option<Occurrence> {
        let own = self.id.map(Actor::Rule);
        let others = lines.iter().filter(|line| Some(line.by) != own);
        let mut happened = others.filter_map(|line| Occurrence::of(&line.event));
        happened.find(|occurrence| self.rule.when.contains(occurrence))
    }

    fn holds(
        &mut self,
        tx: &mut Tx<'_>,
        desks: &mut Desks,
        ticket: &Ticket,
        words: &[(Timestamp, Words)],
        at: Timestamp,
    ) -> Result<bool, Error> {
        let Some(query) = self.query.clone() else {
            return Ok(true);
        };
        let (queue, zone) = match desks.queues.get(&ticket.queue) {
            Some((name, zone)) => (name.clone(), zone.clone()),
            None => (String::new(), TimeZone::UTC),
        };
        let client = match ticket.client {
            Some(id) => match desks.clients.get(&id) {
                Some(known) => known.clone(),
                None => desks
                    .clients
                    .entry(id)
                    .or_insert(facts::client(tx, Some(id))?)
                    .clone(),
            },
            None => None,
        };
        let said = words
            .iter()
            .filter(|(when, _)| *when <= at)
            .map(|(_, words)| words.clone());
        // Who takes part, files and promises are those of today: a trial does not work them out for back then.
        let further = match query.looks_further() {
            true => facts::further(tx, ticket)?,
            false => Facts::default(),
        };
        let facts = Facts {
            client,
            requester: ticket
                .requester
                .map(|who| self.known(tx, who))
                .transpose()?,
            responsible: self.known(tx, ticket.responsible)?,
            queue,
            // What was late back then is not worked out for a trial.
            is_late: false,
            said: said.collect(),
            ..further
        };
        let asker = Asker {
            me: None,
            now: at,
            zone: &zone,
        };
        Ok(holds(&query, ticket, &facts, asker))
    }

    fn known(&mut self, tx: &mut Tx<'_>, person: PersonId) -> Result<Known, Error> {
        if let Some(known) = self.names.get(&person) {
            return Ok(known.clone());
        }
        let known = facts::known(tx, person)?;
        self.names.insert(person, known.clone());
        Ok(known)
    }

    fn would(
        &mut self,
        tx: &mut Tx<'_>,
        desks: &Desks,
        ticket: &Ticket,
        at: Timestamp,
        because: Occurrence,
    ) -> Result<(), Error> {
        self.trial.fired += 1;
        if self.trial.fired == 1 {
            self.trial.texts = self.texts(tx, ticket)?;
        }
        if self.trial.rows.len() >= MOST_ROWS {
            return Ok(());
        }
        let acts = self
            .rule
            .then
            .iter()
            .filter(|action| would_change(action, ticket));
        self.trial.rows.push(Would {
            ticket: ticket.id,
            subject: ticket.subject.clone(),
            at,
            because: because.words(),
            acts: acts.map(|action| action.words(&desks.words)).collect(),
        });
        Ok(())
    }

    fn texts(&self, tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<String>, Error> {
        let filled = template::filled(tx, ticket, &self.rule.name)?;
        let texts = self.rule.then.iter().filter_map(|action| match action {
            Action::Note { text } | Action::Reply { text } => Some(text),
            _ => None,
        });
        Ok(texts
            .map(|text| template::render(text, &filled).unwrap_or_else(|e| e.to_string()))
            .collect())
    }
}

/// Events that one act of somebody left behind.
fn same_act(line: &Recorded, first: &Recorded) -> bool {
    line.at == first.at && line.by == first.by
}

/// Whether an act would have made a difference to the ticket as it stood.
fn would_change(action: &Action, ticket: &Ticket) -> bool {
    match action {
        Action::Queue { to } => ticket.queue != *to,
        Action::Priority { to } => ticket.priority != *to,
        Action::Kind { to } => ticket.kind != *to,
        Action::Assign {
            to: Assignee::Person { person },
        } => ticket.responsible != *person,
        Action::Tag { tags } => tags.iter().any(|tag| !ticket.tags.contains(tag)),
        Action::Untag { tags } => tags.iter().any(|tag| ticket.tags.contains(tag)),
        _ => true,
    }
}

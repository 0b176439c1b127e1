//! Whether a search holds for one ticket, worked out from its facts.
//!
//! The same meaning as the store's SQL; a test asks both of the same tickets, on both databases.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Condition, Is, Phrase, Query, Words};
use crate::ids::PersonId;
use crate::tickets::{Aside, Status, Ticket};

/// What a search may ask about a ticket beside the ticket itself.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The client's name.
    pub client: Option<String>,
    pub requester: Option<Known>,
    pub responsible: Known,
    /// The queue's name.
    pub queue: String,
    /// Whether something on it is overdue.
    pub is_late: bool,
    /// The words of each message; may be left out when [`Query::looks_at_words`] says so.
    pub said: Vec<Words>,
}

/// What a person is found by.
#[derive(Debug, Clone, Default)]
pub struct Known {
    pub name: String,
    pub addresses: Vec<String>,
}

/// `me` is who `agent:me` means; days begin and end in `zone`. A query that asks nothing never holds.
pub fn holds(
    query: &Query,
    ticket: &Ticket,
    facts: &Facts,
    me: Option<PersonId>,
    zone: &TimeZone,
) -> bool {
    let in_sight = ticket.aside().is_none() || query.asks_for_hidden();
    !query.is_empty()
        && in_sight
        && query
            .conditions
            .iter()
            .all(|condition| fits(condition, ticket, facts, me, zone))
        && words_hold(query, &facts.said)
}

fn fits(
    condition: &Condition,
    ticket: &Ticket,
    facts: &Facts,
    me: Option<PersonId>,
    zone: &TimeZone,
) -> bool {
    match condition {
        Condition::Not(inner) => !fits(inner, ticket, facts, me, zone),
        Condition::Number(id) => ticket.id == *id,
        Condition::Status(status) => ticket.status == *status,
        Condition::Is(is) => stands(*is, ticket, facts),
        Condition::Turn(turn) => ticket.turn() == *turn,
        Condition::Priority(priority) => ticket.priority == *priority,
        Condition::Kind(kind) => ticket.kind == *kind,
        Condition::Tag(tag) => ticket.tags.contains(tag),
        Condition::Client(text) => contains(facts.client.as_deref().unwrap_or(""), text),
        Condition::Queue(text) => contains(&facts.queue, text),
        Condition::From(text) => facts.requester.as_ref().is_some_and(|who| who.is(text)),
        Condition::Agent(text) if text == "me" => me == Some(ticket.responsible),
        Condition::Agent(text) => facts.responsible.is(text),
        Condition::Before(day) => opened_ms(ticket) < begins_ms(*day, zone),
        Condition::After(day) => opened_ms(ticket) >= begins_ms(*day, zone),
    }
}

impl Known {
    fn is(&self, text: &str) -> bool {
        contains(&self.name, text) || self.addresses.iter().any(|address| contains(address, text))
    }
}

fn contains(whole: &str, part: &str) -> bool {
    whole.to_lowercase().contains(&part.to_lowercase())
}

fn stands(is: Is, ticket: &Ticket, facts: &Facts) -> bool {
    match (is, ticket.aside()) {
        (Is::Spam, aside) => aside == Some(Aside::Spam),
        (Is::Merged, aside) => aside == Some(Aside::Merged),
        (Is::Open, aside) => aside.is_none() && ticket.status.is_open(),
        (Is::Late, aside) => {
            let is_open = matches!(ticket.status, Status::New | Status::Open | Status::Waiting);
            aside.is_none() && is_open && facts.is_late
        }
        (Is::Ended, aside) => {
            aside.is_none() && matches!(ticket.status, Status::Resolved | Status::Closed)
        }
    }
}

fn opened_ms(ticket: &Ticket) -> i64 {
    ticket.opened_at.as_millisecond()
}

fn begins_ms(day: Date, zone: &TimeZone) -> i64 {
    let begins = day.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
    begins.map_or(i64::MAX, |at| at.as_millisecond())
}

/// One message must hold all that is looked for and nothing that must be missing. Where nothing is
/// looked for, no message may hold what must be missing.
fn words_hold(query: &Query, said: &[Words]) -> bool {
    let terms = query.terms();
    if query.has_text() {
        let Some(wanted) = terms.wanted() else {
            return false;
        };
        return said.iter().any(|message| {
            wanted.there.iter().all(|phrase| stands_in(phrase, message))
                && !wanted
                    .missing
                    .iter()
                    .any(|phrase| stands_in(phrase, message))
        });
    }
    let missing = super::terms::without(&query.without);
    !said
        .iter()
        .any(|message| missing.iter().any(|phrase| stands_in(phrase, message)))
}

fn stands_in(phrase: &Phrase, message: &Words) -> bool {
    let fields = [&message.subject, &message.people, &message.body];
    fields.into_iter().any(|field| side_by_side(phrase, field))
}

fn side_by_side(phrase: &Phrase, field: &[String]) -> bool {
    let Some((last, first)) = phrase.words.split_last() else {
        return false;
    };
    field.windows(phrase.words.len()).any(|words| {
        let (end, beginning) = (&words[first.len()], &words[..first.len()]);
        let ends = if phrase.is_beginning {
            end.starts_with(last.as_str())
        } else {
            end == last
        };
        ends && beginning == first
    })
}

//! Whether a search holds for one ticket, worked out from its facts.
//!
//! The same meaning as the store's SQL; a test asks both of the same tickets, on both databases.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::{Condition, Day, Has, Is, Moment, Phrase, Query, Words, numbered, whole_name};
use crate::fields::{Compared, Held};
use crate::ids::{AssetId, PersonId, TicketId};
use crate::tickets::{Aside, Bond, Status, Ticket};

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
    /// Whoever was asked to take it.
    pub offered_to: Option<Known>,
    /// Who takes part beside the requester.
    pub with: Vec<Known>,
    /// Who of the desk watches it.
    pub watchers: Vec<Known>,
    /// What is due next, by either side.
    pub due: Option<Timestamp>,
    /// The things it is about.
    pub assets: Vec<KnownAsset>,
    /// What it is to others, and whether the other is still open.
    pub bonds: Vec<(Bond, TicketId, bool)>,
    /// What its fields hold.
    pub fields: Vec<Held>,
    pub has_files: bool,
    /// Whether a promise on it is still to be kept.
    pub has_promise: bool,
    /// The words of each message; may be left out when [`Query::looks_at_words`] says so.
    pub said: Vec<Words>,
}

/// What a thing is found by.
#[derive(Debug, Clone)]
pub struct KnownAsset {
    pub id: AssetId,
    pub name: String,
    pub identifier: String,
}

/// What a person is found by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// `None` is nobody's.
    pub id: Option<PersonId>,
    pub name: String,
    pub addresses: Vec<String>,
}

/// Who asks, when, and where their days begin and end. `me` is who `agent:me` means.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    pub me: Option<PersonId>,
    pub now: Timestamp,
    pub zone: &'a TimeZone,
}

/// A query that asks nothing never holds.
pub fn holds(query: &Query, ticket: &Ticket, facts: &Facts, asker: Asker<'_>) -> bool {
    !query.is_empty()
        && Asked {
            ticket,
            facts,
            asker,
        }
        .all(query, true)
}

/// One ticket that is asked about.
#[derive(Clone, Copy)]
struct Asked<'a> {
    ticket: &'a Ticket,
    facts: &'a Facts,
    asker: Asker<'a>,
}

impl Asked<'_> {
    /// What is out of sight is found only by who asks for it; `in_sight` until somebody does.
    fn all(self, query: &Query, in_sight: bool) -> bool {
        let inside = in_sight && !query.asks_for_hidden_itself();
        let seen = !inside || query.asks_for_hidden() || self.ticket.aside().is_none();
        let fits = |condition| self.fits(condition, inside);
        seen && query.conditions.iter().all(fits) && words_hold(query, &self.facts.said)
    }

    fn fits(self, condition: &Condition, in_sight: bool) -> bool {
        let (ticket, facts, me) = (self.ticket, self.facts, self.asker.me);
        match condition {
            Condition::Not(inner) => !self.fits(inner, false),
            Condition::Any(queries) => {
                let asks = in_sight && queries.iter().any(Query::asks_for_hidden);
                queries.iter().any(|query| self.all(query, asks))
            }
            Condition::Number(id) => ticket.id == *id,
            Condition::Status(status) => ticket.status == *status,
            Condition::Is(is) => stands(*is, ticket, facts),
            Condition::Has(has) => self.has(*has),
            Condition::Turn(turn) => ticket.turn() == *turn,
            Condition::Priority(priority) => ticket.priority == *priority,
            Condition::Kind(kind) => ticket.kind == *kind,
            Condition::Tag(tag) => ticket.tags.contains(tag),
            Condition::Client(text) => match numbered(text) {
                Some(number) => ticket.client.is_some_and(|client| client.0 == number),
                None => is_called(facts.client.as_deref().unwrap_or(""), text),
            },
            Condition::Bond(bond, other) => {
                let mut bonds = facts.bonds.iter();
                bonds.any(|(known, at, _)| (known, at) == (bond, other))
            }
            Condition::Queue(text) => match numbered(text) {
                Some(number) => ticket.queue.0 == number,
                None => is_called(&facts.queue, text),
            },
            Condition::Asset(text) => facts.assets.iter().any(|it| it.is(text)),
            Condition::Subject(text) => contains(&ticket.subject, text),
            Condition::From(text) => facts.requester.iter().any(|who| who.is(text, me)),
            Condition::Agent(text) => match text == "me" {
                true => me == Some(ticket.responsible),
                false => facts.responsible.is(text, me),
            },
            Condition::Offered(text) => facts.offered_to.iter().any(|who| who.is(text, me)),
            Condition::Watching(text) => facts.watchers.iter().any(|who| who.is(text, me)),
            Condition::With(text) => facts.with.iter().any(|who| who.is(text, me)),
            Condition::Field(asked) => {
                let held = facts.fields.iter().find(|it| it.slug == asked.slug);
                held.map_or(asked.compared == Compared::None, |it| {
                    it.is(&asked.compared, me)
                })
            }
            Condition::Hour(hour) => self.opened().hour() == *hour,
            Condition::Weekday(day) => Day::of(self.opened().date()) == *day,
            Condition::Time(moment, when) => {
                let bounds = when.bounds(*moment, self.asker.now, self.asker.zone);
                self.at(*moment).is_some_and(|at| bounds.hold(at))
            }
        }
    }

    /// When it was opened, by the clock of whoever asks.
    fn opened(self) -> Zoned {
        self.ticket.opened_at.to_zoned(self.asker.zone.clone())
    }

    fn has(self, has: Has) -> bool {
        match has {
            Has::Client => self.ticket.client.is_some(),
            Has::Tag => !self.ticket.tags.is_empty(),
            Has::Attachment => self.facts.has_files,
            Has::Promise => self.facts.has_promise,
            Has::Wait => self.ticket.wait.is_some(),
            Has::Links => !self.facts.bonds.is_empty(),
            Has::Asset => !self.facts.assets.is_empty(),
            Has::Offer => self.ticket.delegation.is_some(),
        }
    }

    fn at(self, moment: Moment) -> Option<Timestamp> {
        match moment {
            Moment::Opened => Some(self.ticket.opened_at),
            Moment::Changed => Some(self.ticket.touched_at),
            Moment::Turned => Some(self.ticket.turn_since),
            Moment::Resolved => self.ticket.resolved_at,
            Moment::Closed => self.ticket.closed_at,
            Moment::Due => self.facts.due,
        }
    }
}

impl KnownAsset {
    fn is(&self, text: &str) -> bool {
        match numbered(text) {
            Some(number) => self.id.0 == number,
            None => contains(&self.name, text) || contains(&self.identifier, text),
        }
    }
}

impl Known {
    pub(crate) fn is(&self, text: &str, me: Option<PersonId>) -> bool {
        if text == "me" {
            return me.is_some() && self.id == me;
        }
        if let Some(number) = numbered(text) {
            return self.id.is_some_and(|id| id.0 == number);
        }
        is_called(&self.name, text) || self.addresses.iter().any(|it| is_called(it, text))
    }
}

/// Whether a name holds a text, or is just that where the text begins with `=`.
fn is_called(name: &str, text: &str) -> bool {
    match whole_name(text) {
        Some(whole) => name.to_lowercase().replace('"', "") == whole.to_lowercase(),
        None => contains(name, text),
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
        (Is::Blocked, _) => {
            let mut bonds = facts.bonds.iter();
            bonds.any(|(bond, _, is_open)| *bond == Bond::BlockedBy && *is_open)
        }
        (Is::Late, aside) => {
            let is_open = matches!(ticket.status, Status::New | Status::Open | Status::Waiting);
            aside.is_none() && is_open && facts.is_late
        }
        (Is::Ended, aside) => {
            aside.is_none() && matches!(ticket.status, Status::Resolved | Status::Closed)
        }
    }
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

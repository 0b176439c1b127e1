//! What tickets hold in the desk's fields: filled in on the ticket or while it is opened, and asked for when it ends.

use std::collections::{BTreeMap, HashMap, HashSet};

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::event::{Actor, Event, Recorded};
use kept_domain::fields::{self as rules, Field, FieldKind, Held, Value};
use kept_domain::ids::{FieldId, PersonId, TicketId};
use kept_domain::people::EmailAddress;
use kept_domain::search::Known;
use kept_domain::tickets::Ticket;
use kept_store::{Tx, fields, people};

use crate::consequences::record;
use crate::tickets::load;
use crate::{Desk, Error};

/// A field as its ticket shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled {
    pub field: Field,
    pub value: Option<Value>,
    /// As people read it: a person's name instead of their number.
    pub says: String,
    /// It can be filled in; otherwise it only shows what was.
    pub is_asked: bool,
}

/// What is asked of a ticket, and what it holds besides.
///
/// # Errors
/// When the viewer may not, or there is no such ticket.
pub async fn of_ticket(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Vec<Filled>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let found = kept_store::tickets::find(tx, id)?;
            let ticket = found.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
            shown(tx, &ticket)
        })
        .await
}

fn shown(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Vec<Filled>, Error> {
    let held = fields::of_ticket(tx, ticket.id)?;
    let mut shown = Vec::new();
    for field in fields::all(tx)? {
        let value = held.iter().find(|(known, _)| known.id == field.id);
        let value = value.map(|(_, value)| value.clone());
        let is_asked = field.is_asked_of(ticket) && ticket.aside().is_none();
        if !is_asked && value.is_none() {
            continue;
        }
        shown.push(Filled {
            says: value
                .as_ref()
                .map_or(Ok(String::new()), |it| says(tx, it))?,
            is_asked,
            field,
            value,
        });
    }
    Ok(shown)
}

/// What these tickets hold in these fields, as people read it.
pub(crate) fn in_columns(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    columns: &[FieldId],
) -> Result<HashMap<(TicketId, FieldId), String>, Error> {
    let held = fields::of_tickets(tx, tickets, columns)?;
    let persons = held.iter().filter_map(|(_, _, value)| value.person());
    let persons: Vec<PersonId> = persons.collect();
    let names: HashMap<PersonId, String> = people::names(tx, &persons)?.into_iter().collect();
    let says = |value: &Value| match value.person() {
        Some(person) => names.get(&person).cloned().unwrap_or_default(),
        None => value.text(),
    };
    let all = held.iter();
    Ok(all
        .map(|(ticket, field, value)| ((*ticket, *field), says(value)))
        .collect())
}

/// Whether a ticket holds something else than its events say.
pub(crate) fn differ(
    tx: &mut Tx<'_>,
    id: TicketId,
    history: &[Recorded],
) -> Result<Option<String>, Error> {
    let mut told: BTreeMap<FieldId, String> = BTreeMap::new();
    for line in history {
        match &line.event {
            Event::FieldFilled {
                field,
                to: Some(to),
                ..
            } => {
                told.insert(*field, to.text());
            }
            Event::FieldFilled {
                field, to: None, ..
            } => {
                told.remove(field);
            }
            _ => {}
        }
    }
    let held = fields::of_ticket(tx, id)?.into_iter();
    let held: BTreeMap<FieldId, String> = held.map(|(field, it)| (field.id, it.text())).collect();
    Ok((held != told).then(|| format!("#{id} holds other fields than its events say; rebuild it")))
}

fn says(tx: &mut Tx<'_>, value: &Value) -> Result<String, Error> {
    let Value::Person(person) = value else {
        return Ok(value.text());
    };
    let name = people::names(tx, &[*person])?.pop();
    Ok(name.map_or_else(|| "somebody".to_owned(), |(_, name)| name))
}

/// Fills a field in; an empty text empties it. A person is named by number or by address.
///
/// # Errors
/// When the viewer may not, the field is not asked of this ticket, or it can't hold that.
pub async fn fill(
    desk: &Desk,
    viewer: &Viewer,
    ticket: TicketId,
    field: FieldId,
    text: String,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now) = (Actor::Person(viewer.person), desk.now());
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, ticket)?;
            let events = filled(tx, &ticket, field, &text)?;
            record(tx, &mut ticket, now, by, events.as_slice())
        })
        .await
}

/// What was filled in while a ticket was opened; fields that are not asked of it are left out.
pub(crate) fn fill_new(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    given: &[(FieldId, String)],
) -> Result<Vec<Event>, Error> {
    let mut events = Vec::new();
    for (field, text) in given {
        let known = fields::find(tx, *field)?;
        if known.is_some_and(|it| it.is_asked_of(ticket)) {
            events.extend(filled(tx, ticket, *field, text)?);
        }
    }
    Ok(events)
}

fn filled(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    id: FieldId,
    text: &str,
) -> Result<Option<Event>, Error> {
    let known = fields::find(tx, id)?.filter(|field| field.is_asked_of(ticket));
    let field = known.ok_or_else(|| {
        Error::Conflict("this field is not asked of this ticket (any more)".to_owned())
    })?;
    let held = fields::of_ticket(tx, ticket.id)?;
    let held = held.into_iter().find(|(known, _)| known.id == id);
    let from = held.map(|(_, value)| value);
    // What stands there stays although it can't be chosen any more.
    if from.as_ref().is_some_and(|from| from.text() == text.trim()) {
        return Ok(None);
    }
    let named = named(tx, &field, text)?;
    let to = Value::read(&field, &named)
        .map_err(|problem| Error::invalid("field", problem.to_string()))?;
    Ok(rules::fill(ticket, &field, from, to)?)
}

/// A person's number for their address; anything else as it is.
fn named(tx: &mut Tx<'_>, field: &Field, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if field.kind != FieldKind::Person || text.is_empty() {
        return Ok(text.to_owned());
    }
    let person = match EmailAddress::parse(text) {
        Ok(address) => people::find_by_address(tx, &address)?,
        Err(_) => match text.parse().ok().map(PersonId) {
            Some(id) => people::find(tx, id)?.map(|person| person.id),
            None => None,
        },
    };
    Ok(person.map_or_else(|| text.to_owned(), |id| id.to_string()))
}

/// Asked of every act that ends the work, `events` being what it would make happen.
///
/// # Errors
/// [`Error::Conflict`] when the ticket can't be resolved before something is filled in.
pub(crate) fn must_be_filled(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    events: &[Event],
) -> Result<(), Error> {
    if !rules::is_asked_for(events) {
        return Ok(());
    }
    match Required::load(tx, std::slice::from_ref(ticket))?.missing(ticket) {
        names if names.is_empty() => Ok(()),
        names => Err(Error::Conflict(format!(
            "Fill in first: {}. Resolving a ticket like this asks for it",
            names.join(", ")
        ))),
    }
}

/// What keeps a ticket from ending as `events` say: `Cause is not filled in`.
pub(crate) fn held_back(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    events: &[Event],
) -> Result<Option<String>, Error> {
    if !rules::is_asked_for(events) {
        return Ok(None);
    }
    let required = Required::load(tx, std::slice::from_ref(ticket))?;
    Ok(required.holds_back(ticket, events))
}

/// What must be filled in before tickets can be resolved, and what some of them hold of it.
pub(crate) struct Required {
    fields: Vec<Field>,
    held: HashSet<(TicketId, FieldId)>,
}

impl Required {
    pub(crate) fn load(tx: &mut Tx<'_>, tickets: &[Ticket]) -> Result<Self, Error> {
        let mut fields = fields::all(tx)?;
        fields.retain(|it| it.content.required);
        let asked: Vec<FieldId> = fields.iter().map(|it| it.id).collect();
        let ids: Vec<TicketId> = tickets.iter().map(|it| it.id).collect();
        let held = fields::of_tickets(tx, &ids, &asked)?;
        Ok(Self {
            fields,
            held: held
                .iter()
                .map(|(ticket, field, _)| (*ticket, *field))
                .collect(),
        })
    }

    /// Names of what one of these tickets lacks.
    fn missing(&self, ticket: &Ticket) -> Vec<&str> {
        let held = |field| self.held.contains(&(ticket.id, field));
        rules::missing(&self.fields, ticket, held)
    }

    /// Why `events` can't happen to one of these tickets, said of several at once: `Cause is not filled in`.
    pub(crate) fn holds_back(&self, ticket: &Ticket, events: &[Event]) -> Option<String> {
        let missing = self.missing(ticket);
        let holds_back = rules::is_asked_for(events) && !missing.is_empty();
        holds_back.then(|| rules::not_filled_in(&missing))
    }
}

/// What a search may ask about a ticket's fields.
pub(crate) fn held_by(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<Held>, Error> {
    let mut all = Vec::new();
    for (field, value) in fields::of_ticket(tx, ticket)? {
        let person = match &value {
            Value::Person(person) => crate::rules::known(tx, *person)?,
            _ => Known::default(),
        };
        all.push(Held {
            slug: field.slug,
            value,
            person,
        });
    }
    Ok(all)
}

//! An agent opens a ticket for somebody: what they said on the phone or in the corridor.

use std::collections::BTreeSet;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::checklists::NewStep;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{FieldId, PersonId, QueueId, TicketId};
use kept_domain::messages::Audience;
use kept_domain::people::EmailAddress;
use kept_domain::queues::{Chosen, responsible_for_new};
use kept_domain::tickets::{self as rules, Kind, Opening, Priority, Tag, Ticket};
use kept_store::{Tx, queues, tickets};

use super::say::{self, Saying, Upload};
use crate::consequences::record;
use crate::{Desk, Error};

#[derive(Debug, Clone)]
pub struct NewTicket {
    pub subject: String,
    /// Whose request it is: an address, known or new; `None` for the desk's own.
    pub requester: Option<EmailAddress>,
    pub requester_name: String,
    pub queue: QueueId,
    pub priority: Priority,
    pub kind: Kind,
    /// Markdown; a note for the desk saying what is wanted.
    pub text: String,
    pub files: Vec<Upload>,
    pub tags: BTreeSet<Tag>,
    /// Its checklist.
    pub steps: Vec<NewStep>,
    /// What was filled into the desk's own fields.
    pub fields: Vec<(FieldId, String)>,
    /// The opener takes it; otherwise whoever is on duty.
    pub take: bool,
}

/// # Errors
/// When the viewer may not, the queue does not exist, or the subject is empty.
pub async fn open(desk: &Desk, viewer: &Viewer, new: NewTicket) -> Result<TicketId, Error> {
    allow(viewer, Act::WorkTickets)?;
    let files = say::prepare(desk, new.files.clone()).await?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let opening = opening(tx, &viewer, &new, now)?;
            let opened = rules::open(opening)?;
            let mut ticket = tickets::insert(tx, now, &opened)?;
            let by = Actor::Person(viewer.person);
            let id = ticket.id;
            let words = if new.text.trim().is_empty() {
                &new.subject
            } else {
                &new.text
            };
            let saying = Saying {
                ticket: id,
                subject: &ticket.subject.clone(),
                audience: Audience::Desk,
                markdown: words,
                added: "",
                recipients: "[]".into(),
                files: &files,
            };
            let message = say::write(tx, &viewer, &saying, now)?;
            let noted = rules::note(message);
            let mut events: Vec<Event> = std::iter::once(opened).chain(noted).collect();
            events.extend(begins_with(&ticket, &new.tags, &new.steps)?);
            events.extend(crate::fields::fill_new(tx, &ticket, &new.fields)?);
            record(tx, &mut ticket, now, by, &events)?;
            let last_words = crate::intake::last_words(words);
            tickets::set_last_words(tx, id, &last_words, Some(viewer.person))?;
            Ok(id)
        })
        .await
}

/// The tags and the checklist of a ticket that has just been opened.
pub(crate) fn begins_with(
    ticket: &Ticket,
    tags: &BTreeSet<Tag>,
    steps: &[NewStep],
) -> Result<Vec<Event>, Error> {
    let mut events = Vec::new();
    for tag in tags {
        events.extend(rules::tag(ticket, tag)?);
    }
    if !steps.is_empty() {
        events.extend(crate::checklists::first(ticket, steps)?);
    }
    Ok(events)
}

fn opening(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    new: &NewTicket,
    now: jiff::Timestamp,
) -> Result<Opening, Error> {
    let requester = match &new.requester {
        Some(address) => Some(crate::people::meet(tx, address, &new.requester_name, now)?),
        None => None,
    };
    let (responsible, chosen) = holder(tx, viewer, new, now)?;
    Ok(Opening {
        subject: new.subject.clone(),
        kind: new.kind,
        priority: new.priority,
        queue: new.queue,
        client: requester.as_ref().and_then(|who| who.client),
        requester: requester.map(|who| who.own),
        responsible,
        chosen,
    })
}

fn holder(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    new: &NewTicket,
    now: jiff::Timestamp,
) -> Result<(PersonId, Chosen), Error> {
    let queue = queues::all(tx)?.into_iter().find(|q| q.id == new.queue);
    let queue = queue.ok_or_else(|| Error::invalid("queue", "Choose a queue that exists"))?;
    Ok(if new.take {
        (viewer.person, Chosen::Opener)
    } else {
        responsible_for_new(&queue, now)
    })
}

//! A template with the names and numbers of one ticket in it.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{ReplyTemplateId, TicketId};
use kept_mail::markdown::literal;
use kept_store::{Tx, clients, people, queues, tickets};
use serde::Serialize;

use super::theirs;
use crate::settings::texts;
use crate::{Desk, Error};

/// What a template may speak of, and what each stands for.
pub const PLACES: [(&str, &str); 7] = [
    ("name", "the requester’s name"),
    ("first_name", "its first word"),
    ("client", "the client’s name"),
    ("number", "the ticket’s number"),
    ("subject", "its subject"),
    ("queue", "its queue"),
    ("me", "your own name"),
];

/// As [`PLACES`] says; what nobody knows is empty.
#[derive(Debug, Clone, Default, Serialize)]
struct Facts {
    name: String,
    first_name: String,
    client: String,
    number: i64,
    subject: String,
    queue: String,
    me: String,
}

/// The text of a template for a ticket, Markdown. What people wrote (names, the subject) is no Markdown in it.
///
/// # Errors
/// When the viewer may not, it is somebody else's, or there is no such ticket.
pub async fn filled(
    desk: &Desk,
    viewer: &Viewer,
    id: ReplyTemplateId,
    ticket: TicketId,
) -> Result<String, Error> {
    allow(viewer, Act::WorkTickets)?;
    let viewer = viewer.clone();
    desk.store()
        .read(move |tx| {
            let template = theirs(tx, &viewer, id)?;
            let facts = facts(tx, &viewer, ticket)?;
            texts::render(&template.text, &facts)
        })
        .await
}

/// The same for a text that is no template.
pub(crate) fn rendered(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    ticket: TicketId,
    text: &str,
) -> Result<String, Error> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    let facts = facts(tx, viewer, ticket)?;
    texts::render(text, &facts)
}

/// # Errors
/// When the text can't be filled in, with why.
pub(crate) fn check(text: &str) -> Result<(), Error> {
    let sample = Facts {
        number: 1042,
        ..Facts::default()
    };
    texts::render(text, &sample).map(|_| ())
}

fn facts(tx: &mut Tx<'_>, viewer: &Viewer, id: TicketId) -> Result<Facts, Error> {
    let ticket = tickets::find(tx, id)?;
    let ticket = ticket.ok_or_else(|| Error::not_found(format!("ticket #{id}")))?;
    let requester = match ticket.requester {
        Some(person) => people::find(tx, person)?,
        None => None,
    };
    let name = requester.map(|it| it.name).unwrap_or_default();
    let client = match ticket.client {
        Some(client) => clients::find(tx, client)?,
        None => None,
    };
    let queue = queues::all(tx)?
        .into_iter()
        .find(|it| it.id == ticket.queue);
    Ok(Facts {
        first_name: literal(name.split_whitespace().next().unwrap_or_default()),
        name: literal(&name),
        client: client.map(|it| literal(&it.name)).unwrap_or_default(),
        number: id.0,
        subject: literal(&ticket.subject),
        queue: queue.map(|it| literal(&it.name)).unwrap_or_default(),
        me: literal(&viewer.name),
    })
}

//! What a rule's web-hook is told, as `docs/rules.md` describes it.

use kept_domain::event::Event;
use kept_domain::rules::Occurrence;
use kept_domain::tickets::Ticket;
use kept_store::Tx;
use kept_store::hooks::{Hook, NewDelivery};
use serde_json::json;

use super::act::Doing;
use super::{facts, template};
use crate::{Error, hooks};

/// Writes what is told and the job that tells it.
pub(super) fn queue(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    doing: &Doing<'_>,
    url: &str,
) -> Result<Vec<Event>, Error> {
    let body = body(tx, ticket, doing)?;
    let new = NewDelivery {
        hook: Hook::Rule(doing.ready.id),
        ticket: Some(ticket.id),
        notification: None,
        url: Some(url),
        body: &body,
    };
    hooks::queue(tx, &new, doing.now, doing.now)?;
    let host = hooks::host(url).unwrap_or_default();
    Ok(vec![Event::HookCalled { host }])
}

fn body(tx: &mut Tx<'_>, ticket: &Ticket, doing: &Doing<'_>) -> Result<String, Error> {
    let filled = template::filled(tx, ticket, &doing.ready.rule.name)?;
    let requester = ticket
        .requester
        .map(|who| facts::known(tx, who))
        .transpose()?;
    let because: Vec<&str> = doing
        .cause
        .occurrences
        .iter()
        .map(|it: &Occurrence| it.as_str())
        .collect();
    let told = json!({
        "rule": { "id": doing.ready.id.0, "name": filled.rule },
        "because": because,
        "at": doing.now.to_string(),
        "ticket": {
            "number": filled.number,
            "subject": filled.subject,
            "status": filled.status,
            "turn": ticket.turn().as_str(),
            "kind": filled.kind,
            "priority": filled.priority,
            "tags": filled.tags,
            "queue": filled.queue,
            "requester": requester.map(|who| json!({ "name": who.name, "addresses": who.addresses })),
            "client": Some(filled.client).filter(|name| !name.is_empty()),
            "responsible": filled.responsible,
            "opened_at": ticket.opened_at.to_string(),
        },
    });
    Ok(told.to_string())
}

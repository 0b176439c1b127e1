//! Opens what is due by now. Any number of nodes may do so: a date belongs to whoever writes its row first.

use jiff::Timestamp;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{QueueId, RecurrenceId, TicketId};
use kept_domain::messages::Audience;
use kept_domain::queues::{Queue, responsible_for_new};
use kept_domain::recurring::{Due, Recurrence};
use kept_domain::templates::Template;
use kept_domain::tickets::{self as rules, Opening};
use kept_store::{Tx, queues, recurrences, templates, tickets};

use crate::consequences::record;
use crate::tickets::{Saying, Speaker, begins_with, write_as};
use crate::{Desk, Error};

/// Looked up at once.
const AT_ONCE: usize = 50;

/// Says how many were looked at.
///
/// # Errors
/// When the store can't answer.
pub(crate) async fn open_due(desk: &Desk) -> Result<usize, Error> {
    let mut done = 0;
    loop {
        let now = desk.now();
        let due = desk
            .store()
            .read(move |tx| Ok::<_, Error>(recurrences::due(tx, now, AT_ONCE)?))
            .await?;
        for id in &due {
            let id = *id;
            desk.store().write(move |tx| look_at(tx, id, now)).await?;
        }
        if due.is_empty() {
            return Ok(done);
        }
        done += due.len();
        desk.wake_worker();
    }
}

fn look_at(tx: &mut Tx<'_>, id: RecurrenceId, now: Timestamp) -> Result<(), Error> {
    let Some(known) = recurrences::find(tx, id)? else {
        return Ok(());
    };
    // Another node was quicker, or it was stopped.
    let Some(planned) = known.next.filter(|next| *next <= now) else {
        return Ok(());
    };
    let recurrence = &known.recurrence;
    let Some(due) = recurrence.due(planned, now) else {
        let next = recurrence.next_after(now, 1).pop();
        return Ok(recurrences::set_next(tx, id, next)?);
    };
    if recurrences::begin(tx, id, due.date, now)?
        && let Some(template) = templates::find(tx, recurrence.template)?
    {
        let ticket = open(tx, recurrence, &template.template, &due, now)?;
        recurrences::set_ticket(tx, id, due.date, ticket)?;
    }
    Ok(recurrences::set_next(tx, id, due.next)?)
}

fn open(
    tx: &mut Tx<'_>,
    recurrence: &Recurrence,
    template: &Template,
    due: &Due,
    now: Timestamp,
) -> Result<TicketId, Error> {
    let queue = queue(tx, recurrence.queue.or(template.queue))?;
    let (responsible, chosen) = responsible_for_new(&queue, now);
    let opened = rules::open(Opening {
        subject: format!("{}, {}", template.subject, due.date.strftime("%-d %b %Y")),
        kind: template.kind,
        priority: template.priority,
        queue: queue.id,
        requester: None,
        client: recurrence.client,
        responsible,
        chosen,
    })?;
    let mut ticket = tickets::insert(tx, now, &opened)?;
    let words = words(recurrence, template);
    let saying = Saying {
        ticket: ticket.id,
        subject: &ticket.subject.clone(),
        audience: Audience::Desk,
        markdown: &words,
        added: "",
        recipients: "[]".into(),
        files: &[],
    };
    let speaker = Speaker {
        person: None,
        name: queue.name.clone(),
        address: String::new(),
    };
    let message = write_as(tx, &speaker, &saying, now)?;
    let mut events = vec![opened, Event::Noted { message }];
    events.extend(begins_with(&ticket, &template.tags, &template.new_steps())?);
    record(tx, &mut ticket, now, Actor::Kept, &events)?;
    tickets::set_last_words(tx, ticket.id, &crate::intake::last_words(&words), None)?;
    Ok(ticket.id)
}

fn words(recurrence: &Recurrence, template: &Template) -> String {
    let from = format!("Recurs: {}.", recurrence.name);
    match template.text.trim() {
        "" => from,
        text => format!("{text}\n\n{from}"),
    }
}

/// The one that was named, if it is still there, else the first.
fn queue(tx: &mut Tx<'_>, named: Option<QueueId>) -> Result<Queue, Error> {
    let all = queues::all(tx)?;
    let known = all.iter().find(|queue| Some(queue.id) == named);
    let first = || all.iter().min_by_key(|queue| queue.id);
    let found = known.or_else(first).cloned();
    found.ok_or_else(|| Error::not_found("queue"))
}

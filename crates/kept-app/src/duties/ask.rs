//! Asks clients for what is due: on a ticket of its own, or again on the one that still waits for the time before.

use jiff::{SignedDuration, Timestamp};
use kept_domain::agreements::{Asking, Duty, Scope, Version, duty_at};
use kept_domain::duties::State;
use kept_domain::event::{Actor, Event};
use kept_domain::ids::{ClientId, DutyRunId, MessageId, OutgoingId, PersonId};
use kept_domain::messages::Audience;
use kept_domain::notifications::Kind;
use kept_domain::queues::{Queue, responsible_for_new};
use kept_domain::tickets::{self as rules, Kind as TicketKind, Opening, Priority, Ticket};
use kept_store::duties::{self, Plan, Run};
use kept_store::{Tx, messages, people, queues, tickets};

use super::plan;
use crate::calls::when;
use crate::consequences::record;
use crate::intake::Recipients;
use crate::notifications::{self, Telling};
use crate::settings::texts::{self, Text, Told};
use crate::tickets::automatic::Letter;
use crate::tickets::{Saying, Speaker, write_as};
use crate::{Desk, Error, agreements};

/// Duties looked up at once.
const AT_ONCE: usize = 50;
/// One that can't be asked for is tried again after this.
const AGAIN: SignedDuration = SignedDuration::from_mins(5);
/// People of a client among whom somebody to ask is looked for.
const MOST_PEOPLE: usize = 500;

/// Asks for everything that is due by now; says how many duties were looked at. Any number of nodes may do so: only the one
/// whose row says so first writes to anybody.
///
/// # Errors
/// When the store can't answer.
pub async fn open_due(desk: &Desk) -> Result<usize, Error> {
    let mut done = 0;
    loop {
        let now = desk.now();
        let due = desk
            .store()
            .read(move |tx| duties::due(tx, now, AT_ONCE))
            .await?;
        for plan in &due {
            look_at(desk, *plan).await?;
        }
        done += due.len();
        if due.len() < AT_ONCE {
            if done > 0 {
                desk.wake_worker();
            }
            return Ok(done);
        }
    }
}

async fn look_at(desk: &Desk, plan: Plan) -> Result<(), Error> {
    let (held, now) = (desk.clone(), desk.now());
    let asked = desk
        .store()
        .write(move |tx| ask_due(tx, &held, plan, now))
        .await;
    let Err(error) = asked else {
        return Ok(());
    };
    if matches!(error, Error::Store(_)) {
        return Err(error);
    }
    let (agreement, duty) = (plan.agreement.0, plan.duty);
    tracing::error!(agreement, duty, %error, "a client could not be asked for a duty; trying again in five minutes");
    desk.store()
        .write(move |tx| {
            let at = now + AGAIN;
            Ok(duties::plan(tx, &Plan { at, ..plan })?)
        })
        .await
}

fn ask_due(tx: &mut Tx<'_>, desk: &Desk, plan: Plan, now: Timestamp) -> Result<(), Error> {
    let book = agreements::book(tx)?;
    let versions = plan::versions_of(&book, plan.agreement);
    let due = plan::due(tx, &versions, plan.duty, now)?;
    // Taken out since: it is not asked for any more.
    let duty = duty_at(&versions, plan.duty, now);
    if let (Some(asking), Some(duty), Some(version)) = (due, duty, versions.last()) {
        let wanted = Wanted {
            version,
            duty,
            asking,
        };
        ask(tx, desk, &wanted, now)?;
    }
    plan::plan(tx, &versions, plan.duty)
}

/// What is to be asked for.
struct Wanted<'a> {
    version: &'a Version,
    duty: &'a Duty,
    asking: Asking,
}

fn ask(tx: &mut Tx<'_>, desk: &Desk, wanted: &Wanted<'_>, now: Timestamp) -> Result<(), Error> {
    let Scope::Client(client) = wanted.version.scope else {
        return Ok(());
    };
    let earlier = waiting(tx, wanted)?;
    let Some(run) = begin(tx, wanted, client, now)? else {
        // Another node was quicker.
        return Ok(());
    };
    let (mut ticket, opened) = match &earlier {
        Some((_, ticket)) => (ticket.clone(), None),
        None => {
            let opened = rules::open(opening(tx, wanted, client, now)?)?;
            (tickets::insert(tx, now, &opened)?, Some(opened))
        }
    };
    duties::set_ticket(tx, run, ticket.id)?;
    let written = write(tx, desk, &ticket, wanted, opened.is_some(), now)?;
    let asked = Event::DutyAsked {
        run,
        date: wanted.asking.date,
        what: wanted.duty.what.clone(),
        within: wanted.duty.within,
        instead_of: earlier.map(|(run, _)| run),
        message: written.map(|(message, _)| message),
        outgoing: written.map(|(_, outgoing)| outgoing),
    };
    let events: Vec<Event> = opened.into_iter().chain([asked]).collect();
    record(tx, &mut ticket, now, Actor::Kept, &events)?;
    match written {
        Some(_) => Ok(()),
        None => tell_desk(tx, &ticket, wanted.duty, now),
    }
}

/// The time before, when it still waits on an open ticket.
fn waiting(tx: &mut Tx<'_>, wanted: &Wanted<'_>) -> Result<Option<(DutyRunId, Ticket)>, Error> {
    let last = duties::last(tx, wanted.version.agreement, wanted.duty.number)?;
    let Some(last) = last.filter(|run| run.state.is_open()) else {
        return Ok(None);
    };
    let Some(id) = last.ticket else {
        return Ok(None);
    };
    let ticket = crate::tickets::load(tx, id)?;
    Ok(ticket.is_open().then_some((last.id, ticket)))
}

fn begin(
    tx: &mut Tx<'_>,
    wanted: &Wanted<'_>,
    client: ClientId,
    now: Timestamp,
) -> Result<Option<DutyRunId>, Error> {
    let run = Run {
        id: DutyRunId(0),
        agreement: wanted.version.agreement,
        duty: wanted.duty.number,
        date: wanted.asking.date,
        client,
        what: wanted.duty.what.clone(),
        asked_at: now,
        ticket: None,
        state: State::Asked,
        due: None,
        ended: None,
    };
    Ok(duties::insert(tx, &run)?)
}

fn opening(
    tx: &mut Tx<'_>,
    wanted: &Wanted<'_>,
    client: ClientId,
    now: Timestamp,
) -> Result<Opening, Error> {
    let queue = queue_of(tx, wanted.duty)?;
    let (responsible, chosen) = responsible_for_new(&queue, now);
    Ok(Opening {
        subject: wanted.duty.what.clone(),
        kind: TicketKind::Request,
        priority: Priority::Normal,
        queue: queue.id,
        requester: contact(tx, wanted.duty, client)?,
        client: Some(client),
        responsible,
        chosen,
    })
}

/// The one the agreement names, if it is still there, else the first.
fn queue_of(tx: &mut Tx<'_>, duty: &Duty) -> Result<Queue, Error> {
    let all = queues::all(tx)?;
    let named = all.iter().find(|queue| Some(queue.id) == duty.queue);
    let first = || all.iter().min_by_key(|queue| queue.id);
    let found = named.or_else(first).cloned();
    found.ok_or_else(|| Error::not_found("queue"))
}

/// Whoever the agreement names, as long as they are there, else whoever of the client has been known the longest.
fn contact(tx: &mut Tx<'_>, duty: &Duty, client: ClientId) -> Result<Option<PersonId>, Error> {
    let all = people::of_client(tx, client, MOST_PEOPLE)?;
    let mut reachable = all
        .iter()
        .filter(|it| !it.address.is_empty() && !it.has_left && it.role.is_none());
    let named = reachable.clone().find(|it| Some(it.id) == duty.who);
    Ok(named.or_else(|| reachable.next()).map(|it| it.id))
}

/// Writes to the client. `None` when there is nobody a program may write to.
fn write(
    tx: &mut Tx<'_>,
    desk: &Desk,
    ticket: &Ticket,
    wanted: &Wanted<'_>,
    is_new: bool,
    now: Timestamp,
) -> Result<Option<(MessageId, OutgoingId)>, Error> {
    let Some(letter) = Letter::to_client(tx, ticket, now)? else {
        return Ok(None);
    };
    let words = words(tx, ticket, wanted, &letter, now)?;
    let recipients = Recipients {
        to: vec![letter.to().clone()],
        ..Recipients::default()
    };
    let saying = Saying {
        ticket: ticket.id,
        subject: if is_new { &ticket.subject } else { "" },
        audience: Audience::Client,
        markdown: &words,
        added: "",
        recipients: recipients.json(),
        files: &[],
    };
    let speaker = Speaker {
        person: None,
        name: letter.queue_name().to_owned(),
        address: String::new(),
    };
    let message = write_as(tx, &speaker, &saying, now)?;
    tickets::set_last_words(tx, ticket.id, &wanted.duty.what, None)?;
    let outgoing = letter.send_message(tx, desk, ticket, message, &words, now)?;
    Ok(Some((message, outgoing)))
}

fn words(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    wanted: &Wanted<'_>,
    letter: &Letter,
    now: Timestamp,
) -> Result<String, Error> {
    let hours = &wanted.version.wording.client;
    let due = wanted.duty.within.after(hours, now);
    let responsible = people::names(tx, &[ticket.responsible])?.pop();
    let told = Told {
        name: letter.name().to_owned(),
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        responsible: responsible.map_or_else(String::new, |(_, name)| name),
        queue: letter.queue_name().to_owned(),
        what: wanted.duty.what.clone(),
        details: wanted.duty.text.clone(),
        due: due.map_or_else(String::new, |due| when(due, hours.zone())),
        ..Told::default()
    };
    texts::filled(tx, Text::DutyAsked, &told)
}

/// Nobody of the client could be asked, so that it is for the desk to find somebody.
fn tell_desk(tx: &mut Tx<'_>, ticket: &Ticket, duty: &Duty, now: Timestamp) -> Result<(), Error> {
    let words = format!("Nobody to ask: {}", duty.what);
    let telling = Telling {
        person: ticket.responsible,
        kind: Kind::Assigned,
        words: &words,
        on_page: false,
        message: None,
    };
    notifications::tell(tx, ticket, &telling, now)
}

/// Whether a message is one by which a client was asked.
pub(crate) fn asks(tx: &mut Tx<'_>, message: MessageId) -> Result<bool, Error> {
    let Some(said) = messages::find(tx, message)? else {
        return Ok(false);
    };
    let history = kept_store::events::of_ticket(tx, said.ticket)?;
    let is = |event: &Event| matches!(event, Event::DutyAsked { message: Some(it), .. } if *it == message);
    Ok(history.iter().any(|line| is(&line.event)))
}

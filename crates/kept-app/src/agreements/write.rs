//! Writing an agreement, or another version of one. What holds already is never changed.

use jiff::Timestamp;
use jiff::civil::Date;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::agreements::{Scope, Version, Wording};
use kept_domain::ids::AgreementId;
use kept_store::agreements::{self, Agreement, NewVersion};
use kept_store::{Tx, audit, clients, people, queues};

use super::{bind, remember_change};
use crate::{Desk, Error};

/// Characters of a name.
const LONGEST_NAME: usize = 120;

/// What becomes of tickets that are open already (S16). Closed ones never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// They keep what they have.
    #[default]
    NewTickets,
    /// What is used up stays as it was counted; what is left follows the new version.
    OpenFromNow,
    /// As if it had held since they were opened.
    OpenFromStart,
}

impl Mode {
    pub const ALL: [Mode; 3] = [Mode::NewTickets, Mode::OpenFromNow, Mode::OpenFromStart];

    pub fn as_str(self) -> &'static str {
        match self {
            Mode::NewTickets => "new-tickets",
            Mode::OpenFromNow => "open-from-now",
            Mode::OpenFromStart => "open-from-start",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.as_str() == text)
    }

    /// `None` when open tickets keep what they have.
    pub fn from_start(self) -> Option<bool> {
        match self {
            Mode::NewTickets => None,
            Mode::OpenFromNow => Some(false),
            Mode::OpenFromStart => Some(true),
        }
    }
}

/// A version to be written.
#[derive(Debug, Clone)]
pub struct Draft {
    pub scope: Scope,
    pub name: String,
    pub wording: Wording,
    /// The day it begins, at midnight by the desk's clock in it; `None` or today: at once.
    pub from: Option<Date>,
    pub mode: Mode,
}

/// Writes the first version of an agreement, or the next one.
///
/// # Errors
/// When the viewer may not, a value can't be taken, naming it, or another version begins later already.
pub async fn write(desk: &Desk, viewer: &Viewer, mut draft: Draft) -> Result<AgreementId, Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    let written = desk
        .store()
        .write(move |tx| {
            let name = clean_name(&draft.name)?;
            let from = begin(&draft, now)?;
            must_be_possible(tx, &draft)?;
            let known = agreements::all(tx)?;
            let known = known.into_iter().find(|it| it.scope == draft.scope);
            let id = match &known {
                Some(known) => {
                    make_room(tx, known, from)?;
                    agreements::rename(tx, known.id, &name)?;
                    known.id
                }
                None => agreements::insert(tx, &name, draft.scope, now)?,
            };
            let mut before = agreements::versions(tx)?;
            before.retain(|it| it.agreement == id);
            crate::duties::number(&mut draft.wording, &before);
            let new = NewVersion {
                agreement: id,
                from,
                wording: &draft.wording,
                by: Some(by),
            };
            let version = agreements::add_version(tx, new, now)?;
            remember_change(tx)?;
            if let Some(from_start) = draft.mode.from_start() {
                bind::queue(tx, version, from_start, by, now)?;
            }
            let what = format!("Wrote a version of the agreement “{name}”");
            audit::write(tx, Some(by), &what, now)?;
            Ok::<_, Error>(id)
        })
        .await?;
    desk.wake_worker();
    Ok(written)
}

fn clean_name(name: &str) -> Result<String, Error> {
    let name = crate::people::clean(name)
        .ok_or_else(|| Error::invalid("name", "Give the agreement a name"))?;
    match name.chars().count() <= LONGEST_NAME {
        true => Ok(name),
        false => Err(Error::invalid(
            "name",
            format!("Write a name of at most {LONGEST_NAME} letters"),
        )),
    }
}

/// When it comes into force: never in the past, so that nothing that is over changes.
fn begin(draft: &Draft, now: Timestamp) -> Result<Timestamp, Error> {
    let zone = draft.wording.desk.zone();
    let today = now.to_zoned(zone.clone()).date();
    let Some(from) = draft.from.filter(|from| *from != today) else {
        return Ok(now);
    };
    if from < today {
        let problem = "Choose today or a later day: what is over keeps what held then";
        return Err(Error::invalid("from", problem));
    }
    if draft.mode != Mode::NewTickets {
        let problem =
            "Open tickets change as soon as this is saved; choose today, or new tickets only";
        return Err(Error::invalid("from", problem));
    }
    let midnight = from.to_zoned(zone.clone());
    midnight
        .map(|it| it.timestamp())
        .map_err(|_| Error::invalid("from", "Choose an earlier day"))
}

/// What the wording alone can't know: that those it names exist.
fn must_be_possible(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), Error> {
    draft
        .wording
        .check()
        .map_err(|why| Error::invalid("rows", why.to_string()))?;
    let told = draft.wording.escalation.and_then(|it| it.to);
    if let Some(person) = told
        && !people::works_here(tx, person)?
    {
        let problem = "Choose somebody who works at this desk";
        return Err(Error::invalid("escalate-to", problem));
    }
    duties_must_be_possible(tx, draft)?;
    match draft.scope {
        Scope::Everybody => Ok(()),
        Scope::Client(client) => match clients::find(tx, client)? {
            Some(_) => Ok(()),
            None => Err(Error::not_found("client")),
        },
        Scope::Queue(queue) => match queues::all(tx)?.iter().any(|it| it.id == queue) {
            true => Ok(()),
            false => Err(Error::not_found("queue")),
        },
    }
}

/// Somebody must owe them, be there to be asked, and somebody must ask.
fn duties_must_be_possible(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), Error> {
    let duties = &draft.wording.duties;
    let client = match draft.scope {
        Scope::Client(client) => Some(client),
        Scope::Everybody | Scope::Queue(_) => None,
    };
    if client.is_none() && !duties.is_empty() {
        let problem = "Duties stand in a client’s own agreement, so that it is clear who owes them";
        return Err(Error::invalid("duties", problem));
    }
    let queues = queues::all(tx)?;
    for duty in duties {
        let named = duty.who.map(|who| people::find(tx, who)).transpose()?;
        if named.is_some_and(|who| who.and_then(|it| it.client) != client) {
            let problem = "Choose somebody who belongs to this client";
            return Err(Error::invalid("duties", problem));
        }
        let known = |id| queues.iter().any(|queue| queue.id == id);
        if duty.queue.is_some_and(|id| !known(id)) {
            return Err(Error::invalid("duties", "Choose a queue that exists"));
        }
    }
    Ok(())
}

/// Versions of one agreement follow each other, and none begins after its end.
fn make_room(tx: &mut Tx<'_>, known: &Agreement, from: Timestamp) -> Result<(), Error> {
    let versions = agreements::versions(tx)?;
    let later = |it: &&Version| it.agreement == known.id && it.from > from;
    if let Some(later) = versions.iter().find(later) {
        let number = later.number;
        return Err(Error::Conflict(format!(
            "Version {number} begins later than this one; take it back first"
        )));
    }
    match known.until {
        Some(until) if until <= from => Ok(agreements::reopen(tx, known.id)?),
        _ => Ok(()),
    }
}

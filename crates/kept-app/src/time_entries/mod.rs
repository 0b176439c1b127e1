//! Time on tickets: logged by itself or with what was written, put right with who and why, and read. No act of it says anything
//! to anybody or moves a turn.

mod stored;
mod with_message;

pub use kept_store::time_entries::{Listed, Sheet};
pub(crate) use stored::{differ, rebuild};
pub(crate) use with_message::{Worked, carry_over, with_message};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::{Act, Denied, Viewer, allow};
use kept_domain::event::{Actor, Event};
use kept_domain::ids::TicketId;
use kept_domain::people::Role;
use kept_domain::time_entries::{
    self as rules, BadEntry, BadTime, Details, Editor, Moment, Spent, TimeEntry, When, WorkType,
};
use kept_store::{Tx, events, tickets, time_entries as kept};

use crate::consequences::record;
use crate::tickets::load;
use crate::{Desk, Error};

/// Work as somebody writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    pub spent: Spent,
    /// `None` for what ended just now; on an entry that is changed, for when it was.
    pub when: Option<When>,
    pub work_type: WorkType,
    /// What was done; may be empty.
    pub text: String,
}

impl NewEntry {
    /// From one line, such as `15m new roller`.
    ///
    /// # Errors
    /// When it does not begin with a length of time.
    pub fn of_line(line: &str) -> Result<Self, Error> {
        let (spent, text) = Spent::first_of(line)?;
        Ok(Self {
            spent,
            when: None,
            work_type: WorkType::default(),
            text: text.to_owned(),
        })
    }
}

/// An entry, by its ticket and its number there.
pub type Which = (TicketId, u32);

/// Logs the viewer's own work on a ticket, or on the one it is told on now; gives which entry it is.
///
/// # Errors
/// When the viewer may not, there is no such ticket, it is spam, or the work can't have been so.
pub async fn log(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    new: NewEntry,
    zone: TimeZone,
) -> Result<Which, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let told = tickets::told_at(tx, id)?;
            let mut ticket = load(tx, told)?;
            let details = Details {
                when: new.when.unwrap_or(just_now(new.spent, now)),
                spent: new.spent,
                work_type: new.work_type,
                text: Some(new.text),
            };
            let last = kept::last_number(tx, ticket.id)?;
            let at = moment(now, zone);
            let event = rules::log(&ticket, last, (person, None), &details, at)?;
            record(tx, &mut ticket, now, Actor::Person(person), &[event])?;
            Ok((ticket.id, last + 1))
        })
        .await
}

/// Puts an entry right. Somebody else's needs a reason, which may be empty otherwise.
///
/// # Errors
/// When the viewer may not, it is gone, or the work can't have been so.
pub async fn change(
    desk: &Desk,
    viewer: &Viewer,
    which: Which,
    new: NewEntry,
    why: String,
    zone: TimeZone,
) -> Result<(), Error> {
    let act = move |_: &mut Tx<'_>, entry: &TimeEntry, by: Editor, now: Timestamp| {
        let details = Details {
            when: new
                .when
                .unwrap_or(ended(entry.details.when, new.spent, now)),
            spent: new.spent,
            work_type: new.work_type,
            text: Some(new.text),
        };
        Ok(rules::change(entry, by, &details, &why, moment(now, zone))?)
    };
    edit(desk, viewer, which, act).await
}

/// Takes an entry off; [`restore`] brings it back.
///
/// # Errors
/// When the viewer may not, it is gone, or a reason is wanted.
pub async fn remove(desk: &Desk, viewer: &Viewer, which: Which, why: String) -> Result<(), Error> {
    edit(desk, viewer, which, move |_, entry, by, _| {
        Ok(Some(rules::remove(entry, by, &why)?))
    })
    .await
}

/// An entry that was taken off counts again.
///
/// # Errors
/// When the viewer may not, or it was not taken off.
pub async fn restore(desk: &Desk, viewer: &Viewer, which: Which) -> Result<(), Error> {
    edit(desk, viewer, which, |_, entry, by, _| {
        Ok(Some(rules::restore(entry, by)?))
    })
    .await
}

/// An entry is as it was before it was changed last.
///
/// # Errors
/// When the viewer may not, or it was never changed.
pub async fn change_back(desk: &Desk, viewer: &Viewer, which: Which) -> Result<(), Error> {
    edit(desk, viewer, which, move |tx, entry, by, now| {
        let history = events::of_ticket(tx, which.0)?;
        let before = rules::last_change(&history, entry.number).ok_or(BadEntry::Gone)?;
        let why = "that was taken back";
        // What was right then is right now, whichever day it is here.
        let at = moment(now, TimeZone::UTC);
        let today = match before.when {
            When::On(day) => at.today.max(day),
            When::Began(_) => at.today,
        };
        Ok(rules::change(
            entry,
            by,
            before,
            why,
            Moment { now, today },
        )?)
    })
    .await
}

async fn edit(
    desk: &Desk,
    viewer: &Viewer,
    (id, number): Which,
    decide: impl FnOnce(&mut Tx<'_>, &TimeEntry, Editor, Timestamp) -> Result<Option<Event>, Error>
    + Send
    + 'static,
) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let by = Editor {
        person: viewer.person,
        is_admin: viewer.role == Role::Admin,
    };
    let now = desk.now();
    desk.store()
        .write(move |tx| {
            let mut ticket = load(tx, id)?;
            let entry = kept::find(tx, id, number)?.ok_or(BadEntry::Gone)?;
            let event = decide(tx, &entry, by, now)?;
            let events = event.as_slice();
            record(tx, &mut ticket, now, Actor::Person(by.person), events)
        })
        .await
}

/// The time of a ticket and of those told on it: all in figures, and up to `limit` entries after the newest `skip`.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(
    desk: &Desk,
    viewer: &Viewer,
    id: TicketId,
    skip: usize,
    limit: usize,
) -> Result<Sheet, Error> {
    allow(viewer, Act::Read)?;
    let read = desk
        .store()
        .read(move |tx| kept::sheet(tx, id, skip, limit));
    Ok(read.await?)
}

/// One entry, to be put right.
///
/// # Errors
/// When the viewer may not, or it is not there or was taken off.
pub async fn find(desk: &Desk, viewer: &Viewer, (id, number): Which) -> Result<TimeEntry, Error> {
    allow(viewer, Act::Read)?;
    let found = desk.store().read(move |tx| kept::find(tx, id, number));
    let standing = found.await?.filter(|it| it.removed_at.is_none());
    standing.ok_or_else(|| Error::not_found("time entry"))
}

fn moment(now: Timestamp, zone: TimeZone) -> Moment {
    Moment {
        now,
        today: now.to_zoned(zone).date(),
    }
}

fn just_now(spent: Spent, now: Timestamp) -> When {
    When::Began(now.saturating_sub(spent.duration()).unwrap_or(now))
}

/// When it began, or earlier where it would not be over yet: work that turns out to have been longer began earlier.
fn ended(when: When, spent: Spent, now: Timestamp) -> When {
    match (when, just_now(spent, now)) {
        (When::Began(began), When::Began(latest)) => When::Began(began.min(latest)),
        (when, _) => when,
    }
}

impl From<BadTime> for Error {
    fn from(problem: BadTime) -> Self {
        Error::invalid("time", problem.to_string())
    }
}

impl From<BadEntry> for Error {
    fn from(problem: BadEntry) -> Self {
        let field = match problem {
            BadEntry::Refused(refused) => return refused.into(),
            BadEntry::Gone => return Error::Conflict(problem.to_string()),
            BadEntry::NotYours => return Denied { needs: Role::Admin }.into(),
            BadEntry::NoReason | BadEntry::WhyTooLong => "why",
            BadEntry::ToCome | BadEntry::TooLongAgo => "day",
            BadEntry::TextTooLong => "text",
            BadEntry::TooMany => "time",
        };
        Error::invalid(field, problem.to_string())
    }
}

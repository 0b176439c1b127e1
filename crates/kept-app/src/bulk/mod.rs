//! One act on many tickets: a look at what it would do, the act itself a part at a time, and the way back for all of it.

mod job;
mod preview;

pub use job::part;
pub(crate) use job::{JOB, run, stuck};
pub use preview::{Preview, preview};

use kept_domain::access::{Act, Denied, Viewer, allow};
use kept_domain::bulk::{BulkAct, Outcome};
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::people::Role;
use kept_domain::search::{Asker, negation, parse};
use kept_store::bulk::{self, Bulk, Came, State};
use kept_store::{Tx, audit, search};

use crate::parts;
use crate::reading::known;
use crate::tickets::{assigns_outright, must_be_agent, must_be_queue};
use crate::{Desk, Error};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Most tickets of one act.
pub const MOST: usize = 10_000;
/// So few are done while somebody waits for the answer.
const AT_ONCE: usize = 100;

/// Which tickets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    Ticked(Vec<TicketId>),
    /// All that a search finds, for somebody whose days begin in this zone.
    Found(String, TimeZone),
}

impl Scope {
    fn tickets(
        &self,
        tx: &mut Tx<'_>,
        me: PersonId,
        now: Timestamp,
    ) -> Result<Vec<TicketId>, Error> {
        let ids = match self {
            Scope::Ticked(ids) => {
                let mut ids = ids.clone();
                ids.sort_unstable();
                ids.dedup();
                ids
            }
            Scope::Found(text, zone) => {
                let asker = Asker {
                    me: Some(me),
                    now,
                    zone,
                };
                let query = parse(text)?;
                known::has_its_fields(tx, &query, text)?;
                let not = negation(text);
                if let Some(not) = not.as_ref().filter(|it| it.is_sure) {
                    return Err(Error::Search(known::left_out(not.clone())));
                }
                let ids = search::ids(tx, &query, asker, MOST + 1)?;
                if ids.is_empty() {
                    known::can_be_found(tx, &query, text)?;
                    not.map_or(Ok(()), |not| Err(Error::Search(known::left_out(not))))?;
                }
                ids
            }
        };
        if ids.len() > MOST {
            let problem = format!("One act can be on {MOST} tickets at most; narrow the search");
            return Err(Error::invalid("q", problem));
        }
        Ok(ids)
    }
}

/// How an act stands.
#[derive(Debug, Clone)]
pub struct Progress {
    pub bulk: Bulk,
    pub total: i64,
    /// By what became of them and why.
    pub outcomes: Vec<Came>,
}

impl Progress {
    pub fn count(&self, of: Outcome) -> i64 {
        let some = self.outcomes.iter().filter(|came| came.outcome == of);
        some.map(|came| came.many).sum()
    }
}

/// An agent who may not give a ticket to others outright asks them instead.
pub fn as_may(viewer: &Viewer, act: BulkAct) -> BulkAct {
    match act {
        BulkAct::Assign { to } if !assigns_outright(viewer, to) => BulkAct::Offer { to },
        other => other,
    }
}

/// Begins it. Few tickets are done when this returns; many go on a part at a time, and after a restart.
///
/// # Errors
/// When the viewer may not, the search can't be read, there are none or too many tickets, or whom or what it gives them
/// to does not exist.
pub async fn begin(desk: &Desk, viewer: &Viewer, scope: Scope, act: BulkAct) -> Result<i64, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (by, now, act) = (viewer.person, desk.now(), as_may(viewer, act));
    let (id, few) = desk
        .store()
        .write(move |tx| {
            check(tx, &act)?;
            let tickets = scope.tickets(tx, by, now)?;
            if tickets.is_empty() {
                return Err(Error::invalid("ticket", "There is no ticket to do this to"));
            }
            let search = match scope {
                Scope::Found(text, _) => Some(text),
                Scope::Ticked(_) => None,
            };
            let new = Bulk {
                id: 0,
                by,
                search,
                act,
                state: State::Doing,
                began: now,
                ended: None,
            };
            let id = bulk::insert(tx, &new, &tickets)?;
            parts::enqueue(tx, JOB, id, now)?;
            let what = format!("Began act {id} on {} tickets", tickets.len());
            audit::write(tx, Some(by), &what, now)?;
            Ok::<_, Error>((id, tickets.len() <= AT_ONCE))
        })
        .await?;
    go_on(desk, id, few).await
}

/// Takes all of it back, ticket by ticket. What somebody changed since stays.
///
/// # Errors
/// When the viewer may not, or it is not done.
pub async fn undo(desk: &Desk, viewer: &Viewer, id: i64) -> Result<i64, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    let few = desk
        .store()
        .write(move |tx| {
            let it = bulk::find_to_change(tx, id)?;
            let it = it.ok_or_else(|| Error::not_found("act"))?;
            if it.by != viewer.person && viewer.role < Role::Dispatcher {
                let needs = Role::Dispatcher;
                return Err(Denied { needs }.into());
            }
            if matches!(it.state, State::Undoing | State::Undone) {
                return Err(Error::Conflict("that was taken back already".into()));
            }
            bulk::set_state(tx, id, State::Undoing, None)?;
            parts::enqueue(tx, JOB, id, now)?;
            let what = format!("Takes act {id} back");
            audit::write(tx, Some(viewer.person), &what, now)?;
            let done = bulk::next(tx, id, Outcome::Done, AT_ONCE + 1)?;
            Ok::<_, Error>(done.len() <= AT_ONCE)
        })
        .await?;
    go_on(desk, id, few).await
}

async fn go_on(desk: &Desk, id: i64, few: bool) -> Result<i64, Error> {
    if few {
        while part(desk, id).await? {}
    }
    desk.wake_worker();
    Ok(id)
}

/// How it stands.
///
/// # Errors
/// When the viewer may not, or there is no such act.
pub async fn progress(desk: &Desk, viewer: &Viewer, id: i64) -> Result<Progress, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let bulk = load(tx, id)?;
            let outcomes = bulk::outcomes(tx, id)?;
            let total = outcomes.iter().map(|came| came.many).sum();
            Ok(Progress {
                bulk,
                total,
                outcomes,
            })
        })
        .await
}

fn load(tx: &mut Tx<'_>, id: i64) -> Result<Bulk, Error> {
    bulk::find(tx, id)?.ok_or_else(|| Error::not_found("act"))
}

/// What a rule can't know: whether the agent and the queue exist.
fn check(tx: &mut Tx<'_>, act: &BulkAct) -> Result<(), Error> {
    match act {
        BulkAct::Assign { to } | BulkAct::Offer { to } => must_be_agent(tx, *to),
        BulkAct::Queue { to } => must_be_queue(tx, *to),
        _ => Ok(()),
    }
}

//! An import at work: so many lines a transaction, each written down with what becomes of it, until none is left. After
//! a restart it goes on where it was.

use jiff::Timestamp;
use kept_domain::imports::Outcome;
use kept_store::Tx;
use kept_store::imports::{self as stored, Fate, Import, Line, State};
use kept_store::jobs::{Job, LeaseError};

use super::plan::{carry_out, foreseen, plan, refused};
use crate::parts::{self, AT_ONCE};
use crate::{Desk, Error};

pub(crate) const JOB: &str = "import";

/// The name under which one import is watched, and its job is known.
pub(crate) fn topic(id: i64) -> String {
    parts::key(JOB, id)
}

/// Does one part and comes again for the next.
pub(crate) async fn run(desk: &Desk, job: &Job) -> Result<(), LeaseError> {
    parts::run(desk, job, JOB, some).await
}

/// One part at once, for whoever waits for the answer; whether there is more.
///
/// # Errors
/// When the store can't answer.
pub async fn part(desk: &Desk, id: i64) -> Result<bool, Error> {
    let now = desk.now();
    desk.store().write(move |tx| some(tx, id, now)).await
}

fn some(tx: &mut Tx<'_>, id: i64, now: Timestamp) -> Result<bool, Error> {
    let Some(it) = stored::find_to_change(tx, id)?.filter(|it| it.state.goes_on()) else {
        return Ok(false);
    };
    let looks = it.state == State::Looking;
    let which: &[Outcome] = match looks {
        true => &[Outcome::Waiting],
        false => &[Outcome::Make, Outcome::Change],
    };
    let lines = stored::lines(tx, id, which, 0, AT_ONCE)?;
    for line in &lines {
        let fate = match looks {
            true => look(tx, &it, line)?,
            false => act(tx, &it, line, now)?,
        };
        stored::settle(tx, id, line.line, &fate)?;
    }
    let more = lines.len() == AT_ONCE;
    if !more {
        let (state, ended) = match looks {
            true => (State::Looked, None),
            false => (State::Done, Some(now)),
        };
        stored::set_state(tx, id, state, ended)?;
    }
    tx.announce(topic(id));
    Ok(more)
}

/// A line that says the same as an earlier one of the table is told, and the first counts.
fn look(tx: &mut Tx<'_>, it: &Import, line: &Line) -> Result<Fate, Error> {
    let planned = match plan(tx, it, &line.cells) {
        Ok(planned) => planned,
        Err(error) => return refused(error),
    };
    match stored::earlier(tx, it.id, &planned.key, line.line)? {
        None => Ok(foreseen(&planned)),
        Some(first) => Ok(Fate {
            outcome: Outcome::Refused,
            says: format!("line {first} is about the same"),
            key: None,
            card: None,
        }),
    }
}

/// Looked at anew: somebody may have changed the card since.
fn act(tx: &mut Tx<'_>, it: &Import, line: &Line, now: Timestamp) -> Result<Fate, Error> {
    match plan(tx, it, &line.cells).and_then(|planned| carry_out(tx, planned, it.by, now)) {
        Ok(fate) => Ok(fate),
        Err(error) => refused(error),
    }
}

/// Whether somebody goes on with each; for the doctor.
pub(crate) fn stuck(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for it in stored::under_way(tx)? {
        if !parts::goes_on(tx, JOB, it.id)? {
            let id = it.id;
            found.push(format!(
                "Import {id} stands still; open /imports/{id} and look at its lines again"
            ));
        }
    }
    Ok(found)
}

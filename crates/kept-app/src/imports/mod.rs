//! Bringing people, clients and assets from a table: its columns are said, each line is looked at, then it is done a part at a
//! time. The same table again changes nothing.

mod job;
mod plan;
mod table;

pub use job::part;
pub(crate) use job::{JOB, run, stuck};
pub use table::{Table, read};

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::imports::{Column, Kind, Mapping, Outcome};
use kept_store::imports::{self as stored, Import, Line, State};
use kept_store::{Tx, audit};

use crate::parts;
use crate::{Desk, Error};

/// Largest file, most lines below its headers, and most columns.
pub const LARGEST_BYTES: usize = 8 * 1024 * 1024;
pub const MOST_LINES: usize = 10_000;
pub const MOST_COLUMNS: usize = 60;
/// So few lines are done while somebody waits for the answer.
const FEW: i64 = 100;
/// Lines shown on one page, and imports in the list.
const PAGE: usize = 100;
const LATEST: usize = 20;

/// Takes a table in; its number is in the answer. Nothing else changes yet.
///
/// # Errors
/// When the viewer may not, or it is no table.
pub async fn upload(
    desk: &Desk,
    viewer: &Viewer,
    kind: Kind,
    (file_name, bytes): (String, &[u8]),
) -> Result<i64, Error> {
    allow(viewer, Act::EditPeople)?;
    let Table { headers, lines } = read(bytes)?;
    let new = Import {
        id: 0,
        by: viewer.person,
        kind,
        file_name: file_name
            .chars()
            .filter(|c| !c.is_control())
            .take(200)
            .collect(),
        mapping: Mapping::guessed(kind, &headers),
        headers,
        state: State::Mapping,
        began: desk.now(),
        ended: None,
    };
    Ok(desk
        .store()
        .write(move |tx| stored::insert(tx, &new, &lines))
        .await?)
}

/// Says what the columns mean, and has every line looked at.
///
/// # Errors
/// When the viewer may not, there is no such import, it has begun, or a column that is needed is missing.
pub async fn look(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    columns: Vec<Option<Column>>,
) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let now = desk.now();
    desk.store()
        .write(move |tx| {
            let it = to_change(tx, id)?;
            if matches!(it.state, State::Doing | State::Done) {
                return Err(Error::Conflict("that import has begun already".into()));
            }
            let mapping = Mapping(columns).checked(it.kind);
            let mapping = mapping.map_err(|bad| Error::invalid("column", bad.to_string()))?;
            stored::set_mapping(tx, id, &mapping)?;
            stored::set_state(tx, id, State::Looking, None)?;
            parts::enqueue(tx, JOB, id, now)
        })
        .await?;
    go_on(desk, id).await
}

/// Carries out what was foreseen. What changed since is looked at anew, line by line.
///
/// # Errors
/// When the viewer may not, or its lines were not looked at yet.
pub async fn begin(desk: &Desk, viewer: &Viewer, id: i64) -> Result<(), Error> {
    allow(viewer, Act::EditPeople)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let it = to_change(tx, id)?;
            match it.state {
                State::Looked => {}
                State::Doing | State::Done => {
                    return Err(Error::Conflict("that import has begun already".into()));
                }
                State::Mapping | State::Looking => {
                    let problem = "its lines are not all looked at yet; wait until they are";
                    return Err(Error::Conflict(problem.into()));
                }
            }
            stored::set_state(tx, id, State::Doing, None)?;
            parts::enqueue(tx, JOB, id, now)?;
            let what = format!(
                "Began import {id} of {} from {}",
                it.kind.as_str(),
                it.file_name
            );
            audit::write(tx, Some(by), &what, now)?;
            Ok(())
        })
        .await?;
    go_on(desk, id).await
}

fn to_change(tx: &mut Tx<'_>, id: i64) -> Result<Import, Error> {
    stored::find_to_change(tx, id)?.ok_or_else(|| Error::not_found("import"))
}

/// Few lines are done at once.
async fn go_on(desk: &Desk, id: i64) -> Result<(), Error> {
    let outcomes = desk
        .store()
        .read(move |tx| stored::outcomes(tx, id))
        .await?;
    let lines: i64 = outcomes.iter().map(|it| it.1).sum();
    if lines <= FEW {
        while part(desk, id).await? {}
    }
    desk.wake_worker();
    Ok(())
}

/// How an import stands.
#[derive(Debug, Clone)]
pub struct Progress {
    pub import: Import,
    pub outcomes: Vec<(Outcome, i64)>,
    /// One page of its lines, and the line after which the next begins.
    pub lines: Vec<Line>,
    pub next: Option<i64>,
}

impl Progress {
    pub fn count(&self, of: Outcome) -> i64 {
        let found = self.outcomes.iter().find(|it| it.0 == of);
        found.map_or(0, |it| it.1)
    }

    pub fn total(&self) -> i64 {
        self.outcomes.iter().map(|it| it.1).sum()
    }
}

/// How it stands, with lines of these outcomes after one.
///
/// # Errors
/// When the viewer may not, or there is no such import.
pub async fn progress(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    which: Vec<Outcome>,
    after: i64,
) -> Result<Progress, Error> {
    allow(viewer, Act::EditPeople)?;
    desk.store()
        .read(move |tx| {
            let import = stored::find(tx, id)?.ok_or_else(|| Error::not_found("import"))?;
            let mut lines = stored::lines(tx, id, &which, after, PAGE + 1)?;
            let more = lines.len() > PAGE;
            lines.truncate(PAGE);
            Ok(Progress {
                outcomes: stored::outcomes(tx, id)?,
                next: lines.last().filter(|_| more).map(|line| line.line),
                import,
                lines,
            })
        })
        .await
}

/// All lines that were refused, with the headers of the table.
///
/// # Errors
/// When the viewer may not, or there is no such import.
pub async fn refused(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
) -> Result<(Vec<String>, Vec<Line>), Error> {
    allow(viewer, Act::EditPeople)?;
    desk.store()
        .read(move |tx| {
            let it = stored::find(tx, id)?.ok_or_else(|| Error::not_found("import"))?;
            let lines = stored::lines(tx, id, &[Outcome::Refused], 0, MOST_LINES)?;
            Ok((it.headers, lines))
        })
        .await
}

/// The latest imports, newest first.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn latest(desk: &Desk, viewer: &Viewer) -> Result<Vec<Import>, Error> {
    allow(viewer, Act::EditPeople)?;
    Ok(desk.store().read(|tx| stored::latest(tx, LATEST)).await?)
}

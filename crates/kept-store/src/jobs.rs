//! Durable work: what must happen after the transaction that asked for it, sooner or later, once.
//! Never runs anything itself, and never lets a worker that lost its lease end a job.

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use crate::error::StoreError;
use crate::row::Row;
use crate::tx::{Database, Tx};
use crate::value::Value;

/// A job's number. Never given out twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobId(pub i64);

/// A job to be done at `run_at` or soon after.
#[derive(Debug, Clone, Copy)]
pub struct NewJob<'a> {
    /// What sort of work; workers claim by kind.
    pub kind: &'a str,
    /// What the work needs to know, as JSON.
    pub body: &'a str,
    pub run_at: Timestamp,
    pub created_at: Timestamp,
    /// At most one job with this key waits or runs; the key must stand for the same body.
    pub unique_key: Option<&'a str>,
}

/// A job a worker has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub body: String,
    /// When it was due.
    pub run_at: Timestamp,
    /// How often it was claimed, this time included. A crash counts as well.
    pub attempts: i64,
    /// The right to end it.
    pub lease: Lease,
}

/// The right of one worker to end one job, for this one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    job: JobId,
    worker: String,
    attempt: i64,
}

/// Why a job could not be ended.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LeaseError {
    /// The lease ran out and the job was claimed again, ended or revived: another attempt
    /// decides now. Answer it from the transaction, so that nothing of this attempt is kept.
    #[error("job {} took longer than its lease and was given to another worker", .0.0)]
    Lost(JobId),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A job given up after too many failures, for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuriedJob {
    pub id: JobId,
    pub kind: String,
    pub body: String,
    pub attempts: i64,
    pub buried_at: Timestamp,
    pub last_error: String,
}

/// The part of an error text that is kept, in characters.
const ERROR_LENGTH: usize = 2_000;

/// Puts a job in line. Where one with the same key waits already, that one runs at the earlier of
/// the two times; where it is running, it runs once more afterwards, since it may have looked too
/// early. Either way the answer is the number of the one job with that key.
pub fn enqueue(tx: &mut Tx<'_>, job: &NewJob<'_>) -> Result<JobId, StoreError> {
    let row = tx.one(
        "INSERT INTO jobs (kind, body, unique_key, run_at_ms, created_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (unique_key) WHERE buried_at_ms IS NULL DO UPDATE SET
             run_at_ms = CASE WHEN jobs.leased_by IS NULL AND excluded.run_at_ms < jobs.run_at_ms
                              THEN excluded.run_at_ms ELSE jobs.run_at_ms END,
             again_at_ms = CASE WHEN jobs.leased_by IS NULL THEN NULL
                                WHEN jobs.again_at_ms < excluded.run_at_ms THEN jobs.again_at_ms
                                ELSE excluded.run_at_ms END
         RETURNING id",
        &[
            job.kind.into(),
            job.body.into(),
            job.unique_key.into(),
            job.run_at.as_millisecond().into(),
            job.created_at.as_millisecond().into(),
        ],
    )?;
    let row =
        row.ok_or_else(|| StoreError::Sql("a job was put in line without a number".into()))?;
    Ok(JobId(row.int("id")?))
}

/// Claims up to `limit` due jobs of these kinds for `lease`, the longest due first. A job whose
/// lease ran out is due again. Two workers never get the same job, on one node or several.
pub fn claim(
    tx: &mut Tx<'_>,
    worker: &str,
    kinds: &[&str],
    now: Timestamp,
    lease: SignedDuration,
    limit: usize,
) -> Result<Vec<Job>, StoreError> {
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    let mut params: Vec<Value> = vec![
        worker.into(),
        until(now, lease).into(),
        now.as_millisecond().into(),
        limit.into(),
    ];
    params.extend(kinds.iter().map(|kind| Value::from(*kind)));
    let sql = claim_sql(tx.database(), kinds.len());
    let mut jobs: Vec<Job> = tx
        .rows(&sql, &params)?
        .iter()
        .map(|row| claimed(row, worker))
        .collect::<Result<_, StoreError>>()?;
    jobs.sort_by_key(|job| (job.run_at, job.id));
    Ok(jobs)
}

/// PostgreSQL's rows are locked one by one: another worker's are passed over, not waited for.
/// The list of due jobs is made once, or a plan might look at it again and exceed the limit.
fn claim_sql(database: Database, kinds: usize) -> String {
    let kinds = placeholders(5, kinds);
    let passing_over = match database {
        Database::Sqlite => "",
        Database::Postgres => "FOR UPDATE SKIP LOCKED",
    };
    format!(
        "WITH due AS MATERIALIZED (
             SELECT id FROM jobs
             WHERE buried_at_ms IS NULL AND run_at_ms <= ?3 AND kind IN ({kinds})
               AND (lease_until_ms IS NULL OR lease_until_ms <= ?3)
             ORDER BY run_at_ms, id LIMIT ?4 {passing_over})
         UPDATE jobs SET leased_by = ?1, lease_until_ms = ?2, attempts = attempts + 1
         WHERE id IN (SELECT id FROM due)
         RETURNING id, kind, body, run_at_ms, attempts"
    )
}

/// `?5, ?6, …`
fn placeholders(first: usize, count: usize) -> String {
    let names: Vec<String> = (first..first + count).map(|at| format!("?{at}")).collect();
    names.join(", ")
}

/// Ends a job that is done. One asked for again meanwhile goes back in line.
pub fn finish(tx: &mut Tx<'_>, lease: &Lease) -> Result<(), LeaseError> {
    let again = tx.exec(
        "UPDATE jobs SET run_at_ms = again_at_ms, again_at_ms = NULL, attempts = 0,
                leased_by = NULL, lease_until_ms = NULL, last_error = NULL
         WHERE id = ?1 AND leased_by = ?2 AND attempts = ?3 AND again_at_ms IS NOT NULL",
        &lease.params(),
    )?;
    if again == 1 {
        return Ok(());
    }
    let ended = tx.exec(
        "DELETE FROM jobs WHERE id = ?1 AND leased_by = ?2 AND attempts = ?3",
        &lease.params(),
    )?;
    lease.was_held(ended)
}

/// Puts a job that failed back in line, to be tried again at `at`.
pub fn retry(tx: &mut Tx<'_>, lease: &Lease, at: Timestamp, error: &str) -> Result<(), LeaseError> {
    let mut params = lease.params();
    params.extend([at.as_millisecond().into(), shortened(error)]);
    let changed = tx.exec(
        "UPDATE jobs SET run_at_ms = ?4, last_error = ?5, again_at_ms = NULL,
                leased_by = NULL, lease_until_ms = NULL
         WHERE id = ?1 AND leased_by = ?2 AND attempts = ?3",
        &params,
    )?;
    lease.was_held(changed)
}

/// Gives a job up. It stays, visible, until a person revives or forgets it; its key is free.
pub fn bury(tx: &mut Tx<'_>, lease: &Lease, now: Timestamp, error: &str) -> Result<(), LeaseError> {
    let mut params = lease.params();
    params.extend([now.as_millisecond().into(), shortened(error)]);
    let changed = tx.exec(
        "UPDATE jobs SET buried_at_ms = ?4, last_error = ?5, again_at_ms = NULL,
                leased_by = NULL, lease_until_ms = NULL
         WHERE id = ?1 AND leased_by = ?2 AND attempts = ?3",
        &params,
    )?;
    lease.was_held(changed)
}

/// Makes a lease last until `lease` from `now`, for work that takes long.
pub fn renew(
    tx: &mut Tx<'_>,
    held: &Lease,
    now: Timestamp,
    lease: SignedDuration,
) -> Result<(), LeaseError> {
    let mut params = held.params();
    params.push(until(now, lease).into());
    let changed = tx.exec(
        "UPDATE jobs SET lease_until_ms = ?4
         WHERE id = ?1 AND leased_by = ?2 AND attempts = ?3",
        &params,
    )?;
    held.was_held(changed)
}

/// Takes a job out of the line before anybody has begun it; tells whether it could. One that is under way, or whose
/// worker died, is nobody's to call off.
pub fn cancel(tx: &mut Tx<'_>, unique_key: &str) -> Result<bool, StoreError> {
    let sql = "DELETE FROM jobs
        WHERE unique_key = ?1 AND buried_at_ms IS NULL AND leased_by IS NULL AND attempts = 0";
    Ok(tx.exec(sql, &[unique_key.into()])? == 1)
}

/// When the jobs with these keys are due, as far as they wait; one under way is left out.
pub fn due_of(
    tx: &mut Tx<'_>,
    unique_keys: &[&str],
) -> Result<Vec<(String, Timestamp)>, StoreError> {
    if unique_keys.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT unique_key, run_at_ms FROM jobs
         WHERE buried_at_ms IS NULL AND leased_by IS NULL AND unique_key IN ({})",
        placeholders(1, unique_keys.len())
    );
    let params: Vec<Value> = unique_keys.iter().map(|key| Value::from(*key)).collect();
    let rows = tx.rows(&sql, &params)?;
    rows.iter()
        .map(|row| Ok((row.text("unique_key")?, time(row.int("run_at_ms")?)?)))
        .collect()
}

/// Whether a job with this key waits or runs.
pub fn is_in_line(tx: &mut Tx<'_>, unique_key: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS n FROM jobs WHERE unique_key = ?1 AND buried_at_ms IS NULL";
    Ok(tx.one(sql, &[unique_key.into()])?.is_some())
}

/// When the next of these kinds can be claimed: it falls due, or its lease runs out. The past
/// when one can be claimed now; `None` when none is in line.
pub fn next_due(tx: &mut Tx<'_>, kinds: &[&str]) -> Result<Option<Timestamp>, StoreError> {
    if kinds.is_empty() {
        return Ok(None);
    }
    let params: Vec<Value> = kinds.iter().map(|kind| Value::from(*kind)).collect();
    let kinds = placeholders(1, kinds.len());
    let sql = format!(
        "SELECT MIN(at_ms) AS at_ms FROM (
             SELECT run_at_ms AS at_ms FROM (
                 SELECT run_at_ms FROM jobs
                 WHERE buried_at_ms IS NULL AND leased_by IS NULL AND kind IN ({kinds})
                 ORDER BY run_at_ms, id LIMIT 1) AS waiting
             UNION ALL
             SELECT MIN(lease_until_ms) AS at_ms FROM jobs
             WHERE leased_by IS NOT NULL AND kind IN ({kinds})) AS both_kinds"
    );
    let row = tx.one(&sql, &params)?;
    row.map_or(Ok(None), |row| row.maybe_int("at_ms"))?
        .map(time)
        .transpose()
}

/// Jobs that were given up, the latest first.
pub fn buried(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<BuriedJob>, StoreError> {
    tx.rows(
        "SELECT id, kind, body, attempts, buried_at_ms, last_error FROM jobs
         WHERE buried_at_ms IS NOT NULL ORDER BY buried_at_ms DESC, id DESC LIMIT ?1",
        &[limit.into()],
    )?
    .iter()
    .map(|row| {
        Ok(BuriedJob {
            id: JobId(row.int("id")?),
            kind: row.text("kind")?,
            body: row.text("body")?,
            attempts: row.int("attempts")?,
            buried_at: time(row.int("buried_at_ms")?)?,
            last_error: row.maybe_text("last_error")?.unwrap_or_default(),
        })
    })
    .collect()
}

/// Puts a buried job back in line with a clean slate. Answers whether it was there; fails with
/// [`StoreError::Unique`] when another with its key has taken its place.
pub fn revive(tx: &mut Tx<'_>, id: JobId, run_at: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.exec(
        "UPDATE jobs SET buried_at_ms = NULL, run_at_ms = ?2, attempts = 0
         WHERE id = ?1 AND buried_at_ms IS NOT NULL",
        &[id.0.into(), run_at.as_millisecond().into()],
    )?;
    Ok(changed == 1)
}

/// Removes a buried job for good. Answers whether it was there.
pub fn forget(tx: &mut Tx<'_>, id: JobId) -> Result<bool, StoreError> {
    let removed = tx.exec(
        "DELETE FROM jobs WHERE id = ?1 AND buried_at_ms IS NOT NULL",
        &[id.0.into()],
    )?;
    Ok(removed == 1)
}

impl Lease {
    fn params(&self) -> Vec<Value> {
        vec![
            self.job.0.into(),
            Value::from(&self.worker),
            self.attempt.into(),
        ]
    }

    fn was_held(&self, changed: u64) -> Result<(), LeaseError> {
        match changed {
            1 => Ok(()),
            _ => Err(LeaseError::Lost(self.job)),
        }
    }
}

fn claimed(row: &Row, worker: &str) -> Result<Job, StoreError> {
    let id = JobId(row.int("id")?);
    let attempts = row.int("attempts")?;
    Ok(Job {
        id,
        kind: row.text("kind")?,
        body: row.text("body")?,
        run_at: time(row.int("run_at_ms")?)?,
        attempts,
        lease: Lease {
            job: id,
            worker: worker.to_owned(),
            attempt: attempts,
        },
    })
}

fn until(now: Timestamp, lease: SignedDuration) -> i64 {
    now.saturating_add(lease)
        .unwrap_or(Timestamp::MAX)
        .as_millisecond()
}

fn time(ms: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(ms).map_err(|_| StoreError::Corrupt {
        what: format!("{ms} is no time"),
    })
}

fn shortened(error: &str) -> Value {
    Value::from(error.chars().take(ERROR_LENGTH).collect::<String>())
}

//! Mails that were seen in a mailbox and are not done with. A line is written before the mail is
//! fetched and goes only after what had to happen to it there has happened.

use jiff::Timestamp;
use kept_domain::ids::MailboxId;

use super::Place;
use crate::convert::ms;
use crate::{StoreError, Tx, Value};

/// How far one of them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To be taken in.
    Waiting,
    /// Durable here; to be marked, moved or deleted there.
    Taken,
    /// Our own canary: to be deleted there.
    Canary,
}

impl State {
    const ALL: [State; 3] = [State::Waiting, State::Taken, State::Canary];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Taken => "taken",
            State::Canary => "canary",
        }
    }
}

/// One mail to be done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToDo {
    pub uid: u32,
    pub tries: u32,
}

/// A mail that could not be taken in yet, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    pub uid: u32,
    pub error: String,
}

/// Lines written by one statement: databases limit the parameters of one.
const AT_ONCE: usize = 200;

/// Notes that these mails wait and that everything below `place.next_uid` has been seen. Lines of
/// other UIDVALIDITYs go: their numbers mean nothing any more.
pub fn seen(
    tx: &mut Tx<'_>,
    id: MailboxId,
    place: &Place,
    uids: &[u32],
    now: Timestamp,
) -> Result<(), StoreError> {
    let validity = place.uid_validity.unwrap_or_default();
    let sql = "DELETE FROM mailbox_mails WHERE mailbox_id = ?1 AND uid_validity <> ?2";
    tx.exec(sql, &[id.0.into(), validity.into()])?;
    for some in uids.chunks(AT_ONCE) {
        let lines: Vec<String> = (0..some.len())
            .map(|n| format!("(?1, ?2, ?{}, 'waiting', 0, ?3)", n + 4))
            .collect();
        let sql = format!(
            "INSERT INTO mailbox_mails (mailbox_id, uid_validity, uid, state, tries, try_at_ms)
            VALUES {} ON CONFLICT (mailbox_id, uid_validity, uid) DO NOTHING",
            lines.join(", ")
        );
        let mut params: Vec<Value> = vec![id.0.into(), validity.into(), ms(now).into()];
        params.extend(some.iter().map(|uid| Value::from(*uid)));
        tx.exec(&sql, &params)?;
    }
    super::set_place(tx, id, place)
}

/// What is due in this state, lowest UID first.
pub fn due(
    tx: &mut Tx<'_>,
    id: MailboxId,
    state: State,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<ToDo>, StoreError> {
    let sql = "SELECT uid, tries FROM mailbox_mails
        WHERE mailbox_id = ?1 AND state = ?2 AND try_at_ms <= ?3 ORDER BY uid LIMIT ?4";
    let params = [
        id.0.into(),
        state.as_str().into(),
        ms(now).into(),
        limit.into(),
    ];
    let number = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    tx.rows(sql, &params)?
        .iter()
        .map(|row| {
            Ok(ToDo {
                uid: number(row.int("uid")?),
                tries: number(row.int("tries")?),
            })
        })
        .collect()
}

/// It is so far now.
pub fn advance(
    tx: &mut Tx<'_>,
    id: MailboxId,
    uid: u32,
    state: State,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "UPDATE mailbox_mails SET state = ?3, tries = 0, try_at_ms = ?4, last_error = NULL
        WHERE mailbox_id = ?1 AND uid = ?2";
    let params = [
        id.0.into(),
        uid.into(),
        state.as_str().into(),
        ms(now).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// It did not work; it is tried again at `at`.
pub fn later(
    tx: &mut Tx<'_>,
    id: MailboxId,
    uid: u32,
    at: Timestamp,
    error: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE mailbox_mails SET tries = tries + 1, try_at_ms = ?3, last_error = ?4
        WHERE mailbox_id = ?1 AND uid = ?2";
    tx.exec(sql, &[id.0.into(), uid.into(), ms(at).into(), error.into()])?;
    Ok(())
}

/// Nothing more is to be done with these.
pub fn done(tx: &mut Tx<'_>, id: MailboxId, uids: &[u32]) -> Result<(), StoreError> {
    for some in uids.chunks(AT_ONCE) {
        let sql = format!(
            "DELETE FROM mailbox_mails WHERE mailbox_id = ?1 AND uid IN ({})",
            crate::convert::places(2, some.len())
        );
        let mut params: Vec<Value> = vec![id.0.into()];
        params.extend(some.iter().map(|uid| Value::from(*uid)));
        tx.exec(&sql, &params)?;
    }
    Ok(())
}

/// How many are in each state: waiting, taken, canary.
pub fn count(tx: &mut Tx<'_>, id: MailboxId) -> Result<[i64; 3], StoreError> {
    let sql = "SELECT state, count(*) AS mails FROM mailbox_mails
        WHERE mailbox_id = ?1 GROUP BY state";
    let mut counts = [0; 3];
    for row in tx.rows(sql, &[id.0.into()])? {
        let state = row.text("state")?;
        let place = State::ALL.iter().position(|known| known.as_str() == state);
        if let Some(place) = place {
            counts[place] = row.int("mails")?;
        }
    }
    Ok(counts)
}

/// Mails that could not be taken in yet, lowest UID first.
pub fn stuck(tx: &mut Tx<'_>, id: MailboxId, limit: usize) -> Result<Vec<Stuck>, StoreError> {
    let sql = "SELECT uid, last_error FROM mailbox_mails
        WHERE mailbox_id = ?1 AND state = 'waiting' AND last_error IS NOT NULL
        ORDER BY uid LIMIT ?2";
    tx.rows(sql, &[id.0.into(), limit.into()])?
        .iter()
        .map(|row| {
            Ok(Stuck {
                uid: u32::try_from(row.int("uid")?).unwrap_or(u32::MAX),
                error: row.text("last_error")?,
            })
        })
        .collect()
}

/// Forgets everything about a mailbox.
pub(super) fn forget(tx: &mut Tx<'_>, id: MailboxId) -> Result<(), StoreError> {
    let sql = "DELETE FROM mailbox_mails WHERE mailbox_id = ?1";
    tx.exec(sql, &[id.0.into()])?;
    Ok(())
}

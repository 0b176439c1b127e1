//! How a mail stands with each of its recipients, once it can't go to all of them at once.

use jiff::Timestamp;
use kept_domain::delivery::Standing;
use kept_domain::ids::OutgoingId;

use crate::convert::{at, maybe_at, ms, places, word};
use crate::messages::Among;
use crate::{Row, StoreError, Tx, Value};

/// One recipient of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub outgoing: OutgoingId,
    /// As the mail writes it.
    pub recipient: String,
    pub state: Standing,
    /// How often it was tried for this recipient alone.
    pub tries: i64,
    /// What was said last, in the server's words or ours.
    pub answer: Option<String>,
    pub changed_at: Timestamp,
    /// Only while it is queued.
    pub next_try: Option<Timestamp>,
}

const COLUMNS: &str =
    "d.outgoing_id, d.recipient, d.state, d.tries, d.answer, d.changed_at_ms, d.next_try_ms";

/// Begins to tell the recipients of a mail apart: each is to be tried now. Those known already stay as they are.
pub fn begin(
    tx: &mut Tx<'_>,
    outgoing: OutgoingId,
    recipients: &[String],
    now: Timestamp,
) -> Result<(), StoreError> {
    for recipient in recipients {
        let sql = "INSERT INTO deliveries
                (outgoing_id, recipient, state, tries, changed_at_ms, next_try_ms)
            VALUES (?1, ?2, 'queued', 0, ?3, ?3)
            ON CONFLICT (outgoing_id, recipient) DO NOTHING";
        let params = [outgoing.0.into(), recipient.as_str().into(), ms(now).into()];
        tx.exec(sql, &params)?;
    }
    Ok(())
}

/// Writes down how one stands now. What was sent stays sent.
pub fn update(tx: &mut Tx<'_>, row: &Delivery) -> Result<(), StoreError> {
    let sql = "UPDATE deliveries
        SET state = ?3, tries = ?4, answer = ?5, changed_at_ms = ?6, next_try_ms = ?7
        WHERE outgoing_id = ?1 AND recipient = ?2 AND state <> 'sent'";
    let params = [
        row.outgoing.0.into(),
        row.recipient.as_str().into(),
        row.state.as_str().into(),
        row.tries.into(),
        row.answer.as_deref().into(),
        ms(row.changed_at).into(),
        row.next_try.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Everybody who has not got the mail is tried again at once, from the beginning.
pub fn try_anew(tx: &mut Tx<'_>, outgoing: OutgoingId, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE deliveries SET state = 'queued', tries = 0, next_try_ms = ?2
        WHERE outgoing_id = ?1 AND state <> 'sent'";
    tx.exec(sql, &[outgoing.0.into(), ms(now).into()])?;
    Ok(())
}

/// The recipients of one mail; none while it goes to all of them at once.
pub fn of_outgoing(tx: &mut Tx<'_>, outgoing: OutgoingId) -> Result<Vec<Delivery>, StoreError> {
    of_mails(tx, &[outgoing])
}

/// The same for several mails.
pub fn of_mails(tx: &mut Tx<'_>, mails: &[OutgoingId]) -> Result<Vec<Delivery>, StoreError> {
    if mails.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM deliveries d WHERE d.outgoing_id IN ({})
        ORDER BY d.outgoing_id, d.recipient",
        places(1, mails.len())
    );
    let params: Vec<Value> = mails.iter().map(|id| id.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// The same for all mail of several tickets.
pub fn of_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<Delivery>, StoreError> {
    let (among, params) = of.into().written("o.ticket_id", "o.message_id");
    let sql = format!(
        "SELECT {COLUMNS} FROM outgoing o JOIN deliveries d ON d.outgoing_id = o.id
        WHERE {among} ORDER BY d.outgoing_id, d.recipient"
    );
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        outgoing: OutgoingId(row.int("outgoing_id")?),
        recipient: row.text("recipient")?,
        state: word(row, "state", Standing::from_text)?,
        tries: row.int("tries")?,
        answer: row.maybe_text("answer")?,
        changed_at: at(row, "changed_at_ms")?,
        next_try: maybe_at(row, "next_try_ms")?,
    })
}

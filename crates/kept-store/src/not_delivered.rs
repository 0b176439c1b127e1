//! What came back about mail that went out: whom it did not reach, and why.

use jiff::Timestamp;
use kept_domain::delivery::Setback;
use kept_domain::ids::{MessageId, OutgoingId};

use crate::convert::{at, ms, word};
use crate::messages::Among;
use crate::{Row, StoreError, Tx};

/// One report about one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotDelivered {
    pub id: i64,
    pub outgoing: OutgoingId,
    pub address: String,
    pub kind: Setback,
    /// RFC 3463, such as `5.1.1`.
    pub status: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// What the other server said.
    pub diagnostic: String,
    pub at: Timestamp,
    /// The report as it stands on the ticket, when it came by mail.
    pub report: Option<MessageId>,
}

const COLUMNS: &str = "n.id, n.outgoing_id, n.address, n.kind, n.status, n.reason, n.diagnostic, n.at_ms, n.report_id";

/// Writes one down; its `id` is ignored and the new one returned.
pub fn insert(tx: &mut Tx<'_>, row: &NotDelivered) -> Result<i64, StoreError> {
    let sql = "INSERT INTO not_delivered
            (outgoing_id, address, kind, status, reason, diagnostic, at_ms, report_id)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
    let params = [
        row.outgoing.0.into(),
        row.address.as_str().into(),
        row.kind.as_str().into(),
        row.status.as_deref().into(),
        row.reason.as_str().into(),
        row.diagnostic.as_str().into(),
        ms(row.at).into(),
        row.report.map(|id| id.0).into(),
    ];
    tx.one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?
        .int("id")
}

/// What came back about one mail, oldest first.
pub fn of_outgoing(tx: &mut Tx<'_>, outgoing: OutgoingId) -> Result<Vec<NotDelivered>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM not_delivered n WHERE n.outgoing_id = ?1 ORDER BY n.id LIMIT 500"
    );
    tx.rows(&sql, &[outgoing.0.into()])?
        .iter()
        .map(read)
        .collect()
}

/// The same for all mail of several tickets.
pub fn of_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<NotDelivered>, StoreError> {
    let (among, params) = of.into().written("o.ticket_id", "o.message_id");
    let sql = format!(
        "SELECT {COLUMNS} FROM outgoing o JOIN not_delivered n ON n.outgoing_id = o.id
        WHERE {among} ORDER BY n.id"
    );
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<NotDelivered, StoreError> {
    Ok(NotDelivered {
        id: row.int("id")?,
        outgoing: OutgoingId(row.int("outgoing_id")?),
        address: row.text("address")?,
        kind: word(row, "kind", Setback::from_text)?,
        status: row.maybe_text("status")?,
        reason: row.text("reason")?,
        diagnostic: row.text("diagnostic")?,
        at: at(row, "at_ms")?,
        report: row.maybe_int("report_id")?.map(MessageId),
    })
}

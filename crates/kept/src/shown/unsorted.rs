//! Mail that waits for a human eye, or was settled by one.

use kept_app::Error;
use kept_app::domain::ids::UnsortedId;
use kept_app::domain::intake::Why as _;
use kept_app::store::threads::{self, Landed};
use kept_app::store::{Tx, unsorted as waiting};
use serde::Serialize;

#[derive(Serialize)]
pub struct UnsortedLine {
    pub id: i64,
    pub reason: &'static str,
    pub why: &'static str,
    pub at: jiff::Timestamp,
    pub from: String,
    pub subject: String,
    pub raw_sha256: String,
    pub raw_size_bytes: i64,
    pub copies: Vec<String>,
    /// `ticket` or `discarded`; null while it waits.
    pub settled_as: Option<String>,
    pub ticket: Option<i64>,
}

/// Up to `limit` of them after `after`, oldest first.
pub fn unsorted(
    tx: &mut Tx<'_>,
    after: UnsortedId,
    limit: usize,
) -> Result<Vec<UnsortedLine>, Error> {
    let mut lines = Vec::new();
    for mail in waiting::all_after(tx, after, limit)? {
        lines.push(UnsortedLine {
            copies: threads::copies_of(tx, Landed::Unsorted(mail.id))?,
            id: mail.id.0,
            reason: mail.reason.as_str(),
            why: mail.reason.why(),
            at: mail.at,
            from: mail.author,
            subject: mail.subject,
            raw_sha256: mail.raw_sha256,
            raw_size_bytes: mail.raw_size_bytes,
            settled_as: mail.settled_as,
            ticket: mail.ticket.map(|ticket| ticket.0),
        });
    }
    Ok(lines)
}

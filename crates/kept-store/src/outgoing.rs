//! Mail on its way out: written with what caused it, sent later, visible until and after it is gone.

use jiff::Timestamp;
use kept_domain::ids::{MessageId, OutgoingId, TicketId};

use crate::convert::{at, maybe_at, ms, places, word};
use crate::messages::Among;
use crate::{Row, StoreError, Tx, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Queued,
    Sent,
    Failed,
    /// Its author took it back before it went out.
    Withdrawn,
}

impl State {
    pub const ALL: [State; 4] = [State::Queued, State::Failed, State::Sent, State::Withdrawn];

    pub fn as_str(self) -> &'static str {
        match self {
            State::Queued => "queued",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn from_text(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// One mail out. `recipients` and `mail` are JSON that the app understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub id: OutgoingId,
    pub ticket: Option<TicketId>,
    pub message: Option<MessageId>,
    pub message_ref: String,
    pub recipients: String,
    pub subject: String,
    pub automatic: bool,
    pub mail: String,
    pub state: State,
    pub attempts: i64,
    pub last_error: Option<String>,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub sent_via: Option<String>,
}

/// A mail to be queued.
#[derive(Debug, Clone)]
pub struct NewOutgoing<'a> {
    pub ticket: Option<TicketId>,
    pub message: Option<MessageId>,
    pub message_ref: &'a str,
    pub recipients: &'a str,
    pub subject: &'a str,
    pub automatic: bool,
    pub mail: &'a str,
}

const COLUMNS: &str =
    "id, ticket_id, message_id, message_ref, recipients, subject, automatic, mail,
    state, attempts, last_error, created_at_ms, sent_at_ms, sent_via";

pub fn insert(
    tx: &mut Tx<'_>,
    mail: &NewOutgoing<'_>,
    now: Timestamp,
) -> Result<OutgoingId, StoreError> {
    let sql = "INSERT INTO outgoing (ticket_id, message_id, message_ref, recipients, subject,
            automatic, mail, state, attempts, created_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'queued', 0, ?8) RETURNING id";
    let params = [
        mail.ticket.map(|t| t.0).into(),
        mail.message.map(|m| m.0).into(),
        mail.message_ref.into(),
        mail.recipients.into(),
        mail.subject.into(),
        mail.automatic.into(),
        mail.mail.into(),
        ms(now).into(),
    ];
    let row = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(OutgoingId)
}

pub fn find(tx: &mut Tx<'_>, id: OutgoingId) -> Result<Option<Outgoing>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outgoing WHERE id = ?1");
    tx.one(&sql, &[id.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// Mail in a state, newest first, before `before`.
pub fn list(
    tx: &mut Tx<'_>,
    state: State,
    before: Option<OutgoingId>,
    limit: usize,
) -> Result<Vec<Outgoing>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outgoing WHERE state = ?1 AND id < ?2 ORDER BY id DESC LIMIT ?3"
    );
    let before = before.map_or(i64::MAX, |id| id.0);
    let params = [state.as_str().into(), before.into(), limit.into()];
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// All mail that went or goes out from these tickets.
pub fn of_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<Outgoing>, StoreError> {
    let (among, params) = of.into().written("ticket_id", "message_id");
    let sql = format!("SELECT {COLUMNS} FROM outgoing WHERE {among} ORDER BY id");
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// How many are in a state, counted no further than a thousand.
pub fn count(tx: &mut Tx<'_>, state: State) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) AS mails FROM
        (SELECT id FROM outgoing WHERE state = ?1 LIMIT 1000) AS first_ones";
    tx.one(sql, &[state.as_str().into()])?
        .map_or(Ok(0), |row| row.int("mails"))
}

pub fn mark_sent(
    tx: &mut Tx<'_>,
    id: OutgoingId,
    now: Timestamp,
    via: &str,
) -> Result<(), StoreError> {
    let sql =
        "UPDATE outgoing SET state = 'sent', sent_at_ms = ?2, sent_via = ?3, last_error = NULL,
            attempts = attempts + 1 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), ms(now).into(), via.into()])?;
    Ok(())
}

/// A try that did not work; the mail stays queued.
pub fn mark_tried(tx: &mut Tx<'_>, id: OutgoingId, error: &str) -> Result<(), StoreError> {
    let sql = "UPDATE outgoing SET attempts = attempts + 1, last_error = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), error.into()])?;
    Ok(())
}

/// Not tried this time, and why; the mail stays queued.
pub fn mark_held(tx: &mut Tx<'_>, id: OutgoingId, why: &str) -> Result<(), StoreError> {
    let sql = "UPDATE outgoing SET last_error = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), why.into()])?;
    Ok(())
}

/// Given up, visibly.
pub fn mark_failed(tx: &mut Tx<'_>, id: OutgoingId, error: &str) -> Result<(), StoreError> {
    let sql = "UPDATE outgoing SET state = 'failed', attempts = attempts + 1, last_error = ?2
        WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), error.into()])?;
    Ok(())
}

/// A mail that nobody gets, because its author took it back; tells whether it still waited untried.
pub fn withdraw(tx: &mut Tx<'_>, id: OutgoingId) -> Result<bool, StoreError> {
    let sql = "UPDATE outgoing SET state = 'withdrawn'
        WHERE id = ?1 AND state = 'queued' AND attempts = 0";
    Ok(tx.exec(sql, &[id.0.into()])? == 1)
}

/// Queues a failed mail again, with all its tries before it; tells whether it was failed.
pub fn requeue(tx: &mut Tx<'_>, id: OutgoingId) -> Result<bool, StoreError> {
    let sql = "UPDATE outgoing SET state = 'queued', attempts = 0
        WHERE id = ?1 AND state = 'failed'";
    Ok(tx.exec(sql, &[id.0.into()])? == 1)
}

/// Remembers whom a mail that a person wrote goes to; see [`last_to`].
pub fn address_to(
    tx: &mut Tx<'_>,
    outgoing: OutgoingId,
    addresses: &[String],
) -> Result<(), StoreError> {
    for address in addresses {
        let sql = "INSERT INTO outgoing_addresses (address, outgoing_id) VALUES (?1, ?2)
            ON CONFLICT (address, outgoing_id) DO NOTHING";
        tx.exec(sql, &[address.as_str().into(), outgoing.0.into()])?;
    }
    Ok(())
}

/// The last mail that a person wrote to this address and that was made since then.
pub fn last_to(
    tx: &mut Tx<'_>,
    address: &str,
    since: Timestamp,
) -> Result<Option<Outgoing>, StoreError> {
    let sql = "SELECT outgoing_id FROM outgoing_addresses WHERE address = ?1
        ORDER BY outgoing_id DESC LIMIT 1";
    let Some(row) = tx.one(sql, &[address.into()])? else {
        return Ok(None);
    };
    let last = find(tx, OutgoingId(row.int("outgoing_id")?))?;
    Ok(last.filter(|mail| mail.created_at > since))
}

/// The last mail that a person wrote from these tickets, to this address or to anybody.
pub fn last_of(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    address: Option<&str>,
) -> Result<Option<Outgoing>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outgoing WHERE ticket_id IN ({})
            AND automatic = 0 AND message_id IS NOT NULL AND (?1 = '' OR EXISTS (
                SELECT 1 FROM outgoing_addresses a
                WHERE a.address = ?1 AND a.outgoing_id = outgoing.id))
        ORDER BY id DESC LIMIT 1",
        places(2, tickets.len())
    );
    let address = std::iter::once(address.unwrap_or_default().into());
    let params: Vec<Value> = address.chain(tickets.iter().map(|t| t.0.into())).collect();
    tx.one(&sql, &params)?.map(|row| read(&row)).transpose()
}

/// The mail that went out under this Message-ID.
pub fn find_by_ref(tx: &mut Tx<'_>, message_ref: &str) -> Result<Option<Outgoing>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM outgoing WHERE message_ref = ?1");
    tx.one(&sql, &[message_ref.into()])?
        .map(|row| read(&row))
        .transpose()
}

fn read(row: &Row) -> Result<Outgoing, StoreError> {
    Ok(Outgoing {
        id: OutgoingId(row.int("id")?),
        ticket: row.maybe_int("ticket_id")?.map(TicketId),
        message: row.maybe_int("message_id")?.map(MessageId),
        message_ref: row.text("message_ref")?,
        recipients: row.text("recipients")?,
        subject: row.text("subject")?,
        automatic: row.flag("automatic")?,
        mail: row.text("mail")?,
        state: word(row, "state", State::from_text)?,
        attempts: row.int("attempts")?,
        last_error: row.maybe_text("last_error")?,
        created_at: at(row, "created_at_ms")?,
        sent_at: maybe_at(row, "sent_at_ms")?,
        sent_via: row.maybe_text("sent_via")?,
    })
}

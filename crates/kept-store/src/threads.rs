//! Which mail was seen before, and which ticket each Message-ID leads to.

use jiff::Timestamp;
use kept_domain::ids::{MessageId, TicketId, UnsortedId};
use kept_domain::intake::Seen;

use crate::convert::{ms, places};
use crate::digest;
use crate::messages::Among;
use crate::{StoreError, Tx, Value};

/// Ids looked up and remembered for one mail; References can be made endless.
const MOST_REFS: usize = 60;

/// PostgreSQL indexes no key much longer than 2,600 bytes. No honest Message-ID comes near.
const LONGEST_REF: usize = 500;

/// The form in which a Message-ID is stored and looked up: itself, or what stands for a longer one.
fn key(message_ref: &str) -> String {
    if message_ref.len() <= LONGEST_REF {
        return message_ref.replace('\0', "\u{FFFD}");
    }
    format!("sha256:{}", digest::sha256(message_ref.as_bytes()))
}

/// The tickets these Message-IDs lead to, in the order of the ids.
pub fn tickets_of(tx: &mut Tx<'_>, refs: &[&str]) -> Result<Vec<(usize, TicketId)>, StoreError> {
    let refs = &refs[..refs.len().min(MOST_REFS)];
    if refs.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT message_ref, ticket_id FROM message_refs WHERE message_ref IN ({})",
        places(1, refs.len())
    );
    let keys: Vec<String> = refs.iter().map(|r| key(r)).collect();
    let params: Vec<Value> = keys.iter().map(Value::from).collect();
    let mut found = Vec::new();
    for row in tx.rows(&sql, &params)? {
        let known = row.text("message_ref")?;
        let ticket = TicketId(row.int("ticket_id")?);
        found.extend(
            keys.iter()
                .position(|key| *key == known)
                .map(|place| (place, ticket)),
        );
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found)
}

/// Whether a mail with this id came in or went out before. An id that others only point to has not
/// arrived: the mail it names may still be on its way.
pub fn has_arrived(tx: &mut Tx<'_>, message_ref: &str) -> Result<bool, StoreError> {
    let sql = "SELECT 1 AS one FROM message_refs WHERE message_ref = ?1 AND arrived = 1";
    Ok(tx.one(sql, &[key(message_ref).into()])?.is_some())
}

/// Where ids lead, and the messages they follow when a person moves those.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leads {
    pub to: TicketId,
    /// The message the ids came with.
    pub with: Option<MessageId>,
    /// For a mail of ours: the message it answers.
    pub answers: Option<MessageId>,
}

impl Leads {
    pub fn to(to: TicketId, with: MessageId) -> Self {
        Leads {
            to,
            with: Some(with),
            answers: None,
        }
    }
}

/// Remembers a mail's own id. The first ticket an id was seen on keeps it.
pub fn remember_own(tx: &mut Tx<'_>, message_ref: &str, leads: Leads) -> Result<(), StoreError> {
    let sql = "INSERT INTO message_refs (message_ref, ticket_id, arrived, message_id, answers)
        VALUES (?1, ?2, 1, ?3, ?4)
        ON CONFLICT (message_ref) DO UPDATE SET arrived = 1,
            message_id = CASE WHEN message_refs.arrived = 1 THEN message_refs.message_id
                ELSE excluded.message_id END";
    let params = [
        key(message_ref).into(),
        leads.to.0.into(),
        leads.with.map(|id| id.0).into(),
        leads.answers.map(|id| id.0).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Forgets an id of ours under which nothing went out, or the next reply would point to a ghost.
pub fn forget_own(tx: &mut Tx<'_>, message_ref: &str) -> Result<(), StoreError> {
    let sql = "DELETE FROM message_refs WHERE message_ref = ?1";
    tx.exec(sql, &[key(message_ref).into()])?;
    Ok(())
}

/// Remembers the ids a mail points to, whether we have those mails or not.
pub fn remember(tx: &mut Tx<'_>, refs: &[&str], leads: Leads) -> Result<(), StoreError> {
    for message_ref in refs.iter().take(MOST_REFS) {
        let sql = "INSERT INTO message_refs (message_ref, ticket_id, arrived, message_id)
            VALUES (?1, ?2, 0, ?3) ON CONFLICT (message_ref) DO NOTHING";
        let with = leads.with.map(|id| id.0);
        tx.exec(
            sql,
            &[key(message_ref).into(), leads.to.0.into(), with.into()],
        )?;
    }
    Ok(())
}

/// Leads ids of messages that moved to their new ticket, where it was not written down which message
/// an id came with.
pub(crate) fn lead_old<'a>(
    tx: &mut Tx<'_>,
    refs: impl Iterator<Item = &'a str>,
    from: TicketId,
    to: TicketId,
) -> Result<(), StoreError> {
    let keys: Vec<Value> = refs.map(|r| key(r).into()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE message_refs SET ticket_id = ?2
        WHERE ticket_id = ?1 AND message_id IS NULL AND message_ref IN ({})",
        places(3, keys.len())
    );
    let params = [vec![from.0.into(), to.0.into()], keys].concat();
    tx.exec(&sql, &params)?;
    Ok(())
}

/// Where the same mail is already, if it came before.
pub fn seen(tx: &mut Tx<'_>, fingerprint: &str) -> Result<Option<Seen>, StoreError> {
    let sql = "SELECT a.message_id, a.unsorted_id, m.ticket_id FROM arrivals a
        LEFT JOIN messages m ON m.id = a.message_id WHERE a.fingerprint = ?1";
    let Some(row) = tx.one(sql, &[fingerprint.into()])? else {
        return Ok(None);
    };
    let message = row
        .maybe_int("message_id")?
        .zip(row.maybe_int("ticket_id")?);
    Ok(match (message, row.maybe_int("unsorted_id")?) {
        (Some((message, ticket)), _) => Some(Seen::Message {
            message: MessageId(message),
            ticket: TicketId(ticket),
        }),
        (None, Some(unsorted)) => Some(Seen::Unsorted(UnsortedId(unsorted))),
        (None, None) => None,
    })
}

/// Where a mail ended up: on a ticket or in Unsorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Landed {
    Message(MessageId),
    Unsorted(UnsortedId),
}

/// Remembers a mail. A second one with the same fingerprint is refused by the database, so two
/// nodes that take the same mail at once can't both keep it.
pub fn arrived(
    tx: &mut Tx<'_>,
    fingerprint: &str,
    landed: Landed,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (message, unsorted) = match landed {
        Landed::Message(id) => (Some(id.0), None),
        Landed::Unsorted(id) => (None, Some(id.0)),
    };
    let sql = "INSERT INTO arrivals (fingerprint, message_id, unsorted_id, at_ms)
        VALUES (?1, ?2, ?3, ?4)";
    tx.exec(
        sql,
        &[
            fingerprint.into(),
            message.into(),
            unsorted.into(),
            ms(now).into(),
        ],
    )?;
    Ok(())
}

/// A mail that left Unsorted for a ticket is found there from now on.
pub fn moved(tx: &mut Tx<'_>, from: UnsortedId, to: MessageId) -> Result<(), StoreError> {
    let sql = "UPDATE arrivals SET message_id = ?2, unsorted_id = NULL WHERE unsorted_id = ?1";
    tx.exec(sql, &[from.0.into(), to.0.into()])?;
    Ok(())
}

/// Keeps a pointer to another form of a mail we have: the same mail over another way.
pub fn copied(
    tx: &mut Tx<'_>,
    fingerprint: &str,
    raw_sha256: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO copies (fingerprint, raw_sha256, at_ms)
        SELECT a.fingerprint, CAST(?2 AS TEXT), CAST(?3 AS BIGINT) FROM arrivals a
        LEFT JOIN messages m ON m.id = a.message_id LEFT JOIN unsorted u ON u.id = a.unsorted_id
        WHERE a.fingerprint = ?1 AND coalesce(m.raw_sha256, u.raw_sha256, '') <> CAST(?2 AS TEXT)
        ON CONFLICT (fingerprint, raw_sha256) DO NOTHING";
    tx.exec(
        sql,
        &[fingerprint.into(), raw_sha256.into(), ms(now).into()],
    )?;
    Ok(())
}

/// The other forms of a message, by the hash of their raw bytes.
pub fn copies_of(tx: &mut Tx<'_>, landed: Landed) -> Result<Vec<String>, StoreError> {
    let (column, id) = match landed {
        Landed::Message(id) => ("message_id", id.0),
        Landed::Unsorted(id) => ("unsorted_id", id.0),
    };
    let sql = format!(
        "SELECT c.raw_sha256 FROM arrivals a JOIN copies c ON c.fingerprint = a.fingerprint
        WHERE a.{column} = ?1 ORDER BY c.at_ms, c.raw_sha256 LIMIT 100"
    );
    tx.rows(&sql, &[id.into()])?
        .iter()
        .map(|row| row.text("raw_sha256"))
        .collect()
}

/// The same for every message of several tickets.
pub fn copies_of_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<(Landed, String)>, StoreError> {
    let (among, params) = of.into().written("m.ticket_id", "m.id");
    let sql = format!(
        "SELECT a.message_id, c.raw_sha256 FROM messages m
        JOIN arrivals a ON a.message_id = m.id JOIN copies c ON c.fingerprint = a.fingerprint
        WHERE {among} ORDER BY c.at_ms, c.raw_sha256"
    );
    tx.rows(&sql, &params)?
        .iter()
        .map(|row| {
            let message = MessageId(row.int("message_id")?);
            Ok((Landed::Message(message), row.text("raw_sha256")?))
        })
        .collect()
}

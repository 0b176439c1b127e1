//! What was said on tickets, and the files that came with it.

use jiff::Timestamp;
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::intake::MailKind;
use kept_domain::messages::{Audience, Channel};

use crate::convert::{at, maybe_at, ms, places, word};
use crate::merges::told_as_person;
use crate::{Row, StoreError, Tx, Value};

/// One message. `body` and `recipients` are JSON that the app understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub ticket: TicketId,
    pub audience: Audience,
    pub channel: Channel,
    pub person: Option<PersonId>,
    pub author_name: String,
    pub author_address: String,
    /// When it reached us or was written here.
    pub at: Timestamp,
    /// When its sender says it was written.
    pub claimed_at: Option<Timestamp>,
    pub subject: Option<String>,
    pub recipients: String,
    pub body: String,
    pub has_html: bool,
    pub automatic: bool,
    /// What kind of mail it was; `None` when nobody said, and for what is written at the desk.
    pub kind: Option<MailKind>,
    pub remark: Option<String>,
    /// RFC 5322 Message-ID without angle brackets.
    pub message_ref: Option<String>,
    pub raw_sha256: Option<String>,
    pub raw_size_bytes: i64,
}

/// Whose messages something is looked up for: all of some tickets, or some of one.
#[derive(Debug, Clone, Copy)]
pub enum Among<'a> {
    Tickets(&'a [TicketId]),
    These(&'a [MessageId]),
}

impl Among<'_> {
    /// The condition, its parameters from `?1` on; the names are those of the columns of ticket and message.
    pub(crate) fn written(self, ticket: &str, message: &str) -> (String, Vec<Value>) {
        let (column, ids): (&str, Vec<i64>) = match self {
            Among::Tickets(ids) => (ticket, ids.iter().map(|id| id.0).collect()),
            Among::These(ids) => (message, ids.iter().map(|id| id.0).collect()),
        };
        let sql = match ids.len() {
            0 => "1 = 0".to_owned(),
            many => format!("{column} IN ({})", places(1, many)),
        };
        (sql, ids.into_iter().map(Value::from).collect())
    }
}

impl<'a> From<&'a [TicketId]> for Among<'a> {
    fn from(tickets: &'a [TicketId]) -> Self {
        Among::Tickets(tickets)
    }
}

impl<'a> From<&'a Vec<TicketId>> for Among<'a> {
    fn from(tickets: &'a Vec<TicketId>) -> Self {
        Among::Tickets(tickets)
    }
}

impl<'a, const MANY: usize> From<&'a [TicketId; MANY]> for Among<'a> {
    fn from(tickets: &'a [TicketId; MANY]) -> Self {
        Among::Tickets(tickets)
    }
}

/// A file that belongs to a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub id: i64,
    pub message: MessageId,
    pub filename: String,
    pub content_type: String,
    pub inline: bool,
    pub content_id: Option<String>,
    /// Nobody misses it in a list, such as a logo below a name.
    pub minor: bool,
    pub size_bytes: i64,
    pub sha256: String,
}

/// Something a reader should know about a message. `code` is for programs, `says` for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub code: String,
    pub says: String,
}

/// Whoever wrote is whoever stays, should the one recorded have been merged.
const COLUMNS: &str = "id, ticket_id, audience, channel,
    coalesce((SELECT s.merged_into FROM people s WHERE s.id = messages.person_id), person_id)
        AS person_id, author_name, author_address,
    at_ms, claimed_at_ms, subject, recipients, body, has_html, automatic, remark, message_ref,
    raw_sha256, raw_size_bytes, mail_kind";

/// Writes a message; its `id` is ignored and the new one returned.
pub fn insert(tx: &mut Tx<'_>, message: &Message) -> Result<MessageId, StoreError> {
    let sql = "INSERT INTO messages (ticket_id, audience, channel, person_id, author_name,
            author_address, at_ms, claimed_at_ms, subject, recipients, body, has_html, automatic,
            remark, message_ref, raw_sha256, raw_size_bytes, mail_kind)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        RETURNING id";
    let params = [
        message.ticket.0.into(),
        message.audience.as_str().into(),
        message.channel.as_str().into(),
        message.person.map(|p| p.0).into(),
        message.author_name.as_str().into(),
        message.author_address.as_str().into(),
        ms(message.at).into(),
        message.claimed_at.map(ms).into(),
        message.subject.as_deref().into(),
        message.recipients.as_str().into(),
        message.body.as_str().into(),
        message.has_html.into(),
        message.automatic.into(),
        message.remark.as_deref().into(),
        message.message_ref.as_deref().into(),
        message.raw_sha256.as_deref().into(),
        message.raw_size_bytes.into(),
        message.kind.map(MailKind::as_str).into(),
    ];
    let row = tx
        .one(sql, &params)?
        .ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(MessageId)
}

/// Gives a message of the desk's the Message-ID it went out under.
pub fn set_message_ref(
    tx: &mut Tx<'_>,
    message: MessageId,
    message_ref: &str,
) -> Result<(), StoreError> {
    let sql = "UPDATE messages SET message_ref = ?2 WHERE id = ?1";
    tx.exec(sql, &[message.0.into(), message_ref.into()])?;
    Ok(())
}

/// Names the mail that a message of the desk's came by, when an agent wrote it elsewhere.
pub fn set_raw(
    tx: &mut Tx<'_>,
    message: MessageId,
    sha256: &str,
    size_bytes: i64,
) -> Result<(), StoreError> {
    let sql = "UPDATE messages SET raw_sha256 = ?2, raw_size_bytes = ?3 WHERE id = ?1";
    tx.exec(sql, &[message.0.into(), sha256.into(), size_bytes.into()])?;
    Ok(())
}

/// Takes a message out of its conversation and forgets the Message-ID it would have gone out under; tells whether it
/// stood there.
pub fn withdraw(tx: &mut Tx<'_>, message: MessageId, now: Timestamp) -> Result<bool, StoreError> {
    let sql = "UPDATE messages SET withdrawn_at_ms = ?2, message_ref = NULL
        WHERE id = ?1 AND withdrawn_at_ms IS NULL";
    Ok(tx.exec(sql, &[message.0.into(), ms(now).into()])? == 1)
}

/// Writes a file's line; its `id` is ignored.
pub fn attach(tx: &mut Tx<'_>, file: &Attachment) -> Result<(), StoreError> {
    let sql = "INSERT INTO attachments
            (message_id, filename, content_type, inline, content_id, size_bytes, sha256, minor)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let params = [
        file.message.0.into(),
        file.filename.as_str().into(),
        file.content_type.as_str().into(),
        file.inline.into(),
        file.content_id.as_deref().into(),
        file.size_bytes.into(),
        file.sha256.as_str().into(),
        file.minor.into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Writes down what a reader should know about a message.
pub fn mark(tx: &mut Tx<'_>, message: MessageId, mark: &Mark) -> Result<(), StoreError> {
    let sql = "INSERT INTO message_marks (message_id, code, says) VALUES (?1, ?2, ?3)
        ON CONFLICT (message_id, code) DO NOTHING";
    let params = [
        message.0.into(),
        mark.code.as_str().into(),
        mark.says.as_str().into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// The marks of all messages of several tickets.
pub fn marks_of_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<(MessageId, Mark)>, StoreError> {
    let (among, params) = of.into().written("m.ticket_id", "m.id");
    let sql = format!(
        "SELECT k.message_id, k.code, k.says
        FROM messages m JOIN message_marks k ON k.message_id = m.id
        WHERE {among} ORDER BY k.message_id, k.code"
    );
    let read = |row: &Row| {
        let mark = Mark {
            code: row.text("code")?,
            says: row.text("says")?,
        };
        Ok((MessageId(row.int("message_id")?), mark))
    };
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

pub fn find(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<Message>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM messages WHERE id = ?1");
    tx.one(&sql, &[message.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// The messages of several tickets together, oldest first.
pub fn of_tickets(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Vec<Message>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE ticket_id IN ({}) AND withdrawn_at_ms IS NULL
        ORDER BY id",
        places(1, tickets.len())
    );
    let params: Vec<Value> = tickets.iter().map(|t| t.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// Those of these messages that are told on these tickets, oldest first.
pub fn told_on(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    ids: &[MessageId],
) -> Result<Vec<Message>, StoreError> {
    let (among, params) = Among::These(ids).written("ticket_id", "id");
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE {among} AND withdrawn_at_ms IS NULL ORDER BY id"
    );
    let found = tx.rows(&sql, &params)?;
    let mut found: Vec<Message> = found.iter().map(read).collect::<Result<_, _>>()?;
    found.retain(|message| tickets.contains(&message.ticket));
    Ok(found)
}

/// The newest messages of one ticket, the newest first.
pub fn latest(tx: &mut Tx<'_>, ticket: TicketId, limit: usize) -> Result<Vec<Message>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE ticket_id = ?1 AND withdrawn_at_ms IS NULL
        ORDER BY id DESC LIMIT ?2"
    );
    let params = [ticket.0.into(), limit.into()];
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// The same of those before one of them.
pub fn before(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    before: Option<MessageId>,
    limit: usize,
) -> Result<Vec<Message>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE ticket_id = ?1 AND withdrawn_at_ms IS NULL AND id < ?2
        ORDER BY id DESC LIMIT ?3"
    );
    let before = before.map_or(i64::MAX, |message| message.0);
    let params = [ticket.0.into(), before.into(), limit.into()];
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// The last mail a person of the client's side wrote on one of these tickets, and the last of `person`, oldest first.
pub fn last_mails(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    person: Option<PersonId>,
) -> Result<Vec<Message>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE ticket_id = ?1 AND channel = 'mail'
            AND audience = 'client' AND automatic = 0 AND withdrawn_at_ms IS NULL
            AND (?2 = 0 OR person_id IN ({})) ORDER BY id DESC LIMIT 1",
        told_as_person("?2")
    );
    let mut found: Vec<Message> = Vec::new();
    for who in std::iter::once(0).chain(person.map(|it| it.0)) {
        let mut newest: Option<Message> = None;
        for ticket in tickets {
            if let Some(row) = tx.one(&sql, &[ticket.0.into(), who.into()])? {
                let mail = read(&row)?;
                let is_newer = newest.as_ref().is_none_or(|it| it.id < mail.id);
                newest = if is_newer { Some(mail) } else { newest };
            }
        }
        found.extend(newest);
    }
    found.sort_by_key(|message| message.id);
    found.dedup_by_key(|message| message.id);
    Ok(found)
}

/// What was said to the client or by it last: when and by whom, the newest first, `limit` of each ticket.
pub fn last_spoken(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    limit: usize,
) -> Result<Vec<(Timestamp, String)>, StoreError> {
    let sql = "SELECT at_ms, author_name, author_address FROM messages
        WHERE ticket_id = ?1 AND audience = 'client' AND withdrawn_at_ms IS NULL
        ORDER BY id DESC LIMIT ?2";
    let mut found = Vec::new();
    for ticket in tickets {
        for row in tx.rows(sql, &[ticket.0.into(), limit.into()])? {
            let name = row.text("author_name")?;
            let who = match name.is_empty() {
                true => row.text("author_address")?,
                false => name,
            };
            found.push((at(&row, "at_ms")?, who));
        }
    }
    Ok(found)
}

/// The newest message of these tickets.
pub fn newest(tx: &mut Tx<'_>, tickets: &[TicketId]) -> Result<Option<MessageId>, StoreError> {
    let sql = "SELECT id FROM messages WHERE ticket_id = ?1 AND withdrawn_at_ms IS NULL
        ORDER BY id DESC LIMIT 1";
    let mut newest = None;
    for ticket in tickets {
        let row = tx.one(sql, &[ticket.0.into()])?;
        let id = row.map(|row| row.int("id").map(MessageId)).transpose()?;
        newest = newest.max(id);
    }
    Ok(newest)
}

/// These messages, in no particular order.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[MessageId]) -> Result<Vec<Message>, StoreError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM messages WHERE id IN ({})",
        places(1, ids.len())
    );
    let params: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

/// The files of all messages of several tickets.
pub fn files_of_tickets<'a>(
    tx: &mut Tx<'_>,
    of: impl Into<Among<'a>>,
) -> Result<Vec<Attachment>, StoreError> {
    let (among, params) = of.into().written("m.ticket_id", "m.id");
    let sql = format!(
        "SELECT a.id, a.message_id, a.filename, a.content_type, a.inline, a.content_id,
            a.size_bytes, a.sha256, a.minor
        FROM messages m JOIN attachments a ON a.message_id = m.id
        WHERE {among} ORDER BY a.id"
    );
    tx.rows(&sql, &params)?.iter().map(read_file).collect()
}

/// The files of one message.
pub fn files_of_message(
    tx: &mut Tx<'_>,
    message: MessageId,
) -> Result<Vec<Attachment>, StoreError> {
    let sql =
        "SELECT id, message_id, filename, content_type, inline, content_id, size_bytes, sha256,
            minor
        FROM attachments WHERE message_id = ?1 ORDER BY id";
    tx.rows(sql, &[message.0.into()])?
        .iter()
        .map(read_file)
        .collect()
}

pub fn file(tx: &mut Tx<'_>, id: i64) -> Result<Option<Attachment>, StoreError> {
    let sql =
        "SELECT id, message_id, filename, content_type, inline, content_id, size_bytes, sha256,
            minor
        FROM attachments WHERE id = ?1";
    tx.one(sql, &[id.into()])?
        .map(|row| read_file(&row))
        .transpose()
}

/// Whether somebody with this address has written to this ticket by mail or is its requester. What agents
/// wrote at the desk does not count: a mail can claim their address.
pub fn takes_part(tx: &mut Tx<'_>, ticket: TicketId, address: &str) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 AS one FROM messages WHERE author_address = ?2 AND ticket_id = ?1
            AND channel = 'mail'
        UNION ALL
        SELECT 1 FROM tickets t JOIN person_addresses a ON a.person_id IN ({})
        WHERE t.id = ?1 AND a.address = ?2 LIMIT 1",
        told_as_person("t.requester_id")
    );
    Ok(tx.one(&sql, &[ticket.0.into(), address.into()])?.is_some())
}

/// Whether nothing was said between the desk and the client after this message, by a person.
pub fn is_last_word(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    message: MessageId,
) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 AS one FROM messages WHERE ticket_id IN ({}) AND id > ?1
            AND audience = 'client' AND automatic = 0 LIMIT 1",
        places(2, tickets.len())
    );
    let tickets = tickets.iter().map(|t| t.0.into());
    let params: Vec<Value> = std::iter::once(message.0.into()).chain(tickets).collect();
    Ok(tx.one(&sql, &params)?.is_none())
}

fn read(row: &Row) -> Result<Message, StoreError> {
    Ok(Message {
        id: MessageId(row.int("id")?),
        ticket: TicketId(row.int("ticket_id")?),
        audience: word(row, "audience", Audience::from_text)?,
        channel: word(row, "channel", Channel::from_text)?,
        person: row.maybe_int("person_id")?.map(PersonId),
        author_name: row.text("author_name")?,
        author_address: row.text("author_address")?,
        at: at(row, "at_ms")?,
        claimed_at: maybe_at(row, "claimed_at_ms")?,
        subject: row.maybe_text("subject")?,
        recipients: row.text("recipients")?,
        body: row.text("body")?,
        has_html: row.flag("has_html")?,
        automatic: row.flag("automatic")?,
        kind: row
            .maybe_text("mail_kind")?
            .and_then(|text| MailKind::from_text(&text)),
        remark: row.maybe_text("remark")?,
        message_ref: row.maybe_text("message_ref")?,
        raw_sha256: row.maybe_text("raw_sha256")?,
        raw_size_bytes: row.int("raw_size_bytes")?,
    })
}

fn read_file(row: &Row) -> Result<Attachment, StoreError> {
    Ok(Attachment {
        id: row.int("id")?,
        message: MessageId(row.int("message_id")?),
        filename: row.text("filename")?,
        content_type: row.text("content_type")?,
        inline: row.flag("inline")?,
        content_id: row.maybe_text("content_id")?,
        size_bytes: row.int("size_bytes")?,
        sha256: row.text("sha256")?,
        minor: row.flag("minor")?,
    })
}

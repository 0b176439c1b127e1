//! What people of the desk were told.

use jiff::Timestamp;
use kept_domain::ids::{PersonId, TicketId};
use kept_domain::notifications::{How, Kind};

use crate::convert::{at, maybe_at, ms, word};
use crate::{Row, StoreError, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub id: i64,
    pub person: PersonId,
    pub ticket: TicketId,
    pub kind: Kind,
    pub words: String,
    pub at: Timestamp,
    pub seen_at: Option<Timestamp>,
}

/// Something to tell; `mail_at` is when it goes out by mail too.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub person: PersonId,
    pub ticket: TicketId,
    pub kind: Kind,
    pub words: &'a str,
    pub mail_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, person_id, ticket_id, kind, words, at_ms, seen_at_ms";

pub fn insert(tx: &mut Tx<'_>, new: New<'_>, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO notifications (person_id, ticket_id, kind, words, at_ms, mail_at_ms)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let params = [
        new.person.0.into(),
        new.ticket.0.into(),
        new.kind.as_str().into(),
        new.words.into(),
        ms(now).into(),
        new.mail_at.map(ms).into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// The newest first, before `before` when given.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<Notification>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM notifications WHERE person_id = ?1 AND id < ?2
        ORDER BY id DESC LIMIT ?3"
    );
    let before = before.unwrap_or(i64::MAX);
    let rows = tx.rows(&sql, &[person.0.into(), before.into(), limit.into()])?;
    rows.iter().map(read).collect()
}

/// How many of the newest `most` somebody has not seen.
pub fn unseen(tx: &mut Tx<'_>, person: PersonId, most: usize) -> Result<usize, StoreError> {
    let sql = "SELECT id FROM notifications WHERE person_id = ?1 AND seen_at_ms IS NULL
        ORDER BY id DESC LIMIT ?2";
    Ok(tx.rows(sql, &[person.0.into(), most.into()])?.len())
}

/// Somebody has seen all up to and with `last`; with a ticket only those about it. What is seen needs no mail. Tells whether
/// any were new.
pub fn see(
    tx: &mut Tx<'_>,
    person: PersonId,
    ticket: Option<TicketId>,
    last: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let about = match ticket {
        Some(ticket) => format!(" AND ticket_id = {}", ticket.0),
        None => String::new(),
    };
    let sql = format!(
        "UPDATE notifications SET seen_at_ms = ?2, mail_at_ms = NULL
        WHERE person_id = ?1 AND seen_at_ms IS NULL AND id <= ?3{about}"
    );
    let many = tx.exec(&sql, &[person.0.into(), ms(now).into(), last.into()])?;
    Ok(many > 0)
}

/// Takes what is to go out by mail now, by person and then in order; each is given once.
pub fn take_to_mail(
    tx: &mut Tx<'_>,
    now: Timestamp,
    limit: usize,
) -> Result<Vec<Notification>, StoreError> {
    let sql = format!(
        "UPDATE notifications SET mail_at_ms = NULL WHERE id IN (
            SELECT id FROM notifications WHERE mail_at_ms <= ?1 ORDER BY mail_at_ms, id LIMIT ?2)
        RETURNING {COLUMNS}"
    );
    let rows = tx.rows(&sql, &[ms(now).into(), limit.into()])?;
    let mut taken = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    taken.sort_by_key(|it| (it.person, it.id));
    Ok(taken)
}

/// When the next mail is to go out; `None` when none is.
pub fn next_mail(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT mail_at_ms FROM notifications WHERE mail_at_ms IS NOT NULL
        ORDER BY mail_at_ms LIMIT 1";
    let row = tx.one(sql, &[])?;
    row.map_or(Ok(None), |row| maybe_at(&row, "mail_at_ms"))
}

/// What somebody chose for a kind; `None` when they never did.
pub fn choice(tx: &mut Tx<'_>, person: PersonId, kind: Kind) -> Result<Option<How>, StoreError> {
    let sql = "SELECT how FROM notification_choices WHERE person_id = ?1 AND kind = ?2";
    let row = tx.one(sql, &[person.0.into(), kind.as_str().into()])?;
    row.map(|row| word(&row, "how", How::from_text)).transpose()
}

pub fn choose(tx: &mut Tx<'_>, person: PersonId, kind: Kind, how: How) -> Result<(), StoreError> {
    let sql = "INSERT INTO notification_choices (person_id, kind, how) VALUES (?1, ?2, ?3)
        ON CONFLICT (person_id, kind) DO UPDATE SET how = excluded.how";
    tx.exec(
        sql,
        &[person.0.into(), kind.as_str().into(), how.as_str().into()],
    )?;
    Ok(())
}

fn read(row: &Row) -> Result<Notification, StoreError> {
    Ok(Notification {
        id: row.int("id")?,
        person: PersonId(row.int("person_id")?),
        ticket: TicketId(row.int("ticket_id")?),
        kind: word(row, "kind", Kind::from_text)?,
        words: row.text("words")?,
        at: at(row, "at_ms")?,
        seen_at: maybe_at(row, "seen_at_ms")?,
    })
}

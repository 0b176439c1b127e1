//! What people of the desk were told.

use jiff::Timestamp;
use kept_domain::ids::{MessageId, PersonId, TicketId};
use kept_domain::notifications::{How, Kind, Ways};

use crate::convert::{at, maybe_at, ms, word};
use crate::{Row, StoreError, Tx};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    pub id: i64,
    pub person: PersonId,
    pub ticket: TicketId,
    /// The message it is about, where there is one.
    pub message: Option<MessageId>,
    pub kind: Kind,
    pub words: String,
    pub at: Timestamp,
    pub seen_at: Option<Timestamp>,
}

/// Something to tell; `mail_at` is when it goes out by mail too, and `pop_up` whether a computer may show it by itself.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    pub person: PersonId,
    pub ticket: TicketId,
    pub message: Option<MessageId>,
    pub kind: Kind,
    pub words: &'a str,
    pub mail_at: Option<Timestamp>,
    pub pop_up: bool,
}

const COLUMNS: &str = "id, person_id, ticket_id, message_id, kind, words, at_ms, seen_at_ms";

/// Gives the new one's number.
pub fn insert(tx: &mut Tx<'_>, new: New<'_>, now: Timestamp) -> Result<i64, StoreError> {
    let sql = "INSERT INTO notifications
            (person_id, ticket_id, message_id, kind, words, at_ms, mail_at_ms, pop_up)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
    let params = [
        new.person.0.into(),
        new.ticket.0.into(),
        new.message.map(|it| it.0).into(),
        new.kind.as_str().into(),
        new.words.into(),
        ms(now).into(),
        new.mail_at.map(ms).into(),
        new.pop_up.into(),
    ];
    let row = tx.one(sql, &params)?;
    row.ok_or_else(StoreError::nothing_returned)?.int("id")
}

/// One of somebody's own.
pub fn find(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: i64,
) -> Result<Option<Notification>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM notifications WHERE id = ?1 AND person_id = ?2");
    let row = tx.one(&sql, &[id.into(), person.0.into()])?;
    row.map(|row| read(&row)).transpose()
}

/// Which of somebody's are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Which {
    /// Those that were seen, or those that were not.
    pub seen: bool,
    pub only: Option<Kind>,
    /// Only those told before this one.
    pub before: Option<i64>,
}

/// The newest first.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    which: Which,
    limit: usize,
) -> Result<Vec<Notification>, StoreError> {
    let seen = match which.seen {
        true => "IS NOT NULL",
        false => "IS NULL",
    };
    let only = match which.only {
        Some(_) => " AND kind = ?4",
        None => "",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM notifications
        WHERE person_id = ?1 AND id < ?2 AND seen_at_ms {seen}{only} ORDER BY id DESC LIMIT ?3"
    );
    let before = which.before.unwrap_or(i64::MAX);
    let mut params = vec![person.0.into(), before.into(), limit.into()];
    params.extend(which.only.map(|kind| kind.as_str().into()));
    let rows = tx.rows(&sql, &params)?;
    rows.iter().map(read).collect()
}

/// Those that a computer may show by itself: told after `after` and since `since`, and not seen yet. The oldest first.
pub fn to_pop_up(
    tx: &mut Tx<'_>,
    person: PersonId,
    (after, since): (i64, Timestamp),
    limit: usize,
) -> Result<Vec<Notification>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM notifications
        WHERE person_id = ?1 AND id > ?2 AND at_ms >= ?3 AND pop_up = 1 AND seen_at_ms IS NULL
        ORDER BY id LIMIT ?4"
    );
    let params = [
        person.0.into(),
        after.into(),
        ms(since).into(),
        limit.into(),
    ];
    let rows = tx.rows(&sql, &params)?;
    rows.iter().map(read).collect()
}

/// The number of the newest, 0 when somebody was never told anything.
pub fn newest(tx: &mut Tx<'_>, person: PersonId) -> Result<i64, StoreError> {
    let sql = "SELECT id FROM notifications WHERE person_id = ?1 ORDER BY id DESC LIMIT 1";
    let row = tx.one(sql, &[person.0.into()])?;
    row.map_or(Ok(0), |row| row.int("id"))
}

/// How many of the newest `most` somebody has not seen.
pub fn unseen(tx: &mut Tx<'_>, person: PersonId, most: usize) -> Result<usize, StoreError> {
    let sql = "SELECT id FROM notifications WHERE person_id = ?1 AND seen_at_ms IS NULL
        ORDER BY id DESC LIMIT ?2";
    Ok(tx.rows(sql, &[person.0.into(), most.into()])?.len())
}

/// Somebody has seen all up to and with `last`; those about one ticket, or of one kind, when such is given. What is seen
/// needs no mail. Tells whether any were new.
pub fn see(
    tx: &mut Tx<'_>,
    person: PersonId,
    (ticket, only): (Option<TicketId>, Option<Kind>),
    last: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let about = ticket.map(|ticket| format!(" AND ticket_id = {}", ticket.0));
    let of = only.map(|_| " AND kind = ?4");
    let sql = format!(
        "UPDATE notifications SET seen_at_ms = ?2, mail_at_ms = NULL
        WHERE person_id = ?1 AND seen_at_ms IS NULL AND id <= ?3{}{}",
        about.unwrap_or_default(),
        of.unwrap_or_default()
    );
    let mut params = vec![person.0.into(), ms(now).into(), last.into()];
    params.extend(only.map(|kind| kind.as_str().into()));
    Ok(tx.exec(&sql, &params)? > 0)
}

/// Somebody has seen this one of theirs. Tells whether it was new.
pub fn see_one(
    tx: &mut Tx<'_>,
    person: PersonId,
    id: i64,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let sql = "UPDATE notifications SET seen_at_ms = ?3, mail_at_ms = NULL
        WHERE person_id = ?1 AND id = ?2 AND seen_at_ms IS NULL";
    Ok(tx.exec(sql, &[person.0.into(), id.into(), ms(now).into()])? > 0)
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

/// By which roads somebody hears of a kind: as they chose, else as built in.
pub fn ways(tx: &mut Tx<'_>, person: PersonId, kind: Kind) -> Result<Ways, StoreError> {
    let sql =
        "SELECT how, hook, pop_up FROM notification_choices WHERE person_id = ?1 AND kind = ?2";
    let built_in = kind.by_default();
    let Some(row) = tx.one(sql, &[person.0.into(), kind.as_str().into()])? else {
        return Ok(built_in);
    };
    let flag = |column, otherwise| {
        let chosen = row.maybe_int(column)?;
        Ok::<_, StoreError>(chosen.map_or(otherwise, |it| it != 0))
    };
    Ok(Ways {
        mail: word(&row, "how", How::from_text)?,
        hook: flag("hook", built_in.hook)?,
        pop_up: flag("pop_up", built_in.pop_up)?,
    })
}

pub fn choose(tx: &mut Tx<'_>, person: PersonId, kind: Kind, ways: Ways) -> Result<(), StoreError> {
    let sql = "INSERT INTO notification_choices (person_id, kind, how, hook, pop_up)
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (person_id, kind) DO UPDATE SET
            how = excluded.how, hook = excluded.hook, pop_up = excluded.pop_up";
    let params = [
        person.0.into(),
        kind.as_str().into(),
        ways.mail.as_str().into(),
        ways.hook.into(),
        ways.pop_up.into(),
    ];
    tx.exec(sql, &params)?;
    Ok(())
}

/// Somebody's own web-hook, sealed.
pub fn hook(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT sealed FROM notification_hooks WHERE person_id = ?1";
    let row = tx.one(sql, &[person.0.into()])?;
    row.map(|row| row.text("sealed")).transpose()
}

/// Sets it, or with `None` removes it.
pub fn set_hook(
    tx: &mut Tx<'_>,
    person: PersonId,
    sealed: Option<&str>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(sealed) = sealed else {
        let sql = "DELETE FROM notification_hooks WHERE person_id = ?1";
        tx.exec(sql, &[person.0.into()])?;
        return Ok(());
    };
    let sql = "INSERT INTO notification_hooks (person_id, sealed, set_at_ms) VALUES (?1, ?2, ?3)
        ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed, set_at_ms = excluded.set_at_ms";
    tx.exec(sql, &[person.0.into(), sealed.into(), ms(now).into()])?;
    Ok(())
}

fn read(row: &Row) -> Result<Notification, StoreError> {
    Ok(Notification {
        id: row.int("id")?,
        person: PersonId(row.int("person_id")?),
        ticket: TicketId(row.int("ticket_id")?),
        message: row.maybe_int("message_id")?.map(MessageId),
        kind: word(row, "kind", Kind::from_text)?,
        words: row.text("words")?,
        at: at(row, "at_ms")?,
        seen_at: maybe_at(row, "seen_at_ms")?,
    })
}

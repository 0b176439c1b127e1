//! A page of a ticket's history: some lines of it, found without reading the rest.

use kept_domain::event::Recorded;
use kept_domain::ids::{EventId, MessageId, TicketId};

use crate::events::{COLUMNS, read};
use crate::messages::Among;
use crate::{StoreError, Tx};

/// Which lines are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Activity {
    #[default]
    All,
    /// What was said, by either side, notes included.
    Words,
    Notes,
    /// What happened beside that.
    Events,
}

impl Activity {
    pub const ALL: [Activity; 4] = [
        Activity::All,
        Activity::Words,
        Activity::Notes,
        Activity::Events,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Activity::All => "all",
            Activity::Words => "words",
            Activity::Notes => "notes",
            Activity::Events => "events",
        }
    }

    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == text)
    }

    fn condition(self) -> &'static str {
        match self {
            Activity::All => "1 = 1",
            Activity::Words => "message_id IS NOT NULL",
            Activity::Notes => {
                "EXISTS (SELECT 1 FROM messages m
                    WHERE m.id = events.message_id AND m.audience = 'desk')"
            }
            Activity::Events => "message_id IS NULL",
        }
    }
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The lines before this one, the newest first.
    Before(EventId),
    /// The lines after this one, the oldest first.
    After(EventId),
}

impl From {
    fn written(self) -> (&'static str, &'static str, EventId) {
        match self {
            From::Before(id) => ("id < ?2", "DESC", id),
            From::After(id) => ("id > ?2", "ASC", id),
        }
    }
}

/// Up to `limit` lines of these tickets together, nearest to where the page begins first.
pub fn page(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    from: From,
    of: Activity,
    limit: usize,
) -> Result<Vec<Recorded>, StoreError> {
    let (beyond, direction, id) = from.written();
    // Ticket by ticket, so that the index gives them in order and nothing else is looked at.
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE ticket_id = ?1 AND {beyond} AND {}
        ORDER BY id {direction} LIMIT ?3",
        of.condition()
    );
    let mut lines = Vec::new();
    for ticket in tickets {
        let params = [ticket.0.into(), id.0.into(), limit.into()];
        for row in tx.rows(&sql, &params)? {
            lines.push(read(&row)?);
        }
    }
    lines.sort_by_key(|line| match from {
        From::Before(_) => -line.id.0,
        From::After(_) => line.id.0,
    });
    lines.truncate(limit);
    Ok(lines)
}

/// How many such lines there are between two, counted no further than `most`.
pub fn between(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    (after, before): (EventId, EventId),
    of: Activity,
    most: usize,
) -> Result<usize, StoreError> {
    let sql = format!(
        "SELECT count(*) AS many FROM (SELECT id FROM events
            WHERE ticket_id = ?1 AND id > ?2 AND id < ?3 AND {} LIMIT ?4) AS those",
        of.condition()
    );
    let mut many = 0;
    for ticket in tickets {
        let params = [
            ticket.0.into(),
            after.0.into(),
            before.0.into(),
            most.into(),
        ];
        let row = tx.one(&sql, &params)?;
        let here = row.map_or(Ok(0), |row| row.int("many"))?;
        many += usize::try_from(here).unwrap_or_default();
    }
    Ok(many.min(most))
}

/// The newest lines of these names, oldest first.
pub fn named(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    names: &[&str],
    limit: usize,
) -> Result<Vec<Recorded>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE ticket_id = ?1 AND name = ?2
        ORDER BY id DESC LIMIT ?3"
    );
    let mut lines = Vec::new();
    for ticket in tickets {
        for name in names {
            let params = [ticket.0.into(), (*name).into(), limit.into()];
            for row in tx.rows(&sql, &params)? {
                lines.push(read(&row)?);
            }
        }
    }
    lines.sort_by_key(|line| line.id);
    Ok(lines)
}

/// The line of one of these tickets that brought a message first.
pub fn of_message(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    message: MessageId,
) -> Result<Option<EventId>, StoreError> {
    let (among, mut params) = Among::Tickets(tickets).written("ticket_id", "message_id");
    params.push(message.0.into());
    let sql = format!(
        "SELECT id FROM events WHERE {among} AND message_id = ?{} ORDER BY id LIMIT 1",
        params.len()
    );
    let row = tx.one(&sql, &params)?;
    row.map(|row| row.int("id").map(EventId)).transpose()
}

/// Whether these tickets have more lines than this, together.
pub fn is_longer_than(
    tx: &mut Tx<'_>,
    tickets: &[TicketId],
    lines: usize,
) -> Result<bool, StoreError> {
    let all = (EventId(0), EventId(i64::MAX));
    Ok(between(tx, tickets, all, Activity::All, lines + 1)? > lines)
}

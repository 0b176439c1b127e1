//! The yardstick for intake: how fast bare rusqlite writes and syncs the very rows Kept wrote.
//!
//! `bare_loop SOURCE.sqlite TARGET.sqlite GROUP` reads each ticket's rows into memory, then writes
//! them to a new database with the same schema and settings, GROUP tickets to a commit, and prints
//! one JSON line. Never part of the program; the source is only read.
//!
//! The rows are all that one mail's transaction leaves behind: the ticket, its events, message, original,
//! ids, words and marks, the person it met, the acknowledgement with its job and its number, and the count of
//! tickets. Each is written once, as it stood in the end; Kept writes a ticket's row three times on the way.
//! What happens before and after is not in it: nothing is looked up, no foreign key is checked, and nothing
//! is sent, while Kept's sender works during the measurement.

use std::{collections::BTreeMap, error::Error, path::Path, time::Instant};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Which rows belong to a ticket: a table, and how its rows lead to one.
const TABLES: [(&str, &str); 14] = [
    ("tickets", "SELECT id, t.* FROM tickets t"),
    ("events", "SELECT ticket_id, t.* FROM events t"),
    ("messages", "SELECT ticket_id, t.* FROM messages t"),
    (
        "attachments",
        "SELECT m.ticket_id, t.* FROM attachments t JOIN messages m ON m.id = t.message_id",
    ),
    (
        "message_marks",
        "SELECT m.ticket_id, t.* FROM message_marks t JOIN messages m ON m.id = t.message_id",
    ),
    ("participants", "SELECT ticket_id, t.* FROM participants t"),
    // Whoever wrote is met with their first ticket.
    (
        "people",
        "SELECT (SELECT min(id) FROM tickets WHERE requester_id = t.id), t.* FROM people t
            WHERE EXISTS (SELECT 1 FROM tickets WHERE requester_id = t.id)",
    ),
    (
        "person_addresses",
        "SELECT (SELECT min(id) FROM tickets WHERE requester_id = t.person_id), t.*
            FROM person_addresses t
            WHERE EXISTS (SELECT 1 FROM tickets WHERE requester_id = t.person_id)",
    ),
    ("message_refs", "SELECT ticket_id, t.* FROM message_refs t"),
    (
        "arrivals",
        "SELECT m.ticket_id, t.* FROM arrivals t JOIN messages m ON m.id = t.message_id",
    ),
    (
        "message_words",
        "SELECT ticket_id, t.* FROM message_words t",
    ),
    (
        "outgoing",
        "SELECT ticket_id, t.* FROM outgoing t WHERE ticket_id IS NOT NULL",
    ),
    (
        "automatic_answers",
        "SELECT o.ticket_id, t.* FROM automatic_answers t JOIN outgoing o ON o.id = t.outgoing_id",
    ),
    (
        "blobs",
        "SELECT m.ticket_id, t.* FROM blobs t JOIN messages m ON m.raw_sha256 = t.sha256",
    ),
];

/// The words Kept indexes; a contentless index can't be read back, the texts it was made of can.
const WORDS: &str = "SELECT ticket_id, id, coalesce(subject, ''), author_name, body FROM messages";

/// What intake writes for each ticket and what is gone later: one more in the counts, and the job that sends
/// the acknowledgement, where there is one.
const COUNTED: &str =
    "INSERT INTO ticket_counts (queue_id, responsible_id, shelf, turn_rank, tickets)
    VALUES (1, 1, 'open', 0, 1) ON CONFLICT (queue_id, responsible_id, shelf, turn_rank)
    DO UPDATE SET tickets = ticket_counts.tickets + excluded.tickets";
const JOBS: &str = "SELECT ticket_id, 'send-mail:' || id FROM outgoing WHERE ticket_id IS NOT NULL";
const JOB: &str = "INSERT INTO jobs (kind, body, unique_key, run_at_ms, created_at_ms)
    VALUES ('send-mail', '1', ?, 0, 0)";

/// As Kept runs, but for the foreign keys.
const SETTINGS: &str = "
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;
    PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;";

struct Write {
    sql: String,
    values: Vec<Value>,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, target, group] = arguments.as_slice() else {
        return Err("say: bare_loop SOURCE.sqlite TARGET.sqlite GROUP".into());
    };
    let source = Connection::open_with_flags(source, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let tickets = read(&source)?;
    let target = like(&source, Path::new(target))?;
    let seconds = write(&target, &tickets, group.parse()?)?;
    let rows: usize = tickets.iter().map(Vec::len).sum();
    let per_second = tickets.len() as f64 / seconds;
    let line = serde_json::json!({
        "mails": tickets.len(), "rows": rows, "seconds": seconds, "per_second": per_second,
    });
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, format!("{line}\n").as_bytes())?;
    Ok(())
}

/// Everything to write, one list a ticket.
fn read(source: &Connection) -> Outcome<Vec<Vec<Write>>> {
    let mut tickets: BTreeMap<i64, Vec<Write>> = BTreeMap::new();
    for (table, select) in TABLES {
        let holes = |columns: usize| vec!["?"; columns].join(", ");
        let insert = |columns| format!("INSERT OR IGNORE INTO {table} VALUES ({})", holes(columns));
        gather(source, select, &insert, &mut tickets)?;
    }
    let words = |_| {
        "INSERT INTO message_words_index (rowid, subject, people, body) VALUES (?, ?, ?, ?)".into()
    };
    gather(source, WORDS, &words, &mut tickets)?;
    gather(source, JOBS, &|_| JOB.into(), &mut tickets)?;
    for writes in tickets.values_mut() {
        writes.push(Write {
            sql: COUNTED.to_owned(),
            values: Vec::new(),
        });
    }
    Ok(tickets.into_values().collect())
}

fn gather(
    source: &Connection,
    select: &str,
    insert: &dyn Fn(usize) -> String,
    tickets: &mut BTreeMap<i64, Vec<Write>>,
) -> Outcome<()> {
    let mut statement = source.prepare(select)?;
    let columns = statement.column_count() - 1;
    let sql = insert(columns);
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values = (1..=columns)
            .map(|n| row.get(n))
            .collect::<Result<Vec<Value>, _>>()?;
        tickets.entry(row.get(0)?).or_default().push(Write {
            sql: sql.clone(),
            values,
        });
    }
    Ok(())
}

/// An empty database with the source's schema and the settings Kept runs with.
fn like(source: &Connection, path: &Path) -> Outcome<Connection> {
    let target = Connection::open(path)?;
    target.set_prepared_statement_cache_capacity(64);
    target.execute_batch(SETTINGS)?;
    // A virtual table makes its own shadow tables, and sqlite_sequence comes by itself.
    let schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' \
        AND name NOT LIKE 'message_words_index_%' ORDER BY type = 'index'";
    let mut statement = source.prepare(schema)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        target.execute_batch(&row.get::<_, String>(0)?)?;
    }
    Ok(target)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is there to measure real time"
)]
fn write(target: &Connection, tickets: &[Vec<Write>], group: usize) -> Outcome<f64> {
    let began = Instant::now();
    for together in tickets.chunks(group.max(1)) {
        target.execute_batch("BEGIN IMMEDIATE")?;
        for write in together.iter().flatten() {
            target
                .prepare_cached(&write.sql)?
                .execute(params_from_iter(&write.values))?;
        }
        target.execute_batch("COMMIT")?;
    }
    Ok(began.elapsed().as_secs_f64())
}

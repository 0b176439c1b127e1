//! The schema, step by step: `migrations/NNNN_name.sql`, one list for both databases.
//! Never edits a step that shipped: a database made with other text is refused.
//!
//! In a step `{id}` is the type of a key the database numbers itself and never gives out twice,
//! `{text}` a text that compares and sorts by its bytes on both databases, `{blob}` bytes.
//! Lines after `--[sqlite]` or `--[postgres]` are for that database only, until `--[both]`.

use crate::clock;
use crate::digest;
use crate::error::StoreError;
use crate::tx::{Database, Tx};

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// One step, as it is in the binary.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Migration {
    pub(crate) number: i64,
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
}

/// From which step to which a database was brought; the same number when there was nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migrated {
    pub from: i64,
    pub to: i64,
}

/// A database's schema beside the one this Kept knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaState {
    /// Nothing of Kept's is in it yet.
    Empty,
    /// Made by an older Kept: `migrate` brings it up to date.
    Behind {
        at: i64,
        want: i64,
    },
    Current,
    /// Made by a newer Kept, which must be used for it.
    Newer {
        at: i64,
        want: i64,
    },
}

/// Nodes that start together take turns by this PostgreSQL advisory lock ("Kept" in ASCII).
const LOCK: i64 = 0x4B65_7074;

/// Compares what was applied to `known`. Fails with [`StoreError::MigrationChanged`].
pub(crate) fn state(tx: &mut Tx<'_>, known: &[Migration]) -> Result<SchemaState, StoreError> {
    let at = applied(tx, known)?;
    let want = known.last().map_or(0, |last| last.number);
    Ok(match at {
        0 => SchemaState::Empty,
        _ if at < want => SchemaState::Behind { at, want },
        _ if at == want => SchemaState::Current,
        _ => SchemaState::Newer { at, want },
    })
}

/// Applies what is missing, in the caller's transaction.
pub(crate) fn apply(tx: &mut Tx<'_>, known: &[Migration]) -> Result<Migrated, StoreError> {
    take_turns(tx)?;
    let from = applied(tx, known)?;
    let to = known.last().map_or(0, |last| last.number);
    if from > to {
        return Err(StoreError::Newer { at: from, want: to });
    }
    if from == 0 {
        tx.script(&dialect(LEDGER, tx.database()))?;
    }
    for step in known.iter().filter(|step| step.number > from) {
        tx.script(&dialect(step.sql, tx.database()))?;
        record(tx, step)?;
    }
    Ok(Migrated { from, to })
}

const LEDGER: &str = "
    CREATE TABLE IF NOT EXISTS schema_migrations (
        number        BIGINT NOT NULL PRIMARY KEY,
        name          {text} NOT NULL,
        applied_at_ms BIGINT NOT NULL,
        sha256        {text} NOT NULL
    )";

/// SQLite's one writer needs no lock. A step may take longer than a page's query does.
fn take_turns(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    if tx.database() == Database::Postgres {
        tx.script("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")?;
        tx.rows(
            "SELECT 1 AS locked FROM pg_advisory_xact_lock(?1)",
            &[LOCK.into()],
        )?;
    }
    Ok(())
}

/// The last step applied, 0 for none, after checking that each is the one we know.
fn applied(tx: &mut Tx<'_>, known: &[Migration]) -> Result<i64, StoreError> {
    let table = match tx.database() {
        Database::Sqlite => {
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'"
        }
        Database::Postgres => "SELECT 1 WHERE to_regclass('schema_migrations') IS NOT NULL",
    };
    if tx.one(table, &[])?.is_none() {
        return Ok(0);
    }
    let rows = tx.rows(
        "SELECT number, name, sha256 FROM schema_migrations ORDER BY number",
        &[],
    )?;
    let mut last = 0;
    for row in rows {
        last = row.int("number")?;
        let sha256 = row.text("sha256")?;
        let step = known.iter().find(|step| step.number == last);
        if step.is_some_and(|step| digest::sha256(step.sql.as_bytes()) != sha256) {
            return Err(StoreError::MigrationChanged {
                number: last,
                name: row.text("name")?,
            });
        }
    }
    Ok(last)
}

fn record(tx: &mut Tx<'_>, step: &Migration) -> Result<(), StoreError> {
    tx.exec(
        "INSERT INTO schema_migrations (number, name, applied_at_ms, sha256) VALUES (?1, ?2, ?3, ?4)",
        &[
            step.number.into(),
            step.name.into(),
            clock::wall_ms().into(),
            digest::sha256(step.sql.as_bytes()).into(),
        ],
    )?;
    Ok(())
}

/// A step's text for one database.
fn dialect(sql: &str, database: Database) -> String {
    let (id, text, blob) = match database {
        Database::Sqlite => ("INTEGER PRIMARY KEY AUTOINCREMENT", "TEXT", "BLOB"),
        Database::Postgres => (
            "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
            "TEXT COLLATE \"C\"",
            "BYTEA",
        ),
    };
    lines_for(sql, database)
        .replace("{id}", id)
        .replace("{text}", text)
        .replace("{blob}", blob)
}

fn lines_for(sql: &str, database: Database) -> String {
    let mut mine = true;
    let mut text = String::with_capacity(sql.len());
    for line in sql.lines() {
        match line.trim() {
            "--[sqlite]" => mine = database == Database::Sqlite,
            "--[postgres]" => mine = database == Database::Postgres,
            "--[both]" => mine = true,
            _ if mine => {
                text.push_str(line);
                text.push('\n');
            }
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use crate::testing::{both_empty, options};

    const FIRST: Migration = Migration {
        number: 1,
        name: "first",
        sql: "CREATE TABLE one (id {id}, name {text}, body {blob});",
    };
    const SECOND: Migration = Migration {
        number: 2,
        name: "second",
        sql: "ALTER TABLE one ADD COLUMN more BIGINT;",
    };
    const BROKEN: Migration = Migration {
        number: 2,
        name: "broken",
        sql: "CREATE TABLE two (a BIGINT); CREATE TABEL x;",
    };

    fn apply_to(store: &Store, known: &'static [Migration]) -> Result<Migrated, StoreError> {
        store.write_blocking(|tx| apply(tx, known))
    }

    fn state_of(store: &Store, known: &'static [Migration]) -> Result<SchemaState, StoreError> {
        store.read_blocking(|tx| state(tx, known))
    }

    #[test]
    fn a_database_is_brought_up_to_date_step_by_step() {
        both_empty(|store| {
            assert_eq!(state_of(&store, &[FIRST]), Ok(SchemaState::Empty));
            assert_eq!(apply_to(&store, &[FIRST]), Ok(Migrated { from: 0, to: 1 }));
            assert_eq!(state_of(&store, &[FIRST]), Ok(SchemaState::Current));
            let behind = SchemaState::Behind { at: 1, want: 2 };
            assert_eq!(state_of(&store, &[FIRST, SECOND]), Ok(behind));
            assert_eq!(
                apply_to(&store, &[FIRST, SECOND]),
                Ok(Migrated { from: 1, to: 2 })
            );
            assert_eq!(
                apply_to(&store, &[FIRST, SECOND]),
                Ok(Migrated { from: 2, to: 2 })
            );
            let read =
                store.read_blocking(|tx| tx.rows("SELECT id, name, body, more FROM one", &[]));
            assert!(read.is_ok());
        });
    }

    /// Alarms had a line of their own before all web-hooks were told alike.
    #[test]
    fn an_alarm_on_its_way_is_told_by_the_line_that_takes_over() {
        both_empty(|store| {
            let before = ALL.iter().position(|step| step.number == 27).unwrap();
            apply_to(&store, &ALL[..before]).unwrap();
            let told = |tx: &mut Tx<'_>| {
                let sql = "INSERT INTO jobs (kind, body, run_at_ms, created_at_ms, buried_at_ms)
                    VALUES ('alarm-hook', ?1, 5, 5, ?2)";
                tx.exec(sql, &["waits".into(), Option::<i64>::None.into()])?;
                tx.exec(sql, &["given up".into(), Some(9).into()])
            };
            store.write_blocking(told).unwrap();
            apply_to(&store, ALL).unwrap();
            let rows = store.read_blocking(|tx| {
                let sql = "SELECT jobs.kind AS kind, told.body AS body, told.state AS state
                    FROM jobs JOIN hook_deliveries AS told ON jobs.body = CAST(told.id AS TEXT)";
                tx.rows(sql, &[])
            });
            let rows = rows.unwrap();
            assert_eq!(rows.len(), 1);
            let text = |column| rows[0].text(column).unwrap();
            assert_eq!(
                (text("kind"), text("body"), text("state")),
                ("web-hook".into(), "waits".into(), "queued".into())
            );
            let left = store
                .read_blocking(|tx| tx.rows("SELECT id FROM jobs WHERE kind = 'alarm-hook'", &[]));
            assert!(left.unwrap().is_empty());
        });
    }

    #[test]
    fn a_newer_schema_is_left_alone() {
        both_empty(|store| {
            apply_to(&store, &[FIRST, SECOND]).expect("applies");
            let newer = SchemaState::Newer { at: 2, want: 1 };
            assert_eq!(state_of(&store, &[FIRST]), Ok(newer));
            let refused = Err(StoreError::Newer { at: 2, want: 1 });
            assert_eq!(apply_to(&store, &[FIRST]), refused);
        });
    }

    #[test]
    fn a_store_of_a_newer_kept_does_not_open() {
        both_empty(|store| {
            store.migrate().expect("applies");
            let last = ALL.last().expect("a step").number;
            let number = 1 + last;
            let newer = Migration {
                number,
                name: "newer",
                sql: "",
            };
            store
                .write_blocking(move |tx| record(tx, &newer))
                .expect("records");
            let opened = Store::open(store.location(), &options()).map(|_| ());
            assert_eq!(
                opened,
                Err(StoreError::Newer {
                    at: number,
                    want: last
                })
            );
        });
    }

    #[test]
    fn a_step_whose_text_changed_is_refused() {
        both_empty(|store| {
            const CHANGED: Migration = Migration {
                sql: "CREATE TABLE other (a BIGINT);",
                ..FIRST
            };
            apply_to(&store, &[FIRST]).expect("applies");
            let refused = StoreError::MigrationChanged {
                number: 1,
                name: "first".to_owned(),
            };
            assert_eq!(apply_to(&store, &[CHANGED]), Err(refused.clone()));
            assert_eq!(state_of(&store, &[CHANGED]), Err(refused));
        });
    }

    #[test]
    fn a_step_that_fails_leaves_nothing_behind() {
        both_empty(|store| {
            assert!(matches!(
                apply_to(&store, &[FIRST, BROKEN]),
                Err(StoreError::Sql(_))
            ));
            assert_eq!(state_of(&store, &[FIRST]), Ok(SchemaState::Empty));
            assert_eq!(
                apply_to(&store, &[FIRST, SECOND]),
                Ok(Migrated { from: 0, to: 2 })
            );
        });
    }

    #[test]
    fn nodes_that_start_together_apply_each_step_once() {
        both_empty(|store| {
            let nodes = [
                store.clone(),
                Store::open(store.location(), &options()).expect("opens"),
            ];
            let to = ALL.last().expect("a step").number;
            let mut from: Vec<i64> = std::thread::scope(|scope| {
                let nodes = nodes.each_ref().map(|node| scope.spawn(|| node.migrate()));
                nodes
                    .into_iter()
                    .map(|node| node.join().expect("runs").expect("migrates").from)
                    .collect()
            });
            from.sort_unstable();
            assert_eq!(from, [0, to]);
            assert_eq!(store.schema(), Ok(SchemaState::Current));
        });
    }

    #[test]
    fn lines_belong_to_one_database_or_to_both() {
        let sql = "a\n--[sqlite]\nb {blob}\n  --[postgres]\nc {blob}\n--[both]\nd\n";
        assert_eq!(dialect(sql, Database::Sqlite), "a\nb BLOB\nd\n");
        assert_eq!(dialect(sql, Database::Postgres), "a\nc BYTEA\nd\n");
    }
}

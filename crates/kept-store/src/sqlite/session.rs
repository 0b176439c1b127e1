//! One connection to the file, with its settings and its prepared statements.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, Statement, ToSql, params_from_iter};

use crate::error::StoreError;
use crate::row::{Columns, Row};
use crate::value::Value;

/// How long a statement waits for another process that holds the file.
const PATIENCE: Duration = Duration::from_secs(5);
/// Kept has a few hundred texts of SQL; all of them stay prepared.
const STATEMENTS: usize = 1024;

/// The log is brought into the file every 4,000 pages (16 MB) and cut back to 64 MB.
const SETTINGS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -16384;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;";

pub(crate) struct Session {
    connection: Connection,
    columns: HashMap<String, Columns>,
}

/// SQLite's own `lower` knows only A to Z, and people are called Ångström.
fn fold_every_script(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let lower = |context: &Context<'_>| {
        let text = context.get::<Option<String>>(0)?;
        Ok(text.map(|text| text.to_lowercase()))
    };
    Ok(connection.create_scalar_function("lower", 1, flags, lower)?)
}

impl Session {
    /// Opens the file to write; makes it when it is not there.
    pub(crate) fn writing(file: &Path) -> Result<Session, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.execute_batch(SETTINGS)?;
        // Else a statement with `LIMIT ?1` is planned anew each time another number is bound.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        fold_every_script(&connection)?;
        Ok(Session {
            connection,
            columns: HashMap::new(),
        })
    }

    /// Opens the file to read: SQLite itself then refuses every write.
    pub(crate) fn reading(file: &Path) -> Result<Session, StoreError> {
        let session = Session::writing(file)?;
        session.connection.execute_batch("PRAGMA query_only = ON")?;
        Ok(session)
    }

    pub(crate) fn exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let changed = statement.execute(params_from_iter(params))?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    pub(crate) fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let columns = columns(&mut self.columns, sql, &statement);
        let mut answer = statement.query(params_from_iter(params))?;
        let mut rows = Vec::new();
        while let Some(row) = answer.next()? {
            let values: Result<Vec<Value>, StoreError> = (0..columns.len())
                .map(|at| value(row.get_ref(at)?, &columns[at]))
                .collect();
            rows.push(Row::new(columns.clone(), values?));
        }
        Ok(rows)
    }

    /// Runs statements without parameters. Column names known so far may not hold afterwards.
    pub(crate) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.columns.clear();
        Ok(self.connection.execute_batch(sql)?)
    }

    /// Runs one fixed statement such as `COMMIT`, prepared once.
    pub(crate) fn run(&self, sql: &'static str) -> Result<(), StoreError> {
        self.connection.prepare_cached(sql)?.execute([])?;
        Ok(())
    }

    /// Whether a transaction is open. SQLite ends one by itself when the disk fails or fills.
    pub(crate) fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    /// A number that changes when another connection commits, and never by our own commits.
    pub(crate) fn data_version(&self) -> Result<i64, StoreError> {
        let mut statement = self.connection.prepare_cached("PRAGMA data_version")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// Refreshes what the planner knows and empties the log into the file, as far as others let us.
    pub(crate) fn tidy(&self) -> Result<(), StoreError> {
        Ok(self
            .connection
            .execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")?)
    }
}

/// The names of the statement's columns, remembered by its text.
fn columns(known: &mut HashMap<String, Columns>, sql: &str, statement: &Statement<'_>) -> Columns {
    if let Some(columns) = known.get(sql) {
        return columns.clone();
    }
    let columns: Columns = statement.column_names().map(Box::from).collect();
    if known.len() >= STATEMENTS {
        known.clear();
    }
    known.insert(sql.to_owned(), columns.clone());
    columns
}

fn value(found: ValueRef<'_>, column: &str) -> Result<Value, StoreError> {
    match found {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(_) => Err(StoreError::Corrupt {
                what: format!("the text in column {column} is not UTF-8"),
            }),
        },
        ValueRef::Blob(bytes) => Ok(Value::Blob(bytes.to_vec())),
        ValueRef::Real(_) => Err(StoreError::Sql(format!(
            "column {column} is a float; cast it to an integer"
        ))),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

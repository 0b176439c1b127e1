//! One connection to the server, with its prepared statements.

use std::collections::HashMap;

use postgres::types::ToSql;
use postgres::{Client, Statement};

use crate::error::StoreError;
use crate::postgres::error::is_stale_plan;
use crate::postgres::sql;
use crate::row::{Columns, Row};
use crate::value::Value;

/// Kept has a few hundred texts of SQL; all of them stay prepared.
const STATEMENTS: usize = 1024;
/// The channel on which nodes tell each other what changed.
pub(crate) const CHANNEL: &str = "kept_changes";

pub(crate) struct Session {
    client: Client,
    statements: HashMap<String, Prepared>,
    only_reading: bool,
}

#[derive(Clone)]
struct Prepared {
    statement: Statement,
    columns: Columns,
}

impl Session {
    pub(crate) fn new(client: Client, only_reading: bool) -> Session {
        Session {
            client,
            statements: HashMap::new(),
            only_reading,
        }
    }

    /// Opens a transaction. A read sees one unchanging picture of the data, as on SQLite.
    pub(crate) fn begin(&mut self) -> Result<(), StoreError> {
        let begin = if self.only_reading {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        } else {
            "BEGIN"
        };
        Ok(self.client.batch_execute(begin)?)
    }

    /// Commits. An answer of the server is certain; a broken connection leaves it unknown.
    pub(crate) fn commit(&mut self) -> Result<(), StoreError> {
        self.client
            .batch_execute("COMMIT")
            .map_err(|error| match StoreError::from(error) {
                StoreError::Unavailable { what } => StoreError::Unsure { what },
                certain => certain,
            })
    }

    pub(crate) fn roll_back(&mut self) -> Result<(), StoreError> {
        Ok(self.client.batch_execute("ROLLBACK")?)
    }

    pub(crate) fn exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let prepared = self.prepared(sql)?;
        let changed = self
            .client
            .execute(&prepared.statement, &by_reference(params));
        self.checked(changed)
    }

    pub(crate) fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        let prepared = self.prepared(sql)?;
        let found = self
            .client
            .query(&prepared.statement, &by_reference(params));
        self.checked(found)?
            .iter()
            .map(|row| row_of(row, &prepared.columns))
            .collect()
    }

    /// Runs statements without parameters. Plans made so far may not fit afterwards.
    pub(crate) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.statements.clear();
        Ok(self.client.batch_execute(sql)?)
    }

    /// Tells every node, after the commit. In the transaction itself it would make all
    /// commits of the database wait for each other: PostgreSQL takes one lock for it.
    pub(crate) fn notify(&mut self, topics: &[String]) -> Result<(), StoreError> {
        for topic in topics {
            self.rows(
                "SELECT 1 AS told FROM pg_notify(?1, ?2)",
                &[CHANNEL.into(), topic.into()],
            )?;
        }
        Ok(())
    }

    fn prepared(&mut self, sql: &str) -> Result<Prepared, StoreError> {
        if let Some(prepared) = self.statements.get(sql) {
            return Ok(prepared.clone());
        }
        let statement = self.client.prepare(&sql::numbered(sql))?;
        let columns = statement
            .columns()
            .iter()
            .map(|column| column.name().into())
            .collect();
        let prepared = Prepared { statement, columns };
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    /// A migration run elsewhere can outdate our plans: they are then made anew.
    fn checked<T>(&mut self, answer: Result<T, postgres::Error>) -> Result<T, StoreError> {
        if let Err(error) = &answer
            && error
                .as_db_error()
                .is_some_and(|refused| is_stale_plan(refused.message()))
        {
            self.statements.clear();
        }
        Ok(answer?)
    }
}

fn by_reference(params: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    params
        .iter()
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}

fn row_of(row: &postgres::Row, columns: &Columns) -> Result<Row, StoreError> {
    let values: Result<Vec<Value>, postgres::Error> =
        (0..columns.len()).map(|at| row.try_get(at)).collect();
    Ok(Row::new(columns.clone(), values?))
}

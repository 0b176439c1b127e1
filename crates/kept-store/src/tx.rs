//! The one thing a command or a query holds while it talks to the database.
//! Never waits for the network or an async task: closures over it run on the store's own threads.

use crate::error::StoreError;
use crate::location::Location;
use crate::row::Row;
use crate::value::Value;
use crate::{postgres, sqlite};

/// Which database is behind a store, for the few places where the SQL differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    Sqlite,
    Postgres,
}

impl Location {
    /// The database that keeps data at this place.
    pub fn database(&self) -> Database {
        match self {
            Location::Sqlite(_) => Database::Sqlite,
            Location::Postgres(_) => Database::Postgres,
        }
    }
}

/// An open transaction.
///
/// SQL is written once, with numbered parameters (`?1`, `?2`). PostgreSQL infers their types
/// from where they stand: where it can't (`SELECT ?1`, `?1 IS NULL`) write `CAST(?1 AS BIGINT)`.
///
/// A statement that fails spoils the whole transaction on both databases: whatever the closure
/// answers afterwards, nothing is kept. Where a duplicate is expected, say `ON CONFLICT`.
pub struct Tx<'a> {
    session: Session<'a>,
    spoiled: Option<StoreError>,
    topics: Vec<String>,
    last: Vec<Last>,
    /// What was asked, for tests that look at how the database would answer it.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) asked: Vec<(String, Vec<Value>)>,
}

pub(crate) enum Session<'a> {
    Sqlite(&'a mut sqlite::Session),
    Postgres(&'a mut postgres::Session),
}

/// What a transaction leaves behind once its closure is done.
pub(crate) struct Ended {
    pub(crate) spoiled: Option<StoreError>,
    pub(crate) topics: Vec<String>,
    pub(crate) last: Vec<Last>,
}

/// A statement that waits for the end of the transaction.
pub(crate) struct Last {
    pub(crate) sql: &'static str,
    pub(crate) params: Vec<Value>,
}

/// PostgreSQL carries up to 8,000 bytes; a topic is a short name such as `ticket:412`.
const TOPIC_BYTES: usize = 200;
/// More topics than this in one transaction are told as one `*`.
const TOPICS: usize = 64;
/// The topic that means "anything may have changed".
pub(crate) const EVERYTHING: &str = "*";

impl<'a> Tx<'a> {
    pub(crate) fn new(session: Session<'a>) -> Tx<'a> {
        Tx {
            session,
            spoiled: None,
            topics: Vec::new(),
            last: Vec::new(),
            #[cfg(any(test, feature = "testing"))]
            asked: Vec::new(),
        }
    }

    pub(crate) fn end(self) -> Ended {
        Ended {
            spoiled: self.spoiled,
            topics: self.topics,
            last: self.last,
        }
    }

    /// Runs a statement that answers no rows; says how many rows it changed.
    pub fn exec(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        self.guarded(|session| match session {
            Session::Sqlite(sqlite) => sqlite.exec(sql, params),
            Session::Postgres(postgres) => postgres.exec(sql, params),
        })
    }

    /// Runs a statement just before the commit, in the order of asking, so that nothing of this transaction
    /// sees it. SQLite's full text writes a piece of index to the disk at every savepoint: written last,
    /// a whole group of transactions makes one piece. Never for PostgreSQL, which has no groups.
    pub(crate) fn exec_last(&mut self, sql: &'static str, params: Vec<Value>) {
        self.last.push(Last { sql, params });
    }

    /// Runs a query and holds all its rows in memory: give every list a `LIMIT`.
    pub fn rows(&mut self, sql: &str, params: &[Value]) -> Result<Vec<Row>, StoreError> {
        #[cfg(any(test, feature = "testing"))]
        self.asked.push((sql.to_owned(), params.to_vec()));
        self.guarded(|session| match session {
            Session::Sqlite(sqlite) => sqlite.rows(sql, params),
            Session::Postgres(postgres) => postgres.rows(sql, params),
        })
    }

    /// The first row of a query, if there is one.
    pub fn one(&mut self, sql: &str, params: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, params)?.into_iter().next())
    }

    /// Runs several statements without parameters, as a migration holds them.
    pub(crate) fn script(&mut self, sql: &str) -> Result<(), StoreError> {
        self.guarded(|session| match session {
            Session::Sqlite(sqlite) => sqlite.script(sql),
            Session::Postgres(postgres) => postgres.script(sql),
        })
    }

    /// Which database this is.
    pub fn database(&self) -> Database {
        match self.session {
            Session::Sqlite(_) => Database::Sqlite,
            Session::Postgres(_) => Database::Postgres,
        }
    }

    /// Tells everyone watching, here and on other nodes, that `topic` changed, once this
    /// transaction is kept. A topic of more than 200 bytes is told as `*` (anything).
    pub fn announce(&mut self, topic: impl Into<String>) {
        let topic = topic.into();
        if topic.len() > TOPIC_BYTES || self.topics.len() >= TOPICS {
            self.topics = vec![EVERYTHING.to_owned()];
        } else if !self
            .topics
            .iter()
            .any(|known| *known == topic || known == EVERYTHING)
        {
            self.topics.push(topic);
        }
    }

    fn guarded<T>(
        &mut self,
        statement: impl FnOnce(&mut Session<'a>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(error) = &self.spoiled {
            return Err(error.clone());
        }
        let answer = statement(&mut self.session);
        self.spoiled = answer.as_ref().err().cloned();
        answer
    }
}

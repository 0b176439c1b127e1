//! Temporary databases, so that one test runs on SQLite and on PostgreSQL.
//! Never part of the released binary, and never touches a database it did not make.

use std::env;
use std::path::Path;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;

use crate::error::StoreError;
use crate::location::Location;
use crate::migrations;
use crate::options::Options;
use crate::store::Store;
use crate::tx::{Database, Tx};

/// The address of a maintenance database on a server where tests may make databases.
/// `bin/with-postgres` sets it.
const SERVER: &str = "KEPT_TEST_POSTGRES";

/// A store that exists as long as this value.
pub struct Temporary {
    store: Store,
    place: Place,
}

enum Place {
    Folder(TempDir),
    Database { server: String, name: String },
}

/// Runs a test on a new, migrated SQLite file and, where a server is at hand, on a new
/// PostgreSQL database.
pub fn both(test: impl Fn(Store)) {
    test(sqlite().store());
    if let Some(temporary) = postgres() {
        test(temporary.store());
    }
}

/// As [`both`], before any migration.
pub fn both_empty(test: impl Fn(Store)) {
    test(empty_sqlite().store());
    if let Some(temporary) = empty_postgres() {
        test(temporary.store());
    }
}

/// A new, migrated SQLite file.
pub fn sqlite() -> Temporary {
    migrated(empty_sqlite())
}

/// A new, migrated PostgreSQL database; `None` where no server is at hand, which it says.
pub fn postgres() -> Option<Temporary> {
    let server = server()?;
    let template = template(&server);
    Some(database(&server, Some(&template)))
}

impl Temporary {
    /// The store. Use it while this value lives.
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// The folder of a SQLite store, for what should live beside it.
    pub fn folder(&self) -> Option<&Path> {
        match &self.place {
            Place::Folder(folder) => Some(folder.path()),
            Place::Database { .. } => None,
        }
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        self.store.close_blocking();
        if let Place::Database { server, name } = &self.place {
            maintain(
                server,
                &[&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")],
            );
        }
    }
}

/// How the database would answer each question that `closure` asks, a line a step: from
/// `EXPLAIN QUERY PLAN` on SQLite, from `EXPLAIN` on PostgreSQL, where a walk over a whole table
/// is only planned when no index fits.
pub fn plans<T: Send + 'static>(
    store: &Store,
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> Vec<String> {
    let plans = store.read_blocking(|tx| {
        closure(tx)?;
        let asked = std::mem::take(&mut tx.asked);
        let explain = match tx.database() {
            Database::Sqlite => "EXPLAIN QUERY PLAN",
            Database::Postgres => {
                tx.exec("SET LOCAL enable_seqscan = off", &[])?;
                "EXPLAIN"
            }
        };
        let mut plans = Vec::new();
        for (sql, params) in asked {
            for row in tx.rows(&format!("{explain} {sql}"), &params)? {
                plans.push(row.text(row.columns().count() - 1)?);
            }
        }
        Ok::<_, StoreError>(plans)
    });
    plans.expect("the database explains itself")
}

/// Few threads: many tests run at once.
pub fn options() -> Options {
    Options {
        readers: 2,
        workers: 2,
        application_name: "kept-test".to_owned(),
        ..Options::default()
    }
}

fn empty_sqlite() -> Temporary {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let location = Location::Sqlite(folder.path().join("kept.db"));
    Temporary {
        store: open(&location),
        place: Place::Folder(folder),
    }
}

fn empty_postgres() -> Option<Temporary> {
    server().map(|server| database(&server, None))
}

fn migrated(temporary: Temporary) -> Temporary {
    temporary.store.migrate().expect("the migrations apply");
    temporary
}

fn open(location: &Location) -> Store {
    Store::open(location, &options()).expect("the database opens")
}

fn server() -> Option<String> {
    let server = env::var(SERVER).ok().filter(|url| !url.is_empty());
    if server.is_none() {
        eprintln!("SKIPPED on PostgreSQL: {SERVER} is not set; run it through bin/with-postgres");
    }
    server
}

/// A new database, empty or copied from `template`.
fn database(server: &str, template: Option<&str>) -> Temporary {
    let name = fresh_name();
    let template = template.unwrap_or("template0");
    maintain(
        server,
        &[&format!("CREATE DATABASE {name} TEMPLATE {template}")],
    );
    Temporary {
        store: open(&Location::Postgres(named(server, &name))),
        place: Place::Database {
            server: server.to_owned(),
            name,
        },
    }
}

/// A migrated database to copy from, made once per server and list of migrations.
fn template(server: &str) -> String {
    let texts: String = migrations::ALL.iter().map(|step| step.sql).collect();
    let name = format!(
        "kept_template_{}",
        &crate::digest::sha256(texts.as_bytes())[..16]
    );
    let mut client = connect(server);
    client
        .batch_execute("SELECT pg_advisory_lock(1)")
        .expect("a lock among tests");
    let known = client
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name])
        .expect("the list of databases");
    if known.is_none() {
        let made = migrated(database(server, None));
        made.store.close_blocking();
        if let Place::Database {
            name: made_name, ..
        } = &made.place
        {
            maintain(
                server,
                &[&format!("ALTER DATABASE {made_name} RENAME TO {name}")],
            );
        }
    }
    name
}

/// Names that no other test process on this server uses.
fn fresh_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("kept_test_{}_{count}", std::process::id())
}

fn named(server: &str, name: &str) -> String {
    let (before, _) = server
        .rsplit_once('/')
        .expect("an address that ends in a database");
    format!("{before}/{name}")
}

fn maintain(server: &str, statements: &[&str]) {
    let mut client = connect(server);
    for statement in statements {
        client
            .batch_execute(statement)
            .expect("the test server does as it is told");
    }
}

/// Its own thread, so that a test inside an async runtime can use it as well.
fn connect(server: &str) -> ::postgres::Client {
    ::postgres::Config::from_str(server)
        .expect("a PostgreSQL address")
        .connect(::postgres::NoTls)
        .expect("the test server answers")
}

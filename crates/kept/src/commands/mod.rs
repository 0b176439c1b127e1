//! What each command does, one file each.

pub mod config;
pub mod demo;
pub mod doctor;
pub mod import;
pub mod mail;
pub mod migrate;
pub mod person;
pub mod rule;
pub mod serve;
pub mod ticket;
pub mod ticket_time;
pub mod user;
pub mod version;

use std::io::Write as _;

use kept_app::Desk;
use kept_app::clock::Clock;
use kept_app::config::{Config, Given};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::PersonId;
use kept_app::domain::people::Role;
use kept_app::random::Random;
use kept_app::store::{Location, Options, SchemaState, Store};
use serde::Serialize;

use crate::failure::Failure;

/// The effective configuration, flags and the real environment taken in.
fn configuration(given: &Given) -> Result<Config, Failure> {
    Ok(Config::gather(given, &|name| std::env::var(name).ok())?)
}

/// Runs one command on a desk opened for it, beside a server or alone.
fn with_desk<T, F>(given: &Given, work: impl FnOnce(Desk) -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    let config = configuration(given)?;
    runtime(2)?.block_on(async {
        let desk =
            Desk::open_with(config, Clock::system(), Random::system(), &few_threads()).await?;
        let done = work(desk.clone()).await;
        desk.close().await;
        done
    })
}

/// Whoever can read the data folder can read everything.
fn everybody() -> Viewer {
    Viewer {
        person: PersonId(0),
        name: "command line".into(),
        role: Role::Admin,
    }
}

/// The same for commands that only look: they never make a desk where there is none, and never change
/// an older database under a server that may be running.
fn with_existing_desk<T, F>(given: &Given, work: impl FnOnce(Desk) -> F) -> Result<T, Failure>
where
    F: Future<Output = Result<T, Failure>>,
{
    let config = configuration(given)?;
    if !is_there(&config)? {
        return Err(no_desk(&config));
    }
    with_desk(given, work)
}

fn no_desk(config: &Config) -> Failure {
    Failure::data(format!(
        "There is no desk in {} yet; name its folder with --data, or begin one with kept serve",
        config.data.display()
    ))
}

/// Whether there is a desk already.
///
/// # Errors
/// When its database is from an older Kept and must be brought up to date first, or can't be read.
fn is_there(config: &Config) -> Result<bool, Failure> {
    if let Location::Sqlite(file) = &config.database
        && !file.exists()
    {
        return Ok(false);
    }
    let store = Store::open(&config.database, &few_threads())?;
    let schema = store.schema();
    store.close_blocking();
    match schema? {
        SchemaState::Empty => Ok(false),
        SchemaState::Behind { at, want } => Err(Failure::data(format!(
            "The database in {} is from an older Kept (schema {at}, this one wants {want}); bring it up to date with kept migrate",
            config.data.display()
        ))),
        // What is newer says so itself when it is opened.
        SchemaState::Current | SchemaState::Newer { .. } => Ok(true),
    }
}

/// A command asks little; it needs no crowd of threads.
fn few_threads() -> Options {
    Options {
        readers: 1,
        workers: 2,
        application_name: "kept-command".into(),
        watch: false,
        ..Options::default()
    }
}

fn runtime(threads: usize) -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build();
    Ok(runtime?)
}

/// Prints text for people. What came from outside can't give orders to their terminal.
fn print(text: &str) -> Result<(), Failure> {
    let is_order = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    print_line(&text.replace(is_order, "\u{FFFD}"))
}

/// Prints a line. A reader that went away (`| head`) is no failure.
fn print_line(line: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

fn print_json<T: Serialize>(value: &T) -> Result<(), Failure> {
    let text = serde_json::to_string(value).map_err(|e| Failure::new(e.to_string(), 1))?;
    print_line(&text)
}

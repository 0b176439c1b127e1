//! The only crate that knows SQL: SQLite and PostgreSQL behind one door.
//! A command or a query is a plain closure over [`Tx`]; it never waits for the network.

pub mod audit;
pub mod authentic;
pub mod blobs;
mod changes;
pub mod clients;
mod clock;
mod convert;
pub mod corrections;
pub mod counts;
mod digest;
mod error;
pub mod events;
pub mod foreign_tags;
pub mod fulltext;
pub mod held;
pub mod jobs;
pub mod links;
pub mod lists;
mod location;
pub mod messages;
mod migrations;
mod options;
pub mod outgoing;
pub mod people;
mod postgres;
mod queue;
pub mod queues;
mod row;
pub mod rules;
pub mod search;
pub mod sessions;
pub mod settings;
mod shelf;
pub mod signing_keys;
mod spawn;
mod sqlite;
mod store;
mod tags;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod threads;
pub mod tickets;
mod tx;
pub mod unsorted;
mod value;
mod work;

pub use changes::Change;
pub use error::StoreError;
pub use location::{BadLocation, Location};
pub use migrations::{Migrated, SchemaState};
pub use options::Options;
pub use row::{Column, Row};
pub use store::Store;
pub use tx::{Database, Tx};
pub use value::Value;

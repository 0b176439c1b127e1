//! The only crate that knows SQL: SQLite and PostgreSQL behind one door.
//! A command or a query is a plain closure over [`Tx`]; it never waits for the network.

pub mod blobs;
mod changes;
mod clock;
mod digest;
mod error;
pub mod fulltext;
pub mod jobs;
mod location;
mod migrations;
mod options;
mod postgres;
mod queue;
mod row;
mod spawn;
mod sqlite;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tx;
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

//! Where the data lives: a SQLite file or a PostgreSQL server.
//! Never opens anything, and never shows a password when printed.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use thiserror::Error;

/// Where a store is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// The database file. Its folder must exist; the file need not.
    Sqlite(PathBuf),
    /// A connection address such as `postgres://kept:secret@db.example.org/kept`.
    Postgres(String),
}

/// A text that names no place Kept can keep its data in.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadLocation {
    #[error(
        "the database location is empty; give a file such as /var/lib/kept/kept.db, or postgres://user@host/name"
    )]
    Empty,
    #[error(
        "{scheme}:// is not a database Kept knows; give a file path, sqlite:PATH or postgres://user@host/name"
    )]
    UnknownScheme { scheme: String },
    #[error(
        "the PostgreSQL address can't be read ({why}); write it as postgres://user:password@host:5432/name"
    )]
    BadAddress { why: String },
}

impl FromStr for Location {
    type Err = BadLocation;

    /// Reads `postgres://…`, `postgresql://…`, `sqlite:PATH` or a bare path.
    fn from_str(text: &str) -> Result<Location, BadLocation> {
        let text = text.trim();
        match text.split_once("://") {
            Some(("postgres" | "postgresql", _)) => postgres(text),
            Some(("sqlite", path)) => file(path),
            Some((scheme, _)) => Err(BadLocation::UnknownScheme {
                scheme: scheme.to_owned(),
            }),
            None => file(text.strip_prefix("sqlite:").unwrap_or(text)),
        }
    }
}

fn postgres(url: &str) -> Result<Location, BadLocation> {
    match ::postgres::Config::from_str(url) {
        Ok(_) => Ok(Location::Postgres(url.to_owned())),
        Err(error) => Err(BadLocation::BadAddress {
            why: crate::postgres::error::chain(&error),
        }),
    }
}

fn file(path: &str) -> Result<Location, BadLocation> {
    if path.is_empty() {
        return Err(BadLocation::Empty);
    }
    Ok(Location::Sqlite(PathBuf::from(path)))
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Sqlite(path) => write!(f, "{}", path.display()),
            Location::Postgres(url) => f.write_str(&without_secrets(url)),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}

fn without_secrets(url: &str) -> String {
    match ::postgres::Config::from_str(url) {
        Ok(config) => format!(
            "PostgreSQL database {} on {}",
            config.get_dbname().unwrap_or("of the user's name"),
            hosts(&config)
        ),
        Err(_) => "PostgreSQL".to_owned(),
    }
}

/// The servers an address names, for people.
pub(crate) fn hosts(config: &::postgres::Config) -> String {
    let names: Vec<String> = config
        .get_hosts()
        .iter()
        .map(|host| match host {
            ::postgres::config::Host::Tcp(name) => name.clone(),
            ::postgres::config::Host::Unix(path) => path.display().to_string(),
        })
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_to_say_where() {
        let file = Ok(Location::Sqlite(PathBuf::from("/srv/kept.db")));
        assert_eq!("/srv/kept.db".parse(), file);
        assert_eq!("sqlite:/srv/kept.db".parse(), file);
        assert_eq!("sqlite:///srv/kept.db".parse(), file);
        let url = "postgres://kept@db/kept";
        assert_eq!(url.parse(), Ok(Location::Postgres(url.to_owned())));
        assert_eq!(" ".parse::<Location>(), Err(BadLocation::Empty));
        assert!(matches!(
            "mysql://x/y".parse::<Location>(),
            Err(BadLocation::UnknownScheme { scheme }) if scheme == "mysql"
        ));
        assert!(matches!(
            "postgres://kept@db:nine/kept".parse::<Location>(),
            Err(BadLocation::BadAddress { .. })
        ));
    }

    #[test]
    fn a_password_is_never_printed() {
        let place: Location = "postgres://kept:hunter2@db.example.org/desk"
            .parse()
            .expect("reads");
        assert_eq!(
            place.to_string(),
            "PostgreSQL database desk on db.example.org"
        );
        assert!(!format!("{place:?}").contains("hunter2"));
    }
}

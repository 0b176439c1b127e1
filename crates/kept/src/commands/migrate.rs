//! `kept migrate`

use kept_app::Error;
use kept_app::config::Given;
use kept_app::store::Store;

use super::{configuration, few_threads, print};
use crate::failure::Failure;

pub fn run(given: &Given) -> Result<(), Failure> {
    let config = configuration(given)?;
    std::fs::create_dir_all(&config.data).map_err(|e| {
        Failure::file(format!(
            "The data folder {} can't be made: {e}",
            config.data.display()
        ))
    })?;
    let store = Store::open(&config.database, &few_threads()).map_err(Error::from)?;
    let migrated = store.migrate().map_err(Error::from)?;
    store.close_blocking();
    if migrated.from == migrated.to {
        print(&format!(
            "The database is up to date (schema {}).",
            migrated.to
        ))
    } else {
        print(&format!(
            "The database went from schema {} to {}.",
            migrated.from, migrated.to
        ))
    }
}

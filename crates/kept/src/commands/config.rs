//! `kept config`

use kept_app::config::Given;

use super::{configuration, print};
use crate::failure::Failure;

pub fn run(given: &Given) -> Result<(), Failure> {
    let config = configuration(given)?;
    let width = config
        .shown
        .iter()
        .map(|shown| shown.name.len())
        .max()
        .unwrap_or(0);
    for shown in &config.shown {
        print(&format!(
            "{:width$} = {}  ({})",
            shown.name, shown.value, shown.source
        ))?;
    }
    Ok(())
}

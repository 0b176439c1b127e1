//! Starting the store's own threads, with names that show in `top` and in a debugger.

use std::thread::{Builder, JoinHandle};

use crate::error::StoreError;

/// Starts a thread; fails when the system refuses another one.
pub(crate) fn thread(
    name: &str,
    body: impl FnOnce() + Send + 'static,
) -> Result<JoinHandle<()>, StoreError> {
    Builder::new()
        .name(name.to_owned())
        .spawn(body)
        .map_err(|error| StoreError::Unavailable {
            what: format!("the system refused a thread ({error})"),
        })
}

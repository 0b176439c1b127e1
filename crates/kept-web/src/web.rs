//! What every handler is given: the desk, and whether the server is stopping.

use kept_app::Desk;
use tokio::sync::watch;

/// Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Web {
    pub desk: Desk,
    pub stop: watch::Receiver<bool>,
}

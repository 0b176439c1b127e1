//! What every handler is given: the desk, and whether the server is stopping.

use kept_app::Desk;
use tokio::sync::watch;

use crate::live::Recent;
use crate::presence::Here;

/// Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Web {
    pub desk: Desk,
    pub stop: watch::Receiver<bool>,
    pub recent: Recent,
    pub here: Here,
}

impl Web {
    pub fn new(desk: Desk, stop: watch::Receiver<bool>) -> Self {
        // Without randomness nobody can sign in either; the name only tells processes apart.
        let name = desk.random().word().unwrap_or_default();
        let here = Here::default();
        let recent = Recent::listening(name, &desk, here.clone());
        Self {
            desk,
            stop,
            recent,
            here,
        }
    }
}

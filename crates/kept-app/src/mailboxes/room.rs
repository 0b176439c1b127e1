//! How much memory all mails under way may take together, so that many slow senders can't fill it.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Memory is handed out in pieces of this size.
const PIECE_BYTES: usize = 256 * 1024;
/// For all conversations together, however small the largest mail is.
const LEAST_BYTES: usize = 256 * 1024 * 1024;

/// The memory of one listener.
#[derive(Debug, Clone)]
pub struct Room(Arc<Semaphore>);

/// What one mail holds of it; given back when this goes.
#[derive(Debug)]
pub struct Held {
    room: Room,
    permits: Vec<OwnedSemaphorePermit>,
}

impl Room {
    /// Room for at least two mails of the largest size.
    pub fn new(largest_mail_bytes: usize) -> Self {
        let bytes = LEAST_BYTES.max(largest_mail_bytes.saturating_mul(2));
        Self(Arc::new(Semaphore::new(bytes / PIECE_BYTES)))
    }

    /// Nothing yet.
    pub fn held(&self) -> Held {
        Held {
            room: self.clone(),
            permits: Vec::new(),
        }
    }
}

impl Held {
    /// Makes room for a mail that has grown to `bytes`; tells whether there was any.
    #[must_use]
    pub fn covers(&mut self, bytes: usize) -> bool {
        while self.permits.len() * PIECE_BYTES < bytes {
            match Arc::clone(&self.room.0).try_acquire_owned() {
                Ok(permit) => self.permits.push(permit),
                Err(_) => return false,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_shared_and_given_back() {
        let room = Room::new(1);
        let mut one = room.held();
        let mut other = room.held();
        assert!(one.covers(200 * 1024 * 1024));
        assert!(!other.covers(100 * 1024 * 1024));
        drop(other);
        drop(one);
        assert!(room.held().covers(LEAST_BYTES));
        assert!(!room.held().covers(LEAST_BYTES + 1));
    }
}

//! The one place where the shell asks what time it is. Rules and commands are told.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

/// Gives the current time, in whole milliseconds as it is stored.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "this is where the time comes from"
        )]
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that stands still until it is moved; for tests and simulations.
    pub fn standing(start: Timestamp) -> (Self, StandingClock) {
        let hand = Arc::new(AtomicI64::new(start.as_millisecond()));
        let face = Arc::clone(&hand);
        let read = move || at(face.load(Ordering::SeqCst));
        (Self(Arc::new(read)), StandingClock(hand))
    }

    pub fn now(&self) -> Timestamp {
        at((self.0)().as_millisecond())
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// Moves a standing clock.
#[derive(Debug, Clone)]
pub struct StandingClock(Arc<AtomicI64>);

impl StandingClock {
    pub fn advance(&self, by: std::time::Duration) {
        let ms = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

fn at(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

//! How often somebody may try in vain to sign in: per address they come from, and per account.
//!
//! A try counts before it is known to be wrong, so that many at once are no more than one after the other; who was
//! right gets it back. So an office behind one address is not held up because all of it comes in at nine.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::Error;

/// Tries at once, and how long until one more is allowed.
const BURST: NonZeroU32 = NonZeroU32::new(10).unwrap();
const ONE_MORE_AFTER: Duration = Duration::from_secs(30);
/// Keys remembered before old ones are forgotten.
const MOST_KEYS: usize = 20_000;

pub(crate) struct Limits {
    tries: DefaultKeyedRateLimiter<String>,
    /// Tries that were right, by key, [`BURST`] of each at most: they stand in where none is left.
    given_back: Mutex<HashMap<String, u32>>,
}

impl Default for Limits {
    fn default() -> Self {
        let quota = Quota::with_period(ONE_MORE_AFTER).map(|quota| quota.allow_burst(BURST));
        Self {
            tries: RateLimiter::keyed(quota.unwrap_or(Quota::per_minute(BURST))),
            given_back: Mutex::default(),
        }
    }
}

impl Limits {
    /// Counts a try against each key.
    ///
    /// # Errors
    /// When one of them has tried too often, with the time to wait.
    pub fn count(&self, keys: &[String]) -> Result<(), Error> {
        if self.tries.len() > MOST_KEYS {
            self.tries.retain_recent();
        }
        for key in keys {
            let Err(until) = self.tries.check_key(key) else {
                continue;
            };
            if !self.takes_back(key) {
                let wait = until.wait_time_from(DefaultClock::default().now());
                return Err(Error::TooMany {
                    seconds: wait.as_secs() + 1,
                });
            }
        }
        Ok(())
    }

    /// The try was right: it is as if it had not been counted.
    pub fn give_back(&self, keys: &[String]) {
        let mut all = self.given_back();
        if all.len() > MOST_KEYS {
            all.clear();
        }
        for key in keys {
            let given = all.entry(key.clone()).or_default();
            *given = (*given + 1).min(BURST.get());
        }
    }

    fn takes_back(&self, key: &str) -> bool {
        let mut all = self.given_back();
        let left = all.get(key).and_then(|given| given.checked_sub(1));
        match left {
            Some(0) => all.remove(key).is_some(),
            Some(left) => all.insert(key.to_owned(), left).is_some(),
            None => false,
        }
    }

    fn given_back(&self) -> MutexGuard<'_, HashMap<String, u32>> {
        self.given_back
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

//! How often somebody may try to sign in: per address they come from, and per account.

use std::num::NonZeroU32;
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
}

impl Default for Limits {
    fn default() -> Self {
        let quota = Quota::with_period(ONE_MORE_AFTER).map(|quota| quota.allow_burst(BURST));
        Self {
            tries: RateLimiter::keyed(quota.unwrap_or(Quota::per_minute(BURST))),
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
            if let Err(until) = self.tries.check_key(key) {
                let wait = until.wait_time_from(DefaultClock::default().now());
                return Err(Error::TooMany {
                    seconds: wait.as_secs() + 1,
                });
            }
        }
        Ok(())
    }
}

//! The machine's clock, for how long to wait and for notes to people.
//! Never for anything about a ticket: those times are parameters.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// For pauses between tries and looks at the file.
#[expect(
    clippy::disallowed_methods,
    reason = "how long a machine is waited for decides nothing else"
)]
pub(crate) fn ticking() -> Instant {
    Instant::now()
}

/// Milliseconds since 1970 UTC, for the note when a migration was applied.
#[expect(
    clippy::disallowed_methods,
    reason = "a note for people; nothing is decided by it"
)]
pub(crate) fn wall_ms() -> i64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

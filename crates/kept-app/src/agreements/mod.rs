//! What the desk and its clients owe each other: which agreement holds, how it is written, changed and ended.

mod bind;
mod end;
mod holidays;
mod in_force;
mod preview;
mod shown;
mod write;

pub(crate) use bind::{JOB, run};
pub use end::{end, go_on, take_back};
pub use holidays::{LARGEST_CALENDAR_BYTES, fetch_holidays};
pub(crate) use in_force::{book, ensure, remember_change};
pub use preview::{Effect, effect};
pub use shown::{Shown, ShownVersion, all, one, starting};
pub use write::{Draft, Mode, write};

//! The desk's own rules: they run in the transaction of what set them off, and what they do goes through the
//! same decisions as what people do. Mail and web-hooks of theirs are jobs.

mod act;
mod edit;
mod facts;
mod hook;
mod in_force;
mod letters;
mod listed;
mod react;
mod template;
mod trial;

pub use edit::{Draft, add, edit, remove, shift, switch, undo};
pub(crate) use facts::known;
pub(crate) use letters::{JOB as LETTER_JOB, run as run_letter};
pub use listed::{Detail, Listed, list, one, problems};
pub(crate) use listed::{ailing, tidy};
pub(crate) use react::react;
pub use template::{Filled, WORDS};
pub use trial::{Scope, Trial, Would, try_rule};

//! Fetches mail from mailboxes elsewhere. A mail there is marked, moved or deleted only after it is
//! durable here, and what was taken is remembered here, never read off marks that others set.

mod afterwards;
mod answer;
mod begin;
mod canary;
mod connect;
mod health;
mod keeper;
mod look;
mod names;
mod problem;
mod settings;
mod take;
mod talk;
mod visit;

pub use health::{Shown, in_trouble, shown};
pub use keeper::run;
pub use problem::Problem;
pub use settings::{Afterwards, BeginWith, Canary, Settings, SignIn};
pub use visit::{Found, once, try_out};

/// The topic under which the set-up of mailboxes is watched.
pub const MAILBOXES: &str = "mailboxes";

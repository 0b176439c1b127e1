//! Mailboxes elsewhere that mail is fetched from: what is trouble with one, when people must hear of
//! it, and how long a silence is usual. Never talks to a mail server.

mod silence;
mod trouble;

pub use silence::History;
pub use trouble::Trouble;

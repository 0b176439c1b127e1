//! What commands print: shapes that scripts may rely on, described in docs/command-line.md.

mod mail;
mod ticket;
mod unsorted;

pub use mail::{Inspected, inspection};
pub use ticket::{ShownTicket, TicketLine};
pub use unsorted::unsorted;

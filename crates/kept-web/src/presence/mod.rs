//! Who else has a ticket open, and who is writing on it. It is kept in memory only: every process of the desk hears of it
//! as it hears of changes, and what nobody repeats is forgotten.

pub(crate) mod here;
pub(crate) mod routes;
pub(crate) mod views;

pub(crate) use self::here::{Here, State};

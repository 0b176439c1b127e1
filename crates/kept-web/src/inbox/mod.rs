//! The inbox: every ticket the desk has, by view and by what is due first.

pub mod row;
pub mod views;

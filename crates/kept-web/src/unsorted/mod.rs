//! Unsorted: mail that needs a person's eye before it can be anybody's ticket.

pub mod views;

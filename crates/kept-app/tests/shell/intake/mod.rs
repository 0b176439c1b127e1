//! Mail that comes in, from its bytes to where a person finds it.

mod again;
mod anything;
pub mod automatic;
mod loops;
mod opening;
mod people;
mod threads;
mod unsorted;

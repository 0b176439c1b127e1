//! The clocks told in sentences, then for any facts and any history.

mod agreements;
mod desk;
mod given;
mod handed;
mod history;
mod properties;
mod reader;
mod taken_back;
mod why;

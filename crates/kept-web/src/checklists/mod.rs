//! Checklists: the section beside a conversation, the acts on its steps, and one's own tasks in Now.

mod form;
pub(crate) mod routes;
pub mod tasks;
pub mod views;

//! You: what each agent decides for themselves, such as their password and how long their replies wait.

pub(crate) mod calendar;
pub(crate) mod hook;
mod pop_ups;
pub(crate) mod routes;
pub(crate) mod views;

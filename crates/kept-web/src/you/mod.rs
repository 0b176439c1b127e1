//! You: what each agent decides for themselves, such as their password and how long their replies wait.

pub(crate) mod calendar;
pub(crate) mod routes;
pub(crate) mod views;

//! Settings: every setting has a page, a line on what it does, and a test where it talks to something.

pub(crate) mod account_routes;
pub mod accounts;
pub(crate) mod agreements;
pub(crate) mod answer_routes;
pub(crate) mod fields;
pub(crate) mod form_routes;
mod frame;
pub mod mail;
pub(crate) mod mail_routes;
mod mailbox_form;
pub(crate) mod mailbox_routes;
pub mod mailboxes;
mod queue_form;
pub(crate) mod queue_routes;
pub mod queues;
pub(crate) mod recurring;
mod rota;
pub(crate) mod rules;
pub mod team;
pub(crate) mod team_routes;
pub(crate) mod templates;
pub(crate) mod text_routes;
pub mod trust;
pub(crate) mod trust_routes;
pub mod views;

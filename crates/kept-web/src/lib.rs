//! HTTP in, markup or JSON out: a folder per noun, each with its pages. Views turn plain structs into markup; they hold
//! no query and no rule. This crate never opens the database itself.

pub mod assets;
pub mod bulk;
pub mod calls;
pub mod cards;
pub mod checklists;
pub mod clients;
mod confirmation;
mod drafts;
mod duties;
pub mod errors;
mod forms;
mod handover;
mod health;
pub mod inbox;
mod intake;
pub mod layout;
mod live;
pub mod notifications;
pub mod now;
mod numbers;
mod originals;
pub mod outbox;
pub mod parts;
pub mod people;
mod presence;
mod private;
pub mod promises;
mod reply_templates;
mod respond;
mod rota;
pub mod routes;
pub mod scorecards;
pub mod search;
mod serving;
pub mod session;
pub mod settings;
pub mod ticket;
mod turns;
mod undo;
pub mod unsorted;
pub mod views;
mod web;
mod words;
mod you;

pub use serving::{router, serve};

//! The shell: each command loads what its rule needs, asks the rule, and records what it decided,
//! in one transaction. Network calls happen only in jobs, never inside one.

pub mod agreements;
pub mod alarms;
pub mod assets;
pub mod authentic;
pub mod bonds;
pub mod bulk;
pub mod calls;
pub mod checklists;
pub mod clock;
pub mod clocks;
pub mod config;
mod consequences;
pub mod dashboards;
pub mod delegation;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod drafts;
pub mod duties;
pub mod error;
pub mod fields;
pub mod handover;
pub mod hooks;
mod http;
pub mod imports;
pub mod intake;
pub mod mailboxes;
pub mod notifications;
pub mod oauth2;
mod parts;
pub mod people;
pub mod private_links;
pub mod promises;
pub mod random;
pub mod reading;
pub mod recurring;
pub mod reply_templates;
pub mod reports;
pub mod rota;
pub mod rules;
pub mod scorecards;
pub mod secret;
pub mod sender;
pub mod settings;
pub mod sign_in;
pub mod signing;
pub mod snoozes;
pub mod templates;
pub mod tickets;
pub mod time_entries;
mod tls;
pub mod undelivered;
pub mod views;
pub mod watching;
pub mod worker;

pub use desk::Desk;
pub use error::{Error, ErrorKind};
/// The rules' own words, for those who only know the shell.
pub use kept_domain as domain;
pub use kept_mail as mail;
/// Lists and rows as the store gives them.
pub use kept_store as store;

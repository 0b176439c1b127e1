//! The rules of the desk: facts and a time go in, decisions come out.
//!
//! Nothing here reads a clock, rolls a die, opens a file, or knows SQL, HTTP or MIME.
//! What happens to a ticket is an [`event::Event`]; everything else about it follows from those.

pub mod access;
pub mod agreements;
pub mod assets;
pub mod bulk;
pub mod calls;
pub mod cards;
pub mod checklists;
pub mod clocks;
pub mod dashboards;
pub mod delivery;
pub mod drafts;
pub mod duties;
pub mod event;
pub mod fields;
pub mod hours;
pub mod ids;
pub mod imports;
pub mod intake;
pub mod ladders;
pub mod language;
pub mod mailboxes;
pub mod messages;
pub mod notifications;
pub mod people;
pub mod private_links;
pub mod promises;
pub mod queues;
pub mod recurring;
pub mod reports;
pub mod rules;
pub mod scorecards;
pub mod search;
pub mod snoozes;
pub mod templates;
pub mod tickets;
pub mod time_entries;
pub mod turn;
pub mod views;
pub mod waits;

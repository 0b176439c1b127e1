//! The shell from outside: mail comes in, people work, mail goes out; on both databases.

mod agreements;
mod authentic;
mod calls;
mod clocks;
mod doctor;
mod handover;
mod holidays;
mod imap;
mod intake;
mod ladder;
mod listener;
mod notifications;
mod pages;
mod private_links;
mod promised;
mod promises;
mod rota;
mod rules;
mod scorecards;
mod sending;
mod settings;
mod sign_in;
mod support;
mod thanks;
mod tickets;
mod traps;

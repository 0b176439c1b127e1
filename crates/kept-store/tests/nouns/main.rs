//! The queries of each noun, run on both databases. What a query is for is the name of its test.

mod agreements;
mod answers;
mod authentic;
mod bounced;
mod clients;
mod corrections;
mod counts;
mod deliveries;
mod held;
mod history;
mod lists;
mod mailboxes;
mod messages;
mod obligations;
mod outgoing;
mod participants;
mod people;
mod plans;
mod queues;
mod refused;
mod search;
mod sessions;
mod support;
mod threads;
mod tickets;
mod unsorted;

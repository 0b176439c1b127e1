//! How the desk works: its queues, its people, its mail, the texts it sends. Every change is audited.

pub mod accounts;
pub mod activity;
pub mod agents;
pub mod answers;
pub mod closing;
pub mod forms;
pub mod largest;
pub mod mailboxes;
pub mod mine;
pub mod queues;
pub mod relay;
pub mod texts;

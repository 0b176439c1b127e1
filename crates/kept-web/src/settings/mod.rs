//! Settings: every setting has a page, a line on what it does, and a test where it talks to something.

mod frame;
pub mod mail;
pub mod queues;
pub mod team;
pub mod views;

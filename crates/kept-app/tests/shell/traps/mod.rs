//! The traps of mail in shared numbers (E1–E50), a file each, from bytes to where a person finds them.

mod e06;
mod e12;
mod e15;
mod e19;
mod e20;
mod e21;
mod e25;
mod e33;
mod e49;
mod reports;

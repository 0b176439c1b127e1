//! The traps of mail in shared numbers (E1–E50), a file each, from bytes to where a person finds them.

mod e01;
mod e02;
mod e03;
mod e04;
mod e05;
mod e06;
mod e06_refused;
mod e07;
mod e08;
mod e09;
mod e10;
mod e11;
mod e12;
mod e15;
mod e15_forged;
mod e19;
mod e20;
mod e21;
mod e25;
mod e33;
mod e41_e44;
mod e49;
mod e50;
mod reports;

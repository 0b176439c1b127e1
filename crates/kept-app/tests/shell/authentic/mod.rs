//! Is it really from them, and is ours really from us: mail over a socket, with names of our own.

mod forwarded;
mod receiving;
mod signing;

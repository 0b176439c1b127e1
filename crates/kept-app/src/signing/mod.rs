//! Signatures that show others that our mail is ours (DKIM, RFC 6376): keys by the domain of From, the
//! record each is published in, and how one takes the place of another.

mod algorithm;
mod keys;
mod record;
mod sign;

pub use algorithm::Algorithm;
pub use keys::{Domain, Key, Stage, begin, domains, make, remove};
pub use record::{Published, Record, look};
pub(crate) use sign::sign;

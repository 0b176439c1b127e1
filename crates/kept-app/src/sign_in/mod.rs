//! Who may come in: passwords, sessions, one-time links, and how often somebody may try.

mod first_run;
mod forgery;
mod limits;
mod password;
mod session;

pub use first_run::{FirstAdmin, claim, first_intake, is_needed, new_setup_link, setup_is_valid};
pub use forgery::{forgery_token, is_same_secret};
pub(crate) use limits::Limits;
pub(crate) use password::hash;
pub use session::{LASTS, Session, by_link, by_password, new_link, sign_out, viewer};
pub(crate) use session::{begin, must_know_password};

use sha2::{Digest, Sha256};

/// What is stored of a token: who reads the database can't use it.
pub(crate) fn token_sha256(token: &str) -> String {
    Sha256::digest(token)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

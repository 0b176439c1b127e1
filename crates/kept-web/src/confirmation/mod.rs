//! The page on which a client confirms that something is done, from the link in the mail.

pub(crate) mod routes;
mod views;

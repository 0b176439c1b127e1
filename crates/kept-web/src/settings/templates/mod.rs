//! Settings, Templates: what new tickets can begin with.

pub(crate) mod routes;
mod views;

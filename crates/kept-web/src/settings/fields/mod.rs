//! Settings, Custom fields: what the desk asks of its tickets besides what every ticket has.

pub(crate) mod routes;
mod views;

//! Dashboards: pages of figures, one's own or everybody's, changed by buttons and mailed by a schedule.

mod edit;
mod mailing_views;
pub(crate) mod mailings;
pub(crate) mod routes;
mod views;

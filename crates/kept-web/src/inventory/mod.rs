//! Assets: the things people use, as a list, as cards and beside a ticket. Their address is `/inventory`; `/assets` has
//! what browsers load.

pub mod card;
pub mod form;
pub(crate) mod form_routes;
mod on_card;
pub mod on_ticket;
pub(crate) mod routes;
pub(crate) mod ticket_routes;
pub mod views;

pub(crate) use on_card::on_card;

use kept_app::domain::assets::Warranty;

/// How it stands to its warranty, in words; nothing while it holds or nobody knows.
pub(crate) fn warranty(stands: Warranty) -> Option<String> {
    match stands {
        Warranty::Unknown | Warranty::Holds => None,
        Warranty::EndsIn(0) => Some("warranty ends today".to_owned()),
        Warranty::EndsIn(1) => Some("warranty ends tomorrow".to_owned()),
        Warranty::EndsIn(days) => Some(format!("warranty ends in {days} days")),
        Warranty::Over => Some("warranty over".to_owned()),
    }
}

//! How many tickets each view holds, as the sidebar shows it: no more than it shows are counted.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::ids::PersonId;
use kept_domain::search::{Asker, parse};
use kept_store::{Tx, search, views};

use crate::Error;

/// A view in the sidebar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub id: i64,
    pub name: String,
    pub shared: bool,
    /// Up to [`MOST_COUNTED`], which means that or more.
    pub count: usize,
}

/// `99+` is said of more.
pub const MOST_COUNTED: usize = 100;
/// Views counted on a page; the rest are shown without a number.
const MOST_VIEWS: usize = 12;

/// The views somebody sees, each with its count. One whose search no longer reads counts nothing.
pub fn counted(
    tx: &mut Tx<'_>,
    me: PersonId,
    (now, zone): (Timestamp, &TimeZone),
) -> Result<Vec<Counted>, Error> {
    let mut all = Vec::new();
    for (at, view) in views::seen_by(tx, me)?.into_iter().enumerate() {
        let query = parse(&view.wish.search).unwrap_or_default();
        let asker = Asker {
            me: Some(me),
            now,
            zone,
        };
        let count = match at < MOST_VIEWS {
            true => search::count(tx, &query, asker, MOST_COUNTED)?,
            false => 0,
        };
        all.push(Counted {
            id: view.id,
            name: view.wish.name,
            shared: view.wish.shared,
            count,
        });
    }
    Ok(all)
}

//! Where the palette leads by a few typed letters: tickets, clients and people.

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::search::{Asker, parse};
use kept_store::lists::ListedTicket;
use kept_store::search::{self, Called};

use crate::{Desk, Error};

/// What was found, the best first.
#[derive(Debug, Clone, Default)]
pub struct Goals {
    pub tickets: Vec<ListedTicket>,
    pub called: Vec<Called>,
}

/// Tickets, and names of each kind, that are offered at once.
const MOST_TICKETS: usize = 6;
const MOST_NAMES: usize = 4;
/// Longer texts are for the search page.
const LONGEST: usize = 200;

/// Tickets that answer `text` as a search, and clients and people called so. What is not yet a search finds nothing.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn goals(
    desk: &Desk,
    viewer: &Viewer,
    text: &str,
    zone: TimeZone,
) -> Result<Goals, Error> {
    allow(viewer, Act::Read)?;
    let text = text.trim().to_owned();
    if text.chars().count() < 2 || text.len() > LONGEST {
        return Ok(Goals::default());
    }
    let query = parse(&text).unwrap_or_default();
    let (me, now) = (viewer.person, desk.now());
    let goals = desk.store().read(move |tx| {
        let asker = Asker {
            me: Some(me),
            now,
            zone: &zone,
        };
        let hits = search::tickets(tx, &query, asker, MOST_TICKETS)?;
        Ok::<_, Error>(Goals {
            tickets: hits.into_iter().map(|hit| hit.ticket).collect(),
            called: search::called(tx, &text, MOST_NAMES)?,
        })
    });
    goals.await
}

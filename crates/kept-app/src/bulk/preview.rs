//! What an act on many tickets would do, before it is done. Changes nothing.

use std::collections::BTreeMap;

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::bulk::{BulkAct, decide, reason};
use kept_domain::ids::TicketId;
use kept_store::tickets;

use super::{Scope, as_may, check};
use crate::fields::Required;
use crate::{Desk, Error};

/// `4,998 of 5,000 will be closed; 2 cannot, because they have ended already`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    pub total: usize,
    pub will: usize,
    /// It is so already.
    pub same: usize,
    /// Why some cannot, how many, and some of them.
    pub cannot: Vec<(String, usize, Vec<TicketId>)>,
}

/// Tickets named with one reason.
const EXAMPLES: usize = 3;
/// Tickets read with one statement.
const AT_ONCE: usize = 500;

/// # Errors
/// When the viewer may not, the search can't be read, or there are too many tickets.
pub async fn preview(
    desk: &Desk,
    viewer: &Viewer,
    scope: Scope,
    act: BulkAct,
) -> Result<Preview, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (me, now, act) = (viewer.person, desk.now(), as_may(viewer, act));
    desk.store()
        .read(move |tx| {
            check(tx, &act)?;
            let ids = scope.tickets(tx, me, now)?;
            let mut found = Preview {
                total: ids.len(),
                ..Preview::default()
            };
            let mut cannot: BTreeMap<String, (usize, Vec<TicketId>)> = BTreeMap::new();
            for some in ids.chunks(AT_ONCE) {
                let some = tickets::by_ids(tx, some)?;
                let required = Required::load(tx, &some)?;
                for ticket in &some {
                    let why = match decide(&act, ticket) {
                        Ok(events) if events.is_empty() => {
                            found.same += 1;
                            continue;
                        }
                        Ok(events) => required.holds_back(ticket, &events),
                        Err(refused) => Some(reason(&refused)),
                    };
                    let Some(why) = why else {
                        found.will += 1;
                        continue;
                    };
                    let (many, named) = cannot.entry(why).or_default();
                    *many += 1;
                    if named.len() < EXAMPLES {
                        named.push(ticket.id);
                    }
                }
            }
            found.cannot = cannot
                .into_iter()
                .map(|(why, (many, named))| (why, many, named))
                .collect();
            found
                .cannot
                .sort_by_key(|(_, many, _)| std::cmp::Reverse(*many));
            Ok(found)
        })
        .await
}

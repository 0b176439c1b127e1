//! What a search finds in an order of its own and kept together under headings, a page at a time.

use kept_domain::search::{Asker, Query};
use kept_domain::views::{Arranged, Grouping, Sort};

use super::clauses;
use crate::lists::{self, ListedTicket};
use crate::{StoreError, Tx};

/// Up to `limit` tickets after the first `skip`.
pub fn page(
    tx: &mut Tx<'_>,
    query: &Query,
    asker: Asker<'_>,
    arranged: Arranged,
    (skip, limit): (usize, usize),
) -> Result<Vec<ListedTicket>, StoreError> {
    if query.is_empty() {
        return Ok(vec![]);
    }
    let (condition, params) = clauses::written(tx.database(), query, asker);
    let order = format!("{}{}", grouped(arranged.grouping), sorted(arranged.sort));
    lists::arranged(tx, (&condition, &order), &params, (skip, limit))
}

/// What has no client, or no due time, comes last.
fn grouped(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::None => "",
        Grouping::Turn => "t.turn_rank, ",
        Grouping::Client => "CASE WHEN c.id IS NULL THEN 1 ELSE 0 END, lower(c.name), c.id, ",
        Grouping::Agent => "lower(a.name), a.id, ",
        Grouping::Status => {
            "CASE t.status WHEN 'new' THEN 0 WHEN 'open' THEN 1 WHEN 'waiting' THEN 2
                WHEN 'parked' THEN 3 WHEN 'resolved' THEN 4 ELSE 5 END, "
        }
        Grouping::Priority => {
            "CASE t.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END, "
        }
        Grouping::Kind => "t.kind, ",
        Grouping::Queue => "lower(q.name), q.id, ",
        Grouping::DueDay => "CASE WHEN t.due_at_ms IS NULL THEN 1 ELSE 0 END, t.due_at_ms, ",
        Grouping::OpenedDay => "t.opened_at_ms DESC, ",
    }
}

fn sorted(sort: Sort) -> &'static str {
    match sort {
        Sort::Opened => "t.id DESC",
        Sort::Oldest => "t.id",
        Sort::Changed => "t.touched_at_ms DESC, t.id DESC",
        Sort::Quiet => "t.touched_at_ms, t.id",
        Sort::Due => {
            "CASE WHEN t.due_at_ms IS NULL THEN 1 ELSE 0 END, t.due_at_ms, t.id"
        }
        Sort::Priority => {
            "CASE t.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END,
                t.id DESC"
        }
    }
}

//! Lists of tickets, a page at a time, answered from indexes in their own order.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;
use kept_domain::cards::CardOf;
use kept_domain::ids::{AssetId, ClientId, PersonId, QueueId, TicketId};
use kept_domain::tickets::{Kind, Priority, Status, Tag};
use kept_domain::turn::Turn;
use kept_domain::waits::Wait;

use crate::convert::{at, maybe_json, ms, turn_of_rank, turn_rank, word};
use crate::obligations::{Due, read_due};
use crate::shelf::Shelf;
use crate::{Row, StoreError, Tx, Value, merges};

/// A ticket as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTicket {
    pub id: TicketId,
    pub subject: String,
    pub status: Status,
    pub priority: Priority,
    pub kind: Kind,
    pub shelf: Shelf,
    pub turn: Turn,
    pub turn_since: Timestamp,
    /// What is due next on it, by either side.
    pub due: Option<Due>,
    pub opened_at: Timestamp,
    pub touched_at: Timestamp,
    pub requester: Option<String>,
    pub client: Option<String>,
    pub client_id: Option<ClientId>,
    pub queue: String,
    pub queue_id: QueueId,
    pub responsible: PersonId,
    pub responsible_name: String,
    pub last_words: String,
    pub tags: BTreeSet<Tag>,
    /// The third party that is waited for.
    pub waits_on: Option<String>,
    /// Who was asked to take it and has not answered.
    pub offered_to: Option<String>,
}

/// Which tickets, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// By turn, ours first, and within a turn by what is due next.
    Shelf {
        shelf: Shelf,
        turn: Option<Turn>,
    },
    /// The same for one agent.
    Mine {
        agent: PersonId,
        shelf: Shelf,
    },
    /// What one agent holds, by what is due next.
    Due {
        agent: PersonId,
        shelf: Shelf,
    },
    /// Open tickets on which somebody is late, the latest first.
    Late {
        now: Timestamp,
    },
    /// By what happened last, newest first.
    Recent {
        shelf: Shelf,
    },
    /// What goes on of what somebody watches, by what happened last, newest first.
    Watched(PersonId),
    OfRequester(PersonId),
    OfClient(ClientId),
    /// What goes on, by turn and what is due next.
    OpenOf(Whose),
    /// What has ended, newest first.
    EndedOf(Whose),
}

/// Whose tickets, or what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Person(PersonId),
    Client(ClientId),
    Asset(AssetId),
}

impl Whose {
    /// As a condition on `tickets t`: of all that is told as this card.
    pub(crate) fn condition(
        self,
        tx: &mut Tx<'_>,
        bind: &mut impl FnMut(Value) -> String,
    ) -> Result<String, StoreError> {
        match self {
            Whose::Person(id) => merges::is_theirs(tx, "t.requester_id", CardOf::Person(id), bind),
            Whose::Client(id) => merges::is_theirs(tx, "t.client_id", CardOf::Client(id), bind),
            Whose::Asset(id) => Ok(format!(
                "t.id IN (SELECT ta.ticket_id FROM ticket_assets ta WHERE ta.asset_id = {})",
                bind(id.0.into())
            )),
        }
    }
}

/// The place after which the next page begins: what the list is ordered by, and the ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub rank: i64,
    pub at_ms: i64,
    pub id: i64,
}

impl ListedTicket {
    /// Where this row stands in `list`.
    pub fn cursor(&self, list: List) -> Cursor {
        let (rank, at_ms) = match list {
            List::Shelf { .. } | List::Mine { .. } | List::OpenOf(_) => {
                (turn_rank(self.turn), self.due_ms())
            }
            List::Due { .. } | List::Late { .. } => (0, self.due_ms()),
            List::Recent { .. } | List::Watched(_) => (0, self.touched_at.as_millisecond()),
            List::OfRequester(_) | List::OfClient(_) | List::EndedOf(_) => (0, 0),
        };
        Cursor {
            rank,
            at_ms,
            id: self.id.0,
        }
    }
}

impl ListedTicket {
    fn due_ms(&self) -> i64 {
        self.due.map_or(0, |due| due.at.as_millisecond())
    }
}

const LISTED: &str = "SELECT t.id, t.subject, t.status, t.priority, t.kind, t.shelf, t.turn_rank,
        t.turn_since_ms, t.due_at_ms, t.due_owed, t.due_side, t.opened_at_ms, t.touched_at_ms, t.responsible_id, t.last_words, t.tags,
        t.wait, t.client_id, t.queue_id, d.name AS offered_to,
        r.name AS requester, c.name AS client, q.name AS queue, a.name AS responsible
    FROM tickets t
    JOIN queues q ON q.id = t.queue_id
    JOIN people a ON a.id = t.responsible_id
    LEFT JOIN people ro ON ro.id = t.requester_id
    LEFT JOIN people r ON r.id = coalesce(ro.merged_into, ro.id)
    LEFT JOIN people d ON d.id = t.delegated_to
    LEFT JOIN clients co ON co.id = t.client_id
    LEFT JOIN clients c ON c.id = coalesce(co.merged_into, co.id)";

/// One page of `list`, from `after` on.
pub fn page(
    tx: &mut Tx<'_>,
    list: List,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Vec<ListedTicket>, StoreError> {
    page_without(tx, list, None, after, limit)
}

/// The same without what this person put off.
pub fn page_without(
    tx: &mut Tx<'_>,
    list: List,
    asleep_for: Option<PersonId>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Vec<ListedTicket>, StoreError> {
    let mut params: Vec<Value> = Vec::new();
    let (mut wanted, order) = clauses(tx, list, after, &mut params)?;
    if let Some(person) = asleep_for {
        params.push(person.0.into());
        let asleep = crate::snoozes::asleep_for(&format!("?{}", params.len()));
        wanted += &format!(" AND NOT {asleep}");
    }
    params.push(limit.into());
    let sql = format!(
        "{LISTED} WHERE {wanted} ORDER BY {order} LIMIT ?{}",
        params.len()
    );
    tx.rows(&sql, &params)?.iter().map(read).collect()
}

// What has no due time comes first on both databases: it would be a crack.
const BY_TURN: &str = "t.turn_rank, coalesce(t.due_at_ms, 0), t.id";
const NEWEST: &str = "t.touched_at_ms DESC, t.id DESC";
const BY_DUE: &str = "coalesce(t.due_at_ms, 0), t.id";

fn clauses(
    tx: &mut Tx<'_>,
    list: List,
    after: Option<Cursor>,
    params: &mut Vec<Value>,
) -> Result<(String, &'static str), StoreError> {
    let mut bind = |value: Value| {
        params.push(value);
        format!("?{}", params.len())
    };
    Ok(match list {
        List::Shelf { shelf, turn } => {
            let mut wanted = format!("t.shelf = {}", bind(shelf.as_str().into()));
            if let Some(turn) = turn {
                wanted += &format!(" AND t.turn_rank = {}", bind(turn_rank(turn).into()));
            }
            (wanted + &past(after, &mut bind), BY_TURN)
        }
        List::Mine { agent, shelf } => {
            let wanted = format!(
                "t.responsible_id = {} AND t.shelf = {}",
                bind(agent.0.into()),
                bind(shelf.as_str().into())
            );
            (wanted + &past(after, &mut bind), BY_TURN)
        }
        List::Due { agent, shelf } => {
            let mut wanted = format!(
                "t.responsible_id = {} AND t.shelf = {}",
                bind(agent.0.into()),
                bind(shelf.as_str().into())
            );
            if let Some(after) = after {
                let (at, id) = (bind(after.at_ms.into()), bind(after.id.into()));
                wanted += &format!(" AND (t.due_at_ms, t.id) > ({at}, {id})");
            }
            (wanted, "t.due_at_ms, t.id")
        }
        List::Late { now } => {
            let mut wanted = late(&bind(ms(now).into()));
            if let Some(after) = after {
                let (at, id) = (bind(after.at_ms.into()), bind(after.id.into()));
                wanted += &format!(" AND (coalesce(t.due_at_ms, 0), t.id) > ({at}, {id})");
            }
            (wanted, BY_DUE)
        }
        List::Recent { shelf } => {
            let wanted = format!("t.shelf = {}", bind(shelf.as_str().into()));
            (wanted + &earlier(after, &mut bind), NEWEST)
        }
        List::Watched(person) => {
            let person = format!("w.person_id = {}", bind(person.0.into()));
            let watched = crate::watchers::condition(&person);
            let wanted = format!("t.shelf IN ('open', 'parked') AND {watched}");
            (wanted + &earlier(after, &mut bind), NEWEST)
        }
        List::OfRequester(person) => {
            let theirs = Whose::Person(person).condition(tx, &mut bind)?;
            (theirs + &before(after, &mut bind), "t.id DESC")
        }
        List::OfClient(client) => {
            let theirs = Whose::Client(client).condition(tx, &mut bind)?;
            (theirs + &before(after, &mut bind), "t.id DESC")
        }
        List::OpenOf(whose) => {
            let theirs = whose.condition(tx, &mut bind)?;
            let wanted = format!("{theirs} AND t.shelf IN ('open', 'parked')");
            (wanted + &past(after, &mut bind), BY_TURN)
        }
        List::EndedOf(whose) => {
            let theirs = whose.condition(tx, &mut bind)?;
            let wanted = format!("{theirs} AND t.shelf IN ('resolved', 'closed')");
            (wanted + &before(after, &mut bind), "t.id DESC")
        }
    })
}

/// Open tickets on which something is overdue at the time that stands in parameter `now`.
pub(crate) fn late(now: &str) -> String {
    format!("t.shelf = 'open' AND t.due_at_ms IS NOT NULL AND coalesce(t.due_at_ms, 0) < {now}")
}

/// How many there are, at most `most`.
pub fn count_late(tx: &mut Tx<'_>, now: Timestamp, most: usize) -> Result<i64, StoreError> {
    let sql = format!(
        "SELECT count(*) AS many FROM (SELECT t.id FROM tickets t WHERE {} LIMIT ?2) late",
        late("?1")
    );
    let row = tx.one(&sql, &[ms(now).into(), most.into()])?;
    row.map_or(Ok(0), |row| row.int("many"))
}

fn past(after: Option<Cursor>, bind: &mut impl FnMut(Value) -> String) -> String {
    let Some(after) = after else {
        return String::new();
    };
    let (rank, at) = (bind(after.rank.into()), bind(after.at_ms.into()));
    let id = bind(after.id.into());
    format!(" AND (t.turn_rank, coalesce(t.due_at_ms, 0), t.id) > ({rank}, {at}, {id})")
}

fn earlier(after: Option<Cursor>, bind: &mut impl FnMut(Value) -> String) -> String {
    let Some(after) = after else {
        return String::new();
    };
    let (at, id) = (bind(after.at_ms.into()), bind(after.id.into()));
    format!(" AND (t.touched_at_ms, t.id) < ({at}, {id})")
}

fn before(after: Option<Cursor>, bind: &mut impl FnMut(Value) -> String) -> String {
    after.map_or_else(String::new, |after| {
        format!(" AND t.id < {}", bind(after.id.into()))
    })
}

/// These tickets, in this order.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[TicketId]) -> Result<Vec<ListedTicket>, StoreError> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "{LISTED} WHERE t.id IN ({})",
        crate::convert::places(1, ids.len())
    );
    let params: Vec<Value> = ids.iter().map(|id| id.0.into()).collect();
    let rows = tx.rows(&sql, &params)?;
    let mut found = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let places: HashMap<TicketId, usize> = ids.iter().copied().zip(0..).collect();
    found.sort_by_key(|ticket| places.get(&ticket.id).copied());
    Ok(found)
}

/// The numbers of the tickets for which `condition` holds, newest first, and whether each is open; for the search,
/// which writes conditions.
pub(crate) fn numbers(
    tx: &mut Tx<'_>,
    condition: &str,
    params: &[Value],
    limit: usize,
) -> Result<Vec<(TicketId, bool)>, StoreError> {
    let sql = format!(
        "SELECT t.id, t.shelf FROM tickets t WHERE {condition} ORDER BY t.id DESC LIMIT {limit}"
    );
    let rows = tx.rows(&sql, params)?;
    let each = rows.iter().map(|row| {
        let shelf = word(row, "shelf", Shelf::from_text)?;
        Ok((TicketId(row.int("id")?), shelf.goes_on()))
    });
    each.collect()
}

/// The tickets for which `condition` holds in this order, after the first `skip`.
pub(crate) fn arranged(
    tx: &mut Tx<'_>,
    (condition, order): (&str, &str),
    params: &[Value],
    (skip, limit): (usize, usize),
) -> Result<Vec<ListedTicket>, StoreError> {
    let sql = format!("{LISTED} WHERE {condition} ORDER BY {order} LIMIT {limit} OFFSET {skip}");
    tx.rows(&sql, params)?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<ListedTicket, StoreError> {
    Ok(ListedTicket {
        id: TicketId(row.int("id")?),
        subject: row.text("subject")?,
        status: word(row, "status", Status::from_text)?,
        priority: word(row, "priority", Priority::from_text)?,
        kind: word(row, "kind", Kind::from_text)?,
        shelf: word(row, "shelf", Shelf::from_text)?,
        turn: turn_of_rank(row, "turn_rank")?,
        turn_since: at(row, "turn_since_ms")?,
        due: read_due(row)?,
        opened_at: at(row, "opened_at_ms")?,
        touched_at: at(row, "touched_at_ms")?,
        requester: row.maybe_text("requester")?,
        client: row.maybe_text("client")?,
        client_id: row.maybe_int("client_id")?.map(ClientId),
        queue: row.text("queue")?,
        queue_id: QueueId(row.int("queue_id")?),
        responsible: PersonId(row.int("responsible_id")?),
        responsible_name: row.text("responsible")?,
        last_words: row.text("last_words")?,
        tags: crate::tags::read(row)?,
        waits_on: maybe_json::<Wait>(row, "wait")?.map(|wait| wait.party),
        offered_to: row.maybe_text("offered_to")?,
    })
}

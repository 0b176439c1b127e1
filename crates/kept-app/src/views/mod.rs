//! Saved views: making, changing and looking at them. Each is a search with a name; who may see one says the domain.

mod counts;

pub use counts::{Counted, MOST_COUNTED, counted};

use std::collections::HashMap;

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Denied, Viewer, allow};
use kept_domain::fields::Field;
use kept_domain::ids::{FieldId, TicketId};
use kept_domain::people::Role;
use kept_domain::search::{Asker, Query};
use kept_domain::views::{MOST, SavedView, Wish};
use kept_store::lists::ListedTicket;
use kept_store::{Tx, fields, search, views};

use crate::reading::{Listed, known, with_turns};
use crate::{Desk, Error};

/// Tickets on one page, and pages one can turn to: who needs more narrows the search.
const PAGE: usize = 50;
pub const MOST_PAGES: usize = 100;

/// What tickets hold in fields, as it is shown.
pub type Held = HashMap<(TicketId, FieldId), String>;

/// A page of a view.
#[derive(Debug, Clone)]
pub struct Shown {
    pub view: SavedView,
    pub listed: Vec<Listed>,
    /// The desk's own fields it shows, and what is in them by ticket.
    pub fields: Vec<Field>,
    pub held: Held,
    pub more: bool,
    /// How many there are, no more than [`MOST_COUNTED`].
    pub count: usize,
}

/// # Errors
/// When the viewer may not, or the wish can't be taken, naming the field.
pub async fn create(desk: &Desk, viewer: &Viewer, wish: Wish) -> Result<i64, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (wish, query) = checked(wish)?;
    let owner = viewer.person;
    desk.store()
        .write(move |tx| {
            may_be_found(tx, &wish, &query)?;
            let most = i64::try_from(MOST).unwrap_or(i64::MAX);
            if views::count_of(tx, owner)? >= most {
                let problem = format!("You have {MOST} views; delete one first");
                return Err(Error::invalid("name", problem));
            }
            Ok(views::insert(tx, owner, &wish)?)
        })
        .await
}

/// # Errors
/// When the viewer may not change it, there is none, or the wish can't be taken.
pub async fn update(desk: &Desk, viewer: &Viewer, id: i64, wish: Wish) -> Result<(), Error> {
    allow(viewer, Act::WorkTickets)?;
    let (wish, query) = checked(wish)?;
    let viewer = viewer.clone();
    desk.store()
        .write(move |tx| {
            to_change(tx, &viewer, id)?;
            may_be_found(tx, &wish, &query)?;
            Ok(views::update(tx, id, &wish)?)
        })
        .await
}

/// Takes a view away, or brings it back.
///
/// # Errors
/// When the viewer may not change it, or there is none.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: i64, gone: bool) -> Result<SavedView, Error> {
    allow(viewer, Act::WorkTickets)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    desk.store()
        .write(move |tx| {
            let view = to_change(tx, &viewer, id)?;
            views::set_removed(tx, id, gone.then_some(now))?;
            Ok(view)
        })
        .await
}

/// Those the viewer sees, their own first.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<SavedView>, Error> {
    allow(viewer, Act::Read)?;
    let me = viewer.person;
    desk.store()
        .read(move |tx| Ok(views::seen_by(tx, me)?))
        .await
}

/// One the viewer sees.
///
/// # Errors
/// When the viewer may not, or there is none for them.
pub async fn find(desk: &Desk, viewer: &Viewer, id: i64) -> Result<SavedView, Error> {
    allow(viewer, Act::Read)?;
    let viewer = viewer.clone();
    desk.store().read(move |tx| seen(tx, &viewer, id)).await
}

/// A page of the tickets of a view, from 0 on.
///
/// # Errors
/// When the viewer may not, there is none for them, or its search no longer reads.
pub async fn show(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
    page: usize,
    zone: TimeZone,
) -> Result<Shown, Error> {
    allow(viewer, Act::Read)?;
    let (viewer, now) = (viewer.clone(), desk.now());
    let skip = page.min(MOST_PAGES) * PAGE;
    desk.store()
        .read(move |tx| {
            let view = seen(tx, &viewer, id)?;
            let (_, query) = checked(view.wish.clone())?;
            let asker = Asker {
                me: Some(viewer.person),
                now,
                zone: &zone,
            };
            let arranged = view.wish.arranged;
            let mut tickets = search::page(tx, &query, asker, arranged, (skip, PAGE + 1))?;
            let more = tickets.len() > PAGE;
            tickets.truncate(PAGE);
            let count = match more {
                true => search::count(tx, &query, asker, MOST_COUNTED)?,
                false => skip + tickets.len(),
            };
            let (fields, held) = columns(tx, &view.wish, &tickets)?;
            Ok(Shown {
                fields,
                held,
                listed: with_turns(tx, tickets)?,
                view,
                more,
                count,
            })
        })
        .await
}

/// The fields a view shows, with what its tickets hold in them. One that is retired is shown for what was filled in.
fn columns(
    tx: &mut Tx<'_>,
    wish: &Wish,
    tickets: &[ListedTicket],
) -> Result<(Vec<Field>, Held), Error> {
    if wish.fields.is_empty() {
        return Ok((vec![], HashMap::new()));
    }
    let mut all = fields::all(tx)?;
    all.retain(|field| wish.fields.contains(&field.id));
    let ids: Vec<TicketId> = tickets.iter().map(|it| it.id).collect();
    Ok((all, crate::fields::in_columns(tx, &ids, &wish.fields)?))
}

fn checked(wish: Wish) -> Result<(Wish, Query), Error> {
    wish.checked()
        .map_err(|bad| Error::invalid(bad.field, bad.problem))
}

/// A slip in what a view asks for is said beside its search, as one in its writing is.
fn may_be_found(tx: &mut Tx<'_>, wish: &Wish, query: &Query) -> Result<(), Error> {
    known::may_be_found(tx, query, &wish.search).map_err(|error| match error {
        Error::Search(bad) => Error::invalid("search", bad.to_string()),
        other => other,
    })
}

/// What is somebody else's own is not there at all.
fn seen(tx: &mut Tx<'_>, viewer: &Viewer, id: i64) -> Result<SavedView, Error> {
    let found = views::find(tx, id)?.filter(|(view, gone)| !gone && view.is_seen_by(viewer));
    let (view, _) = found.ok_or_else(|| Error::not_found("view"))?;
    Ok(view)
}

fn to_change(tx: &mut Tx<'_>, viewer: &Viewer, id: i64) -> Result<SavedView, Error> {
    let found = views::find(tx, id)?.filter(|(view, _)| view.is_seen_by(viewer));
    let (view, _) = found.ok_or_else(|| Error::not_found("view"))?;
    match view.is_changed_by(viewer) {
        true => Ok(view),
        false => Err(Denied {
            needs: Role::Dispatcher,
        }
        .into()),
    }
}

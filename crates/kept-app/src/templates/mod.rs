//! Templates for new tickets: written by admins, chosen by whoever opens a ticket.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::TemplateId;
use kept_domain::templates::Template;
use kept_store::Tx;
use kept_store::templates::{self, MOST, Stored};

use crate::tickets::must_be_queue;
use crate::{Desk, Error};

/// Those that are offered, by name.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<Stored>, Error> {
    allow(viewer, Act::WorkTickets)?;
    desk.store().read(|tx| Ok(templates::all(tx)?)).await
}

/// One that is offered.
///
/// # Errors
/// When the viewer may not, or there is none (any more).
pub async fn one(desk: &Desk, viewer: &Viewer, id: TemplateId) -> Result<Stored, Error> {
    allow(viewer, Act::WorkTickets)?;
    desk.store().read(move |tx| offered(tx, id)).await
}

/// Adds a template, or writes one anew.
///
/// # Errors
/// When the viewer may not, it is gone, or something in it can't be taken.
pub async fn write(
    desk: &Desk,
    viewer: &Viewer,
    id: Option<TemplateId>,
    template: Template,
) -> Result<TemplateId, Error> {
    allow(viewer, Act::Administer)?;
    let template = template
        .checked()
        .map_err(|problem| Error::invalid(problem.field(), problem.to_string()))?;
    desk.store()
        .write(move |tx| {
            if let Some(queue) = template.queue {
                must_be_queue(tx, queue)?;
            }
            match id {
                Some(id) => {
                    offered(tx, id)?;
                    templates::update(tx, id, &template)?;
                    Ok(id)
                }
                None if templates::all(tx)?.len() >= MOST => Err(Error::Conflict(format!(
                    "there are {MOST} templates already; remove one first"
                ))),
                None => Ok(templates::insert(tx, &template)?),
            }
        })
        .await
}

/// Offers it no more; what was made of it stays. `back` takes that back.
///
/// # Errors
/// When the viewer may not, or there is no such template.
pub async fn remove(desk: &Desk, viewer: &Viewer, id: TemplateId, back: bool) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let now = desk.now();
    desk.store()
        .write(move |tx| {
            templates::find(tx, id)?.ok_or_else(|| Error::not_found("template"))?;
            Ok(templates::set_removed(tx, id, (!back).then_some(now))?)
        })
        .await
}

fn offered(tx: &mut Tx<'_>, id: TemplateId) -> Result<Stored, Error> {
    let known = templates::find(tx, id)?;
    let known = known.filter(|known| known.removed_at.is_none());
    known.ok_or_else(|| Error::not_found("template"))
}

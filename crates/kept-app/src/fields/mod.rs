//! Custom fields: admins say what is asked, agents fill it in, and nothing that was filled in is lost.

mod fill;

pub use fill::{Filled, fill, of_ticket};
pub(crate) use fill::{Required, differ, fill_new, held_back, held_by, in_columns, must_be_filled};

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::fields::{self as rules, Content, Field, FieldKind, MOST_FIELDS};
use kept_domain::ids::FieldId;
use kept_store::{Tx, audit, fields};

use crate::{Desk, Error};

/// All fields in their order, retired ones too.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn all(desk: &Desk, viewer: &Viewer) -> Result<Vec<Field>, Error> {
    allow(viewer, Act::Read)?;
    Ok(desk.store().read(fields::all).await?)
}

/// # Errors
/// When the viewer may not, or there is no such field.
pub async fn one(desk: &Desk, viewer: &Viewer, id: FieldId) -> Result<Field, Error> {
    allow(viewer, Act::Administer)?;
    desk.store().read(move |tx| known(tx, id)).await
}

fn known(tx: &mut Tx<'_>, id: FieldId) -> Result<Field, Error> {
    fields::find(tx, id)?.ok_or_else(|| Error::not_found("field"))
}

/// Adds a field. Its kind stays what it is.
///
/// # Errors
/// When the viewer may not, there are too many, or something in it can't be taken.
pub async fn add(
    desk: &Desk,
    viewer: &Viewer,
    kind: FieldKind,
    content: Content,
) -> Result<FieldId, Error> {
    allow(viewer, Act::Administer)?;
    let content = checked(content, kind)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let known = fields::all(tx)?;
            if known.len() >= MOST_FIELDS {
                return Err(Error::Conflict(format!(
                    "there are {MOST_FIELDS} fields already, and none is ever thrown away"
                )));
            }
            let taken = known.into_iter().map(|field| field.slug).collect();
            let slug = rules::slug(&content.name, &taken);
            let id = fields::insert(tx, &slug, kind, &content)?;
            let what = format!("added the field “{}”", content.name);
            audit::write(tx, Some(person), &what, now)?;
            Ok(id)
        })
        .await
}

/// Changes what it is called, where it is asked and what can be chosen.
///
/// # Errors
/// When the viewer may not, there is no such field, or something in it can't be taken.
pub async fn change(
    desk: &Desk,
    viewer: &Viewer,
    id: FieldId,
    content: Content,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let field = known(tx, id)?;
            let content = checked(content, field.kind)?;
            fields::update(tx, id, &content)?;
            let what = format!("changed the field “{}”", content.name);
            Ok(audit::write(tx, Some(person), &what, now)?)
        })
        .await
}

fn checked(content: Content, kind: FieldKind) -> Result<Content, Error> {
    let checked = content.checked(kind);
    checked.map_err(|problem| Error::invalid(problem.field(), problem.to_string()))
}

/// Asks for it no more; what was filled in stays and is found. `back` asks for it again.
///
/// # Errors
/// When the viewer may not, or there is no such field.
pub async fn retire(desk: &Desk, viewer: &Viewer, id: FieldId, back: bool) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (person, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let field = known(tx, id)?;
            fields::set_retired(tx, id, (!back).then_some(now))?;
            let verb = if back { "took back" } else { "retired" };
            let what = format!("{verb} the field “{}”", field.content.name);
            Ok(audit::write(tx, Some(person), &what, now)?)
        })
        .await
}

/// Moves it by one place among those that are asked for.
///
/// # Errors
/// When the viewer may not, or there is no such field.
pub async fn shift(desk: &Desk, viewer: &Viewer, id: FieldId, up: bool) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    desk.store()
        .write(move |tx| {
            known(tx, id)?;
            let (retired, mut asked): (Vec<Field>, Vec<Field>) =
                fields::all(tx)?.into_iter().partition(|it| it.is_retired);
            let place = asked.iter().position(|it| it.id == id);
            let other = place.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1) });
            if let (Some(place), Some(other)) = (place, other.filter(|it| *it < asked.len())) {
                asked.swap(place, other);
            }
            let order: Vec<FieldId> = asked.iter().chain(&retired).map(|it| it.id).collect();
            Ok(fields::arrange(tx, &order)?)
        })
        .await
}

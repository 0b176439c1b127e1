//! Checklists as pages show them, and the tasks of one person.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::checklists::Step;
use kept_domain::ids::{PersonId, TicketId};
pub use kept_store::steps::Task;
use kept_store::{people, steps};

use crate::{Desk, Error};

/// A step with the names that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub step: Step,
    /// Whose task it is.
    pub person: Option<String>,
    /// Who ticked it.
    pub done_by: Option<String>,
}

/// Tasks on one page.
const MOST: usize = 100;

/// A ticket's steps in their order.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of_ticket(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<Vec<Listed>, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let steps = steps::of_ticket(tx, id)?;
            let doers = steps.iter().filter_map(|it| it.done.as_ref()?.by);
            let who = steps.iter().filter_map(|it| it.person).chain(doers);
            let who: Vec<PersonId> = who.collect();
            let names = people::names(tx, &who)?;
            let name = |person: Option<PersonId>| {
                let known = names.iter().find(|(id, _)| Some(*id) == person);
                known.map(|(_, name)| name.clone())
            };
            let listed = |step: Step| Listed {
                person: name(step.person),
                done_by: name(step.done.as_ref().and_then(|done| done.by)),
                step,
            };
            Ok(steps.into_iter().map(listed).collect())
        })
        .await
}

/// How many steps of a ticket are still to do.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn open_steps(desk: &Desk, viewer: &Viewer, id: TicketId) -> Result<usize, Error> {
    allow(viewer, Act::Read)?;
    desk.store()
        .read(move |tx| {
            let steps = steps::of_ticket(tx, id)?;
            Ok(kept_domain::checklists::open(&steps))
        })
        .await
}

/// What the viewer still has to do, by due time.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn tasks(desk: &Desk, viewer: &Viewer) -> Result<Vec<Task>, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .read(move |tx| Ok(steps::of_person(tx, person, MOST)?))
        .await
}

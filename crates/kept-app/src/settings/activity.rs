//! What of a conversation somebody wants to see, remembered for them.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::history::Activity;
use kept_store::people;

use crate::{Desk, Error};

/// All of it until they choose.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn of(desk: &Desk, viewer: &Viewer) -> Result<Activity, Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    let read = desk.store().read(move |tx| people::activity(tx, person));
    Ok(read.await?)
}

/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn remember(desk: &Desk, viewer: &Viewer, activity: Activity) -> Result<(), Error> {
    allow(viewer, Act::Read)?;
    let person = viewer.person;
    desk.store()
        .write(move |tx| people::set_activity(tx, person, activity))
        .await?;
    Ok(())
}

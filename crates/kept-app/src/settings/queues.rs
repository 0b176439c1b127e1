//! Setting queues up: addresses, members, who is on duty.

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::QueueId;
use kept_store::queues::QueueSettings;
use kept_store::{Tx, audit, queues};

use crate::{Desk, Error};

/// # Errors
/// When the viewer may not, or a value can't be taken, naming it.
pub async fn add(desk: &Desk, viewer: &Viewer, settings: QueueSettings) -> Result<QueueId, Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            check(tx, None, &settings)?;
            let id = queues::insert(tx, &settings)?;
            audit::write(
                tx,
                Some(by),
                &format!("Added the queue {}", settings.name),
                now,
            )?;
            Ok(id)
        })
        .await
}

/// # Errors
/// When the viewer may not, the queue does not exist, or a value can't be taken, naming it.
pub async fn edit(
    desk: &Desk,
    viewer: &Viewer,
    id: QueueId,
    settings: QueueSettings,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let known = queues::all(tx)?.iter().any(|q| q.id == id);
            known
                .then_some(())
                .ok_or_else(|| Error::not_found("queue"))?;
            check(tx, Some(id), &settings)?;
            queues::update(tx, id, &settings)?;
            Ok(audit::write(
                tx,
                Some(by),
                &format!("Changed the queue {}", settings.name),
                now,
            )?)
        })
        .await
}

fn check(tx: &mut Tx<'_>, id: Option<QueueId>, settings: &QueueSettings) -> Result<(), Error> {
    crate::people::clean(&settings.name)
        .ok_or_else(|| Error::invalid("name", "Give the queue a name"))?;
    if settings.addresses.is_empty() {
        return Err(Error::invalid(
            "addresses",
            "Write at least one address; replies are sent from the first",
        ));
    }
    if TimeZone::get(&settings.zone).is_err() {
        let problem = format!(
            "“{}” is not a time zone; write it like Europe/Lisbon",
            settings.zone
        );
        return Err(Error::invalid("zone", problem));
    }
    for address in &settings.addresses {
        let holders = queues::of_addresses(tx, std::slice::from_ref(address))?;
        if holders.iter().any(|holder| Some(*holder) != id) {
            return Err(Error::invalid(
                "addresses",
                format!("{address} belongs to another queue"),
            ));
        }
    }
    let agents = kept_store::people::agents(tx)?;
    let works_here = |person| agents.iter().any(|a| a.id == person && !a.has_left);
    if !works_here(settings.dispatcher) {
        return Err(Error::invalid(
            "dispatcher",
            "Choose somebody who works at this desk",
        ));
    }
    match settings
        .members
        .iter()
        .all(|(person, _)| works_here(*person))
    {
        true => Ok(()),
        false => Err(Error::invalid(
            "members",
            "Every member must work at this desk",
        )),
    }
}

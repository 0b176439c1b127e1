//! Setting queues up: addresses, members, who is on duty.

use jiff::tz::TimeZone;
use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::QueueId;
use kept_domain::queues::Sender;
use kept_store::queues::QueueSettings;
use kept_store::{Tx, audit, queues};

use crate::{Desk, Error};

/// Characters of what a desk calls itself in mail; programs show fewer.
pub const LONGEST_SENDER_NAME: usize = 60;

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
            let before = queues::all(tx)?.into_iter().find(|q| q.id == id);
            let before = before.ok_or_else(|| Error::not_found("queue"))?;
            check(tx, Some(id), &settings)?;
            queues::update(tx, id, &settings)?;
            let mut done = format!("Changed the queue {}", settings.name);
            if before.sender != settings.sender {
                done.push_str(&writes_as(&settings.sender));
            }
            Ok(audit::write(tx, Some(by), &done, now)?)
        })
        .await
}

fn writes_as(sender: &Sender) -> String {
    let named = match sender.name.as_str() {
        "" => String::new(),
        name => format!("; the desk is called {name}"),
    };
    format!(": its mail is from {}{named}", sender.style.in_words())
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
    check_name_in_mail(&settings.sender)?;
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

/// Readers take an address where a name should be for the sender, whatever the real one is.
fn check_name_in_mail(sender: &Sender) -> Result<(), Error> {
    let plain = |c: char| !c.is_control() && !matches!(c, '@' | '<' | '>');
    let short = sender.name.chars().count() <= LONGEST_SENDER_NAME;
    match short && sender.name.chars().all(plain) {
        true => Ok(()),
        false => Err(Error::invalid(
            "sender_name",
            format!("Write a name of at most {LONGEST_SENDER_NAME} letters, without @, < and >"),
        )),
    }
}

//! Who works at the desk.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::PersonId;
use kept_domain::people::{EmailAddress, Role};
use kept_store::people::NewPerson;
use kept_store::queues::QueueSettings;
use kept_store::{Tx, audit, people, queues, sessions};

use crate::{Desk, Error, sign_in};

#[derive(Debug, Clone)]
pub struct NewAgent {
    pub name: String,
    pub address: EmailAddress,
    pub role: Role,
    pub password: String,
}

/// Lets somebody work here. The first admin takes the place of the one a new desk begins with; where
/// there is one queue only, they become a member of it.
///
/// # Errors
/// When the viewer may not, the password is too weak, or the address belongs to another agent.
pub async fn add(desk: &Desk, viewer: &Viewer, new: NewAgent) -> Result<PersonId, Error> {
    allow(viewer, Act::Administer)?;
    add_as(desk, Some(viewer.person), new).await
}

/// The same from the command line, where whoever can read the data folder is trusted.
///
/// # Errors
/// As [`add`].
pub async fn add_as(desk: &Desk, by: Option<PersonId>, new: NewAgent) -> Result<PersonId, Error> {
    let hash = sign_in::hash(desk, &new.password).await?;
    let now = desk.now();
    desk.store()
        .write(move |tx| add_in(tx, by, &new, &hash, now))
        .await
}

/// The same within a transaction; `hash` is of the password.
pub(crate) fn add_in(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    new: &NewAgent,
    hash: &str,
    now: jiff::Timestamp,
) -> Result<PersonId, Error> {
    let name = crate::people::clean(&new.name)
        .ok_or_else(|| Error::invalid("name", "Write their name"))?;
    let id = person(tx, &name, new, now)?;
    people::set_role(tx, id, Some(new.role))?;
    people::set_left(tx, id, None)?;
    people::set_password(tx, id, hash)?;
    join_only_queue(tx, id)?;
    let what = format!("{name} works here as {}", new.role.as_str());
    audit::write(tx, by, &what, now)?;
    Ok(id)
}

fn person(
    tx: &mut Tx<'_>,
    name: &str,
    new: &NewAgent,
    now: jiff::Timestamp,
) -> Result<PersonId, Error> {
    if let Some(known) = people::find_by_address(tx, &new.address)? {
        let works_here = people::find(tx, known)?.is_some_and(|p| p.role.is_some());
        if works_here && people::password_of(tx, known)?.is_some() {
            let problem = format!("{} works here already", new.address);
            return Err(Error::invalid("address", problem));
        }
        people::update(tx, known, name, None)?;
        return Ok(known);
    }
    if new.role == Role::Admin && !people::an_admin_exists(tx)? {
        let holder = people::first_admin(tx)?;
        if let Some(holder) = holder {
            people::update(tx, holder, name, None)?;
            people::set_addresses(tx, holder, std::slice::from_ref(&new.address))?;
            return Ok(holder);
        }
    }
    let person = NewPerson {
        name,
        address: &new.address,
        client: None,
        role: Some(new.role),
    };
    Ok(people::insert(tx, &person, now)?)
}

fn join_only_queue(tx: &mut Tx<'_>, person: PersonId) -> Result<(), Error> {
    let all = queues::all(tx)?;
    let [queue] = all.as_slice() else {
        return Ok(());
    };
    if queue.members.iter().any(|m| m.person == person) {
        return Ok(());
    }
    let mut settings = QueueSettings::of(queue.clone(), queues::signature(tx, queue.id)?);
    settings.members.push((person, vec![]));
    Ok(queues::update(tx, queue.id, &settings)?)
}

/// # Errors
/// When the viewer may not, or it would leave the desk without an admin.
pub async fn change_role(
    desk: &Desk,
    viewer: &Viewer,
    id: PersonId,
    role: Role,
) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let name = name(tx, id)?;
            people::set_role(tx, id, Some(role))?;
            must_keep_an_admin(tx)?;
            Ok(audit::write(
                tx,
                Some(by),
                &format!("{name} is now {}", role.as_str()),
                now,
            )?)
        })
        .await
}

/// Somebody stops working here: signed out everywhere, history kept. Their open tickets go to the
/// dispatchers of their queues, so that none is left without a holder.
///
/// # Errors
/// When the viewer may not, or it would leave the desk without an admin or a queue without a dispatcher.
pub async fn leave(desk: &Desk, viewer: &Viewer, id: PersonId) -> Result<(), Error> {
    allow(viewer, Act::Administer)?;
    let (by, now) = (viewer.person, desk.now());
    desk.store()
        .write(move |tx| {
            let dispatches = queues::all(tx)?.into_iter().find(|q| q.dispatcher == id);
            if let Some(queue) = dispatches {
                let problem = format!(
                    "They are the dispatcher of {}; choose another first",
                    queue.name
                );
                return Err(Error::Conflict(problem));
            }
            let name = name(tx, id)?;
            people::set_left(tx, id, Some(now))?;
            must_keep_an_admin(tx)?;
            sessions::delete_all_of(tx, id)?;
            crate::delegation::give_back(tx, id, by, now)?;
            crate::tickets::hand_to_dispatchers(tx, id, by, now)?;
            crate::promises::take_over(tx, id, None, by, now)?;
            Ok(audit::write(
                tx,
                Some(by),
                &format!("{name} no longer works here"),
                now,
            )?)
        })
        .await
}

/// What somebody who is known here is called.
fn name(tx: &mut Tx<'_>, id: PersonId) -> Result<String, Error> {
    let person = people::find(tx, id)?.ok_or_else(|| Error::not_found("person"))?;
    Ok(person.name)
}

fn must_keep_an_admin(tx: &mut Tx<'_>) -> Result<(), Error> {
    if people::an_admin_exists(tx)? {
        Ok(())
    } else {
        Err(Error::Conflict(
            "Somebody must stay admin; make another person admin first".into(),
        ))
    }
}

//! Who may have called, to choose from.

use kept_domain::access::{Act, Viewer, allow};
use kept_domain::ids::{ClientId, PersonId};
use kept_store::people;

use crate::{Desk, Error};

/// People one is chosen from; of more, the others are found by typing their address.
const MOST: usize = 500;

/// Everybody, or a client's people, each as `Dana Fox <dana@fox.example>`.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn callers(
    desk: &Desk,
    viewer: &Viewer,
    client: Option<ClientId>,
) -> Result<Vec<String>, Error> {
    allow(viewer, Act::Read)?;
    let found = desk.store().read(move |tx| match client {
        Some(client) => people::of_client(tx, client, MOST),
        None => people::list(tx, "", None, PersonId(0), MOST),
    });
    let found = found.await?.into_iter();
    let reachable = found.filter(|it| !it.address.is_empty() && !it.has_left);
    let written = reachable.map(|it| format!("{} <{}>", it.name, it.address));
    Ok(written.collect())
}

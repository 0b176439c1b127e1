//! Mail that was refused before it was taken in.

use kept_domain::access::{Act, Viewer, allow};
use kept_store::refused::{self, Refused};

use crate::{Desk, Error};

const SHOWN: usize = 20;

/// The last ones, newest first.
///
/// # Errors
/// When the viewer may not, or the store can't answer.
pub async fn refused(desk: &Desk, viewer: &Viewer) -> Result<Vec<Refused>, Error> {
    allow(viewer, Act::Administer)?;
    Ok(desk.store().read(|tx| refused::last(tx, SHOWN)).await?)
}

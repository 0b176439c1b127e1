//! A file somebody attached, whole.

use bytes::Bytes;
use kept_domain::access::{Act, Viewer, allow};
use kept_store::messages::{self, Attachment};

use crate::{Desk, Error};

/// The file with its name and the type its sender gave it; neither is to be believed.
///
/// # Errors
/// When the viewer may not, there is no such file, or its bytes are gone.
pub async fn attachment(
    desk: &Desk,
    viewer: &Viewer,
    id: i64,
) -> Result<(Attachment, Bytes), Error> {
    allow(viewer, Act::Read)?;
    let missing = || Error::not_found("attachment");
    let file = desk.store().read(move |tx| messages::file(tx, id)).await?;
    let file = file.ok_or_else(missing)?;
    let bytes = desk.blobs().get(desk.store(), &file.sha256).await?;
    Ok((file, bytes.ok_or_else(missing)?))
}

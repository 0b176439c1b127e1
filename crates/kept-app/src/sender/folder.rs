//! Without a relay, mail is written as `.eml` files that any mail program opens.

use kept_domain::ids::OutgoingId;

use super::Failure;
use crate::Desk;

/// Writes the mail once under a name of its own; writing it again changes nothing.
pub(super) async fn write(desk: &Desk, id: OutgoingId, bytes: &[u8]) -> Result<String, Failure> {
    let folder = desk.config().data.join("outbox");
    let path = folder.join(format!("{:06}.eml", id.0));
    let unfinished = path.with_extension("eml.part");
    let written = async {
        tokio::fs::create_dir_all(&folder).await?;
        tokio::fs::write(&unfinished, bytes).await?;
        tokio::fs::rename(&unfinished, &path).await
    };
    let shown = path.display().to_string();
    written.await.map(|()| shown.clone()).map_err(|e| Failure {
        error: format!("{shown} can't be written: {e}"),
        permanent: false,
    })
}

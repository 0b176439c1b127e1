//! Without a relay, mail is written as `.eml` files that any mail program opens.

use kept_domain::ids::OutgoingId;

use super::Failure;
use crate::Desk;

/// Writes the mail once under a name of its own; writing it again changes nothing.
pub(super) async fn write(desk: &Desk, id: OutgoingId, bytes: &[u8]) -> Result<String, Failure> {
    let folder = desk.config().data.join("outbox");
    let path = folder.join(format!("{:06}.eml", id.0));
    let shown = path.display().to_string();
    let bytes = bytes.to_vec();
    let written = tokio::task::spawn_blocking(move || {
        let unfinished = path.with_extension("eml.part");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(&unfinished, bytes)?;
        std::fs::rename(&unfinished, &path)
    });
    let problem =
        |e: &dyn std::fmt::Display| Failure::for_now(format!("{shown} can't be written: {e}"));
    match written.await {
        Ok(Ok(())) => Ok(shown),
        Ok(Err(e)) => Err(problem(&e)),
        Err(e) => Err(problem(&e)),
    }
}

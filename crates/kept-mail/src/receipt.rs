//! Which mail a reading or delivery receipt is about (RFC 8098 §3.2.4).

use crate::automatic::Kind;
use crate::mail::IncomingMail;
use crate::parse::headers_of;

/// Bytes of the receipt's fields that are read.
const MAX_BYTES: usize = 64 * 1024;

/// The `Message-ID` of the mail that was read, without angle brackets.
pub fn about(mail: &IncomingMail) -> Option<String> {
    if !matches!(mail.kind, Kind::Receipt { .. }) {
        return None;
    }
    let part = mail
        .attachments
        .iter()
        .find(|part| part.content_type == "message/disposition-notification")?;
    let bytes = part.content.get(..MAX_BYTES).unwrap_or(&part.content);
    let fields = headers_of(bytes.trim_ascii_start());
    let id = fields.header("Original-Message-ID")?;
    let id = id.trim().trim_matches(['<', '>']);
    (!id.is_empty()).then(|| id.to_owned())
}

//! TNEF, the `winmail.dat` Outlook wraps a mail's text and files in (MS-OXTNEF).
//!
//! It gives back what is in it, with limits on everything; a stream that ends early gives what came
//! before. It never runs, opens or trusts anything it finds.

mod properties;
mod reader;
mod rtf;
mod rtf_compression;
mod stream;

pub use rtf::{RtfText, read as read_rtf};

/// Files taken out of one stream.
pub const MAX_FILES: usize = 500;
/// Bytes of text taken out of one stream, decompressed.
pub const MAX_TEXT_BYTES: usize = 8 * 1024 * 1024;

/// One file within a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// The name as given, not yet made safe.
    pub name: Option<String>,
    /// The media type the sender noted.
    pub content_type: Option<String>,
    /// The id by which the HTML shows it.
    pub content_id: Option<String>,
    /// What Outlook shows under it while it is read.
    display_name: Option<String>,
    /// An Outlook message rather than a file: its content is TNEF again.
    pub is_message: bool,
    pub content: Vec<u8>,
}

/// What was wrapped in one stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tnef {
    pub subject: Option<String>,
    pub text: Option<String>,
    pub html: Option<String>,
    /// The charset the HTML came in, such as `koi8-r`.
    pub html_charset: Option<String>,
    /// Rich text, decompressed.
    pub rtf: Option<Vec<u8>>,
    pub files: Vec<File>,
}

/// Whether these bytes begin as TNEF does.
pub fn is_tnef(bytes: &[u8]) -> bool {
    bytes.starts_with(&stream::SIGNATURE)
}

/// Unwraps a stream; `None` when the bytes are something else.
pub fn unwrap(bytes: &[u8]) -> Option<Tnef> {
    is_tnef(bytes).then(|| stream::read(bytes))
}

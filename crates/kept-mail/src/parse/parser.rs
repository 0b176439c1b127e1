//! The MIME parser of the `mail-parser` crate, set up for mail from strangers.
//!
//! Headers are left undecoded here (`fields` does that, with its own charset rules) and so are
//! transfer encodings, so a hidden encoded mail can never be parsed into a deep recursion.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use mail_parser::{HeaderName, Message, MessageParser, PartType};

/// `Content-Transfer-Encoding` is read as a parameter list: the parser then decodes nothing itself.
static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .header_content_type(HeaderName::ContentType)
        .header_content_type(HeaderName::ContentDisposition)
        .header_content_type(HeaderName::ContentTransferEncoding)
        .header_id(HeaderName::ContentId)
        .header_text(HeaderName::ContentLocation)
        .default_header_ignore()
});

/// Takes a mail apart. `None` when nothing like a header was found.
///
/// The library promises not to panic; mail is too precious to rely on a promise.
pub fn parse(bytes: &[u8]) -> Option<Message<'_>> {
    catch_unwind(AssertUnwindSafe(|| PARSER.parse(bytes))).unwrap_or(None)
}

/// Reads only the headers at the start of `bytes`.
pub fn parse_head(bytes: &[u8]) -> Option<Message<'_>> {
    catch_unwind(AssertUnwindSafe(|| PARSER.parse_headers(bytes))).unwrap_or(None)
}

/// Frees a message level by level: dropping a mail nested thousands of times would run through
/// the stack.
pub fn dismantle(message: Message<'_>) {
    let mut open = vec![message];
    while let Some(message) = open.pop() {
        for part in message.parts {
            if let PartType::Message(inner) = part.body {
                open.push(inner);
            }
        }
    }
}

//! What we say to mail servers (RFC 5321 §4.2, RFC 3463).

use crate::Error;

pub const BYE: &str = "221 2.0.0 Bye\r\n";
pub const OK: &str = "250 2.0.0 OK\r\n";
pub const SENDER_OK: &str = "250 2.1.0 OK\r\n";
pub const RECIPIENT_OK: &str = "250 2.1.5 OK\r\n";
pub const GO_AHEAD: &str = "354 Send the mail, end it with a dot on a line by itself\r\n";
pub const NOT_UNDERSTOOD: &str = "500 5.5.2 This command was not understood\r\n";
pub const NOT_OFFERED: &str = "502 5.5.1 This is not offered here\r\n";
pub const BAD_ORDER: &str = "503 5.5.1 Commands must come in order: greeting, MAIL, RCPT, DATA\r\n";
pub const BAD_ADDRESS: &str = "553 5.1.3 This is not a mail address\r\n";
pub const TOO_MANY_RECIPIENTS: &str =
    "452 4.5.3 Too many recipients at once; send the rest again\r\n";
pub const TOO_MANY_ERRORS: &str = "421 4.7.0 Too many errors; goodbye\r\n";
pub const TOO_MANY_SESSIONS: &str = "421 4.3.2 Too many conversations at once; try again soon\r\n";
pub const TOO_LONG: &str = "421 4.4.2 Nothing came for too long; goodbye\r\n";
pub const CLOSING: &str = "421 4.3.2 Kept is stopping; try again soon\r\n";
pub const VERIFY: &str = "252 2.5.0 Send a mail and see\r\n";

pub fn greeting(host: &str) -> String {
    format!("220 {host} ESMTP LMTP Kept\r\n")
}

pub fn helo(host: &str) -> String {
    format!("250 {host}\r\n")
}

pub fn ehlo(host: &str, largest: usize) -> String {
    format!(
        "250-{host}\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {largest}\r\n"
    )
}

pub fn too_large(largest: usize) -> String {
    format!(
        "552 5.3.4 This mail is larger than the {} MB taken here\r\n",
        largest / (1024 * 1024)
    )
}

pub fn unknown_recipient(address: &str) -> String {
    format!("550 5.1.1 Nobody takes mail for <{address}> here\r\n")
}

pub const NO_ROOM: &str = "451 4.3.1 Too much mail is coming in at once; try again soon\r\n";
pub const TAKEN: &str = "250 2.6.0 Taken; it is stored\r\n";

/// What we could not do now, the sender's server does again later; what we never will, it tells.
pub fn not_taken(error: &Error) -> &'static str {
    if error.is_temporary() {
        "451 4.3.0 This mail could not be stored now; try again later\r\n"
    } else {
        "554 5.6.0 This mail can't be taken\r\n"
    }
}

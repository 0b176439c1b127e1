//! Whom a mail asks to be answered, mended where web forms write it badly.
//!
//! Only for mail whose sender is not the one to answer; an honest Reply-To needs none of it.

use crate::address;
use crate::forward;
use crate::mail::{IncomingMail, Mailbox};

/// The first mailbox of Reply-To that mail can go to.
///
/// Spaces around the `@`, missing brackets, doubled addresses and `mailto:` are mended.
pub fn answer_to(mail: &IncomingMail) -> Option<Mailbox> {
    let valid = |mailbox: &&Mailbox| address::is_valid(&mailbox.address);
    if let Some(mailbox) = mail.reply_to.iter().find(valid) {
        return Some(mailbox.clone());
    }
    mail.headers_named("Reply-To").find_map(mended)
}

/// Bytes looked at of a header that makes no sense.
const LONGEST: usize = 1_000;

fn mended(written: &str) -> Option<Mailbox> {
    let end = written.floor_char_boundary(LONGEST);
    let text = closed_up(written.get(..end).unwrap_or_default());
    let people = forward::people_in(&text);
    if let Some(mailbox) = people.into_iter().find(|it| address::is_valid(&it.address)) {
        return Some(mailbox);
    }
    bare_address(&text)
}

/// Without spaces around the `@`.
fn closed_up(text: &str) -> String {
    let parts: Vec<&str> = text.split('@').map(str::trim).collect();
    parts.join("@")
}

/// The first word that is an address, and the words before it as the name.
fn bare_address(text: &str) -> Option<Mailbox> {
    let mut name: Vec<&str> = Vec::new();
    for word in text.split([' ', '\t', ',', ';', '<', '>', '(', ')', '[', ']']) {
        let bare = address::clean_address(word.trim_matches(['"', '\'', ':', '.']));
        if address::is_valid(&bare) {
            let name = address::clean_name(&name.join(" "));
            return Some(Mailbox {
                name: Some(name).filter(|name| !name.is_empty()),
                address: bare,
            });
        }
        if !word.is_empty() {
            name.push(word);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e20_a_malformed_reply_to_is_mended() {
        let check = |written: &str, expected: Option<(Option<&str>, &str)>| {
            let raw = format!("From: form@shop.example\r\nReply-To: {written}\r\n\r\nx\r\n");
            let found = answer_to(&crate::parse(raw.as_bytes()));
            let found = found.as_ref().map(|it| (it.name.as_deref(), &*it.address));
            assert_eq!(found, expected, "{written}");
        };
        let dana = "dana@acme.example";
        check(
            "Dana Fox <dana@acme.example>",
            Some((Some("Dana Fox"), dana)),
        );
        check("dana @ acme.example", Some((None, dana)));
        check("Dana Fox dana@acme.example", Some((Some("Dana Fox"), dana)));
        check("<mailto:dana@acme.example>", Some((None, dana)));
        check("dana@acme.example,", Some((None, dana)));
        check(
            "\"Dana Fox\" <dana@acme.example",
            Some((Some("Dana Fox"), dana)),
        );
        check("Fox, Dana <dana@acme.example>", Some((Some("Dana"), dana)));
        check("somebody", None);
        check("", None);
    }
}

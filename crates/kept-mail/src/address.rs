//! Addresses: what is one, when two are the same, and which ones nobody reads.
//!
//! It never looks anything up and leaves international domain names as they are written.

use crate::mail::Mailbox;

/// Characters of an address beyond which no server takes it (RFC 5321 §4.5.3.1.3).
pub const MAX_ADDRESS_BYTES: usize = 254;
/// Characters kept of a display name.
const MAX_NAME_CHARS: usize = 200;

/// Whether mail can be sent to `address`: `local@domain` in the form people use (RFC 5321 §4.1.2),
/// non-ASCII letters allowed (RFC 6531).
pub fn is_valid(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    address.len() <= MAX_ADDRESS_BYTES && local.len() <= 64 && is_local(local) && is_domain(domain)
}

fn is_local(local: &str) -> bool {
    if let Some(inner) = local
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        return !inner.is_empty()
            && !inner.contains(['"', '\\'])
            && !inner.chars().any(char::is_control);
    }
    let allowed = |c: char| {
        c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || !c.is_ascii() && !is_unseen(c)
    };
    !local.is_empty() && local.chars().all(allowed)
}

fn is_domain(domain: &str) -> bool {
    if let Some(literal) = domain
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        let number = literal.strip_prefix("IPv6:").unwrap_or(literal);
        return number.parse::<std::net::IpAddr>().is_ok();
    }
    !domain.is_empty() && domain.trim_end_matches('.').split('.').all(is_label)
}

fn is_label(label: &str) -> bool {
    let allowed = |c: char| {
        c.is_ascii_alphanumeric() || c == '-' || c == '_' || !c.is_ascii() && !is_unseen(c)
    };
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(allowed)
}

/// Control characters, spaces of any script, and marks that change how text looks.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The form in which two addresses compare equal: trimmed, lower case, no final dot.
pub fn normalised(address: &str) -> String {
    address.trim().trim_end_matches('.').to_lowercase()
}

/// Whether both name the same box.
pub fn is_same(one: &str, other: &str) -> bool {
    normalised(one) == normalised(other)
}

/// The part after the `@`, in lower case.
pub fn domain(address: &str) -> Option<String> {
    let (_, domain) = address.trim().rsplit_once('@')?;
    Some(normalised(domain)).filter(|domain| !domain.is_empty())
}

/// The address without a `+detail` (RFC 5233), normalised: `dana+kept@a.example` is `dana@a.example`.
pub fn without_detail(address: &str) -> String {
    let address = normalised(address);
    match address.rsplit_once('@') {
        Some((local, domain)) if !local.starts_with('+') => {
            format!("{}@{domain}", local.split('+').next().unwrap_or(local))
        }
        _ => address,
    }
}

/// The `+detail` of an address, as written.
pub fn detail(address: &str) -> Option<&str> {
    let (local, _) = address.trim().rsplit_once('@')?;
    local
        .split_once('+')
        .map(|(_, detail)| detail)
        .filter(|detail| !detail.is_empty())
}

/// Whether the address says that nobody reads what is sent to it.
pub fn is_noreply(address: &str) -> bool {
    let local = local_letters(address);
    [
        "noreply",
        "donotreply",
        "dontreply",
        "nepasrepondre",
        "nichtantworten",
        "keineantwort",
        "noresponder",
        "noresponda",
    ]
    .iter()
    .any(|word| local.contains(word))
}

/// Whether the sender is mail software, by name or address: its mail is reports, not requests.
/// A postmaster may be a person and is not counted: see [`is_postmaster`].
pub fn is_mailer(sender: &Mailbox) -> bool {
    const WORDS: [&str; 4] = [
        "mailerdaemon",
        "maildeliverysubsystem",
        "maildeliverysystem",
        "maildeliveryservice",
    ];
    let local = local_letters(&sender.address);
    let name = letters(sender.name.as_deref().unwrap_or_default());
    WORDS
        .iter()
        .any(|word| local.contains(word) || name == *word)
}

/// Whether the address is the one every domain has for matters of mail (RFC 5321 §4.5.1).
pub fn is_postmaster(address: &str) -> bool {
    local_letters(address) == "postmaster"
}

/// Lower-case letters and digits of the part before the `@`.
fn local_letters(address: &str) -> String {
    letters(address.rsplit_once('@').map_or(address, |(local, _)| local))
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// An address without the brackets, spaces and control characters senders leave around it.
pub fn clean_address(written: &str) -> String {
    let bare = written.trim().trim_start_matches('<').trim_end_matches('>');
    let bare = bare.strip_prefix("mailto:").unwrap_or(bare);
    bare.chars()
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A display name on one line without quotes around it, and without marks that reorder text.
pub fn clean_name(written: &str) -> String {
    let spaced = written
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c });
    let visible: String = spaced
        .filter(|c| *c == ' ' || !is_unseen(*c))
        .take(MAX_NAME_CHARS)
        .collect();
    let words: Vec<&str> = visible.split(' ').filter(|word| !word.is_empty()).collect();
    let name = words.join(" ");
    unquoted(&name).trim().to_owned()
}

fn unquoted(name: &str) -> &str {
    for mark in ['"', '\''] {
        if let Some(inner) = name
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
        {
            return inner;
        }
    }
    name
}

/// How a person is shown when there is only a mailbox: the name, or the address.
pub fn shown(mailbox: &Mailbox) -> &str {
    mailbox.name.as_deref().unwrap_or(&mailbox.address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_addresses_are_told_from_others() {
        for address in [
            "dana@client.example",
            "dana+kept@client.example",
            "o'brien@client.example",
            "\"dana doe\"@client.example",
            "dana@[192.0.2.1]",
            "dana@[IPv6:2001:db8::1]",
            "dänä@räder.example",
            "dana@localhost",
            "a_b.c-d@x_y.example",
        ] {
            assert!(is_valid(address), "{address}");
        }
        for address in [
            "",
            "dana",
            "@client.example",
            "dana@",
            "dana@client..example",
            "dana@-client.example",
            "da na@client.example",
            "dana@client.example\r\nBcc: x@y.example",
            "dana@client.example, lee@client.example",
            "<dana@client.example>",
            "dana@[nowhere]",
            "da\u{200b}na@client.example",
        ] {
            assert!(!is_valid(address), "{address:?}");
        }
        assert!(!is_valid(&format!("{}@client.example", "a".repeat(65))));
        assert!(!is_valid(&format!("a@{}.example", "b".repeat(64))));
    }

    #[test]
    fn the_same_box_is_the_same() {
        assert!(is_same("Dana@Client.Example ", "dana@client.example"));
        assert!(is_same("dana@client.example.", "dana@client.example"));
        assert!(!is_same("dana@client.example", "dana+x@client.example"));
        assert_eq!(without_detail("Dana+kept+x@a.example"), "dana@a.example");
        assert_eq!(without_detail("+x@a.example"), "+x@a.example");
        assert_eq!(detail("support+k1042.abc@desk.example"), Some("k1042.abc"));
        assert_eq!(detail("support@desk+x.example"), None);
        assert_eq!(
            domain("dana@Client.Example."),
            Some("client.example".into())
        );
        assert_eq!(domain("dana"), None);
    }

    #[test]
    fn boxes_nobody_reads_are_known() {
        for address in [
            "no-reply@a.example",
            "NoReply@a.example",
            "do_not_reply@a.example",
            "billing-noreply@a.example",
        ] {
            assert!(is_noreply(address), "{address}");
        }
        for address in [
            "reply@a.example",
            "dana@noreply.example",
            "norbert@a.example",
        ] {
            assert!(!is_noreply(address), "{address}");
        }
    }

    #[test]
    fn mail_software_is_known_by_name_and_address() {
        for (name, address) in [
            (None, "MAILER-DAEMON@a.example"),
            (Some("Mail Delivery Subsystem"), ""),
            (Some("MAILER-DAEMON"), ""),
            (Some("Mail Delivery System"), "bounce@a.example"),
        ] {
            let sender = Mailbox {
                name: name.map(str::to_owned),
                address: address.into(),
            };
            assert!(is_mailer(&sender), "{sender:?}");
        }
        assert!(!is_mailer(&Mailbox::named(
            "Postmaster",
            "postmaster@a.example"
        )));
        assert!(is_postmaster("Postmaster@a.example"));
    }

    #[test]
    fn names_are_one_line_without_tricks() {
        for (written, clean) in [
            ("  Dana \t Doe ", "Dana Doe"),
            ("\"Dana\"", "Dana"),
            ("'Dana'", "Dana"),
            ("Dana\u{202e}ened", "Danaened"),
            ("O'Brien", "O'Brien"),
            ("\"", "\""),
            ("", ""),
        ] {
            assert_eq!(clean_name(written), clean, "{written:?}");
        }
    }
}

//! Addresses as people type them into a field, and as the field shows them.

use kept_app::mail::Mailbox;
use kept_app::mail::address;

/// Mailboxes as people type them: `Dana Fox <dana@example.com>, leo@example.com`.
pub(crate) fn mailboxes(text: &str) -> Vec<Mailbox> {
    split(text)
        .into_iter()
        .filter_map(|part| mailbox(part.trim()))
        .collect()
}

/// At commas and semicolons that are not inside quotes or brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut quoted, mut bracketed) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if !bracketed => quoted = !quoted,
            '<' if !quoted => bracketed = true,
            '>' if !quoted => bracketed = false,
            ',' | ';' | '\n' if !quoted && !bracketed => {
                parts.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn mailbox(text: &str) -> Option<Mailbox> {
    if text.is_empty() {
        return None;
    }
    let (name, rest) = match text.rsplit_once('<') {
        Some((name, rest)) => (
            name.trim().trim_matches('"').trim(),
            rest.trim_end_matches('>'),
        ),
        None => ("", text),
    };
    Some(Mailbox {
        name: Some(address::clean_name(name)).filter(|name| !name.is_empty()),
        address: rest.trim().to_owned(),
    })
}

/// Mailboxes as the form shows them. A name is quoted where it would be misread.
pub(crate) fn written(mailboxes: &[Mailbox]) -> String {
    let one = |mailbox: &Mailbox| match &mailbox.name {
        Some(name) if name.contains([',', ';', '<', '>', '"']) => {
            format!("\"{}\" <{}>", name.replace('"', ""), mailbox.address)
        }
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.clone(),
    };
    mailboxes.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let read: Vec<(String, String)> = mailboxes(text)
            .into_iter()
            .map(|it| (it.name.unwrap_or_default(), it.address))
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(name, address)| ((*name).to_owned(), (*address).to_owned()))
            .collect();
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn addresses_are_read_as_people_type_them() {
        check("dana@fox.example", &[("", "dana@fox.example")]);
        check(
            "Dana Fox <dana@fox.example>, leo@fox.example;",
            &[("Dana Fox", "dana@fox.example"), ("", "leo@fox.example")],
        );
        check(
            "\"Fox, Dana\" <dana@fox.example>",
            &[("Fox, Dana", "dana@fox.example")],
        );
        check(" , ", &[]);
        check("no address", &[("", "no address")]);
    }

    #[test]
    fn what_the_form_shows_reads_back_the_same() {
        let mailboxes = [
            Mailbox {
                name: Some("Fox, Dana".into()),
                address: "dana@fox.example".into(),
            },
            Mailbox {
                name: Some("Leo".into()),
                address: "leo@fox.example".into(),
            },
            Mailbox {
                name: None,
                address: "x@fox.example".into(),
            },
        ];
        assert_eq!(super::mailboxes(&written(&mailboxes)), mailboxes);
    }
}

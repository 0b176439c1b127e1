//! Compares what the corpus expects with what was understood; gives what differs, in words.

use kept_mail::{Body, html, parse as parse_mail};
use serde_json::Value;

use super::texts;

/// Compares an inspection with the keys of the folders `parse`, `charsets` and `broken`.
pub fn parse(expected: &Value, seen: &Value) -> Vec<String> {
    let keys = expected.as_object().into_iter().flatten();
    keys.filter_map(|(key, value)| check(key, value, seen).map(|why| format!("{key}: {why}")))
        .collect()
}

/// The origin recorded uuencoded files as they were sent, or not at all; having the files is right.
pub fn forget_uuencoded(expected: &mut Value) {
    if let Some(keys) = expected.as_object_mut() {
        keys.retain(|key, _| !matches!(key.as_str(), "attachments" | "attachments_count"));
    }
}

fn check(key: &str, want: &Value, seen: &Value) -> Option<String> {
    // Where the origin's own parser lost a character it recorded U+FFFD; having the character is right.
    if want.to_string().contains('\u{fffd}') {
        return None;
    }
    match key {
        "from" | "to" | "cc" | "reply_to" | "resent_from" | "resent_to" => {
            equal(want, &addresses(&seen[key]))
        }
        "from_display" | "to_display" | "cc_display" => equal(
            &listed(want),
            &names(&seen[key.trim_end_matches("_display")]),
        ),
        "subject" => equal(&one_spaced(want), &one_spaced(&seen[key])),
        "message_id" | "mime_type" | "charset" | "boundary" | "part_types" | "mime_nodes" => {
            equal(want, &seen[key])
        }
        "references" | "in_reply_to" => equal(&listed(want), &seen[key]),
        "sender" => equal(want, &seen["sender"]["address"]),
        "date" => instant(want, &seen["date"]),
        "text" => text(want, &seen["text_parts"], &seen["html_parts"]),
        "html" => text(want, &seen["html_parts"], &Value::Null),
        "text_parts" => each_text(want, &seen["text_parts"]),
        "text_contains" => contains(want, &seen["text"]),
        "html_contains" => contains(want, &seen["html"]),
        "attachments" => attachments(want, &seen["attachments"]),
        "attachments_count" => equal(want, &count(&seen["attachments"]).into()),
        "has_attachments" => equal(want, &(count(&seen["attachments"]) > 0).into()),
        "parts_top_level" => equal(want, &count(&seen["part_types"]).into()),
        "subject_prefix" => prefix(want, &seen["subject"]),
        _ => None,
    }
}

fn equal(want: &Value, seen: &Value) -> Option<String> {
    (want != seen).then(|| format!("expected {want}, got {seen}"))
}

/// Folding may leave any white space behind (RFC 5322 §2.2.3).
fn one_spaced(text: &Value) -> Value {
    text.as_str()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .into()
}

fn count(list: &Value) -> usize {
    list.as_array().map_or(0, Vec::len)
}

fn listed(value: &Value) -> Value {
    match value {
        Value::Null => Value::Array(vec![]),
        Value::Array(_) => value.clone(),
        single => Value::Array(vec![single.clone()]),
    }
}

fn addresses(mailboxes: &Value) -> Value {
    let of = |mailbox: &Value| match mailbox["address"].as_str() {
        Some("") | None => Value::Null,
        Some(address) => address.into(),
    };
    mailboxes.as_array().into_iter().flatten().map(of).collect()
}

fn names(mailboxes: &Value) -> Value {
    mailboxes
        .as_array()
        .into_iter()
        .flatten()
        .map(|mailbox| mailbox["name"].clone())
        .collect()
}

fn instant(want: &Value, seen: &Value) -> Option<String> {
    let parse = |value: &Value| {
        value
            .as_str()
            .and_then(|text| text.parse::<jiff::Timestamp>().ok())
    };
    (parse(want) != parse(seen)).then(|| format!("expected {want}, got {seen}"))
}

fn text(want: &Value, parts: &Value, html: &Value) -> Option<String> {
    let seen: String = parts
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    match want.as_str() {
        // No text part: what stands there as text was made from the HTML.
        None => {
            (count(html) == 0 && !seen.is_empty()).then(|| format!("expected none, got {seen:?}"))
        }
        Some(want) => {
            (!texts::same(want, &seen)).then(|| format!("expected {want:?}, got {seen:?}"))
        }
    }
}

fn each_text(want: &Value, seen: &Value) -> Option<String> {
    let same = |(want, seen): (&Value, &Value)| {
        texts::same(
            want.as_str().unwrap_or_default(),
            seen.as_str().unwrap_or_default(),
        )
    };
    let (wanted, parts) = (want.as_array()?, seen.as_array()?);
    let right = wanted.len() == parts.len() && wanted.iter().zip(parts).all(same);
    (!right).then(|| format!("expected {want}, got {seen}"))
}

fn contains(want: &Value, seen: &Value) -> Option<String> {
    let seen = seen.as_str().unwrap_or_default();
    let missing = want
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .find(|piece| !seen.contains(*piece))?;
    Some(format!("{missing:?} is not in {seen:?}"))
}

fn prefix(want: &Value, seen: &Value) -> Option<String> {
    (!seen.as_str()?.starts_with(want.as_str()?)).then(|| format!("got {seen}"))
}

fn attachments(want: &Value, seen: &Value) -> Option<String> {
    let wanted = want.as_array()?;
    wanted.iter().enumerate().find_map(|(index, want)| {
        let keys = want.as_object()?.iter();
        keys.map(|(key, value)| (key, value, attachment_value(key, &seen[index])))
            .find(|(_, want, seen)| *want != seen)
            .map(|(key, want, seen)| format!("[{index}].{key}: expected {want}, got {seen}"))
    })
}

fn attachment_value(key: &str, attachment: &Value) -> Value {
    match key {
        "size" => attachment["size_bytes"].clone(),
        other => attachment[other].clone(),
    }
}

/// Compares the new text of a reply; `None` when the case asks for something else.
pub fn reply(expected: &Value, raw: &[u8]) -> Option<Vec<String>> {
    let body = match expected["input_is"].as_str()? {
        "message/rfc822" => parse_mail(raw).body,
        "text/html body" => html::split(&String::from_utf8_lossy(raw)),
        _ => Body::split(
            &String::from_utf8_lossy(raw)
                .replace("\r\n", "\n")
                .replace('\r', "\n"),
        ),
    };
    let mut wrong = Vec::new();
    for key in ["reply", "first_fragment"] {
        if let Some(want) = expected[key].as_str() {
            let seen = if key == "reply" {
                body.new_text()
            } else {
                first_of(&body)
            };
            if !texts::same(want, &seen) {
                wrong.push(format!("{key}: expected {want:?}, got {seen:?}"));
            }
        }
    }
    if let Some(html) = expected["reply_html"].as_str() {
        let want = html::to_text(html);
        if !texts::same(&want, &body.new_text()) {
            wrong.push(format!(
                "reply_html: expected {want:?}, got {:?}",
                body.new_text()
            ));
        }
    }
    Some(wrong)
}

/// The text up to the first quote or signature.
fn first_of(body: &Body) -> String {
    body.segments
        .first()
        .map(|segment| segment.text.trim().to_owned())
        .unwrap_or_default()
}

//! Compares what the corpus expects of forwarded mail with what was found.

use kept_mail::forward::{self, Forwarded};
use kept_mail::mail::Mailbox;
use serde_json::{Value, json};

use super::texts;

/// What differs, key by key.
pub fn differences(expected: &Value, text: &str, subject: Option<&str>) -> Vec<String> {
    let found = forward::in_text(text, subject);
    if expected["forwarded"] == false {
        return found
            .map(|found| format!("not a forward: {found:?}"))
            .into_iter()
            .collect();
    }
    let Some(found) = found else {
        return vec!["not found".to_owned()];
    };
    let keys = expected.as_object().into_iter().flatten();
    keys.filter_map(|(key, want)| check(key, want, &found, text))
        .collect()
}

fn check(key: &str, want: &Value, found: &Forwarded, text: &str) -> Option<String> {
    let first = found.to.first().map(mailbox);
    match key {
        "orig_subject" => equal(key, want, &json!(found.subject)),
        "orig_from" => equal(key, want, &found.from.as_ref().map(mailbox).into()),
        "orig_to" => equal(key, want, &found.to.iter().map(mailbox).collect()),
        "orig_to_first" => equal(key, want, &first.into_iter().collect()),
        "orig_to_addresses" => equal(
            key,
            want,
            &found.to.iter().map(|to| json!(to.address)).collect(),
        ),
        "orig_cc" => equal(key, want, &found.cc.iter().map(mailbox).collect()),
        "orig_has_date" => equal(key, want, &json!(found.date_text.is_some())),
        "message_above" => texts_equal(key, want, found.remark.as_deref()),
        "text_before" => texts_equal(key, want, Some(found.remark.as_deref().unwrap_or_default())),
        "orig_body" => texts_equal(key, want, Some(&found.body)),
        "forwarded_text" => contained(want.as_str()?, found, text),
        _ => None,
    }
}

fn mailbox(mailbox: &Mailbox) -> Value {
    json!({"address": mailbox.address, "name": mailbox.name})
}

fn equal(key: &str, want: &Value, seen: &Value) -> Option<String> {
    (want != seen).then(|| format!("{key}: expected {want}, got {seen}"))
}

fn texts_equal(key: &str, want: &Value, seen: Option<&str>) -> Option<String> {
    let same = match (want.as_str(), seen) {
        (Some(want), Some(seen)) => texts::same(want, seen),
        (None, None) => true,
        _ => false,
    };
    (!same).then(|| format!("{key}: expected {want}, got {seen:?}"))
}

/// The origin's forwarded text begins with the headers; ours below them: both end alike.
fn contained(want: &str, found: &Forwarded, text: &str) -> Option<String> {
    let ends = texts::without_space(want).ends_with(&texts::without_space(&found.body));
    let whole = texts::without_space(&text.replace("> ", "").replace('>', "")).ends_with(
        &texts::without_space(&want.replace("> ", "").replace('>', "")),
    );
    (!(ends && whole)).then(|| format!("forwarded_text: expected {want:?}, got {:?}", found.body))
}

//! Compares what the corpus expects of calendar objects with what was read.

use std::collections::BTreeSet;

use kept_mail::calendar::{self, Calendar, Event};
use serde_json::{Value, json};

/// What differs, key by key.
pub fn differences(expected: &Value, raw: &[u8]) -> Vec<String> {
    let Some(seen) = calendar::of_bytes(raw) else {
        return vec!["no calendar object".to_owned()];
    };
    let keys = expected.as_object().into_iter().flatten();
    keys.filter_map(|(key, want)| check(key, want, &seen))
        .collect()
}

fn check(key: &str, want: &Value, seen: &Calendar) -> Option<String> {
    let got = match key {
        "method" => json!(seen.method),
        "organizer" => json!(organizer(seen)),
        "components" => all(seen, |event| {
            vec![
                json!(event.component)
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            ]
        }),
        "uids" => all(seen, |event| event.uid.clone().into_iter().collect()),
        "sequences" => all(seen, |event| {
            event
                .sequence
                .map(|number| number.to_string())
                .into_iter()
                .collect()
        }),
        "attendees" => all(seen, |event| {
            event
                .attendees
                .iter()
                .map(|one| one.person.address.to_lowercase())
                .collect()
        }),
        "summaries" => all(seen, |event| event.summary.clone().into_iter().collect()),
        "status" => all(seen, |event| event.status.clone().into_iter().collect()),
        _ => return None,
    };
    let want = if want.is_array() {
        set(want)
    } else {
        want.clone()
    };
    (got != want).then(|| format!("{key}: expected {want}, got {got}"))
}

fn organizer(calendar: &Calendar) -> Option<String> {
    let found = calendar
        .events
        .iter()
        .find_map(|event| event.organizer.as_ref());
    found.map(|person| person.address.to_lowercase())
}

/// The origin's lists are sets: each value once, in order of the alphabet.
fn all(calendar: &Calendar, of: impl Fn(&Event) -> Vec<String>) -> Value {
    let values: BTreeSet<String> = calendar.events.iter().flat_map(of).collect();
    json!(values)
}

fn set(list: &Value) -> Value {
    let values: BTreeSet<&str> = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    json!(values)
}

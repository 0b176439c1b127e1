//! Compares what the corpus expects of TNEF streams with what was taken out of them.

use kept_mail::tnef::{self, RtfText, Tnef};
use kept_mail::{IncomingMail, parse};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// What differs in one stream, or in a mail that carries one.
pub fn differences(expected: &Value, raw: &[u8]) -> Vec<String> {
    if expected["input_is"].is_null() {
        return of_mail(expected, &parse(raw));
    }
    let Some(tnef) = tnef::unwrap(raw) else {
        return vec!["not read as TNEF".to_owned()];
    };
    let mut wrong = files(expected, &tnef);
    let kinds = kinds(&tnef);
    for key in ["body", "body_kind"] {
        let want = expected[key].as_str().unwrap_or_default().to_owned();
        let want = want.replace("htmlbody", "html");
        // One origin calls any body it finds so.
        let any = want == "body" && !kinds.is_empty();
        if !want.is_empty() && !any && !kinds.iter().any(|(kind, _)| *kind == want) {
            wrong.push(format!("{key}: expected {want}, got {kinds:?}"));
        }
    }
    if let Some(size) = expected["body_size"].as_u64()
        && !kinds.iter().any(|(_, seen)| *seen as u64 == size)
    {
        wrong.push(format!("body_size: expected {size}, got {kinds:?}"));
    }
    wrong
}

fn kinds(tnef: &Tnef) -> Vec<(&'static str, usize)> {
    let sizes = [
        ("rtf", tnef.rtf.as_ref().map(Vec::len)),
        ("html", tnef.html.as_ref().map(String::len)),
        ("plain", tnef.text.as_ref().map(String::len)),
    ];
    sizes
        .into_iter()
        .filter_map(|(kind, size)| Some((kind, size?)))
        .collect()
}

fn files(expected: &Value, tnef: &Tnef) -> Vec<String> {
    let mut wrong = Vec::new();
    let wanted = expected["attachments"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if wanted.len() != tnef.files.len() {
        wrong.push(format!(
            "expected {} files, got {:?}",
            wanted.len(),
            names(tnef)
        ));
    }
    for want in wanted {
        let same = |file: &&tnef::File| {
            let sized = want["size"]
                .as_u64()
                .is_none_or(|size| size == file.content.len() as u64);
            let hashed = want["sha256"]
                .as_str()
                .is_none_or(|hash| hash == hex(&file.content));
            plain(file.name.as_deref().unwrap_or_default())
                == plain(want["name"].as_str().unwrap_or_default())
                && sized
                && hashed
        };
        if !tnef.files.iter().any(|file| same(&file)) {
            wrong.push(format!("{want} is not among {:?}", names(tnef)));
        }
    }
    wrong
}

fn names(tnef: &Tnef) -> Vec<(&str, usize)> {
    tnef.files
        .iter()
        .map(|file| (file.name.as_deref().unwrap_or_default(), file.content.len()))
        .collect()
}

/// One origin writes an underscore for anything but letters and digits.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn of_mail(expected: &Value, mail: &IncomingMail) -> Vec<String> {
    let html = mail.html.as_deref().unwrap_or_default();
    let wanted = expected["html_contains"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    wanted
        .filter(|want| !html.contains(*want))
        .map(|want| format!("{want} is not in {html}"))
        .collect()
}

/// Whether rich text gives words; used for every stream that has it.
pub fn says_something(raw: &[u8]) -> bool {
    let rtf = tnef::unwrap(raw).and_then(|tnef| tnef.rtf);
    rtf.is_none_or(|rtf| match tnef::read_rtf(&rtf) {
        RtfText::Html(text) | RtfText::Plain(text) => !text.contains("\\par"),
    })
}

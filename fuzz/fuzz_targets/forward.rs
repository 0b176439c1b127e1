//! A forwarded mail, with and without a subject that says so.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (subject, body) = text.split_once('\n').unwrap_or(("", &text));
    kept_mail::forward::in_text(body, Some(subject));
    kept_mail::forward::in_text(&text, None);
    kept_mail::forward::read(&kept_mail::parse(bytes));
});

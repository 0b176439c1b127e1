//! A whole mail: understood without a panic, its text cut without loss, its HTML without script.
#![no_main]

use kept_mail::{html, inspect};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &[u8]| {
    let seen = inspect(raw);
    let cut: String = seen.mail.body.segments.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(cut, seen.mail.text);
    if let Some(body) = &seen.mail.html {
        let clean = html::clean(body, false, &|_| None).html.to_lowercase();
        assert!(!clean.contains("<script"));
    }
});

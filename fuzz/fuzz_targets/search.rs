//! A search as it is typed: read, or refused with a place that is within it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Err(bad) = kept_domain::search::parse(&text) {
        assert!(bad.at <= text.len());
        assert!(!bad.problem.is_empty());
    }
});

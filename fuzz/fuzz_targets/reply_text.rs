//! The text of a reply, plain and as HTML: cut into new, quoted and signature without loss.
#![no_main]

use kept_mail::{Body, html};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let whole: String = Body::split(&text).segments.iter().map(|it| it.text.clone()).collect();
    assert_eq!(whole, text);
    html::split(&text);
    html::to_text(&text);
});

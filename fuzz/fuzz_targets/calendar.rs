//! A calendar object, alone and as the part of a mail.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    kept_mail::calendar::of_bytes(bytes);
    let mail = kept_mail::parse(&[b"Content-Type: text/calendar; method=REQUEST\r\n\r\n", bytes].concat());
    kept_mail::calendar::read(&mail);
});

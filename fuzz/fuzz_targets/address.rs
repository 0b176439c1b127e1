//! Addresses as headers carry them and as people type them.
#![no_main]

use kept_domain::people::EmailAddress;
use kept_mail::address;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(parsed) = EmailAddress::parse(&text) {
        let again = EmailAddress::parse(parsed.as_str()).expect("what was written by us is read by us");
        assert_eq!(again, parsed);
        parsed.without_detail();
        parsed.domain();
    }
    address::clean_address(&text);
    address::clean_name(&text);
    address::detail(&text);
    address::is_noreply(&text);
    let mail = kept_mail::parse(&[b"From: ", bytes, b"\r\n\r\nHello"].concat());
    mail.from.iter().for_each(|it| {
        address::shown(it);
        address::is_mailer(it);
    });
});

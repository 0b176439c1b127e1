//! What Outlook packs into winmail.dat, and the rich text within.
#![no_main]

use kept_mail::tnef;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    tnef::read_rtf(bytes);
    if let Some(found) = tnef::unwrap(bytes)
        && let Some(rtf) = &found.rtf
    {
        tnef::read_rtf(rtf);
    }
});

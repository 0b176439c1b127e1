//! A delivery report, as a mail and as the body of one from mail software.
#![no_main]

use libfuzzer_sys::fuzz_target;

const HEAD: &[u8] = b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nSubject: Undelivered Mail Returned to Sender\r\n\r\n";

fuzz_target!(|bytes: &[u8]| {
    kept_mail::bounce::read(&kept_mail::parse(bytes));
    kept_mail::bounce::read(&kept_mail::parse(&[HEAD, bytes].concat()));
});

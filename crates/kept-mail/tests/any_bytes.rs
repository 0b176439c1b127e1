//! Whatever arrives: no panic, nothing lost, and what goes out comes back.

use jiff::Timestamp;
use kept_mail::{Body, Mailbox, OutgoingMail, compose, html, inspect, parse};
use proptest::prelude::*;

/// Pieces mail is made of, in any order, with any bytes between them.
fn mail_like() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop_oneof![
        Just(b"From: Dana <dana@client.example>\n".to_vec()),
        Just(b"Subject: =?utf-8?Q?a=C3=A4?=\r\n".to_vec()),
        Just(b"Content-Type: multipart/mixed; boundary=x\n".to_vec()),
        Just(b"Content-Type: multipart/digest; boundary=\"y\"\n\n".to_vec()),
        Just(b"Content-Type: message/rfc822\n\n".to_vec()),
        Just(b"Content-Type: text/html; charset=utf-16\n".to_vec()),
        Just(b"Content-Transfer-Encoding: base64\n".to_vec()),
        Just(b"Content-Transfer-Encoding: quoted-printable\n".to_vec()),
        Just(b"Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1=b\n".to_vec()),
        Just(b"\n".to_vec()),
        Just(b"\r\n--x\r\n".to_vec()),
        Just(b"--x--\n--y--".to_vec()),
        Just(b"> quoted\nOn Monday, 3 May 2021, Dana wrote:\n".to_vec()),
        Just(b"<blockquote type=cite><div class='gmail_quote'>".to_vec()),
        Just(b"-- \nDana\n".to_vec()),
        proptest::collection::vec(any::<u8>(), 0..40),
    ];
    proptest::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat())
}

/// A digest's part without headers is a mail (RFC 2046 §5.1.5), here one that says it is another: the parser
/// below us loses count.
#[test]
fn a_digest_of_nothing_but_mails_is_kept() {
    let raw = b"From: a@b.example\nContent-Type: multipart/digest; boundary=x\n\n--x\n\nContent-Type: message/rfc822\n\n\n--x--";
    let seen = inspect(raw);
    let has = |text: &[u8]| String::from_utf8_lossy(text).contains("message/rfc822");
    let file = seen.mail.attachments.iter().any(|file| has(&file.content));
    assert!(file || has(seen.mail.text.as_bytes()), "{seen:?}");
    assert_eq!(seen.mail.from[0].address, "a@b.example");
}

fn whole(body: &Body) -> String {
    body.segments
        .iter()
        .map(|segment| segment.text.as_str())
        .collect()
}

proptest! {
    #[test]
    fn any_mail_is_understood_without_loss(raw in mail_like()) {
        let seen = inspect(&raw);
        prop_assert_eq!(whole(&seen.mail.body), seen.mail.text);
        prop_assert_eq!(seen.size_bytes, raw.len() as u64);
    }

    #[test]
    fn any_bytes_are_understood_without_loss(raw in proptest::collection::vec(any::<u8>(), 0..500)) {
        let mail = parse(&raw);
        prop_assert_eq!(whole(&mail.body), mail.text);
    }

    #[test]
    fn any_text_splits_without_loss(text in "(\\PC|\n|> |On Mon 3 May 2021, D wrote:\n|-- \n|From: a@b\nSent: 1.2.2020\nTo: c\n){0,60}") {
        prop_assert_eq!(whole(&Body::split(&text)), text);
    }

    #[test]
    fn any_html_is_cleaned(html in "(<|>|/|div|blockquote type=cite|img src=|script|'|\"|=| |\\PC|<p>|</p>|<!--|-->|style){0,80}") {
        let clean = html::clean(&html, false, &|_| None).html.to_lowercase();
        prop_assert!(!clean.contains("<script"));
        html::split(&html);
    }

    #[test]
    fn any_report_is_read(text in "(\\PC|\n|<dana@client.example>:\n|550 5.1.1 |user unknown|Final-Recipient: rfc822; |lee@client.example|Action: failed\n|Status: |>>> DATA\n|Received: x\n|\\{\"notificationType\":){0,60}", typed in any::<bool>()) {
        let kind = if typed { "multipart/report; report-type=delivery-status; boundary=x" } else { "text/plain" };
        let raw = format!("From: MAILER-DAEMON@mx.example\nContent-Type: {kind}\n\n--x\nContent-Type: message/delivery-status\n\n{text}\n--x--\n");
        let seen = inspect(raw.as_bytes());
        prop_assert!(seen.bounce.is_some());
        prop_assert!(seen.bounce.is_none_or(|bounce| bounce.reports.len() <= kept_mail::bounce::MAX_RECIPIENTS));
    }

    #[test]
    fn any_forward_is_read(text in "(\\PC|\n|> |---------- Forwarded message ---------\n|----- Forwarded Message ----- From: |From: Dana <dana@client.example>\n|Sent: 1.2.2020\n|To: lee@desk.example, x\n|Subject: a\n|<|>|Kim <|On Mon 3 May 2021, D <d@x.example> wrote:\n){0,60}", subject in proptest::option::of("(Fwd: |Re: |)\\PC{0,20}")) {
        if let Some(seen) = kept_mail::forward::in_text(&text, subject.as_deref()) {
            prop_assert!(seen.body.len() <= text.len());
        }
    }

    #[test]
    fn any_calendar_is_read(text in "(\\PC|\r\n|\r\n |BEGIN:VCALENDAR\r\n|BEGIN:VEVENT\r\n|END:VEVENT\r\n|BEGIN:VTIMEZONE\r\n|BEGIN:STANDARD\r\n|END:STANDARD\r\n|TZID:z\r\n|TZOFFSETTO:\\+9959\r\n|RRULE:FREQ=YEARLY;BYDAY=-9SU;BYMONTH=13\r\n|DTSTART;TZID=z:|DURATION:P|99999999999W|20261102T246060|ATTENDEE;CN=\"){0,60}") {
        kept_mail::calendar::of_text(&format!("BEGIN:VCALENDAR\r\n{text}"));
    }

    #[test]
    fn any_wrapped_bytes_are_unwrapped(bytes in proptest::collection::vec(any::<u8>(), 0..400), ids in proptest::collection::vec(0usize..7, 0..8)) {
        const IDS: [u32; 7] = [0x0006_9003, 0x0006_9005, 0x0006_9002, 0x0006_800f, 0x0001_8010, 0x0002_800c, 0x0006_9007];
        let mut stream = vec![0x78, 0x9f, 0x3e, 0x22, 0, 0];
        for id in ids {
            stream.push(1);
            stream.extend(IDS[id].to_le_bytes());
            stream.extend(u32::try_from(bytes.len()).expect("short").to_le_bytes());
            stream.extend(&bytes);
            stream.extend([0, 0]);
        }
        kept_mail::tnef::unwrap(&stream);
        kept_mail::tnef::read_rtf(&bytes);
        let head = b"Content-Type: application/pkcs7-mime\n\n".to_vec();
        parse(&[head, bytes].concat());
    }

    #[test]
    fn any_rich_text_is_read(rtf in "(\\PC|\\{|\\}|\\\\|\\\\'|e4|\\\\u-9|\\\\uc99|\\\\htmltag|\\\\htmlrtf|\\\\fromhtml1|\\\\\\*|\\\\par|0| ){0,80}") {
        kept_mail::tnef::read_rtf(rtf.as_bytes());
    }

    #[test]
    fn any_uuencoded_text_keeps_what_is_no_file(text in "(\\PC|\n|begin 644 x\n|end\n|#0V%T\n|`\n){0,40}") {
        let raw = format!("From: dana@client.example\n\n{text}");
        let mail = parse(raw.as_bytes());
        prop_assert_eq!(whole(&mail.body), mail.text);
    }

    #[test]
    fn what_goes_out_comes_back(
        subject in "\\PC{0,120}",
        text in "(\\PC|\n){0,300}",
        name in proptest::option::of("\\PC{1,40}"),
        html in proptest::option::of("\\PC{1,100}"),
        id in "[a-z0-9.]{1,30}",
    ) {
        let mail = OutgoingMail {
            message_id: format!("{id}@desk.example"),
            from: Mailbox { name, address: "support@desk.example".into() },
            reply_to: None,
            return_path: None,
            to: vec![Mailbox::bare("dana@client.example")],
            cc: vec![],
            bcc: vec![],
            subject,
            date: Timestamp::from_second(1_790_000_000).expect("in range"),
            in_reply_to: None,
            references: vec![],
            text,
            html,
            attachments: vec![],
            calendar: None,
            automatic: None,
            ticket: Some(7),
            desk: "desk.example".into(),
        };
        let raw = compose(&mail, &mut |_| None).expect("complete");
        let read = parse(&raw);
        let text = read.text_parts.first().map(|text| text.trim_end());
        prop_assert_eq!(text, Some(mail.text.trim_end()));
        prop_assert_eq!(read.html, mail.html);
        prop_assert_eq!(words(read.subject.as_deref().unwrap_or_default()), words(&mail.subject));
        prop_assert_eq!(&read.from.first().expect("a sender").address, "support@desk.example");
        prop_assert_eq!(read.message_id, Some(mail.message_id));
    }
}

/// Words of a header: folding may change the spaces between them.
fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

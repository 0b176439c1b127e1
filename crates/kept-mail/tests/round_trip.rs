//! What the desk composes, the desk understands again, word for word.

use jiff::Timestamp;
use kept_mail::{
    AutoSubmitted, ComposeError, Mailbox, OutgoingAttachment, OutgoingMail, compose, parse,
};

fn letter() -> OutgoingMail {
    OutgoingMail {
        message_id: "k1042.1@desk.example".into(),
        from: Mailbox::named("Jörg vom Desk", "support@desk.example"),
        reply_to: Some(Mailbox::bare("support+k1042.abcdefghijklmnop@desk.example")),
        return_path: None,
        to: vec![Mailbox::named("Dana, Räder & Söhne", "dana@client.example")],
        cc: vec![],
        bcc: vec![],
        subject: "Re: Der Drucker druckt wieder – endlich [#1042]".into(),
        date: Timestamp::from_second(1_790_000_000).expect("a time in range"),
        in_reply_to: Some("first@client.example".into()),
        references: vec!["first@client.example".into()],
        text: "Hallo Dana,\n\ner druckt wieder.\n.\nFrom here on, all is well.\n".into(),
        html: Some("<p>Hallo Dana,</p><p>er druckt wieder.</p>".into()),
        attachments: vec![],
        calendar: None,
        automatic: None,
        ticket: Some(1042),
        desk: "desk.example".into(),
    }
}

fn bytes(mail: &OutgoingMail) -> Vec<u8> {
    compose(mail, &mut |_| None).expect("the mail is complete")
}

#[test]
fn everything_said_comes_back() {
    let mail = letter();
    let read = parse(&bytes(&mail));
    assert_eq!(read.message_id.as_deref(), Some("k1042.1@desk.example"));
    assert_eq!(read.from, vec![mail.from.clone()]);
    assert_eq!(
        read.reply_to,
        mail.reply_to.clone().into_iter().collect::<Vec<_>>()
    );
    assert_eq!(read.to, mail.to);
    assert_eq!(read.subject.as_deref(), Some(mail.subject.as_str()));
    assert_eq!(read.date, Some(mail.date));
    assert_eq!(read.in_reply_to, ["first@client.example"]);
    assert_eq!(read.references, ["first@client.example"]);
    assert_eq!(read.text, mail.text);
    assert_eq!(read.html, mail.html);
    assert_eq!(read.desk.as_deref(), Some("desk.example"));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
}

#[test]
fn the_same_mail_is_the_same_bytes() {
    assert_eq!(bytes(&letter()), bytes(&letter()));
}

#[test]
fn a_file_comes_back_byte_for_byte() {
    let content: Vec<u8> = (0..=255).cycle().take(5000).collect();
    let mut mail = letter();
    mail.attachments.push(OutgoingAttachment {
        filename: "Übersicht \"neu\".pdf".into(),
        content_type: "application/pdf".into(),
        sha256: "abc".into(),
        size_bytes: 5000,
    });
    let sent = compose(&mail, &mut |sha256| {
        (sha256 == "abc").then(|| content.clone())
    })
    .expect("the file is there");
    let read = parse(&sent);
    let file = read.attachments.first().expect("one attachment");
    assert_eq!(file.content, content);
    assert_eq!(file.filename.as_deref(), Some("Übersicht \"neu\".pdf"));
    assert_eq!(read.text, mail.text);
}

#[test]
fn a_missing_file_is_named() {
    let mut mail = letter();
    mail.attachments.push(OutgoingAttachment {
        filename: "plan.pdf".into(),
        content_type: "application/pdf".into(),
        sha256: "gone".into(),
        size_bytes: 1,
    });
    let error = compose(&mail, &mut |_| None).expect_err("the file is gone");
    assert_eq!(
        error,
        ComposeError::MissingAttachment {
            filename: "plan.pdf".into()
        }
    );
}

#[test]
fn nothing_typed_becomes_a_header() {
    let mut mail = letter();
    mail.subject = "hello\r\nBcc: victim@else.example\r\n\r\nbody".into();
    mail.from.name = Some("x\nX-Evil: 1".into());
    mail.desk = "d\r\nX-Evil: 2".into();
    mail.message_id = "a\r\nX-Evil: 3@b".into();
    mail.references = vec!["r\r\nX-Evil: 4@b".into()];
    let read = parse(&bytes(&mail));
    assert!(read.bcc.is_empty());
    assert_eq!(read.header("X-Evil"), None);
    assert_eq!(read.text, mail.text);
}

#[test]
fn only_automatic_mail_says_so() {
    let by_person = parse(&bytes(&letter()));
    assert!(by_person.kind.may_answer());
    assert_eq!(by_person.header("Auto-Submitted"), None);

    let mut mail = letter();
    mail.automatic = Some(AutoSubmitted::AutoReplied);
    assert_eq!(mail.envelope_sender(), "");
    let read = parse(&bytes(&mail));
    assert_eq!(read.header("Auto-Submitted"), Some("auto-replied"));
    assert_eq!(read.header("X-Auto-Response-Suppress"), Some("All"));
    assert!(read.kind.is_automatic() && !read.kind.may_answer());
}

#[test]
fn a_bad_address_is_named_before_anything_is_sent() {
    let mut mail = letter();
    mail.to = vec![Mailbox::bare("dana@client.example>\r\nX: y")];
    let error = compose(&mail, &mut |_| None).expect_err("not an address");
    assert!(matches!(error, ComposeError::BadAddress { .. }));
}

#[test]
fn long_threads_keep_their_beginning_and_their_end() {
    let mut mail = letter();
    mail.references = (0..100).map(|n| format!("m{n}@client.example")).collect();
    let read = parse(&bytes(&mail));
    assert_eq!(read.references.len(), 40);
    assert_eq!(
        read.references.first().map(String::as_str),
        Some("m0@client.example")
    );
    assert_eq!(
        read.references.last().map(String::as_str),
        Some("m99@client.example")
    );
}

#[test]
fn no_line_is_longer_than_servers_take() {
    let mut mail = letter();
    mail.text = "word ".repeat(2000);
    mail.to = (0..50)
        .map(|n| Mailbox::named("Ein Name mit Ümläuten", format!("p{n}@client.example")))
        .collect();
    let longest = bytes(&mail)
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::len)
        .max()
        .unwrap_or(0);
    assert!(longest <= 998, "{longest}");
}

#[test]
fn e33_a_calendar_object_goes_out_beside_the_words() {
    let object = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:7@client.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let mail = OutgoingMail {
        calendar: Some(kept_mail::OutgoingCalendar {
            method: "REPLY".into(),
            text: object.into(),
        }),
        ..letter()
    };
    let bytes = bytes(&mail);
    let sent = String::from_utf8_lossy(&bytes)
        .replace("\r\n\t", " ")
        .replace("\r\n ", " ");
    let part = sent
        .lines()
        .find(|line| line.contains("text/calendar"))
        .expect("a part");
    assert!(part.contains("method") && part.contains("REPLY"), "{part}");
    let read = parse(&bytes);
    assert_eq!(read.text, mail.text);
    let calendar = kept_mail::calendar::read(&read).expect("a calendar object");
    assert_eq!(calendar.method, Some(kept_mail::calendar::Method::Reply));
    assert_eq!(calendar.events[0].uid.as_deref(), Some("7@client.example"));
}

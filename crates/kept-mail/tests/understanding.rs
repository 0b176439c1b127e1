//! Odd mails and what must be understood of them, one small mail each.

use kept_mail::{Disposition, IncomingMail, parse};

fn mail(raw: &str) -> IncomingMail {
    parse(raw.as_bytes())
}

fn codes(mail: &IncomingMail) -> Vec<&str> {
    mail.problems.iter().map(|problem| problem.code).collect()
}

/// A letter with these headers more.
fn with(headers: &str) -> IncomingMail {
    mail(&format!(
        "From: Dana <dana@client.example>\nTo: support@desk.example\nSubject: Printer\n{headers}\n\nIt does not print.\n"
    ))
}

#[test]
fn nothing_at_all_is_a_mail_too() {
    let empty = parse(b"");
    assert_eq!(empty.text, "");
    assert_eq!(codes(&empty), ["no-from", "no-date"]);
}

#[test]
fn headers_alone_are_read_with_or_without_a_line_end() {
    for raw in [
        "Subject: hi\nMessage-ID: <a@b>",
        "Subject: hi\nMessage-ID: <a@b>\n",
        "Subject: hi\r\nMessage-ID: <a@b>\r\n\r\n",
    ] {
        let mail = mail(raw);
        assert_eq!(
            (mail.subject.as_deref(), mail.message_id.as_deref()),
            (Some("hi"), Some("a@b")),
            "{raw:?}"
        );
    }
}

#[test]
fn text_without_headers_is_kept_as_text() {
    let mail = mail("just words\nand more");
    assert_eq!(mail.text, "just words\nand more\n");
    assert!(codes(&mail).contains(&"no-headers"));
}

#[test]
fn every_line_end_is_understood() {
    for end in ["\n", "\r\n", "\r"] {
        let raw = ["From: a@b.example", "Subject: hi", "", "one", "two", ""].join(end);
        let mail = mail(&raw);
        assert_eq!(mail.subject.as_deref(), Some("hi"), "{end:?}");
        assert_eq!(mail.text, "one\ntwo\n", "{end:?}");
    }
}

#[test]
fn an_envelope_line_is_not_a_header() {
    let mail = mail(
        "From dana@client.example Mon May  2 16:07:05 2005\r\nFrom: dana@client.example\r\n\r\nhi\r\n",
    );
    assert_eq!(
        mail.from.first().map(|from| from.address.as_str()),
        Some("dana@client.example")
    );
    assert_eq!(mail.text, "hi\n");
}

#[test]
fn raw_bytes_in_headers_become_letters() {
    for (subject, expected) in [
        (&b"Der Drucker h\xe4ngt"[..], "Der Drucker hängt"),
        ("Der Drucker hängt".as_bytes(), "Der Drucker hängt"),
        (b"=?utf-8?Q?Der_Drucker_h=C3=A4ngt?=", "Der Drucker hängt"),
        (b"=?iso-8859-1?Q?h\xe4ngt?= sehr", "hängt sehr"),
        (b"=?unknown-8bit?Q?plain?=", "plain"),
    ] {
        let raw = [b"From: a@b.example\nSubject: ", subject, b"\n\nx\n"].concat();
        assert_eq!(
            parse(&raw).subject.as_deref(),
            Some(expected),
            "{subject:?}"
        );
    }
}

#[test]
fn mislabelled_charsets_are_read_as_what_they_are() {
    for (label, bytes, expected, problem) in [
        ("utf-8", "hängt".as_bytes(), "hängt", None),
        ("iso-8859-1", b"h\xe4ngt", "hängt", None),
        ("us-ascii", b"h\xe4ngt", "hängt", None),
        ("utf-8", b"h\xe4ngt", "hängt", Some("bad-charset")),
        (
            "iso-8859-1",
            "hängt".as_bytes(),
            "hängt",
            Some("bad-charset"),
        ),
        (
            "x-martian",
            "hängt".as_bytes(),
            "hängt",
            Some("unknown-charset"),
        ),
        ("x-martian", b"h\xe4ngt", "hängt", Some("unknown-charset")),
        ("utf-8", b"nul\0here", "nul\u{fffd}here", None),
        ("iso-8859-15", b"5 \xa4", "5 €", None),
        ("koi8-r", b"\xf0\xd2\xc9\xd7\xc5\xd4", "Привет", None),
    ] {
        let head = format!(
            "From: a@b.example\nDate: Mon, 2 May 2005 16:07:05 +0000\nContent-Type: text/plain; charset={label}\n\n"
        );
        let mail = parse(&[head.as_bytes(), bytes].concat());
        assert_eq!(mail.text, expected, "{label} {bytes:?}");
        assert_eq!(codes(&mail).first().copied(), problem, "{label} {bytes:?}");
    }
}

#[test]
fn damaged_encodings_are_read_as_far_as_they_go() {
    for (encoding, body, expected) in [
        ("base64", "SGVsbG8gRGFuYQ==", "Hello Dana"),
        ("base64", "SGVsbG8gRGFuYQ", "Hello Dana"),
        ("base64", "SGVsbG8g\n\tRGFuYQ==\n", "Hello Dana"),
        (
            "quoted-printable",
            "1 =3D 1 =zz = x=\n y",
            "1 = 1 =zz = x y",
        ),
        ("x-strange", "as sent", "as sent"),
    ] {
        let mail = mail(&format!(
            "From: a@b.example\nContent-Transfer-Encoding: {encoding}\n\n{body}"
        ));
        assert_eq!(mail.text.trim(), expected, "{encoding} {body:?}");
    }
}

#[test]
fn addresses_are_read_as_people_write_them() {
    for (from, name, address) in [
        ("dana@client.example", None, "dana@client.example"),
        (
            "Dana <dana@client.example>",
            Some("Dana"),
            "dana@client.example",
        ),
        (
            "\"Doe, Dana\" <dana@client.example>",
            Some("Doe, Dana"),
            "dana@client.example",
        ),
        (
            "=?utf-8?Q?D=C3=A4na?= <dana@client.example>",
            Some("Däna"),
            "dana@client.example",
        ),
        (
            "dana@client.example (Dana Doe)",
            Some("Dana Doe"),
            "dana@client.example",
        ),
        (
            "'Dana' <dana@client.example>",
            Some("Dana"),
            "dana@client.example",
        ),
        (
            "Team: Dana <dana@client.example>;",
            Some("Dana"),
            "dana@client.example",
        ),
        ("Nobody <>", Some("Nobody"), ""),
    ] {
        let mail = mail(&format!("From: {from}\n\nx\n"));
        let first = mail.from.first().expect("somebody");
        assert_eq!(
            (first.name.as_deref(), first.address.as_str()),
            (name, address),
            "{from}"
        );
        assert_eq!(
            codes(&mail).contains(&"bad-from"),
            address.is_empty(),
            "{from}"
        );
    }
}

#[test]
fn undisclosed_recipients_are_nobody() {
    assert!(
        mail("From: a@b.example\nTo: undisclosed-recipients:;\n\nx\n")
            .to
            .is_empty()
    );
}

#[test]
fn ids_are_read_with_and_without_brackets() {
    let mail = with(
        "Message-ID: <a@b>\nIn-Reply-To: Your mail of Monday <c@d>\nReferences: <e@f>\n <g@h> <e@f>",
    );
    assert_eq!(mail.message_id.as_deref(), Some("a@b"));
    assert_eq!(mail.in_reply_to, ["c@d"]);
    assert_eq!(mail.references, ["e@f", "g@h"]);
    assert_eq!(mail.ancestors(), ["c@d", "g@h", "e@f"]);
    assert_eq!(
        with("Message-ID: bare@id.example").message_id.as_deref(),
        Some("bare@id.example")
    );
    assert_eq!(
        with("In-Reply-To: yesterday").in_reply_to,
        Vec::<String>::new()
    );
}

#[test]
fn the_null_return_path_is_told_from_none() {
    assert_eq!(with("Return-Path: <>").return_path.as_deref(), Some(""));
    assert_eq!(
        with("Return-Path: <dana@client.example>")
            .return_path
            .as_deref(),
        Some("dana@client.example")
    );
    assert_eq!(with("X-Other: x").return_path, None);
}

#[test]
fn html_alone_is_read_as_text() {
    let mail =
        mail("From: a@b.example\nContent-Type: text/html\n\n<p>It does <b>not</b> print.</p>\n");
    assert_eq!(mail.text.trim(), "It does not print.");
    assert!(mail.html.is_some_and(|html| html.contains("<b>not</b>")));
}

#[test]
fn an_empty_text_part_does_not_hide_the_html() {
    let mail = mail(concat!(
        "From: a@b.example\nContent-Type: multipart/alternative; boundary=x\n\n",
        "--x\nContent-Type: text/plain\n\n \n--x\nContent-Type: text/html\n\n<p>words</p>\n--x--\n"
    ));
    assert_eq!(mail.text.trim(), "words");
}

#[test]
fn files_keep_every_byte_and_get_a_safe_name() {
    for (header, name) in [
        ("attachment; filename=\"plan.pdf\"", "plan.pdf"),
        ("attachment; filename=\"../../etc/passwd\"", "passwd"),
        ("attachment; filename=\"C:\\\\temp\\\\a.txt\"", "a.txt"),
        (
            "attachment; filename*=utf-8''%C3%BCbersicht.pdf",
            "übersicht.pdf",
        ),
        (
            "attachment; filename=\"=?utf-8?Q?=C3=BCbersicht.pdf?=\"",
            "übersicht.pdf",
        ),
        ("attachment; filename=\"\"", "attachment.pdf"),
        ("attachment", "attachment.pdf"),
    ] {
        let mail = mail(&format!(
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x\nContent-Type: application/pdf\nContent-Disposition: {header}\nContent-Transfer-Encoding: base64\n\nAAEC/w==\n--x--\n"
        ));
        let file = mail.attachments.first().expect("a file");
        assert_eq!(file.name, name, "{header}");
        assert_eq!(file.content, [0, 1, 2, 255], "{header}");
        assert_eq!(
            (file.size_bytes, file.disposition),
            (4, Disposition::Attachment),
            "{header}"
        );
        assert_eq!(mail.text.trim(), "hi");
    }
}

#[test]
fn a_mail_within_a_mail_is_a_file_with_all_its_bytes() {
    let inner = "From: c@d.example\nSubject: inner\nContent-Type: multipart/mixed; boundary=y\n\n--y\n\ndeep\n--y--";
    for encoded in [false, true] {
        let (encoding, body) = match encoded {
            true => ("\nContent-Transfer-Encoding: base64", base64(inner)),
            false => ("", inner.to_owned()),
        };
        let mail = mail(&format!(
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nouter\n--x\nContent-Type: message/rfc822{encoding}\n\n{body}\n--x--\n"
        ));
        let file = mail.attachments.first().expect("the inner mail");
        assert!(file.is_message);
        assert_eq!(String::from_utf8_lossy(&file.content).trim_end(), inner);
        assert_eq!(parse(&file.content).subject.as_deref(), Some("inner"));
        assert_eq!(mail.text.trim(), "outer");
    }
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

#[test]
fn calendars_and_tables_are_files() {
    for kind in ["text/calendar", "text/csv"] {
        let mail = mail(&format!(
            "From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhi\n--x\nContent-Type: {kind}\n\ndata\n--x--\n"
        ));
        assert_eq!(
            mail.attachments
                .iter()
                .map(|file| file.content_type.as_str())
                .collect::<Vec<_>>(),
            [kind]
        );
    }
}

#[test]
fn pictures_in_the_text_are_told_from_files() {
    let mail = mail(concat!(
        "From: a@b.example\nContent-Type: multipart/related; boundary=x\n\n",
        "--x\nContent-Type: text/html\n\n<p>see <img src=\"cid:shown@a\"></p>\n",
        "--x\nContent-Type: image/png\nContent-ID: <shown@a>\n\n1\n",
        "--x\nContent-Type: image/png\nContent-Disposition: inline\n\n2\n--x--\n"
    ));
    assert_eq!(
        mail.attachments
            .iter()
            .map(|file| file.within_text)
            .collect::<Vec<_>>(),
        [true, false]
    );
}

#[test]
fn too_many_parts_are_kept_whole() {
    let parts = "--x\nContent-Type: text/plain\n\na\n".repeat(3_000);
    let raw = format!(
        "From: a@b.example\nSubject: many\nContent-Type: multipart/mixed; boundary=x\n\n{parts}--x--\n"
    );
    let mail = mail(&raw);
    assert_eq!(mail.subject.as_deref(), Some("many"));
    assert!(codes(&mail).contains(&"too-many-parts"));
    assert_eq!(
        mail.attachments.first().map(|file| file.content.as_slice()),
        Some(raw.as_bytes())
    );
}

#[test]
fn nesting_without_end_costs_nothing() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
    assert!(codes(&mail(&nested)).contains(&"too-many-parts"));
    let hidden = format!(
        "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{}",
        base64(&nested)
    );
    assert_eq!(mail(&hidden).attachments.len(), 1);
    let empty = format!(
        "Content-Type: multipart/mixed; boundary=x\n\n{}",
        "--x\n\n".repeat(500_000)
    );
    assert!(codes(&mail(&empty)).contains(&"too-many-parts"));
    let digests = "Content-Type: multipart/digest; boundary=x\n\n--x\n\n".repeat(240);
    assert!(mail(&digests).mime_nodes > 0);
}

#[test]
fn who_wrote_it_is_told_with_the_reason() {
    let cases = [
        ("X-Nothing: 1", "Person"),
        ("Auto-Submitted: no", "Person"),
        ("Precedence: first-class", "Person"),
        ("Return-Path: <dana@client.example>", "Person"),
        ("X-Kept-Desk: other.example", "Person"),
        ("X-Auto-Response-Suppress: None", "Person"),
        ("Auto-Submitted: auto-replied", "VacationReply"),
        ("Auto-Submitted: auto-replied (vacation)", "VacationReply"),
        ("X-Autoreply: yes", "VacationReply"),
        ("Precedence: auto_reply", "VacationReply"),
        ("Auto-Submitted: auto-generated", "Automatic"),
        ("X-Auto-Response-Suppress: OOF, AutoReply", "Automatic"),
        ("Precedence: bulk", "Automatic"),
        ("Return-Path: <>", "Automatic"),
        ("X-Loop: desk", "Automatic"),
        ("X-Failed-Recipients: x@y.example", "Bounce"),
        ("Precedence: list", "MailingList"),
        ("List-Id: <users.list.example>", "MailingList"),
    ];
    for (headers, expected) in cases {
        let kind = with(headers).kind;
        assert!(
            format!("{kind:?}").starts_with(expected),
            "{headers} gave {kind:?}"
        );
        assert_eq!(kind.why().is_empty(), expected == "Person", "{headers}");
        assert_eq!(kind.may_answer(), expected == "Person", "{headers}");
        let by_person = ["Person", "MailingList"].contains(&expected);
        assert_eq!(kind.is_automatic(), !by_person, "{headers}");
    }
}

#[test]
fn reports_are_told_by_their_parts() {
    for (report, expected) in [
        ("delivery-status", "Bounce"),
        ("disposition-notification", "Receipt"),
        ("feedback-report", "Report"),
        ("tlsrpt", "Report"),
    ] {
        let kind = mail(&format!(
            "From: a@b.example\nContent-Type: multipart/report; report-type=\"{report}\";\n boundary=x\n\n--x\n\nhi\n--x\nContent-Type: message/{report}\n\nA: b\n--x--\n"
        ))
        .kind;
        assert!(
            format!("{kind:?}").starts_with(expected),
            "{report} gave {kind:?}"
        );
    }
}

#[test]
fn a_mail_that_goes_round_gets_no_answer() {
    let hop = "Received: from a.example by b.example; Fri, 11 Jul 2003 21:01:54 -0700\n";
    assert!(with(hop.trim_end()).kind.may_answer());
    assert!(!with(hop.repeat(3).trim_end()).kind.may_answer());
}

#[test]
fn the_last_of_two_headers_counts() {
    let mail = mail("Subject: added on the way\nFrom: a@b.example\nSubject: signed\n\nx\n");
    assert_eq!(mail.subject.as_deref(), Some("signed"));
}

#[test]
fn an_endless_text_is_cut_and_says_so() {
    let mail = mail(&format!(
        "From: a@b.example\nDate: Mon, 2 May 2005 16:07:05 +0000\n\n{}",
        "words ".repeat(1_000_000)
    ));
    assert_eq!(codes(&mail), ["truncated"]);
    assert_eq!(mail.text.len(), 4 * 1024 * 1024);
    assert_eq!(mail.body.text(), mail.text);
}

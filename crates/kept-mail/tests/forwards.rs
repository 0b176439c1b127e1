//! Forwarded mail: the original and the remark above it (E3, E19).

use kept_mail::forward::{in_text, read};
use kept_mail::{Mailbox, parse};

/// Forwards as programs write them, all with the same original.
const FORWARDS: [(&str, &str, &str); 8] = [
    (
        "Gmail",
        "Fwd: Printer",
        "Please look.\n\n---------- Forwarded message ---------\nFrom: Dana Doe <dana@client.example>\nDate: Mon, 2 Nov 2026 at 09:00\nSubject: Printer\nTo: <lee@desk.example>\nCc: Kim <kim@client.example>\n\n\nIt smokes.\n",
    ),
    (
        "Outlook",
        "WG: Printer",
        "Please look.\n\nVon: Dana Doe <dana@client.example>\nGesendet: Montag, 2. November 2026 09:00\nAn: lee@desk.example\nCc: Kim <kim@client.example>\nBetreff: Printer\n\nIt smokes.\n",
    ),
    (
        "Outlook, French",
        "TR: Printer",
        "Please look.\n________________________________\nDe : Dana Doe <dana@client.example>\nEnvoyé : lundi 2 novembre 2026 09:00\nÀ : lee@desk.example <lee@desk.example>\nCc : Kim <kim@client.example>\nObjet : Printer\n\nIt smokes.\n",
    ),
    (
        "Apple",
        "Fwd: Printer",
        "Please look.\n\n> Begin forwarded message:\n>\n> From: Dana Doe <dana@client.example>\n> Subject: Printer\n> Date: 2 November 2026 at 09:00:00 CET\n> To: lee@desk.example\n> Cc: Kim <kim@client.example>\n>\n> It smokes.\n",
    ),
    (
        "Thunderbird",
        "Fwd: Printer",
        "Please look.\n\n-------- Weitergeleitete Nachricht --------\nBetreff: \tPrinter\nDatum: \tMon, 2 Nov 2026 09:00:00 +0100\nVon: \tDana Doe <dana@client.example>\nAn: \tlee@desk.example\nKopie (CC): \tKim <kim@client.example>\n\nIt smokes.\n",
    ),
    (
        "Yahoo",
        "Fw: Printer",
        "Please look.\n   ----- Forwarded Message ----- From: Dana Doe <dana@client.example>To: \"lee@desk.example\" <lee@desk.example>Cc: Kim <kim@client.example>Sent: Monday, November 2, 2026, 09:00:00 AM CETSubject: Printer\n It smokes.\n",
    ),
    (
        "links",
        "FW: Printer",
        "Please look.\n\nFrom: Dana Doe <dana@client.example<mailto:dana@client.example>>\nSent: Monday, 2 November 2026 09:00\nTo: lee@desk.example<mailto:lee@desk.example>\nCc: Kim [mailto:kim@client.example]\nSubject: Printer\n\nIt smokes.\n",
    ),
    (
        "a language of no table",
        "Fwd: Printer",
        "Please look.\n\n---------- Forwarded message ---------\nUgu: Dana Doe <dana@client.example>\nBu: 2 Nov 2026 09:00\nSubject: Printer\nTa: lee@desk.example\nYa: Kim <kim@client.example>\n\nIt smokes.\n",
    ),
];

#[test]
fn programs_differ_and_the_original_is_the_same() {
    for (program, subject, text) in FORWARDS {
        let seen = in_text(text, Some(subject)).unwrap_or_else(|| panic!("{program}: no original"));
        assert_eq!(
            seen.from,
            Some(Mailbox::named("Dana Doe", "dana@client.example")),
            "{program}"
        );
        assert_eq!(seen.to, [Mailbox::bare("lee@desk.example")], "{program}");
        assert_eq!(
            seen.cc,
            [Mailbox::named("Kim", "kim@client.example")],
            "{program}"
        );
        assert_eq!(seen.subject.as_deref(), Some("Printer"), "{program}");
        assert!(seen.date_text.is_some(), "{program}");
        assert_eq!(seen.body, "It smokes.", "{program}");
        assert_eq!(seen.remark.as_deref(), Some("Please look."), "{program}");
        assert!(seen.sure, "{program}");
    }
}

#[test]
fn answers_are_no_forwards() {
    let block = "Thanks.\n\nFrom: Dana <dana@client.example>\nSent: Monday\nTo: lee@desk.example\nSubject: Printer\n\nIt smokes.\n";
    assert_eq!(in_text(block, Some("Re: Printer")), None);
    let quote =
        "Thanks.\n\nOn Mon, 2 Nov 2026 at 09:00, Dana <dana@client.example> wrote:\n> It smokes.\n";
    assert_eq!(in_text(quote, Some("Printer")), None);
    let answer =
        format!("From: lee@desk.example\nSubject: Printer\nIn-Reply-To: <a@b.example>\n\n{block}");
    assert_eq!(read(&parse(answer.as_bytes())), None);
}

/// Somebody changed the subject: the block of headers still says it, but a person should look.
#[test]
fn a_forward_without_a_sign_is_unsure() {
    let text = "From: Dana <dana@client.example>\nSent: Monday, 2 November 2026\nTo: lee@desk.example\nSubject: Printer\n\nIt smokes.\n";
    let seen = in_text(text, Some("Smoke in the office")).expect("an original");
    assert!(!seen.sure);
    assert_eq!(seen.remark, None);
}

#[test]
fn an_attached_mail_is_the_original() {
    let raw = "From: lee@desk.example\nSubject: Fwd: Printer\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nPlease look.\n\
               --x\nContent-Type: message/rfc822\n\nFrom: Dana <dana@client.example>\nSubject: Printer\nDate: Mon, 2 Nov 2026 09:00:00 +0100\n\nIt smokes.\n--x--\n";
    let mail = parse(raw.as_bytes());
    let seen = read(&mail).expect("an original");
    assert_eq!(
        seen.from,
        Some(Mailbox::named("Dana", "dana@client.example"))
    );
    assert_eq!(
        (seen.body.as_str(), seen.remark.as_deref(), seen.sure),
        ("It smokes.", Some("Please look."), true)
    );
    assert_eq!(seen.part, Some(mail.attachments[0].part));
    assert!(seen.date.is_some());
}

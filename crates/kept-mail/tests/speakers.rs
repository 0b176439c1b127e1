//! Who wrote a mail that a mailbox's rule passed on, and who did not (E12, E22).

use kept_mail::automatic::passed_on_by_rule;
use kept_mail::{Kind, parse};

fn mail(headers: &str, text: &str) -> kept_mail::IncomingMail {
    let raw = format!(
        "From: Dana Fox <dana@acme.example>\nAuto-Submitted: auto-generated\n{headers}\n\n{text}\n"
    );
    parse(raw.replace('\n', "\r\n").as_bytes())
}

#[test]
fn e12_a_person_s_mail_passed_on_by_a_rule_stays_a_person_s() {
    for (headers, text) in [
        (
            "Subject: Printer\nX-MS-Exchange-Inbox-Rules-Loop: noor@desk.example",
            "It smokes.",
        ),
        (
            "Subject: Printer\nResent-From: Noor <noor@desk.example>",
            "It smokes.",
        ),
        (
            "Subject: Printer\nUser-Agent: Mozilla Thunderbird",
            "It smokes.",
        ),
        (
            "Subject: Printer\nX-Mailer: Microsoft Outlook 16.0",
            "It smokes.",
        ),
        (
            "Subject: FW: Printer",
            "From: Lee <lee@acme.example>\nSent: Monday, 2 November 2026 09:00\nTo: noor@desk.example\nSubject: Printer\n\nIt smokes.",
        ),
    ] {
        let mail = mail(headers, text);
        assert_eq!(mail.kind, Kind::Person, "{headers}");
        assert!(passed_on_by_rule(&mail), "{headers}");
    }
}

#[test]
fn e10_a_program_stays_a_program() {
    for headers in [
        "Subject: Nightly backup",
        "Subject: Re: Case 7\nIn-Reply-To: <1@desk.example>",
        "Subject: Printer\nX-MS-Exchange-Inbox-Rules-Loop: noor@desk.example\nPrecedence: bulk",
        "Subject: Automatic reply: Printer\nX-MS-Exchange-Inbox-Rules-Loop: noor@desk.example",
        "Subject: Printer\nUser-Agent: Jira 9",
    ] {
        assert!(mail(headers, "x").kind.is_automatic(), "{headers}");
    }
}

#[test]
fn a_mail_without_the_mark_was_passed_on_by_no_rule() {
    let plain = parse(b"From: a@b.example\r\nResent-From: c@d.example\r\n\r\nx\r\n");
    assert!(!passed_on_by_rule(&plain));
    assert_eq!(plain.kind, Kind::Person);
}

#[test]
fn e19_an_attached_original_tells_its_ids() {
    let raw = "From: noor@desk.example\nSubject: FW: Printer\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee below.\n--b\nContent-Type: message/rfc822\n\nFrom: dana@acme.example\nSubject: Printer\nMessage-ID: <2@acme>\nReferences: <0@acme> <1@acme>\nIn-Reply-To: <1@acme>\n\nIt smokes.\n--b--\n";
    let mail = parse(raw.replace('\n', "\r\n").as_bytes());
    let original = kept_mail::forward::read(&mail).expect("an original");
    assert_eq!(original.message_ids, ["2@acme", "1@acme", "0@acme"]);
}

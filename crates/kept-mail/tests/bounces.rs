//! Delivery reports: what became of a mail, for whom, and whether the address is dead (E15).

use kept_mail::bounce::{Action, Bounce, Reason, RecipientReport, ReportKind, read};
use kept_mail::parse;

fn report(raw: &str) -> Bounce {
    read(&parse(raw.as_bytes())).expect("a report")
}

fn only(bounce: &Bounce) -> &RecipientReport {
    assert_eq!(bounce.reports.len(), 1, "{bounce:?}");
    &bounce.reports[0]
}

/// A report by RFC 3464 with these fields for one recipient, and the mail it returns.
fn standard(fields: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n\
         --x\nContent-Type: text/plain\n\nIt could not be delivered.\n\
         --x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n{fields}\n\
         --x\nContent-Type: text/rfc822-headers\n\nFrom: support@desk.example\nTo: dana@client.example\nMessage-ID: <k7.1@desk.example>\nSubject: Printer\n\n--x--\n"
    )
}

/// A free-form notice, with the returned mail below it.
fn notice(text: &str) -> String {
    format!(
        "From: Mail Delivery System <mailer-daemon@mx.example>\nTo: support@desk.example\nSubject: Mail delivery failed\n\n{text}\n\n\
         ------ This is a copy of the message, including all the headers. ------\n\n\
         Return-path: <support@desk.example>\nMessage-ID: <k7.2@desk.example>\nTo: lee@client.example\nSubject: Printer\n\nHello\n"
    )
}

#[test]
fn a_standard_report_says_everything() {
    let fields = "Original-Recipient: rfc822;dana+it@client.example\nFinal-Recipient: rfc822; dana@client.example\nAction: failed\nStatus: 5.1.1\n\
                  Diagnostic-Code: smtp; 550 5.1.1 <dana@client.example>:\n    Recipient address rejected: User unknown\n";
    let bounce = report(&standard(fields));
    assert_eq!(bounce.kind, ReportKind::Bounce);
    assert_eq!(bounce.message_id.as_deref(), Some("k7.1@desk.example"));
    let seen = only(&bounce);
    assert_eq!(seen.recipient, "dana@client.example");
    assert_eq!(
        seen.original_recipient.as_deref(),
        Some("dana+it@client.example")
    );
    assert_eq!(
        (seen.status.as_deref(), seen.smtp_code),
        (Some("5.1.1"), Some(550))
    );
    assert_eq!(
        (seen.action, seen.reason, seen.hard),
        (Action::Failed, Reason::UserUnknown, true)
    );
}

/// The status lies often; the words count.
#[test]
fn words_say_whether_an_address_is_dead() {
    for (status, said, reason, hard) in [
        ("5.1.1", "550 5.1.1 User unknown", Reason::UserUnknown, true),
        (
            "4.1.1",
            "450 4.1.1 Recipient address rejected: User unknown",
            Reason::UserUnknown,
            true,
        ),
        ("5.1.2", "550 Host unknown", Reason::HostUnknown, true),
        (
            "5.1.6",
            "551 has moved to lee@other.example",
            Reason::HasMoved,
            true,
        ),
        (
            "5.0.0",
            "556 5.1.10 domain does not accept mail (nullMX)",
            Reason::NotAccept,
            true,
        ),
        (
            "5.2.2",
            "552 5.2.2 Mailbox full",
            Reason::MailboxFull,
            false,
        ),
        ("5.1.1", "552 5.2.2 Over quota", Reason::MailboxFull, false),
        (
            "5.7.1",
            "550 5.7.1 Message rejected due to DMARC policy",
            Reason::AuthFailure,
            false,
        ),
        (
            "5.1.1",
            "550 5.7.1 IP address blacklisted by recipient",
            Reason::Blocked,
            false,
        ),
        (
            "5.3.4",
            "552 5.3.4 Message too large",
            Reason::MesgTooBig,
            false,
        ),
        (
            "5.2.1",
            "550 5.2.1 The account is disabled",
            Reason::Suspend,
            false,
        ),
        (
            "4.4.1",
            "connect to mx.client.example: Connection timed out",
            Reason::Expired,
            false,
        ),
        (
            "4.0.0",
            "DNS Error: responded with code NXDOMAIN",
            Reason::NetworkError,
            false,
        ),
        ("5.0.0", "550 Xyzzy", Reason::Undefined, false),
    ] {
        let fields = format!(
            "Final-Recipient: rfc822; dana@client.example\nAction: failed\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n"
        );
        let bounce = report(&standard(&fields));
        let seen = only(&bounce);
        assert_eq!((seen.reason, seen.hard), (reason, hard), "{said}");
    }
}

#[test]
fn late_and_delivered_mail_is_no_failure() {
    for (action, kind) in [
        ("delayed", ReportKind::Delayed),
        ("relayed", ReportKind::Delivered),
        ("delivered", ReportKind::Delivered),
    ] {
        let fields = format!(
            "Final-Recipient: rfc822; dana@client.example\nAction: {action}\nStatus: 4.4.1\nDiagnostic-Code: smtp; 450 user unknown\n"
        );
        let bounce = report(&standard(&fields));
        assert_eq!(bounce.kind, kind);
        assert!(!only(&bounce).hard);
    }
}

#[test]
fn each_recipient_has_its_own_fate() {
    let fields = "Final-Recipient: rfc822; dana@client.example\nAction: failed\nStatus: 5.1.1\n\n\
                  Final-Recipient: rfc822; lee@client.example\nAction: failed\nStatus: 5.2.2\n";
    let bounce = report(&standard(fields));
    let fates: Vec<(&str, bool)> = bounce
        .reports
        .iter()
        .map(|report| (report.recipient.as_str(), report.hard))
        .collect();
    assert_eq!(
        fates,
        [("dana@client.example", true), ("lee@client.example", false)]
    );
}

#[test]
fn notices_in_free_form_are_read_by_what_they_have_in_common() {
    for (text, reason, hard) in [
        (
            "The following address failed:\n\n  lee@client.example\n    host mx.client.example [192.0.2.1]: 550 5.1.1 No such user",
            Reason::UserUnknown,
            true,
        ),
        (
            "<lee@client.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 552 Mailbox full",
            Reason::MailboxFull,
            false,
        ),
        (
            "   ----- The following addresses had permanent fatal errors -----\n<lee@client.example>\n\n   ----- Transcript of session follows -----\n>>> RCPT To:<lee@client.example>\n<<< 550 no such user here\n550 <lee@client.example>... User unknown",
            Reason::UserUnknown,
            true,
        ),
        (
            "Unknown user: lee@client.example",
            Reason::UserUnknown,
            true,
        ),
        (
            "Your message was not delivered to:\n  lee@client.example\nbecause:\n  User lee not listed in Domino Directory",
            Reason::UserUnknown,
            true,
        ),
        (
            "Sorry, I couldn't find any host named client.example. (#5.1.2)\nlee@client.example",
            Reason::HostUnknown,
            true,
        ),
    ] {
        let bounce = report(&notice(text));
        let seen = only(&bounce);
        assert_eq!(
            (seen.recipient.as_str(), seen.reason, seen.hard),
            ("lee@client.example", reason, hard),
            "{text}"
        );
        assert_eq!(bounce.message_id.as_deref(), Some("k7.2@desk.example"));
    }
}

#[test]
fn a_notice_that_names_nobody_is_about_the_returned_mail() {
    let bounce = report(&notice(
        "Your mail could not be delivered: the mailbox is full.",
    ));
    assert_eq!(
        (only(&bounce).recipient.as_str(), only(&bounce).reason),
        ("lee@client.example", Reason::MailboxFull)
    );
}

#[test]
fn a_complaint_names_who_complained() {
    let raw = "From: abuse@provider.example\nSubject: Abuse\nContent-Type: multipart/report; report-type=feedback-report; boundary=x\n\n\
               --x\nContent-Type: text/plain\n\nA complaint.\n\
               --x\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\nOriginal-Rcpt-To: <dana@client.example>\n\n\
               --x\nContent-Type: message/rfc822\n\nFrom: support@desk.example\nMessage-ID: <k7.3@desk.example>\n\nHello\n--x--\n";
    let bounce = report(raw);
    assert_eq!(bounce.kind, ReportKind::Complaint);
    assert_eq!(bounce.message_id.as_deref(), Some("k7.3@desk.example"));
    assert_eq!(
        (only(&bounce).recipient.as_str(), only(&bounce).hard),
        ("dana@client.example", false)
    );
}

#[test]
fn a_notification_for_programs_is_read_too() {
    let raw = "From: no-reply@sns.provider.example\nSubject: Notification\n\n\
               {\"notificationType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"dana@client.example\",\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 user unknown\"}]},\n\
               \"mail\":{\"headers\":[{\"name\":\"Message-ID\",\"value\":\"<k7.4@desk.example>\"}]}}\n--\nTo stop these, click here.\n";
    let bounce = report(raw);
    assert_eq!(bounce.message_id.as_deref(), Some("k7.4@desk.example"));
    assert!(only(&bounce).hard);
}

#[test]
fn letters_are_no_reports() {
    for raw in [
        "From: dana@client.example\nSubject: Undeliverable parcel\n\nUnable to deliver to our office, please help.",
        "From: no-reply@parcels.example\nSubject: Your parcel\n\nWe were unable to deliver your parcel to 5 High Street.",
    ] {
        assert_eq!(read(&parse(raw.as_bytes())), None, "{raw}");
    }
}

//! What comes back about our mail, as other people's servers write it.

use crate::support::{Mail, mail};

/// A delivery report by RFC 3464 about one recipient, with the headers of the mail `about` it names.
pub fn bounce(about: &str, recipient: &str, status: &str, said: &str) -> Mail {
    let action = if status.starts_with('4') {
        "delayed"
    } else {
        "failed"
    };
    report(about, recipient, action, status, said)
}

/// The same with an action of its own.
pub fn report(about: &str, recipient: &str, action: &str, status: &str, said: &str) -> Mail {
    let body = format!(
        "--b\n\nThis is about your mail to {recipient}.\n\n--b\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.acme.example\n\nFinal-Recipient: rfc822; {recipient}\n\
         Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n\n--b\n\
         Content-Type: text/rfc822-headers\n\n\
         From: support@desk.example\nTo: {recipient}\nSubject: Re: Printer\n\
         Message-ID: <{about}>\n\n--b--"
    );
    mail("MAILER-DAEMON@mx.acme.example", "Delivery report", &body)
        .with(
            "Content-Type",
            "multipart/report; report-type=delivery-status; boundary=b",
        )
        .sent_by(Some(""))
}

/// A notice in words, that quotes nothing of the mail it is about.
pub fn plain_bounce(recipient: &str) -> Mail {
    let body = format!(
        "This is the mail system at mx.acme.example.\n\nYour message could not be delivered to:\n\n\
         <{recipient}>: host mx.acme.example said: 550 5.1.1 <{recipient}>: User unknown \
         (in reply to RCPT TO command)"
    );
    mail(
        "MAILER-DAEMON@mx.acme.example (Mail Delivery System)",
        "Undelivered Mail Returned to Sender",
        &body,
    )
    .sent_by(Some(""))
}

/// A complaint in the Abuse Reporting Format (RFC 5965).
pub fn complaint(about: &str, recipient: &str) -> Mail {
    let body = format!(
        "--b\n\nThis is an abuse report.\n\n--b\nContent-Type: message/feedback-report\n\n\
         Feedback-Type: abuse\nUser-Agent: Loop/1.0\nVersion: 1\n\
         Original-Rcpt-To: {recipient}\n\n--b\nContent-Type: message/rfc822\n\n\
         From: support@desk.example\nTo: {recipient}\nSubject: Re: Printer\n\
         Message-ID: <{about}>\n\nHello\n--b--"
    );
    mail("complaints@isp.example", "Complaint", &body).with(
        "Content-Type",
        "multipart/report; report-type=feedback-report; boundary=b",
    )
}

/// Says that the mail `about` was read (RFC 8098). Nothing but its fields names that mail.
pub fn receipt(about: &str) -> Mail {
    let body = format!(
        "--b\n\nYour message was read.\n\n--b\nContent-Type: message/disposition-notification\n\n\
         Reporting-UA: mail.acme.example; Some Mail\n\
         Final-Recipient: rfc822; dana@acme.example\nOriginal-Message-ID: <{about}>\n\
         Disposition: manual-action/MDN-sent-manually; displayed\n\n--b--"
    );
    mail("dana@acme.example", "Read: Printer", &body).with(
        "Content-Type",
        "multipart/report; report-type=disposition-notification; boundary=b",
    )
}

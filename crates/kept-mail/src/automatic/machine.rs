//! Mail that programs write: reports between mail systems, receipts, notifications, loops, lists.
//!
//! One rule a function; each gives its reason or nothing.

use std::collections::HashMap;

use super::{has_part, passed_on_by_rule, report_type, subject_of};
use crate::address;
use crate::mail::IncomingMail;

/// The same server line this often means the mail is going round.
const SAME_HOPS: usize = 3;
/// More servers than any honest way has (RFC 5321 §6.3 suggests at least 100).
const MAX_HOPS: usize = 100;

/// DMARC (RFC 7489 §7.2), TLS (RFC 8460) and abuse (RFC 5965) reports.
pub fn report(mail: &IncomingMail) -> Option<String> {
    match report_type(mail).as_deref() {
        Some("feedback-report") => return Some("it is an abuse or authentication report".into()),
        Some("tlsrpt") => return Some("it is a TLS report".into()),
        _ => {}
    }
    if has_part(mail, "message/feedback-report") {
        return Some("it carries a feedback report".into());
    }
    if mail.header("TLS-Report-Domain").is_some() || has_part(mail, "application/tlsrpt+gzip") {
        return Some("it is a TLS report".into());
    }
    let subject = subject_of(mail);
    if subject.starts_with("complaint about message from") && has_part(mail, "message/rfc822") {
        return Some("it is a complaint about a mail".into());
    }
    if subject == "unsubscribe" && is_unsubscribe(mail) {
        return Some("a mail program asks to be taken off a list".into());
    }
    let named = subject.starts_with("report domain:") || has_dmarc_file(mail);
    named.then(|| "it is a DMARC report".into())
}

/// Apple Mail's answer to `List-Unsubscribe: <mailto:…>`, which counts as a complaint.
fn is_unsubscribe(mail: &IncomingMail) -> bool {
    auto_submitted_value(mail).is_some() && mail.text.contains("sent this email to unsubscribe")
}

/// `receiver!domain!begin!end.xml.gz`, the file name DMARC prescribes.
fn has_dmarc_file(mail: &IncomingMail) -> bool {
    mail.attachments.iter().any(|file| {
        let name = file.name.to_ascii_lowercase();
        name.matches('!').count() >= 3
            && [".xml", ".xml.gz", ".zip", ".gz"]
                .iter()
                .any(|end| name.ends_with(end))
    })
}

/// Reading receipts (RFC 8098), also in the forms Outlook and Notes use.
pub fn receipt(mail: &IncomingMail) -> Option<String> {
    if report_type(mail).as_deref() == Some("disposition-notification") {
        return Some("it is a reading receipt".into());
    }
    has_part(mail, "message/disposition-notification")
        .then(|| "it carries a reading receipt".into())
}

/// A mail that passed the same server again and again.
pub fn going_round(mail: &IncomingMail) -> Option<String> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for hop in mail.headers_named("Received") {
        *seen.entry(hop).or_default() += 1;
    }
    let most = seen.values().copied().max().unwrap_or(0);
    if most >= SAME_HOPS {
        return Some(format!(
            "it passed the same server {most} times: a mail loop"
        ));
    }
    let hops: usize = seen.values().sum();
    (hops > MAX_HOPS).then(|| format!("it passed {hops} servers: a mail loop"))
}

/// Any other sign that a program wrote it.
pub fn automatic(mail: &IncomingMail) -> Option<String> {
    let rules = [
        auto_submitted,
        suppressed,
        precedence,
        looped,
        marked_subject,
        null_sender,
        robot_sender,
    ];
    rules.iter().find_map(|rule| rule(mail))
}

/// `Auto-Submitted` with anything but `no` (RFC 3834 §5), unless a mailbox's rule wrote it on a person's mail.
fn auto_submitted(mail: &IncomingMail) -> Option<String> {
    let value = auto_submitted_value(mail)?;
    if passed_on_by_rule(mail) {
        return None;
    }
    (value != "no").then(|| format!("Auto-Submitted: {value}"))
}

/// The keyword of `Auto-Submitted`, without parameters.
pub fn auto_submitted_value(mail: &IncomingMail) -> Option<String> {
    let value = mail.header("Auto-Submitted")?.to_lowercase();
    let keyword = value
        .split([';', '(', ' '])
        .next()
        .unwrap_or_default()
        .trim()
        .to_owned();
    (!keyword.is_empty()).then_some(keyword)
}

/// Exchange's request not to be answered (MS-OXCMAIL §2.2.3.2.14).
fn suppressed(mail: &IncomingMail) -> Option<String> {
    let value = mail.header("X-Auto-Response-Suppress")?.to_lowercase();
    let asks = value.split(',').any(|word| {
        matches!(
            word.trim(),
            "all" | "oof" | "autoreply" | "dr" | "rn" | "nrn"
        )
    });
    asks.then(|| format!("X-Auto-Response-Suppress: {value}"))
}

/// `Precedence: bulk` and its like, from before there was a standard.
fn precedence(mail: &IncomingMail) -> Option<String> {
    let value = mail.header("Precedence")?.trim().to_lowercase();
    matches!(
        value.as_str(),
        "bulk" | "junk" | "auto_reply" | "auto-reply"
    )
    .then(|| format!("Precedence: {value}"))
}

/// Marks other programs put in so that they know their own mail again.
fn looped(mail: &IncomingMail) -> Option<String> {
    [
        "X-Loop",
        "X-RT-Loop-Prevention",
        "X-OTRS-Loop",
        "X-Zammad-Loop",
        "X-Autogenerated",
        "Feedback-ID",
    ]
    .iter()
    .find(|name| mail.header(name).is_some_and(|value| !value.is_empty()))
    .map(|name| format!("it has the header {name}"))
}

fn marked_subject(mail: &IncomingMail) -> Option<String> {
    let subject = subject_of(mail);
    ["[auto generated]", "[auto-generated]", "[automated]"]
        .iter()
        .find(|mark| subject.contains(*mark))
        .map(|mark| format!("its subject says {mark}"))
}

/// The null return path of mail that must not be answered (RFC 5321 §4.5.5).
fn null_sender(mail: &IncomingMail) -> Option<String> {
    (mail.return_path.as_deref() == Some("")).then(|| "its return path is empty".into())
}

fn robot_sender(mail: &IncomingMail) -> Option<String> {
    let sender = mail.from.first()?;
    if address::is_postmaster(&sender.address) {
        return Some(format!("{} is an address of mail software", sender.address));
    }
    let answers_elsewhere = mail
        .reply_to
        .iter()
        .any(|reply| !address::is_noreply(&reply.address));
    (address::is_noreply(&sender.address) && !answers_elsewhere)
        .then(|| format!("{} is an address nobody reads", sender.address))
}

/// A person's mail that came through a list (RFC 2919, RFC 2369).
pub fn list(mail: &IncomingMail) -> Option<String> {
    if let Some(id) = mail.header("List-Id").filter(|id| !id.is_empty()) {
        return Some(format!("it came through the list {id}"));
    }
    if mail
        .header("Precedence")
        .is_some_and(|value| value.trim().eq_ignore_ascii_case("list"))
    {
        return Some("Precedence: list".into());
    }
    [
        "List-Post",
        "List-Unsubscribe",
        "List-Help",
        "Mailing-List",
        "X-Mailing-List",
        "X-Mailman-Version",
    ]
    .iter()
    .find(|name| mail.header(name).is_some())
    .map(|name| format!("it has the header {name}"))
}

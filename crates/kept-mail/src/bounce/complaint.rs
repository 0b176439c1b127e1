//! Complaints about a mail of ours: the Abuse Reporting Format (RFC 5965) and its simpler forms.
//!
//! Other reports between mail systems (DMARC, TLS) are about no single mail and give nothing here.

use super::{Action, Bounce, MAX_RECIPIENTS, Reason, RecipientReport, ReportKind, returned};
use crate::address;
use crate::mail::IncomingMail;
use crate::parse::headers_of;

/// Bytes of the report's fields that are read.
const MAX_BYTES: usize = 64 * 1024;

/// The complaint `mail` makes, if it is one.
pub fn read(mail: &IncomingMail) -> Option<Bounce> {
    let fields = mail
        .attachments
        .iter()
        .find(|part| part.content_type == "message/feedback-report");
    let returned = returned::find(mail);
    let fields = fields.map(|part| recipients(&part.content));
    if fields.is_none() && !is_plain_complaint(mail) {
        return None;
    }
    let mut named = fields.unwrap_or_default();
    if named.is_empty() {
        named = returned_to(mail).unwrap_or(returned.to);
    }
    if named.is_empty() && mail.attachments.is_empty() {
        named = mail.from.iter().map(|from| from.address.clone()).collect();
    }
    named.retain(|address| address.contains('@'));
    Some(Bounce {
        kind: ReportKind::Complaint,
        message_id: returned.message_id,
        reports: named.into_iter().take(MAX_RECIPIENTS).map(report).collect(),
    })
}

/// Hotmail's form: a mail in a mail, and a subject; Apple's: an unsubscribing mail.
fn is_plain_complaint(mail: &IncomingMail) -> bool {
    let subject = mail.subject.as_deref().unwrap_or_default().to_lowercase();
    subject.starts_with("complaint about message from") || subject == "unsubscribe"
}

/// `Original-Rcpt-To`, or `Removal-Recipient` of older forms.
fn recipients(content: &[u8]) -> Vec<String> {
    let head = headers_of(
        content
            .get(..MAX_BYTES)
            .unwrap_or(content)
            .trim_ascii_start(),
    );
    for name in ["Original-Rcpt-To", "Removal-Recipient"] {
        let found: Vec<String> = head
            .headers_named(name)
            .map(|value| address::clean_address(value.trim_start_matches("rfc822;")))
            .filter(|address| address.contains('@'))
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// The recipient Hotmail notes in the returned mail.
fn returned_to(mail: &IncomingMail) -> Option<Vec<String>> {
    let part = mail.attachments.iter().find(|part| part.is_message)?;
    let head = headers_of(part.content.get(..MAX_BYTES).unwrap_or(&part.content));
    let to = head.header("X-HmXmrOriginalRecipient")?;
    Some(vec![address::clean_address(to)])
}

fn report(recipient: String) -> RecipientReport {
    RecipientReport {
        recipient,
        original_recipient: None,
        status: None,
        smtp_code: None,
        action: Action::Complained,
        reason: Reason::Feedback,
        hard: false,
        diagnostic: String::new(),
    }
}

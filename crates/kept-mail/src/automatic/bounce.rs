//! Reports about mail that was not delivered (RFC 3464), and the older forms without one.
//!
//! It only recognises them; which mail and which recipient they speak of is read elsewhere.

use super::{has_part, report_type, subject_of};
use crate::address;
use crate::mail::IncomingMail;

/// How mail systems head their reports.
const SUBJECTS: [&str; 28] = [
    "undelivered mail returned to sender",
    "undeliverable",
    "undelivered mail",
    "undeliverable mail",
    "delivery status notification",
    "delivery failure",
    "delivery failed",
    "delivery report",
    "delivery notification",
    "delivery error",
    "delivery has failed",
    "mail delivery failed",
    "mail delivery failure",
    "mail delivery problem",
    "mail delivery system",
    "mail system error",
    "mail could not be delivered",
    "message could not be delivered",
    "message undeliverable",
    "failure notice",
    "failed to deliver",
    "could not send message",
    "returned mail",
    "returned to sender",
    "unzustellbar",
    "non remis",
    "non recapitabile",
    "no se puede entregar",
];

/// Why the mail is a delivery report, if it is one.
pub fn bounce(mail: &IncomingMail) -> Option<String> {
    if matches!(
        report_type(mail).as_deref(),
        Some("delivery-status" | "delivery-status-notification")
    ) {
        return Some("it is a delivery report".into());
    }
    if has_part(mail, "message/delivery-status") || has_part(mail, "message/global-delivery-status")
    {
        return Some("it carries a delivery report".into());
    }
    if mail.header("X-Failed-Recipients").is_some() {
        return Some("it has the header X-Failed-Recipients".into());
    }
    let sender = mail.from.first();
    if let Some(sender) = sender.filter(|sender| address::is_mailer(sender)) {
        return Some(format!("{} is mail software", address::shown(sender)));
    }
    let by_postmaster = sender.is_some_and(|sender| address::is_postmaster(&sender.address));
    let nobody = mail.return_path.as_deref() == Some("");
    let subject = subject_of(mail);
    let words = SUBJECTS
        .iter()
        .find(|words| subject.contains(*words))
        .filter(|_| by_postmaster || nobody)?;
    Some(format!(
        "mail software wrote it and its subject says {words:?}"
    ))
}

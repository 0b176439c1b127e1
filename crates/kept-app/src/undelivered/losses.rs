//! What a report says, for each recipient, in the desk's words.

use kept_domain::delivery::Setback;
use kept_mail::Bounce;
use kept_mail::bounce::{Action, Reason, RecipientReport, ReportKind, of_refusal as read_refusal};
use kept_store::bounced::Bounced;
use kept_store::outgoing::Outgoing;

use super::{folded, recipients};

/// A mail that did not reach somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Loss {
    pub address: String,
    pub kind: Setback,
    pub status: Option<String>,
    /// In words.
    pub reason: String,
    /// What the other server said.
    pub diagnostic: String,
    /// It speaks of this very address, and is to be believed: one that only may be ours could be made
    /// up to keep us from writing to somebody.
    pub is_about_address: bool,
}

/// What a report about `mail` says. `sure` when it named that mail, and was not only guessed to.
pub(crate) fn of_report(bounce: &Bounce, mail: &Outgoing, sure: bool) -> Vec<Loss> {
    let sent_to = recipients(mail);
    let said = bounce.reports.iter().filter_map(|report| {
        let kind = setback(report)?;
        let (address, is_named) = whom(report, &sent_to);
        Some(loss(report, address, kind, sure && is_named))
    });
    let said: Vec<Loss> = said.collect();
    match sent_to.as_slice() {
        // It does not say whom, but there is only one it can be.
        [only] if bounce.reports.is_empty() && bounce.kind == ReportKind::Bounce => {
            vec![unexplained(only)]
        }
        _ => said,
    }
}

/// What our own relay's refusal of a mail to this address alone says.
pub(crate) fn of_refusal(address: &str, said: &str) -> Loss {
    let report = read_refusal(address, said);
    let kind = setback(&report).unwrap_or(Setback::Refused);
    loss(&report, folded(address), kind, true)
}

/// A recipient we did not even try.
pub(crate) fn skipped(mark: &Bounced) -> Loss {
    Loss {
        address: mark.address.clone(),
        kind: Setback::Skipped,
        status: mark.status.clone(),
        reason: mark.reason.clone(),
        diagnostic: String::new(),
        is_about_address: false,
    }
}

fn loss(report: &RecipientReport, address: String, kind: Setback, about: bool) -> Loss {
    Loss {
        address,
        kind,
        status: report.status.clone(),
        reason: report.reason.words().to_owned(),
        diagnostic: report.diagnostic.clone(),
        is_about_address: about,
    }
}

fn unexplained(address: &str) -> Loss {
    Loss {
        address: address.to_owned(),
        kind: Setback::Soft,
        status: None,
        reason: Reason::Undefined.words().to_owned(),
        diagnostic: String::new(),
        is_about_address: false,
    }
}

/// Nothing for whoever got it.
fn setback(report: &RecipientReport) -> Option<Setback> {
    match report.action {
        Action::Delivered | Action::Relayed | Action::Expanded => None,
        Action::Delayed => Some(Setback::Delayed),
        Action::Complained => Some(Setback::Complaint),
        Action::Failed if report.hard => Some(Setback::Hard),
        Action::Failed if report.reason.passes() => Some(Setback::Soft),
        Action::Failed => Some(Setback::Refused),
    }
}

/// The recipient of ours a report speaks of, and whether it names it. When a server on the way forwarded
/// the mail it names another one; then it can only be the one there is.
fn whom(report: &RecipientReport, sent_to: &[String]) -> (String, bool) {
    let named = [
        report.original_recipient.as_deref(),
        Some(&report.recipient),
    ];
    let named = named.into_iter().flatten().map(folded);
    if let Some(known) = named.clone().find(|address| sent_to.contains(address)) {
        return (known, true);
    }
    match sent_to {
        [only] => (only.clone(), false),
        _ => (folded(&report.recipient), false),
    }
}

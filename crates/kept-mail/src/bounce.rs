//! What a delivery report says: which mail it is about, and what became of it for each recipient.
//!
//! RFC 3464 reports first, the free-form notices of older systems by families of wording, complaints
//! (RFC 5965) too. It never decides what to do with an address; it says what the other side said.

mod codes;
mod complaint;
mod fields;
mod notice;
mod notification;
mod reason;
mod recipients;
mod returned;
mod words;

use serde::Serialize;

use crate::automatic::Kind;
use crate::mail::IncomingMail;
use notice::Notice;
use reason::Heard;
pub use reason::Reason;
use words::Command;

/// Recipients read from one report; a report that names more is not about a ticket.
pub const MAX_RECIPIENTS: usize = 200;

/// What a report is about as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ReportKind {
    /// At least one recipient did not get the mail.
    Bounce,
    /// Every recipient named may still get it.
    Delayed,
    /// Every recipient named got it.
    Delivered,
    /// A recipient called it unwanted (RFC 5965).
    Complaint,
}

/// What became of the mail for one recipient (RFC 3464 §2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    Failed,
    Delayed,
    Delivered,
    /// Passed on to a system that sends no reports.
    Relayed,
    Expanded,
    /// Delivered, and complained about.
    Complained,
}

/// What a report says of one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecipientReport {
    /// The address as the reporting server knows it.
    pub recipient: String,
    /// The address the mail was sent to, when a server on the way wrote another one.
    pub original_recipient: Option<String>,
    /// Enhanced status code, such as `5.1.1` (RFC 3463).
    pub status: Option<String>,
    /// Reply code, such as 550 (RFC 5321 §4.2).
    pub smtp_code: Option<u16>,
    pub action: Action,
    pub reason: Reason,
    /// The address is dead: writing to it again is in vain. Not the first digit of the status.
    pub hard: bool,
    /// What the server said, on one line and cut to a length for people.
    pub diagnostic: String,
}

/// A delivery report as far as it could be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bounce {
    pub kind: ReportKind,
    /// `Message-ID` of the mail it reports, without angle brackets.
    pub message_id: Option<String>,
    pub reports: Vec<RecipientReport>,
}

/// What `mail` reports, when its kind is a bounce or a report about a mail of ours. A bounce whose
/// recipient could not be found gives an empty list.
pub fn read(mail: &IncomingMail) -> Option<Bounce> {
    match mail.kind {
        Kind::Bounce { .. } => Some(notification::read(mail).unwrap_or_else(|| delivery(mail))),
        Kind::Report { .. } => complaint::read(mail),
        _ => None,
    }
}

/// What a server's refusal says of the one recipient it is about: `550 5.1.1 no such user`.
pub fn of_refusal(recipient: &str, said: &str) -> RecipientReport {
    let facts = Facts {
        recipient: recipient.to_owned(),
        action: Some(Action::Failed),
        diagnostic: one_line(said),
        command: Some(Command::Recipient),
        ..Facts::default()
    };
    facts.judged()
}

/// The fields say most, then the notice, then a report a gateway passed on, and at last whom the
/// returned mail was for.
fn delivery(mail: &IncomingMail) -> Bounce {
    let notice = notice::of(mail);
    let returned = returned::find(mail);
    let named = named(mail, &notice);
    if named.is_empty()
        && let Some(inner) = passed_on(mail)
    {
        return inner;
    }
    let reports = match named.is_empty() {
        true => notice::reports_on(returned.to, mail, &notice),
        false => named,
    };
    bounce(reports, returned.message_id)
}

/// Reports on the recipients this very mail names.
fn named(mail: &IncomingMail, notice: &Notice) -> Vec<RecipientReport> {
    let reports = fields::reports(mail, notice);
    match reports.is_empty() {
        true => notice::reports(mail, notice),
        false => reports,
    }
}

/// The report within a report that names nobody itself; one step deep, so it always ends.
fn passed_on(mail: &IncomingMail) -> Option<Bounce> {
    let part = mail.attachments.iter().find(|part| part.is_message)?;
    let inner = crate::parse::parse(&part.content);
    if !matches!(inner.kind, Kind::Bounce { .. }) {
        return None;
    }
    let reports = named(&inner, &notice::of(&inner));
    (!reports.is_empty()).then(|| bounce(reports, returned::find(&inner).message_id))
}

fn bounce(mut reports: Vec<RecipientReport>, message_id: Option<String>) -> Bounce {
    reports.truncate(MAX_RECIPIENTS);
    Bounce {
        kind: kind_of(&reports),
        message_id,
        reports,
    }
}

fn kind_of(reports: &[RecipientReport]) -> ReportKind {
    let all = |actions: &[Action]| {
        !reports.is_empty()
            && reports
                .iter()
                .all(|report| actions.contains(&report.action))
    };
    if all(&[Action::Delivered, Action::Relayed, Action::Expanded]) {
        ReportKind::Delivered
    } else if all(&[
        Action::Delayed,
        Action::Delivered,
        Action::Relayed,
        Action::Expanded,
    ]) {
        ReportKind::Delayed
    } else {
        ReportKind::Bounce
    }
}

/// Whether the text begins as a delivery notification for programs does.
pub(crate) fn is_notification(mail: &IncomingMail) -> bool {
    notification::is_one(mail)
}

/// What is known of one recipient before it is judged.
#[derive(Debug, Default)]
struct Facts {
    recipient: String,
    original_recipient: Option<String>,
    action: Option<Action>,
    status: Option<String>,
    /// What the remote server said of this recipient.
    diagnostic: String,
    /// The rest of the notice, which may say why when the diagnostic does not.
    context: String,
    /// The command that was answered, where it is known.
    command: Option<Command>,
}

impl Facts {
    fn judged(mut self) -> RecipientReport {
        const MAX_DIAGNOSTIC_BYTES: usize = 2_000;
        let cut = self.diagnostic.floor_char_boundary(MAX_DIAGNOSTIC_BYTES);
        self.diagnostic.truncate(cut);
        let said = codes::said_status(&self.diagnostic);
        let status = codes::more_telling(self.status, said);
        let status = codes::more_telling(status, codes::coded_status(&self.context));
        let smtp_code = codes::reply_code(&self.diagnostic);
        let failed = !matches!(
            self.action,
            Some(Action::Delivered | Action::Relayed | Action::Expanded)
        );
        let reason = match failed {
            true => reason::of(&Heard {
                said: &self.diagnostic,
                around: &self.context,
                status: status.as_deref(),
                action: self.action,
                command: self.command,
            }),
            false => Reason::Delivered,
        };
        RecipientReport {
            recipient: self.recipient,
            original_recipient: self.original_recipient,
            status,
            smtp_code,
            action: self.action.unwrap_or(Action::Failed),
            reason,
            hard: failed && self.action != Some(Action::Delayed) && reason.is_hard(),
            diagnostic: self.diagnostic,
        }
    }
}

/// White space of any kind as single spaces.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

//! Who or what wrote a mail: a person, a list, or a program (RFC 3834, RFC 3464, RFC 8098, RFC 5965).
//!
//! Two questions are kept apart: did a program write it (then it never moves the turn), and may it be
//! answered automatically. It reads headers and shapes; it never decides what to do with the mail.

mod bounce;
mod by_rule;
mod machine;
mod vacation;

pub use by_rule::passed_on_by_rule;

use serde::Serialize;

use crate::mail::IncomingMail;

/// Who or what wrote a mail. `why` is a short reason for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// Nothing says that a program wrote it.
    Person,
    /// A program wrote it and expects no answer.
    Automatic { why: String },
    /// An out-of-office note or another automatic reply.
    VacationReply { why: String },
    /// A report that a mail of ours was not delivered, is late, or was delivered.
    Bounce { why: String },
    /// A reading or delivery receipt.
    Receipt { why: String },
    /// A report from one mail system to another: DMARC, TLS, abuse.
    Report { why: String },
    /// A person wrote it, to a list.
    MailingList { why: String },
}

impl Kind {
    /// A program wrote it: never answer it, never move the turn for it.
    pub fn is_automatic(&self) -> bool {
        !matches!(self, Self::Person | Self::MailingList { .. })
    }

    /// Whether an automatic answer may be sent; a list must not get one either (RFC 3834 §2).
    pub fn may_answer(&self) -> bool {
        matches!(self, Self::Person)
    }

    /// The reason in words; empty for a person.
    pub fn why(&self) -> &str {
        match self {
            Self::Person => "",
            Self::Automatic { why }
            | Self::VacationReply { why }
            | Self::Bounce { why }
            | Self::Receipt { why }
            | Self::Report { why }
            | Self::MailingList { why } => why,
        }
    }
}

/// A rule gives its reason or nothing.
type Rule = fn(&IncomingMail) -> Option<String>;
/// A kind made from its reason.
type Named = fn(String) -> Kind;

/// Tells who or what wrote `mail`. The most specific answer comes first.
pub fn kind(mail: &IncomingMail) -> Kind {
    let rules: [(Rule, Named); 7] = [
        (machine::report, |why| Kind::Report { why }),
        (machine::receipt, |why| Kind::Receipt { why }),
        (bounce::bounce, |why| Kind::Bounce { why }),
        (vacation::vacation, |why| Kind::VacationReply { why }),
        (machine::going_round, |why| Kind::Automatic { why }),
        (machine::automatic, |why| Kind::Automatic { why }),
        (machine::list, |why| Kind::MailingList { why }),
    ];
    rules
        .iter()
        .find_map(|(rule, kind)| rule(mail).map(kind))
        .unwrap_or(Kind::Person)
}

/// The subject in lower case, empty when there is none.
fn subject_of(mail: &IncomingMail) -> String {
    mail.subject.as_deref().unwrap_or_default().to_lowercase()
}

/// The `report-type` of a `multipart/report` (RFC 6522), in lower case.
fn report_type(mail: &IncomingMail) -> Option<String> {
    if mail.mime_type != "multipart/report" {
        return None;
    }
    let header = mail.header("Content-Type")?.to_lowercase();
    let (_, value) = header.split_once("report-type")?;
    let value = value
        .trim_start()
        .strip_prefix('=')?
        .trim_start()
        .trim_start_matches('"');
    Some(
        value
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect(),
    )
}

/// Whether one of the mail's parts has this media type.
fn has_part(mail: &IncomingMail, media_type: &str) -> bool {
    mail.mime_type == media_type
        || mail.part_types.iter().any(|part| part == media_type)
        || mail
            .attachments
            .iter()
            .any(|attachment| attachment.content_type == media_type)
}

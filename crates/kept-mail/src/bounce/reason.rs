//! Why a mail was not delivered, from the words and codes of the server that refused it.
//!
//! Words come before codes: servers say `550 5.1.1` for anything. What no rule knows is `Undefined`,
//! never a guess that would call an address dead.

use serde::Serialize;

use super::words::{self, Command, command};
use super::{Action, codes};

/// Why a mail was not delivered, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// No such mailbox.
    UserUnknown,
    /// No such host or domain.
    HostUnknown,
    /// The person has another address now.
    HasMoved,
    /// The domain takes no mail at all (RFC 7505).
    NotAccept,
    MailboxFull,
    /// The mailbox is there but closed for now.
    Suspend,
    /// A rule of the recipient's refused it.
    Filtered,
    /// Too big for the mailbox or the server.
    MesgTooBig,
    /// Tried until the time was up.
    Expired,
    /// The other server was not reached, or the mail went round.
    NetworkError,
    SpamDetected,
    VirusDetected,
    /// The sending server is refused: lists, reputation, too much at once.
    Blocked,
    /// The sending server has no proper name in the DNS.
    RequirePtr,
    /// SPF, DKIM or DMARC did not agree.
    AuthFailure,
    PolicyViolation,
    SecurityError,
    NoRelaying,
    /// The sender's address is refused.
    Rejected,
    /// Something in the mail itself.
    ContentError,
    SyntaxError,
    /// The program that should have stored it failed.
    MailerError,
    SystemError,
    /// Refused for now without saying why.
    OnHold,
    /// Delivered.
    Delivered,
    /// Complained about.
    Feedback,
    /// Nothing that was understood.
    Undefined,
}

impl Reason {
    /// Whether it means that the address is dead.
    pub fn is_hard(self) -> bool {
        matches!(
            self,
            Self::UserUnknown | Self::HostUnknown | Self::HasMoved | Self::NotAccept
        )
    }

    /// Whether it will pass by itself, so that the next mail may arrive.
    pub fn passes(self) -> bool {
        matches!(
            self,
            Self::MailboxFull
                | Self::Suspend
                | Self::Expired
                | Self::NetworkError
                | Self::MailerError
                | Self::SystemError
                | Self::OnHold
                | Self::Undefined
        )
    }

    /// The reason as a person would say it.
    pub fn words(self) -> &'static str {
        match self {
            Self::UserUnknown => "no such mailbox",
            Self::HostUnknown => "no such mail domain",
            Self::HasMoved => "the person has another address now",
            Self::NotAccept => "their domain takes no mail",
            Self::MailboxFull => "the mailbox is full",
            Self::Suspend => "the mailbox is closed for now",
            Self::Filtered => "a rule of the recipient’s refused it",
            Self::MesgTooBig => "it is too large for them",
            Self::Expired => "their server could not be reached for too long",
            Self::NetworkError => "their server could not be reached",
            Self::SpamDetected => "it was taken for spam",
            Self::VirusDetected => "it was taken for a virus",
            Self::Blocked => "their server takes nothing from our server",
            Self::RequirePtr => "our server has no proper name in the DNS",
            Self::AuthFailure => "their server does not believe that it is from us",
            Self::PolicyViolation => "their rules do not allow it",
            Self::SecurityError => "their server asks for a safer connection or a sign-in",
            Self::NoRelaying => "the server does not take mail for this address",
            Self::Rejected => "our own address was refused",
            Self::ContentError => "something in the mail was refused",
            Self::SyntaxError => "the servers did not understand each other",
            Self::MailerError => "their mail program failed",
            Self::SystemError => "their server had a problem of its own",
            Self::OnHold => "refused for now, without saying why",
            Self::Delivered => "delivered",
            Self::Feedback => "reported as unwanted",
            Self::Undefined => "their server did not say why in words known here",
        }
    }
}

/// What is known of one refusal, before it has a reason.
pub struct Heard<'a> {
    /// What the server said of the recipient.
    pub said: &'a str,
    /// The notice around it.
    pub around: &'a str,
    pub status: Option<&'a str>,
    pub action: Option<Action>,
    /// The command it answered, where that is known without its words.
    pub command: Option<Command>,
}

/// The reason for one recipient: what the server said of it, then the notice around it, then the codes.
pub fn of(heard: &Heard<'_>) -> Reason {
    let said = heard.said.to_lowercase();
    let around = heard.around.to_lowercase();
    let status = heard.status.unwrap_or_default();
    let code = codes::reply_code(heard.said);
    let reason = by_words(&said, words::SURE)
        .or_else(|| by_status(status).filter(|it| it.is_hard() || *it == Reason::MailboxFull))
        .or_else(|| by_words(&around, words::SURE))
        .or_else(|| by_status(status))
        .or_else(|| by_words(&said, words::VAGUE))
        .or_else(|| by_words(&around, words::VAGUE))
        .or_else(|| code.and_then(by_reply_code))
        .unwrap_or(match heard.action {
            Some(Action::Delayed) => Reason::Expired,
            _ => Reason::Undefined,
        });
    let answered = heard.command.or_else(|| command(&said));
    match reason {
        // A rule said so, whatever its words.
        Reason::UserUnknown if heard.command == Some(Command::Data) => Reason::Filtered,
        Reason::UserUnknown => {
            let stage = answered.or_else(|| command(&around));
            user_or_filter(&said, &around, status, stage, code.is_some())
        }
        Reason::HostUnknown if answered == Some(Command::Sender) => Reason::Rejected,
        // A name server that failed for now has not said that there is no such domain.
        Reason::HostUnknown | Reason::NotAccept if status.starts_with('4') => Reason::NetworkError,
        reason => reason,
    }
}

/// "User unknown" can say less than it seems. A server that took the recipient and then refused the mail
/// has a filter; one that names nobody answers for the whole mail; and the bare words of a server that was
/// asked nobody knows what are not enough to call an address dead: that would silence a client.
fn user_or_filter(
    said: &str,
    around: &str,
    status: &str,
    stage: Option<Command>,
    remote: bool,
) -> Reason {
    let of_sender = matches!(stage, Some(Command::Sender | Command::Connect));
    if of_sender && !matches!(status, "5.1.1" | "5.1.10") {
        return Reason::Rejected;
    }
    let no_mailbox = by_status(status) == Some(Reason::UserUnknown);
    if no_mailbox || words::says_no_account(said) || around.contains("bad-mailbox") {
        return Reason::UserUnknown;
    }
    let of_mailbox = matches!(status, "5.2.0" | "5.2.1" | "5.7.1");
    let names_nobody = said.contains(" : user unknown");
    match stage {
        Some(Command::Recipient) => Reason::UserUnknown,
        Some(Command::Data) => Reason::Filtered,
        _ if of_mailbox || names_nobody => Reason::Filtered,
        _ if remote && !words::knows_itself(said, around) => Reason::Filtered,
        _ => Reason::UserUnknown,
    }
}

/// The reason the words name.
fn by_words(lower: &str, table: &[(Reason, &[&str])]) -> Option<Reason> {
    let has = |words: &&[&str]| words.iter().any(|words| lower.contains(words));
    let found = table.iter().find(|(_, words)| has(words));
    found.map(|(reason, _)| *reason)
}

/// The reason an enhanced status code names (RFC 3463, RFC 5248, RFC 7372, RFC 7505).
fn by_status(status: &str) -> Option<Reason> {
    let detail = status.split_once('.').map_or("", |(_, detail)| detail);
    Some(match detail {
        "1.0" | "1.1" | "1.3" | "1.10" | "1.351" => Reason::UserUnknown,
        "1.2" => Reason::HostUnknown,
        "1.6" => Reason::HasMoved,
        "1.7" | "1.8" => Reason::Rejected,
        "1.9" | "4.7" | "4.1" | "4.0" => Reason::Expired,
        "2.0" | "2.1" => Reason::Filtered,
        "2.2" => Reason::MailboxFull,
        "2.3" | "3.4" => Reason::MesgTooBig,
        "3.1" | "3.5" | "4.5" => Reason::SystemError,
        "4.2" | "4.3" | "4.6" => Reason::NetworkError,
        "4.4" => Reason::HostUnknown,
        "7.13" => Reason::Suspend,
        "7.20" | "7.21" | "7.22" | "7.23" | "7.24" | "7.26" => Reason::AuthFailure,
        "7.25" => Reason::RequirePtr,
        "7.27" => Reason::NotAccept,
        _ => return by_subject(detail),
    })
}

fn by_subject(detail: &str) -> Option<Reason> {
    match detail.split('.').next()? {
        "3" => Some(Reason::MailerError),
        "5" => Some(Reason::SyntaxError),
        "6" => Some(Reason::ContentError),
        "7" => Some(Reason::PolicyViolation),
        _ => None,
    }
}

/// The little a bare reply code says (RFC 5321 §4.2.3).
fn by_reply_code(code: u16) -> Option<Reason> {
    match code {
        421 | 451 => Some(Reason::OnHold),
        452 => Some(Reason::SystemError),
        552 => Some(Reason::MailboxFull),
        551 => Some(Reason::HasMoved),
        500..=504 => Some(Reason::SyntaxError),
        _ => None,
    }
}

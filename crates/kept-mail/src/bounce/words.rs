//! The words by which servers say why they refuse, and which command they answered.
//!
//! Tables only; `reason` decides what they mean together.

mod content;
mod mailbox;
mod recipient;
mod sender;
mod way;

use super::Reason;

/// The command a server answered when it refused (RFC 5321 §4.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    Connect,
    Sender,
    Recipient,
    Data,
}

/// Which command was answered, as the senders of reports write it.
pub fn command(text: &str) -> Option<Command> {
    // Sendmail sends DATA before it has read that the recipient was refused.
    const WORDS: [(&str, Command); 24] = [
        ("need rcpt", Command::Recipient),
        ("no valid recipients", Command::Recipient),
        ("in reply to end of data", Command::Data),
        ("in reply to data", Command::Data),
        ("after end of data", Command::Data),
        ("after sending data", Command::Data),
        ("our final data", Command::Data),
        ("our data", Command::Data),
        (">>> data", Command::Data),
        ("smtp command data", Command::Data),
        ("[data]", Command::Data),
        ("in reply to rcpt", Command::Recipient),
        ("after rcpt", Command::Recipient),
        ("our rcpt", Command::Recipient),
        (">>> rcpt", Command::Recipient),
        ("[rcpt_to]", Command::Recipient),
        ("does not like recipient", Command::Recipient),
        ("in reply to mail from", Command::Sender),
        ("after mail from", Command::Sender),
        ("our mail from", Command::Sender),
        (">>> mail from", Command::Sender),
        ("in reply to ehlo", Command::Connect),
        ("in reply to helo", Command::Connect),
        ("after initial connection", Command::Connect),
    ];
    WORDS
        .iter()
        .find(|(words, _)| text.contains(words))
        .map(|(_, command)| *command)
}

/// Words nobody says of a mailbox that is there.
pub fn says_no_account(said: &str) -> bool {
    said.contains("this user doesn't have a")
}

/// Whether the reporting system speaks for itself, or the answer it passes on names the recipient before
/// it says that there is none, as those do that look at nothing but the recipient.
pub fn knows_itself(said: &str, around: &str) -> bool {
    const OWN_WORDS: [&str; 7] = [
        "mail delivery agent at messagelabs",
        "address not found",
        "address couldn't be found",
        "address you entered couldn't be found",
        "wasn't found at",
        "error: invalid user address",
        "(unknown user ",
    ];
    let own = OWN_WORDS.iter().any(|words| around.contains(words));
    own || said.contains(">: user unknown") && !said.contains(" said: ")
}

/// Words of each reason; the first list that has one of its words in the text decides.
pub const SURE: &[(Reason, &[&str])] = &[
    (Reason::HostUnknown, &["account or domain may not exist"]),
    (Reason::AuthFailure, sender::NOT_AUTHENTIC),
    (Reason::VirusDetected, content::VIRUS),
    (Reason::RequirePtr, sender::NO_PTR),
    (Reason::SpamDetected, content::SPAM),
    (Reason::MailboxFull, mailbox::FULL),
    (Reason::NoRelaying, sender::NO_RELAYING),
    (Reason::Rejected, sender::REJECTED),
    (Reason::Blocked, sender::BLOCKED),
    (Reason::MesgTooBig, mailbox::TOO_BIG),
    (Reason::PolicyViolation, sender::POLICY),
    (Reason::SecurityError, sender::INSECURE),
    (Reason::HasMoved, recipient::MOVED),
    (Reason::NotAccept, recipient::TAKES_NONE),
    (Reason::NetworkError, way::NETWORK),
    (Reason::Suspend, mailbox::CLOSED),
    (Reason::Filtered, mailbox::FILTERED),
    (Reason::HostUnknown, recipient::NO_HOST),
    (Reason::UserUnknown, recipient::NO_USER),
    (Reason::Expired, way::EXPIRED),
    (Reason::SyntaxError, content::SYNTAX),
    (Reason::ContentError, content::CONTENT),
    (Reason::MailerError, way::PROGRAM),
    (Reason::SystemError, way::SYSTEM),
    (Reason::OnHold, way::ON_HOLD),
];

/// Words that say less than a status code.
pub const VAGUE: &[(Reason, &[&str])] = &[
    (
        Reason::Rejected,
        &["access denied", "not authorized", "refused", "rejected"],
    ),
    (
        Reason::UserUnknown,
        &[
            "does not like recipient",
            "address rejected",
            "no one here",
            "unknown",
            "adresse inconnue",
            "unbekannt",
            "non existent",
            "nonexistent",
            "inconnu",
            "sconosciut",
            "desconocid",
        ],
    ),
    (
        Reason::Filtered,
        &[
            "transaction failed",
            "requested action not taken",
            "unable to receive mail",
        ],
    ),
    (Reason::Blocked, &["spam"]),
];

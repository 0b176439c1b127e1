//! Words about the mail itself.
//!
//! Tables only.

/// Taken for a virus.
pub const VIRUS: &[&str] = &[
    "virus",
    "malware",
    "infected",
    "trojan",
    "mcspamsignature",
    "potentially executable",
    "phishing",
];

/// Taken for spam.
pub const SPAM: &[&str] = &[
    "blacklisted url",
    "blacklisted link",
    "scored as spam",
    "spam classification",
    "content rejected, ube",
    "looks like spam",
    "detected as spam",
    "considered spam",
    "classified as spam",
    "identified as spam",
    "spam detected",
    "spam message",
    "message is spam",
    "spam content",
    "as spam",
    "spamassassin",
    "- spam",
    "unsolicited",
    "junk mail",
    "appears to be spam",
    "is spam",
    "probable spam",
    "spam filter",
    "anti-spam",
    "antispam",
    "spam score",
    "spam-like",
    "high probability of spam",
];

/// Something in the mail.
pub const CONTENT: &[&str] = &[
    "duplicate header",
    "media error",
    "not rfc",
    "rfc 5322",
    "rfc5322",
    "rfc 2822",
    "attachment",
    "message content rejected",
    "content rejected",
    "bare lf",
    "bad header",
    "header is not",
    "header line too long",
    "improper use of 8-bit",
    "conversion",
];

/// Commands that were not understood.
pub const SYNTAX: &[&str] = &[
    "syntax error",
    "improper sequence",
    "command parameter not implemented",
    "command not recognized",
    "unrecognized command",
    "command unrecognized",
    "bad sequence of commands",
    "malformed",
];

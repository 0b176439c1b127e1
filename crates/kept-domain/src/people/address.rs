//! E-mail addresses and domains in the one form in which they are compared.

use serde::{Deserialize, Serialize};

/// Longest address that can appear in SMTP (RFC 5321 §4.5.3.1.3, less the angle brackets).
const LONGEST_ADDRESS: usize = 254;

/// An e-mail address, trimmed and in lower case, so that equal means the same mailbox.
///
/// RFC 5321 lets the local part differ by case; no mail system in use does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

/// The part after the `@`, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Domain(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not an e-mail address; write it like dana@example.com")]
pub struct NotAnAddress(pub String);

impl EmailAddress {
    /// Reads an address as people write it.
    ///
    /// # Errors
    /// When there is no single `@` with something sensible on both sides.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let folded = text.trim().to_lowercase();
        let refused = || NotAnAddress(text.trim().chars().take(100).collect());
        let (local, domain) = folded.rsplit_once('@').ok_or_else(refused)?;
        let fits = folded.len() <= LONGEST_ADDRESS
            && !local.is_empty()
            && !local
                .chars()
                .any(|c| c.is_control() || c.is_whitespace() || "<>,;:\"()@".contains(c))
            && Domain::parse(domain).is_ok();
        if fits {
            Ok(Self(folded))
        } else {
            Err(refused())
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    pub fn domain(&self) -> Domain {
        Domain(
            self.0
                .rsplit_once('@')
                .map_or("", |(_, domain)| domain)
                .to_owned(),
        )
    }

    /// The same mailbox without its `+detail` (RFC 5233), as most providers deliver it.
    pub fn without_detail(&self) -> Self {
        match self.local().split_once('+') {
            Some((base, _)) if !base.is_empty() => Self(format!("{base}@{}", self.domain().0)),
            _ => self.clone(),
        }
    }
}

impl Domain {
    /// Reads a domain: letters, digits, dots and hyphens, or an address literal in brackets.
    ///
    /// # Errors
    /// When a mail system could not have this name.
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let folded = text
            .trim()
            .trim_start_matches('@')
            .trim_end_matches('.')
            .to_lowercase();
        let label = |l: &str| {
            !l.is_empty()
                && l.chars()
                    .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        };
        let literal = folded.starts_with('[') && folded.ends_with(']') && folded.len() > 2;
        if folded.len() <= 253 && (literal || folded.split('.').all(label)) {
            Ok(Self(folded))
        } else {
            Err(NotAnAddress(text.trim().chars().take(100).collect()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `other` or a name below it.
    pub fn is_within(&self, other: &Domain) -> bool {
        self.0 == other.0
            || self
                .0
                .strip_suffix(&other.0)
                .is_some_and(|front| front.ends_with('.'))
    }

    /// This domain and its parents, the longest first: `a.b.c` gives `a.b.c`, `b.c`, `c`.
    pub fn with_parents(&self) -> Vec<String> {
        let mut rest = self.0.as_str();
        let mut all = vec![rest.to_owned()];
        while let Some((_, parent)) = rest.split_once('.') {
            all.push(parent.to_owned());
            rest = parent;
        }
        all
    }
}

impl std::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::fmt::Display for Domain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        let good = |text: &str, expected: &str| {
            assert_eq!(
                EmailAddress::parse(text).map(|a| a.0),
                Ok(expected.to_owned()),
                "{text}"
            );
        };
        let bad = |text: &str| assert!(EmailAddress::parse(text).is_err(), "{text}");
        good(" Dana@Acme.Example ", "dana@acme.example");
        good("support@localhost", "support@localhost");
        good("o'neil+x@a-b.example", "o'neil+x@a-b.example");
        good("jörg@bücher.example", "jörg@bücher.example");
        good("root@[127.0.0.1]", "root@[127.0.0.1]");
        bad("");
        bad("dana");
        bad("@acme.example");
        bad("dana@");
        bad("dana fox@acme.example");
        bad("a@b@c");
        bad("dana@acme..example");
        bad("dana@acme.example\r\nBcc: x@y.example");
    }

    #[test]
    fn details_after_a_plus_do_not_make_another_mailbox() {
        let base = |text: &str| {
            EmailAddress::parse(text)
                .expect("address")
                .without_detail()
                .0
        };
        assert_eq!(base("support+k12.ab@acme.example"), "support@acme.example");
        assert_eq!(base("+x@acme.example"), "+x@acme.example");
    }
}

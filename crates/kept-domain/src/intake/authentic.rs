//! Whether a mail comes from whom it says: what was checked, by whom, and the one verdict that follows.
//!
//! Only the domain of From counts, because that is what people read. Checking is the shell's part.

use serde::{Deserialize, Serialize};

use super::Reason;

/// How one check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Pass,
    Fail,
    /// Not decided: nothing was published, the names could not be asked, or the answer is lenient.
    Unclear,
}

/// What was checked of one mail. Domains are in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checks {
    /// The domain of From; `None` when there is not exactly one address in exactly one From.
    pub from: Option<String>,
    /// What the domain itself asks of its mail (RFC 7489); `None` when it asks nothing.
    pub dmarc: Option<Outcome>,
    /// Signatures (RFC 6376) with the domain that made them.
    pub dkim: Vec<(String, Outcome)>,
    /// The server it came from (RFC 7208) with the domain of the envelope.
    pub spf: Option<(String, Outcome)>,
    /// Who forwarded it, is trusted, and sealed that it was proven before (RFC 8617).
    pub sealer: Option<String>,
}

/// Whether the mail is from the domain its From names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// Somebody whose word counts vouched for it.
    Aligned { domain: String, by: Voucher },
    /// The domain says what its mail looks like, and this does not.
    Failed { domain: String, why: Failing },
    /// Nobody vouched, and nobody objected.
    #[default]
    Unknown,
}

/// Who vouched that a mail is from its domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", content = "domain", rename_all = "kebab-case")]
pub enum Voucher {
    /// A signature of this domain.
    Dkim(String),
    /// The domain's own rule, met by the server the mail came from.
    Dmarc(String),
    /// Only the server it came from: a neighbour on a shared server can do the same.
    Spf(String),
    /// A trusted server that forwarded it.
    Arc(String),
}

/// What spoke against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failing {
    Dmarc,
    Spf,
}

/// A verdict with who gave it, as it is kept beside a message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authentic {
    #[serde(flatten)]
    pub verdict: Verdict,
    /// A server of the domain itself handed it over, so that nobody else had it in between.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub came_directly: bool,
    /// `Kept`, or the name of the server in front of it that checked.
    pub checked_by: String,
    /// Each check in a few words, such as `dkim=pass acme.example`.
    pub checks: Vec<String>,
}

impl Authentic {
    /// Whether readers of a ticket should hear of it: when it could not be proven, and of whoever works
    /// here always.
    pub fn matters(&self, works_here: bool) -> bool {
        let proven = matches!(self.verdict, Verdict::Aligned { .. });
        matches!(self.verdict, Verdict::Failed { .. }) || (works_here && proven)
    }
}

/// Whether a mail's word on who else shall hear is taken: whom it copies, and where it wants answers. Not when
/// it is known not to come from its sender, nor when nothing but a number anybody can type led to the ticket and
/// nobody vouched for the sender.
pub fn names_others(verdict: Option<&Verdict>, reason: &Reason) -> bool {
    match verdict {
        Some(Verdict::Aligned { .. }) => true,
        Some(Verdict::Failed { .. }) => false,
        Some(Verdict::Unknown) | None => !matches!(reason, Reason::SubjectTag { .. }),
    }
}

/// The verdict from what was checked.
pub fn judge(checks: &Checks) -> Verdict {
    let Some(domain) = checks.from.clone() else {
        return Verdict::Unknown;
    };
    let signed = checks
        .dkim
        .iter()
        .find(|(by, outcome)| *outcome == Outcome::Pass && aligned(&domain, by));
    let signed = signed.map(|(by, _)| Voucher::Dkim(by.clone()));
    let sealed = checks.sealer.clone().map(Voucher::Arc);
    let spf = checks.spf.as_ref().filter(|(by, _)| aligned(&domain, by));
    let vouched = match checks.dmarc {
        Some(Outcome::Pass) => signed.or(Some(Voucher::Dmarc(domain.clone()))),
        // The domain knows best which of its signatures count.
        Some(Outcome::Fail) => sealed,
        Some(Outcome::Unclear) | None => signed.or_else(|| by_server(spf)).or(sealed),
    };
    let refused = spf.is_some_and(|(_, outcome)| *outcome == Outcome::Fail);
    let why = match checks.dmarc {
        Some(Outcome::Fail) => Some(Failing::Dmarc),
        None if refused => Some(Failing::Spf),
        _ => None,
    };
    match (vouched, why) {
        (Some(by), _) => Verdict::Aligned { domain, by },
        (None, Some(why)) => Verdict::Failed { domain, why },
        (None, None) => Verdict::Unknown,
    }
}

/// Whether a server of the domain of From handed it over, as the domain itself says (SPF).
pub fn came_directly(checks: &Checks) -> bool {
    let from = checks.from.as_deref().unwrap_or_default();
    let spf = checks.spf.as_ref().filter(|(by, _)| aligned(from, by));
    by_server(spf).is_some()
}

fn by_server(spf: Option<&(String, Outcome)>) -> Option<Voucher> {
    let (by, _) = spf.filter(|(_, outcome)| *outcome == Outcome::Pass)?;
    Some(Voucher::Spf(by.clone()))
}

/// Whether `by` may speak for `from`: the same domain, or one above it. RFC 7489 §3.1.1 lets the
/// domains below speak too; those are often somebody else's, so only a rule of the domain's own,
/// checked as DMARC, may say so.
fn aligned(from: &str, by: &str) -> bool {
    let below = |rest: &str| rest.ends_with('.');
    from == by || (by.contains('.') && from.strip_suffix(by).is_some_and(below))
}

impl Verdict {
    /// Whether it is good enough to act as somebody who works here: their domain signed it, or its
    /// own published rule is met. A server that many share, or a forwarder, is not enough.
    pub fn proves_an_agent(&self) -> bool {
        matches!(
            self,
            Verdict::Aligned {
                by: Voucher::Dkim(_) | Voucher::Dmarc(_),
                ..
            }
        )
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Verdict::Aligned { domain, by } => write!(f, "Proven to come from {domain}: {by}"),
            Verdict::Failed { domain, .. } => {
                write!(f, "Could not be proven to come from {domain}")
            }
            Verdict::Unknown => f.write_str("Nobody vouched for where it comes from"),
        }
    }
}

impl std::fmt::Display for Voucher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Voucher::Dkim(domain) => write!(f, "signed by {domain} (DKIM)"),
            Voucher::Dmarc(domain) => write!(f, "it meets the rule of {domain} (DMARC)"),
            Voucher::Spf(domain) => write!(f, "sent by a server of {domain} (SPF)"),
            Voucher::Arc(sealer) => write!(f, "{sealer}, which forwarded it, checked it (ARC)"),
        }
    }
}

impl std::fmt::Display for Failing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Failing::Dmarc => {
                "the domain says how its own mail is signed and sent, and this was not (DMARC)"
            }
            Failing::Spf => {
                "the domain says which servers send its mail, and this was another (SPF)"
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checks(from: &str) -> Checks {
        Checks {
            from: Some(from.into()),
            ..Checks::default()
        }
    }

    fn check(checks: &Checks, expected: &str, proves_an_agent: bool) {
        let verdict = judge(checks);
        assert_eq!(verdict.to_string(), expected, "{checks:?}");
        assert_eq!(verdict.proves_an_agent(), proves_an_agent, "{checks:?}");
    }

    const UNKNOWN: &str = "Nobody vouched for where it comes from";
    const FAILED: &str = "Could not be proven to come from acme.example";

    #[test]
    fn only_the_domain_of_from_can_vouch() {
        let signed = |by: &str, outcome| Checks {
            dkim: vec![(by.into(), outcome)],
            ..checks("acme.example")
        };
        let by_acme = "Proven to come from acme.example: signed by acme.example (DKIM)";
        check(&signed("acme.example", Outcome::Pass), by_acme, true);
        check(&signed("acme.example", Outcome::Fail), UNKNOWN, false);
        check(&signed("evil.example", Outcome::Pass), UNKNOWN, false);
        check(&signed("notacme.example", Outcome::Pass), UNKNOWN, false);
        check(&signed("example", Outcome::Pass), UNKNOWN, false);
        check(&signed("guest.acme.example", Outcome::Pass), UNKNOWN, false);
        let below = Checks {
            from: Some("mail.acme.example".into()),
            ..signed("acme.example", Outcome::Pass)
        };
        let by_parent = "Proven to come from mail.acme.example: signed by acme.example (DKIM)";
        check(&below, by_parent, true);
        let several = Checks {
            from: None,
            ..signed("acme.example", Outcome::Pass)
        };
        check(&several, UNKNOWN, false);
    }

    #[test]
    fn the_rule_of_the_domain_comes_first() {
        let ruled = |dmarc| Checks {
            dmarc: Some(dmarc),
            dkim: vec![("acme.example".into(), Outcome::Pass)],
            ..checks("acme.example")
        };
        let signed = "Proven to come from acme.example: signed by acme.example (DKIM)";
        check(&ruled(Outcome::Pass), signed, true);
        check(&ruled(Outcome::Fail), FAILED, false);
        check(&ruled(Outcome::Unclear), signed, true);
        let by_server = Checks {
            dkim: vec![],
            ..ruled(Outcome::Pass)
        };
        let met = "Proven to come from acme.example: it meets the rule of acme.example (DMARC)";
        check(&by_server, met, true);
        let forwarded = Checks {
            sealer: Some("list.example".into()),
            ..ruled(Outcome::Fail)
        };
        let sealed =
            "Proven to come from acme.example: list.example, which forwarded it, checked it (ARC)";
        check(&forwarded, sealed, false);
    }

    #[test]
    fn a_server_alone_vouches_little_and_objects_for_its_own_domain_only() {
        let sent = |by: &str, outcome| Checks {
            spf: Some((by.into(), outcome)),
            ..checks("acme.example")
        };
        let ours = "Proven to come from acme.example: sent by a server of acme.example (SPF)";
        check(&sent("acme.example", Outcome::Pass), ours, false);
        check(&sent("acme.example", Outcome::Fail), FAILED, false);
        check(&sent("acme.example", Outcome::Unclear), UNKNOWN, false);
        check(&sent("mailer.example", Outcome::Pass), UNKNOWN, false);
        check(&sent("mailer.example", Outcome::Fail), UNKNOWN, false);
        let unsure = Checks {
            dmarc: Some(Outcome::Unclear),
            ..sent("acme.example", Outcome::Fail)
        };
        check(&unsure, UNKNOWN, false);
    }

    #[test]
    fn a_number_anybody_can_type_lets_only_the_proven_name_others() {
        let ticket = crate::ids::TicketId(1042);
        let check = |verdict: Option<Verdict>, by_tag: bool, by_thread: bool| {
            let said = |reason| names_others(verdict.as_ref(), &reason);
            let thread = Reason::ReplyToken { ticket };
            assert_eq!(
                (said(Reason::SubjectTag { ticket }), said(thread)),
                (by_tag, by_thread),
                "{verdict:?}"
            );
        };
        let domain = || "acme.example".to_owned();
        let by = Voucher::Spf(domain());
        check(
            Some(Verdict::Aligned {
                domain: domain(),
                by,
            }),
            true,
            true,
        );
        let why = Failing::Dmarc;
        check(
            Some(Verdict::Failed {
                domain: domain(),
                why,
            }),
            false,
            false,
        );
        check(Some(Verdict::Unknown), false, true);
        check(None, false, true);
    }
}

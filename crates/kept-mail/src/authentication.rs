//! What servers in front of us say they checked of a mail: `Authentication-Results` (RFC 8601).
//!
//! Anybody can write such a header. Only those of servers named as trusted are read, and only where
//! they can have written them: above the first line of a server that is not.

mod covered;
mod fields;
mod zone;

use kept_domain::intake::authentic::{Authentic, Checks, Outcome, Verdict, came_directly, judge};

use crate::mail::IncomingMail;
pub use covered::{Covered, covered};
pub use fields::{AuthenticationResults, MethodResult, parse};
pub use zone::trusted;

/// Checks kept in words; servers write a handful.
const MAX_SHOWN: usize = 20;

/// What trusted servers found, judged; `None` when none of them says anything about this mail.
///
/// `servers` are names of trusted servers: what they call themselves in `Authentication-Results`, and
/// the hosts or domains of their `Received` lines.
pub fn of(mail: &IncomingMail, servers: &[String]) -> Option<Authentic> {
    let found = trusted(&mail.headers, servers);
    let first = found.first()?;
    let checked_by = first.by.clone();
    let results: Vec<&MethodResult> = found.iter().flat_map(|header| &header.results).collect();
    let said = checks(&results, from_domain(mail));
    Some(Authentic {
        verdict: judge(&said),
        came_directly: came_directly(&said),
        checked_by,
        checks: results
            .iter()
            .take(MAX_SHOWN)
            .map(|result| in_words(result))
            .collect(),
    })
}

/// The verdict of one header's value about a mail from this domain, whoever wrote the header.
pub fn judged(value: &str, from: String) -> Verdict {
    let header = parse(value);
    let results: Vec<&MethodResult> = header.results.iter().collect();
    judge(&checks(&results, Some(from)))
}

/// The domain of From, when there is exactly one From with one address: with several, the one that
/// was checked may not be the one people see.
pub fn from_domain(mail: &IncomingMail) -> Option<String> {
    let ([from], 1) = (mail.from.as_slice(), mail.headers_named("From").count()) else {
        return None;
    };
    let (_, domain) = from.address.rsplit_once('@')?;
    Some(domain.trim_end_matches('.').to_ascii_lowercase()).filter(|domain| !domain.is_empty())
}

fn checks(results: &[&MethodResult], from: Option<String>) -> Checks {
    let of = |method: &'static str| results.iter().filter(move |r| r.method == method);
    let about_from = |result: &&&MethodResult| {
        let named = result.domain(&["header.from"]);
        named.is_none() || from.is_none() || named == from
    };
    let forwarded = of("arc").any(|result| result.result == "pass");
    let dmarc = of("dmarc")
        .find(about_from)
        .and_then(|r| ruled(r, forwarded));
    Checks {
        dmarc,
        dkim: of("dkim")
            .filter_map(|r| Some((r.domain(&["header.d", "header.i"])?, outcome(&r.result))))
            .collect(),
        spf: of("spf").find_map(|r| {
            Some((
                r.domain(&["smtp.mailfrom", "smtp.mail"])?,
                outcome(&r.result),
            ))
        }),
        // That a chain is unbroken does not say who began it.
        sealer: None,
        from,
    }
}

/// A forwarder breaks the domain's rule without meaning harm; when a chain of seals says so, the
/// rule decides nothing.
fn ruled(result: &MethodResult, forwarded: bool) -> Option<Outcome> {
    match (result.result.as_str(), outcome(&result.result)) {
        ("none", _) => None,
        (_, Outcome::Fail) if forwarded => Some(Outcome::Unclear),
        (_, outcome) => Some(outcome),
    }
}

/// RFC 8601 §2.7.
fn outcome(word: &str) -> Outcome {
    match word {
        "pass" => Outcome::Pass,
        "fail" | "hardfail" => Outcome::Fail,
        _ => Outcome::Unclear,
    }
}

fn in_words(result: &MethodResult) -> String {
    let about = ["header.from", "header.d", "header.i", "smtp.mailfrom"];
    let about = result.domain(&about).unwrap_or_default();
    format!("{}={} {about}", result.method, result.result)
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &str, expected: &str) {
        let raw = format!("{headers}From: Dana <dana@acme.example>\r\nSubject: x\r\n\r\nx\r\n");
        let mail = crate::parse(raw.as_bytes());
        let servers = ["mx.desk.example".to_owned(), "desk.example".to_owned()];
        let said =
            of(&mail, &servers).map_or("nothing".to_owned(), |said| said.verdict.to_string());
        assert_eq!(said, expected, "{headers}");
    }

    const FAILED: &str = "Could not be proven to come from acme.example";
    const UNKNOWN: &str = "Nobody vouched for where it comes from";
    const SIGNED: &str = "Proven to come from acme.example: signed by acme.example (DKIM)";
    const RULED: &str =
        "Proven to come from acme.example: it meets the rule of acme.example (DMARC)";

    #[test]
    fn what_a_trusted_server_found_counts() {
        let check = |results: &str, expected: &str| {
            check(
                &format!("Authentication-Results: mx.desk.example; {results}\r\n"),
                expected,
            );
        };
        check("dkim=pass header.d=acme.example header.b=aGVsbG8=", SIGNED);
        check("dkim=pass header.i=@acme.example", SIGNED);
        check("dkim=pass header.d=other.example", UNKNOWN);
        check(
            "dmarc=pass (p=reject dis=none) header.from=acme.example",
            RULED,
        );
        check("dmarc=pass header.from=other.example", UNKNOWN);
        check("dmarc=fail (p=none) header.from=acme.example", FAILED);
        check(
            "dmarc=fail header.from=acme.example; arc=pass (i=1)",
            UNKNOWN,
        );
        check("spf=fail smtp.mailfrom=dana@acme.example", FAILED);
        check("spf=softfail smtp.mailfrom=dana@acme.example", UNKNOWN);
        check(
            "spf=fail smtp.mailfrom=list.example; dkim=pass header.d=acme.example",
            SIGNED,
        );
        check("none", UNKNOWN);
    }

    #[test]
    fn two_froms_prove_nothing() {
        let pass = "Authentication-Results: mx.desk.example; dmarc=pass\r\n";
        check(&format!("{pass}From: boss@evil.example\r\n"), UNKNOWN);
    }

    #[test]
    fn others_headers_count_for_nothing() {
        check(
            "Authentication-Results: mx.evil.example; dmarc=pass\r\n",
            "nothing",
        );
        check("", "nothing");
    }
}

//! Which `Authentication-Results` a trusted server can have written.
//!
//! Servers write their lines above those that are there. From the top down, lines are ours as long as
//! each `Received` was written by a trusted server; the first one that was not ends that.

use super::fields::{AuthenticationResults, parse};

/// Microsoft 365 gives no name in its headers, and renames those of others.
const NAMELESS: &str = "outlook.com";

/// The topmost headers of trusted servers, first to last; those below the next `Received` are older.
pub fn trusted(headers: &[(String, String)], servers: &[String]) -> Vec<AuthenticationResults> {
    let mut found = Vec::new();
    let mut writer = None;
    for (name, value) in headers {
        if name.eq_ignore_ascii_case("Received") {
            let by = written_by(value);
            if !found.is_empty() || !is_ours(by.as_deref(), servers) {
                break;
            }
            writer = by;
        } else if name.eq_ignore_ascii_case("Authentication-Results") {
            found.extend(believed(parse(value), writer.as_deref(), servers));
        }
    }
    found
}

fn believed(
    mut header: AuthenticationResults,
    writer: Option<&str>,
    servers: &[String],
) -> Option<AuthenticationResults> {
    if header.by.is_empty() {
        let named = servers.iter().any(|it| it.eq_ignore_ascii_case(NAMELESS));
        let theirs = writer.filter(|host| named && is_within(host, NAMELESS));
        header.by = theirs.map(|_| NAMELESS.to_owned())?;
        return Some(header);
    }
    let known = servers.iter().any(|it| it.eq_ignore_ascii_case(&header.by));
    known.then_some(header)
}

/// Whether a `Received` line may stand above the lines of a trusted server: written by one of them,
/// or inside a network where hosts have no public name.
fn is_ours(by: Option<&str>, servers: &[String]) -> bool {
    let Some(host) = by else { return false };
    let private = !host.contains('.') || host.parse::<std::net::IpAddr>().is_ok();
    private || host.contains(':') || servers.iter().any(|it| is_within(host, it))
}

fn is_within(host: &str, domain: &str) -> bool {
    let (host, domain) = (host.to_ascii_lowercase(), domain.to_ascii_lowercase());
    let below = host.strip_suffix(&domain);
    below.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The host after `by` (RFC 5321 §4.4), comments left out; `None` when the line names none.
fn written_by(received: &str) -> Option<String> {
    let mut depth = 0_usize;
    let plain: String = received
        .chars()
        .map(|letter| {
            match letter {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > 0 || letter == ')' {
                ' '
            } else {
                letter
            }
        })
        .collect();
    let mut words = plain.split_whitespace();
    words.find(|word| word.eq_ignore_ascii_case("by"))?;
    let host = words.next()?.trim_matches(['[', ']', ';', '.']);
    Some(host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str =
        "Received: from a.example (a.example [192.0.2.7]) by mx.desk.example (by me) with ESMTPS\n";
    const INSIDE: &str = "Received: by 2002:a17:90b:1 with SMTP; Received: from x by y\n";
    const THEIRS: &str = "Received: from laptop by smtp.a.example with ESMTPSA\n";
    const SAYS: &str = "Authentication-Results: mx.desk.example; dkim=pass\n";
    const OTHER: &str = "Authentication-Results: mx.a.example; dkim=pass\n";

    fn check(lines: &[&str], servers: &[&str], expected: usize) {
        let headers: Vec<(String, String)> = lines
            .iter()
            .filter_map(|line| line.trim_end().split_once(": "))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let servers: Vec<String> = servers.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(trusted(&headers, &servers).len(), expected, "{lines:?}");
    }

    #[test]
    fn only_the_topmost_headers_of_trusted_servers_count() {
        let servers = ["mx.desk.example"];
        check(&[SAYS, OURS, THEIRS], &servers, 1);
        check(&[OURS, SAYS, SAYS, THEIRS], &servers, 2);
        check(&[INSIDE, OURS, SAYS, THEIRS], &servers, 1);
        check(&[OURS, OTHER, THEIRS], &servers, 0);
        check(&[OURS, THEIRS, SAYS], &servers, 0);
        check(&[SAYS, OURS, SAYS, THEIRS, SAYS], &servers, 1);
        check(&[THEIRS, SAYS], &servers, 0);
        check(&[SAYS], &[], 0);
    }

    #[test]
    fn a_server_without_a_name_is_microsofts_or_nobodys() {
        let nameless = "Authentication-Results: spf=pass smtp.mailfrom=a.example; dmarc=pass\n";
        let theirs = "Received: from a by DB5.eurprd01.prod.outlook.com with HTTPS\n";
        check(&[theirs, nameless], &["outlook.com"], 1);
        check(&[nameless, theirs], &["outlook.com"], 0);
        check(&[OURS, nameless], &["mx.desk.example"], 0);
        check(&[theirs, nameless], &["mx.desk.example"], 0);
    }
}

//! Links as their writer meant them: what mail filters put around an address is taken off again (E48).
//!
//! Pure text work. It follows no link, and one whose target is not written in it stays as it is.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};

/// Bytes of a link that is looked at, and wrappings taken off one another.
const LONGEST_LINK: usize = 16 * 1024;
const MOST_WRAPPINGS: usize = 4;
/// Links of one text.
const MOST_LINKS: usize = 5_000;
/// What every wrapped link has in it; a text without any needs no second look.
const SIGNS: [&str; 8] = [
    "safelinks.protection.outlook.com/",
    "urldefense.proofpoint.com/",
    "urldefense.com/",
    "linkprotect.cudasvc.com/",
    "google.com/url?",
    "mimecastprotect.com/",
    "mimecast.com/",
    "secure-web.cisco.com/",
];

/// Where a wrapped link leads, or nothing for a link that is not wrapped.
pub fn unwrap(link: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for _ in 0..MOST_WRAPPINGS {
        match taken_off(found.as_deref().unwrap_or(link)) {
            Some(inner) => found = Some(inner),
            None => break,
        }
    }
    found
}

/// A text with each wrapped link replaced by where it leads.
pub fn unwrap_in(text: &str) -> Cow<'_, str> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return Cow::Borrowed(text);
    }
    let (mut clear, mut rest) = (String::with_capacity(text.len()), text);
    for _ in 0..MOST_LINKS {
        let starts = ["https://", "http://"]
            .iter()
            .filter_map(|it| rest.find(it));
        let Some(start) = starts.min() else { break };
        let (before, from) = rest.split_at(start);
        let (link, after) = from.split_at(end_of_link(from));
        clear.push_str(before);
        clear.push_str(&unwrap(link).unwrap_or_else(|| link.to_owned()));
        rest = after;
    }
    clear.push_str(rest);
    Cow::Owned(clear)
}

/// The host of a link, as a person should see it before following it.
pub fn host(link: &str) -> Option<&str> {
    let rest = link
        .strip_prefix("https://")
        .or_else(|| link.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    (!host.is_empty()).then_some(host)
}

/// Where a link in running text ends: full stops and closing brackets after it are not part of it.
pub fn end_of_link(text: &str) -> usize {
    let ends =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '”' | '»');
    let whole = text.find(ends).unwrap_or(text.len());
    let link = text.get(..whole).unwrap_or_default();
    let mut kept = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
    for (open, close) in [('(', ')'), ('[', ']')] {
        let surplus = |text: &str| text.matches(close).count() > text.matches(open).count();
        while surplus(kept) && kept.ends_with(close) {
            kept = kept.strip_suffix(close).unwrap_or(kept);
        }
    }
    kept.len()
}

fn taken_off(link: &str) -> Option<String> {
    if link.len() > LONGEST_LINK {
        return None;
    }
    let host = host(link)?.to_ascii_lowercase();
    let path = link.get(link.find("://")? + 3..)?;
    let path = path.get(path.find(['/', '?'])?..)?;
    let inner = match host.as_str() {
        "urldefense.com" | "urldefense.proofpoint.com" => proofpoint(path),
        "linkprotect.cudasvc.com" => parameter(path, "a"),
        "www.google.com" | "google.com" if path.starts_with("/url?") => {
            parameter(path, "q").or_else(|| parameter(path, "url"))
        }
        host if host.ends_with(".safelinks.protection.outlook.com") => parameter(path, "url"),
        host if host.ends_with("mimecastprotect.com") || host.ends_with(".mimecast.com") => {
            parameter(path, "url").or_else(|| parameter(path, "u"))
        }
        "secure-web.cisco.com" => cisco(path),
        _ => None,
    };
    inner.filter(|inner| is_web(inner))
}

fn is_web(link: &str) -> bool {
    let plain = !link.chars().any(|c| c.is_control() || c.is_whitespace());
    plain && host(link).is_some()
}

/// `/v1/url?u=`, `/v2/url?u=` with `-` for `%` and `_` for `/`, `/v3/__URL__;DATA!!…`.
fn proofpoint(path: &str) -> Option<String> {
    if path.starts_with("/v1/") {
        return parameter(path, "u");
    }
    if path.starts_with("/v2/") {
        let written = raw_parameter(path, "u")?;
        return Some(decoded(&written.replace('-', "%").replace('_', "/")));
    }
    let rest = path.strip_prefix("/v3/__")?;
    let (link, data) = rest.split_once("__;")?;
    let letters = data.split('!').next().unwrap_or_default();
    Some(v3(link, letters))
}

/// In the third version `*` stands for one of the letters that follow in base64, `**X` for a run of them.
fn v3(link: &str, letters: &str) -> String {
    let bytes = URL_SAFE_NO_PAD
        .decode(letters.trim_end_matches('='))
        .or_else(|_| URL_SAFE.decode(letters))
        .unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut letters = text.chars();
    let mut clear = String::with_capacity(link.len());
    let mut rest = link.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '*' {
            clear.push(c);
            continue;
        }
        let run = match rest.next_if_eq(&'*') {
            Some(_) => rest.next().map_or(0, run_length),
            None => 1,
        };
        clear.extend(letters.by_ref().take(run));
    }
    // One slash of `https://` is lost on the way.
    for scheme in ["https:/", "http:/"] {
        if let Some(after) = clear.strip_prefix(scheme)
            && !after.starts_with('/')
        {
            return format!("{scheme}/{after}");
        }
    }
    clear
}

/// `A` to `Z`, `a` to `z`, `0` to `9`, `-`, `_` stand for runs of 2 to 65.
fn run_length(c: char) -> usize {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    ALPHABET.find(c).map_or(0, |at| at + 2)
}

/// The target stands whole and escaped at the end of the path.
fn cisco(path: &str) -> Option<String> {
    let at = path.find("/http%3A").or_else(|| path.find("/https%3A"))?;
    Some(decoded(path.get(at + 1..)?))
}

fn parameter(path: &str, name: &str) -> Option<String> {
    raw_parameter(path, name).map(decoded)
}

/// The value of a query parameter as written; filters write `&amp;` for `&` too.
fn raw_parameter<'x>(path: &'x str, name: &str) -> Option<&'x str> {
    let (_, query) = path.split_once('?')?;
    let mut pairs = query.split('&').map(|pair| pair.trim_start_matches("amp;"));
    pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// Percent-decoding (RFC 3986 §2.1); what is not UTF-8 then is left as it was.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|c| char::from(*c).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: &str, expected: Option<&str>) {
        assert_eq!(unwrap(link).as_deref(), expected, "{link}");
    }

    #[test]
    fn e48_a_wrapped_link_shows_where_it_leads() {
        check(
            "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fclient.example%2Fa%3Fb%3D1&data=05%7C02&reserved=0",
            Some("https://client.example/a?b=1"),
        );
        check(
            "https://nam02.safelinks.protection.outlook.com/ap/w-59584e83/?url=http%3A%2F%2Fclient.example%2F&amp;data=x",
            Some("http://client.example/"),
        );
        check(
            "https://urldefense.proofpoint.com/v1/url?u=http://client.example/a&k=x",
            Some("http://client.example/a"),
        );
        check(
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__client.example_a-5Fb-3Fc-3D1&d=Dw&c=x",
            Some("https://client.example/a_b?c=1"),
        );
        check(
            "https://urldefense.com/v3/__https://client.example/a?b=1__;!!Abc!x$",
            Some("https://client.example/a?b=1"),
        );
        check(
            "https://urldefense.com/v3/__https://client.example/a*b**Ac__;IyFA!!x$",
            Some("https://client.example/a#b!@c"),
        );
        check(
            "https://urldefense.com/v3/__https:/client.example/__;!!x$",
            Some("https://client.example/"),
        );
        check(
            "https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fclient.example%2fx&c=E,1,abc",
            Some("https://client.example/x"),
        );
        check(
            "https://www.google.com/url?q=https://client.example/x&sa=D",
            Some("https://client.example/x"),
        );
        check(
            "https://url.uk.m.mimecastprotect.com/s/abc?domain=client.example",
            None,
        );
        check(
            "https://protect-eu.mimecast.com/s/abc?url=https%3A%2F%2Fclient.example",
            Some("https://client.example"),
        );
        check(
            "https://secure-web.cisco.com/1abc/https%3A%2F%2Fclient.example%2F",
            Some("https://client.example/"),
        );
    }

    #[test]
    fn e48_wrappings_of_wrappings_come_off_and_nothing_else_changes() {
        let inner =
            "https%3A%2F%2Furldefense.com%2Fv3%2F__https%3A%2F%2Fclient.example%2F__%3B!!x%24";
        check(
            &format!("https://eur03.safelinks.protection.outlook.com/?url={inner}&data=1"),
            Some("https://client.example/"),
        );
        check(
            "https://client.example/?url=https://elsewhere.example",
            None,
        );
        check(
            "https://evil.example/safelinks.protection.outlook.com/?url=https://a.example",
            None,
        );
        check(
            "https://x.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)",
            None,
        );
        check(
            "https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%0D%0Ab",
            None,
        );
        check("https://x.safelinks.protection.outlook.com/", None);
        check("https://urldefense.com/v3/__", None);
        let long = format!(
            "https://x.safelinks.protection.outlook.com/?url=https://a.example/{}",
            "a".repeat(20_000)
        );
        check(&long, None);
    }

    #[test]
    fn e48_texts_keep_everything_but_the_wrapping() {
        let text = "See <https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fclient.example%2Fa&data=0>, (https://plain.example/b). Ünd 😀";
        assert_eq!(
            unwrap_in(text),
            "See <https://client.example/a>, (https://plain.example/b). Ünd 😀"
        );
        assert!(matches!(
            unwrap_in("https://plain.example"),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn the_real_host_of_a_link_is_known() {
        assert_eq!(
            host("https://bank.example@evil.example/login"),
            Some("evil.example")
        );
        assert_eq!(host("http://a.example:8080?x"), Some("a.example:8080"));
        assert_eq!(host("mailto:a@b.example"), None);
        assert_eq!(
            end_of_link("https://a.example/x_(y)). More"),
            "https://a.example/x_(y)".len()
        );
    }
}

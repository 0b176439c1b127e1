//! Whether a rule can be taken as somebody wrote it. Says what is wrong by the field it is in.

use super::{Action, Rule};
use crate::search::{self, Query};

/// What is wrong, and the field of the form it is about.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct BadRule {
    pub field: &'static str,
    pub problem: String,
}

/// Longest name, in characters, and longest text, in bytes.
pub const LONGEST_NAME: usize = 80;
const LONGEST_TEXT: usize = 10_000;
const LONGEST_URL: usize = 2_000;
/// Most people one rule tells.
const MOST_PEOPLE: usize = 20;

/// Reads the rule's search; `None` means always.
///
/// # Errors
/// When the rule can't be taken, naming the field.
pub fn check(rule: &Rule) -> Result<Option<Query>, BadRule> {
    let name = rule.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        return bad(
            "name",
            format!("Give the rule a name of up to {LONGEST_NAME} characters"),
        );
    }
    if rule.when.is_empty() {
        return bad("when", "Choose at least one thing that begins it");
    }
    let query = condition(&rule.condition)?;
    if rule.then.is_empty() {
        return bad("then", "Choose at least one thing it does");
    }
    rule.then.iter().try_for_each(action)?;
    Ok(query)
}

fn condition(text: &str) -> Result<Option<Query>, BadRule> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let query = search::parse(text).or_else(|error| bad("if", error.to_string()))?;
    if query.is_empty() {
        return bad(
            "if",
            "Say what must be there as well, such as is:open -toner",
        );
    }
    if query.is_about_me() {
        return bad("if", "A rule is nobody, so it has no me; write a name");
    }
    Ok(Some(query))
}

fn action(action: &Action) -> Result<(), BadRule> {
    match action {
        Action::Note { text } => text_of("note", text),
        Action::Reply { text } => text_of("reply", text),
        Action::Notify { whom } if whom.len() > MOST_PEOPLE => bad(
            "notify",
            format!("A rule can tell {MOST_PEOPLE} people at most"),
        ),
        Action::Hook { url, .. } => url_of(url),
        _ => Ok(()),
    }
}

fn text_of(field: &'static str, text: &str) -> Result<(), BadRule> {
    match text.len() {
        _ if text.trim().is_empty() => bad(
            field,
            "Write something; an empty text tells nobody anything",
        ),
        0..=LONGEST_TEXT => Ok(()),
        _ => bad(
            field,
            "This text is too long; keep it under 10,000 characters",
        ),
    }
}

/// `http` or `https`, a host, and no name and password in it, which would end up in logs.
fn url_of(url: &str) -> Result<(), BadRule> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let plain = url.len() <= LONGEST_URL && url.chars().all(|c| c.is_ascii_graphic());
    match host {
        Some(host) if plain && !host.is_empty() && !host.contains('@') => Ok(()),
        _ => bad(
            "hook",
            "Write an address like https://chat.example.com/hooks/kept",
        ),
    }
}

fn bad<T>(field: &'static str, problem: impl Into<String>) -> Result<T, BadRule> {
    let problem = problem.into();
    Err(BadRule { field, problem })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Occurrence;
    use crate::tickets::Priority;

    fn rule() -> Rule {
        Rule {
            name: "Printers".into(),
            on: true,
            when: vec![Occurrence::Opened],
            condition: "printer".into(),
            then: vec![Action::Priority { to: Priority::High }],
            stops: false,
        }
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_field() {
        let check = |change: &dyn Fn(&mut Rule), field: &str| {
            let mut rule = rule();
            change(&mut rule);
            let found = check(&rule).map_or_else(|bad| bad.field, |_| "");
            assert_eq!(found, field, "{rule:?}");
        };
        check(&|_| {}, "");
        check(&|rule| rule.condition = "  ".into(), "");
        check(&|rule| rule.name = " ".into(), "name");
        check(&|rule| rule.name = "x".repeat(81), "name");
        check(&|rule| rule.when.clear(), "when");
        check(&|rule| rule.then.clear(), "then");
        check(&|rule| rule.condition = "colour:red".into(), "if");
        check(&|rule| rule.condition = "-toner".into(), "if");
        check(&|rule| rule.condition = "is:open -agent:me".into(), "if");
        check(
            &|rule| rule.condition = "is:open (is:mine or tag:vip)".into(),
            "if",
        );
        check(
            &|rule| rule.then = vec![Action::Note { text: " ".into() }],
            "note",
        );
        check(
            &|rule| {
                rule.then = vec![Action::Reply {
                    text: "x".repeat(10_001),
                }]
            },
            "reply",
        );
    }

    #[test]
    fn a_hook_has_a_plain_address() {
        let takes = |url: &str| url_of(url).is_ok();
        assert!(takes("https://chat.example.com/hooks/1?x=y"));
        assert!(takes("http://127.0.0.1:8065/"));
        for bad in [
            "",
            "ftp://a.example",
            "https://",
            "https:///x",
            "https://me:pw@a.example/",
            "https://a.example/ b",
            "//a.example",
            "javascript:x",
        ] {
            assert!(!takes(bad), "{bad}");
        }
    }
}

//! Reads a search as people type it. Every mistake is named with its place.

use jiff::civil::Date;

use super::{Condition, Is, Query};
use crate::ids::TicketId;
use crate::tickets::{Kind, Priority, Status, Tag};
use crate::turn::Turn;

/// Longest search read, in bytes, and most parts in it.
const LONGEST: usize = 1_000;
const MOST_PARTS: usize = 40;

/// What is wrong with a search, and where it begins, in bytes from the start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (at character {})", .at + 1)]
pub struct BadQuery {
    pub at: usize,
    pub problem: String,
}

/// # Errors
/// When a field or a value is unknown, a phrase has no end, or the search is too long.
pub fn parse(text: &str) -> Result<Query, BadQuery> {
    if text.len() > LONGEST {
        return Err(bad(
            LONGEST,
            format!("A search can have at most {LONGEST} characters"),
        ));
    }
    let parts = split(text)?;
    if parts.len() > MOST_PARTS {
        let at = parts[MOST_PARTS].at;
        return Err(bad(
            at,
            format!("A search can have at most {MOST_PARTS} parts"),
        ));
    }
    let mut query = Query::default();
    for part in parts {
        add(&mut query, part)?;
    }
    Ok(query)
}

/// One part as typed: `-client:"Fox & Sons"` is negated, with a field and a quoted value.
struct Part {
    at: usize,
    negated: bool,
    field: Option<String>,
    value: String,
    quoted: bool,
}

fn split(text: &str) -> Result<Vec<Part>, BadQuery> {
    let mut parts = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(parts);
        }
        let (part, after) = next_part(rest, text.len() - rest.len())?;
        parts.push(part);
        rest = after;
    }
}

fn next_part(text: &str, at: usize) -> Result<(Part, &str), BadQuery> {
    let (negated, body) = match text.strip_prefix('-') {
        Some(body) if !body.is_empty() && !body.starts_with(char::is_whitespace) => (true, body),
        _ => (false, text),
    };
    let (field, body) = match body.split_once(':') {
        Some((name, value)) if is_field_name(name) => (Some(name.to_lowercase()), value),
        _ => (None, body),
    };
    let (value, quoted, rest) = match body.strip_prefix('"') {
        Some(inside) => {
            let Some((phrase, rest)) = inside.split_once('"') else {
                return Err(bad(at, "This phrase has no closing quote".into()));
            };
            (phrase, true, rest)
        }
        None => {
            let end = body.find(char::is_whitespace).unwrap_or(body.len());
            (&body[..end], false, &body[end..])
        }
    };
    Ok((
        Part {
            at,
            negated,
            field,
            value: value.to_owned(),
            quoted,
        },
        rest,
    ))
}

/// Letters only, so that times and URLs are words and not fields.
fn is_field_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 20
        && name.chars().all(|c| c.is_ascii_alphabetic())
        && !matches!(name, "http" | "https" | "mailto")
}

fn add(query: &mut Query, part: Part) -> Result<(), BadQuery> {
    if let Some(field) = &part.field {
        let condition = condition(field, &part)?;
        let condition = if part.negated {
            Condition::Not(Box::new(condition))
        } else {
            condition
        };
        query.conditions.push(condition);
    } else if let Some(number) = ticket_number(&part) {
        query.conditions.push(Condition::Number(number));
    } else if part.value.chars().any(char::is_alphanumeric) {
        let list = match (part.negated, part.quoted) {
            (true, _) => &mut query.without,
            (false, true) => &mut query.phrases,
            (false, false) => &mut query.words,
        };
        list.push(part.value);
    }
    Ok(())
}

fn ticket_number(part: &Part) -> Option<TicketId> {
    let digits = part
        .value
        .strip_prefix('#')
        .filter(|_| !part.quoted && !part.negated)?;
    digits.parse().ok().map(TicketId)
}

const FIELDS: &str =
    "status, is, turn, priority, kind, tag, client, from, agent, queue, before, after";

fn condition(field: &str, part: &Part) -> Result<Condition, BadQuery> {
    let value = part.value.trim();
    let folded = value.to_lowercase();
    let needs = |what: &str| bad(part.at, format!("{field}: needs {what}, not “{value}”"));
    if value.is_empty() {
        return Err(bad(
            part.at,
            format!("{field}: needs a value right after the colon"),
        ));
    }
    match field {
        "status" => Status::from_text(&folded)
            .map(Condition::Status)
            .ok_or_else(|| needs("new, open, waiting, parked, resolved or closed")),
        "is" => is(&folded)
            .map(Condition::Is)
            .ok_or_else(|| needs("open, ended, late, spam or merged")),
        "turn" => turn(&folded)
            .map(Condition::Turn)
            .ok_or_else(|| needs("desk, client, third-party or nobody")),
        "priority" => Priority::from_text(&folded)
            .map(Condition::Priority)
            .ok_or_else(|| needs("low, normal, high or urgent")),
        "kind" => Kind::from_text(&folded)
            .map(Condition::Kind)
            .ok_or_else(|| needs("incident, request or question")),
        "tag" => Tag::parse(value)
            .map(Condition::Tag)
            .map_err(|problem| bad(part.at, format!("tag: {problem}"))),
        "client" => Ok(Condition::Client(folded)),
        "from" | "requester" => Ok(Condition::From(folded)),
        "agent" | "responsible" => Ok(Condition::Agent(folded)),
        "queue" => Ok(Condition::Queue(folded)),
        "before" => date(value)
            .map(Condition::Before)
            .ok_or_else(|| needs(A_DAY)),
        "after" | "since" => date(value)
            .map(Condition::After)
            .ok_or_else(|| needs(A_DAY)),
        _ => Err(bad(
            part.at,
            format!("There is no field “{field}”. Fields are: {FIELDS}"),
        )),
    }
}

const A_DAY: &str = "a day like 2026-10-01";

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn is(text: &str) -> Option<Is> {
    match text {
        "open" => Some(Is::Open),
        "ended" | "closed" | "resolved" => Some(Is::Ended),
        "spam" => Some(Is::Spam),
        "late" => Some(Is::Late),
        "merged" => Some(Is::Merged),
        _ => None,
    }
}

fn turn(text: &str) -> Option<Turn> {
    match text {
        "ours" | "us" => Some(Turn::Desk),
        "theirs" | "them" => Some(Turn::Client),
        "third" => Some(Turn::ThirdParty),
        _ => Turn::from_text(text),
    }
}

fn bad(at: usize, problem: String) -> BadQuery {
    BadQuery { at, problem }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Query {
        parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn words_phrases_and_fields_go_together() {
        let query =
            read("printer client:acme is:open turn:client \"paper jam\" -toner before:2026-10-01");
        assert_eq!(query.words, ["printer"]);
        assert_eq!(query.phrases, ["paper jam"]);
        assert_eq!(query.without, ["toner"]);
        assert_eq!(
            query.conditions,
            [
                Condition::Client("acme".into()),
                Condition::Is(Is::Open),
                Condition::Turn(Turn::Client),
                Condition::Before(jiff::civil::date(2026, 10, 1)),
            ]
        );
    }

    #[test]
    fn values_with_spaces_are_quoted_and_anything_can_be_negated() {
        assert_eq!(
            read("-client:\"Fox & Sons\"").conditions,
            [Condition::Not(Box::new(Condition::Client(
                "fox & sons".into()
            )))]
        );
    }

    #[test]
    fn a_number_finds_its_ticket() {
        assert_eq!(
            read("#1042").conditions,
            [Condition::Number(TicketId(1042))]
        );
        assert_eq!(read("1042").words, ["1042"]);
    }

    #[test]
    fn what_only_looks_like_a_field_is_a_word() {
        assert_eq!(
            read("https://intranet.example/x 10:30").words,
            ["https://intranet.example/x", "10:30"]
        );
        assert!(read(" - ").is_empty());
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        let check = |text: &str, at: usize, hint: &str| {
            let error = parse(text).expect_err(text);
            assert_eq!(error.at, at, "{text}");
            assert!(error.problem.contains(hint), "{text}: {error}");
        };
        check("printer colour:red", 8, "no field “colour”");
        check("is:lost", 0, "open, ended");
        check("a \"no end", 2, "closing quote");
        check("before:yesterday", 0, "a day like");
        check("client:", 0, "needs a value");
        check(&"x ".repeat(600), 1000, "at most");
        check(&"x ".repeat(41), 80, "parts");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
            let _ = parse(&text);
        }

        #[test]
        fn any_mix_of_marks_is_read_or_refused(text in "[-:\"# a-zé\\n]{0,40}") {
            let _ = parse(&text);
        }
    }
}

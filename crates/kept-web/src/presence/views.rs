//! Who else is here, in words.

use maud::{Markup, html};

use super::State;

/// Names that are said one by one.
const MOST_NAMED: usize = 3;

/// The place above the composer; the script keeps it true.
pub(crate) fn place(others: &[(State, String)], number: u64) -> Markup {
    html! {
        here-now data-to={ "/tickets/" (number) "/presence" } data-topic={ "presence:" (number) } role="status" aria-live="polite" {
            (self::others(others))
        }
    }
}

/// A line for those who write, and one for those who look.
pub(crate) fn others(others: &[(State, String)]) -> Markup {
    let those = |state: State| {
        let names = others.iter().filter(move |it| it.0 == state);
        named(&names.map(|it| it.1.as_str()).collect::<Vec<_>>())
    };
    html! {
        @if let Some((names, many)) = those(State::Writing) {
            span.here.is-writing { b { (names) } @if many { " are" } @else { " is" } " writing" }
        }
        @if let Some((names, many)) = those(State::Looking) {
            span.here { (names) @if many { " have" } @else { " has" } " this open" }
        }
    }
}

/// The names, and whether they are several.
fn named(names: &[&str]) -> Option<(String, bool)> {
    let told = names.len().min(MOST_NAMED);
    let (first, rest) = names.split_at(told);
    let mut parts: Vec<String> = first.iter().map(|it| (*it).to_owned()).collect();
    if !rest.is_empty() {
        parts.push(format!("{} more", rest.len()));
    }
    let last = parts.pop()?;
    let words = match parts.is_empty() {
        true => last,
        false => format!("{} and {last}", parts.join(", ")),
    };
    Some((words, names.len() > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_said_as_people_say_them() {
        let check = |names: &[&str], expected: &str| {
            let all: Vec<(State, String)> = names
                .iter()
                .map(|name| (State::Writing, (*name).to_owned()))
                .collect();
            let says = others(&all).into_string();
            let plain = says.replace("<span class=\"here is-writing\">", "");
            let plain = plain
                .replace("<b>", "")
                .replace("</b>", "")
                .replace("</span>", "");
            assert_eq!(plain, expected);
        };
        check(&[], "");
        check(&["Ines"], "Ines is writing");
        check(&["Ines", "Jonas"], "Ines and Jonas are writing");
        check(&["A", "B", "C", "D", "E"], "A, B, C and 2 more are writing");
    }
}

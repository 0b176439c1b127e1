//! What a reply would do with the turn, read out of its text: suggested to its writer, never done by itself.

use jiff::Timestamp;

use crate::hours::Calendar;
use crate::language::asks;
use crate::promises;
use crate::tickets::AndThen;

/// What to do with the turn, and what in the text says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub then: AndThen,
    pub because: Because,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// This sentence asks the reader for something.
    Asks(String),
    /// This sentence promises something until then.
    Promises { what: String, due: Timestamp },
    /// It only says something.
    Informs,
}

/// `None` while nothing is written. Who asks gives the turn away, also with a promise beside it: that runs by itself.
///
/// `hours` are those of the writer, by which a promise's time is read.
pub fn suggest(text: &str, now: Timestamp, hours: &Calendar) -> Option<Suggestion> {
    if text.trim().is_empty() {
        return None;
    }
    if let Some(asked) = asks::asked(text) {
        return Some(Suggestion {
            then: AndThen::Ask,
            because: Because::Asks(asked.what),
        });
    }
    let promised = promises::read(text, now, hours).into_iter().next();
    let because = promised.map_or(Because::Informs, |it| Because::Promises {
        what: it.what,
        due: it.due,
    });
    Some(Suggestion {
        then: AndThen::Update,
        because,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is suggested at 9 on Monday the 23rd, by a desk that is always open.
    fn check(text: &str, expected: &str) {
        let now = "2026-11-23T09:00:00Z".parse().expect("time");
        let hours = Calendar::around_the_clock();
        let said = match suggest(text, now, &hours) {
            None => String::new(),
            Some(it) => {
                let because = match it.because {
                    Because::Asks(what) => format!("asks: {what}"),
                    Because::Promises { what, .. } => format!("promises: {what}"),
                    Because::Informs => "informs".to_owned(),
                };
                format!("{} {because}", it.then.as_str())
            }
        };
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn what_a_text_does_says_what_becomes_of_the_turn() {
        check("  \n", "");
        check("The cable is replaced.", "update informs");
        check("Is the light on?", "ask asks: Is the light on?");
        check(
            "Hello. Please send us the serial number.",
            "ask asks: Please send us the serial number.",
        );
        check(
            "Leuchtet die Lampe noch?",
            "ask asks: Leuchtet die Lampe noch?",
        );
        check(
            "I will call you back tomorrow.",
            "update promises: I will call you back tomorrow.",
        );
        check(
            "Is the light on? I will call you back tomorrow.",
            "ask asks: Is the light on?",
        );
    }

    #[test]
    fn what_others_wrote_and_politeness_suggest_nothing() {
        check("> Is the light on?\n\nIt is mended.", "update informs");
        check(
            "Done. Let me know if you need anything else.",
            "update informs",
        );
    }
}

//! What a reply would do with the turn, read out of its text: suggested to its writer, never done by itself.

use jiff::Timestamp;

use crate::hours::Calendar;
use crate::language::{asks, settles};
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
    /// This sentence says that all is done.
    Settles(String),
    /// It only says something.
    Informs,
}

impl Suggestion {
    /// What is done with the turn unless its writer chooses. Nothing ends by itself: *resolve* is only offered.
    pub fn unless_chosen(&self) -> AndThen {
        match self.then {
            AndThen::Resolve => AndThen::Update,
            then => then,
        }
    }
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
    let promised = promised.map(|it| Because::Promises {
        what: it.what,
        due: it.due,
    });
    let (then, because) = match (promised, settles::settled(text)) {
        (Some(promised), _) => (AndThen::Update, promised),
        (None, Some(what)) => (AndThen::Resolve, Because::Settles(what)),
        (None, None) => (AndThen::Update, Because::Informs),
    };
    Some(Suggestion { then, because })
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
                    Because::Settles(what) => format!("settles: {what}"),
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
    fn what_is_done_is_offered_to_be_resolved_unless_something_is_asked_or_promised() {
        check(
            "Everything is fixed. You don't need to do anything.",
            "resolve settles: Everything is fixed.",
        );
        check(
            "Alles behoben, Sie müssen nichts mehr tun.",
            "resolve settles: Alles behoben, Sie müssen nichts mehr tun.",
        );
        check(
            "Everything is fixed. Please restart the computer.",
            "ask asks: Please restart the computer.",
        );
        check(
            "Everything is fixed. I call you back tomorrow at 10.",
            "update promises: I call you back tomorrow at 10.",
        );
        let now = "2026-11-23T09:00:00Z".parse().expect("time");
        let found = suggest("All done.", now, &Calendar::around_the_clock());
        let unless_chosen = found.map(|it| it.unless_chosen());
        assert_eq!(unless_chosen, Some(AndThen::Update), "it is only offered");
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

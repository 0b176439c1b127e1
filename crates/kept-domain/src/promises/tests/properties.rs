//! For any text at all.

use proptest::prelude::*;

use super::{calendar, desk, read, written};
use crate::language::MOST_BYTES;

/// Words that promises and times are made of.
const WORDS: &str = "I'll ich melde mich we will call not if wenn by bis am um at in Friday Montag morgen next nächste week \
    Woche Ende end of zum 14. 31. 1.12. 2026-12-01 29.2. 99/99 24:00 25:61 10.30 Uhr pm h two zwei half halb 99999999999 \
    days Stunden hours business December month ago vor before after or – , . ? ! > \" „ “ https:// a@b UTC today tonight \
    the weekend soon 0 24 12 th \u{308} ß İ ' ’ year over night";

/// Such words in any order, with and without spaces, over several lines.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(WORDS.split_whitespace().collect::<Vec<_>>());
    let space = prop::sample::select(vec![" ", " ", "", "\n", "\n\n"]);
    prop::collection::vec((word, space), 0..60).prop_map(|parts| {
        let parts = parts.into_iter().flat_map(|(word, space)| [word, space]);
        parts.collect()
    })
}

fn sound(text: &str) -> Result<(), TestCaseError> {
    for calendar in [desk(), calendar("Pacific/Apia", "22:00", "24:00")] {
        for at in ["Mon 00:00", "Fri 23:59", "Sun 12:00"] {
            let written = written(at, &calendar);
            for found in read(text, written, &calendar) {
                prop_assert!(found.due > written);
                prop_assert!(text.get(found.span.clone()).is_some(), "{:?}", found.span);
                prop_assert!(!found.what.is_empty() && !found.reading.is_empty());
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn dues_are_ahead_and_places_real(text in words()) {
        sound(&format!("I'll call {text}"))?;
        sound(&text)?;
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        sound(&text)?;
    }
}

#[test]
fn texts_that_look_for_trouble_are_read_too() {
    for text in [
        "\"",
        "I'll ",
        ">\n",
        "a.",
        "@",
        "by ",
        "the ",
        "9-",
        "14. ",
        "„",
        "i|",
        "if I'll by Friday, ",
        "\u{308}",
        "'",
    ] {
        let long = text.repeat(2 * MOST_BYTES / text.len());
        let desk = desk();
        let found = read(&long, written("Mon 09:00", &desk), &desk);
        assert!(found.iter().all(|one| one.span.end <= MOST_BYTES));
    }
}

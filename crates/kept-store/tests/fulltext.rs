//! Full text: the same messages are found on both databases, whatever is typed.

use kept_domain::ids::{MessageId, TicketId};
use kept_store::fulltext::{self, Document, Place, Terms};
use kept_store::testing::both;
use kept_store::{Store, StoreError};
use proptest::prelude::*;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn words(words: &[&str]) -> Terms {
    Terms {
        words: texts(words),
        ..Terms::default()
    }
}

fn phrase(phrase: &str) -> Terms {
    Terms {
        phrases: texts(&[phrase]),
        ..Terms::default()
    }
}

fn index(
    store: &Store,
    message: i64,
    subject: &'static str,
    people: &'static str,
    body: &'static str,
) {
    store
        .write_blocking(move |tx| {
            let (message, ticket) = (MessageId(message), TicketId(message / 10));
            fulltext::index(
                tx,
                &Document {
                    message,
                    ticket,
                    subject,
                    people,
                    body,
                },
            )
        })
        .expect("indexes");
}

fn desk(store: &Store) {
    index(
        store,
        11,
        "Printer on fire",
        "Anna Zoë <anna@example.org>",
        "Smoke comes out of the back.",
    );
    index(
        store,
        12,
        "Re: Printer",
        "Kim <kim@desk.example>",
        "Please switch it off. Is anyone hurt?",
    );
    index(
        store,
        21,
        "Invoice INV-2024/0042",
        "Bo <bo@example.org>",
        "The printer of Anna was billed twice.",
    );
    index(
        store,
        31,
        "東京の会議",
        "田中 <tanaka@example.jp>",
        "会議室の予約 Straße Жёлтый",
    );
}

fn found(store: &Store, terms: &Terms) -> Vec<i64> {
    let terms = terms.clone();
    let hits = store
        .read_blocking(move |tx| fulltext::matching(tx, &terms, 10))
        .expect("searches");
    hits.iter().map(|hit| hit.message.0).collect()
}

fn check(store: &Store, terms: Terms, expected: &[i64]) {
    assert_eq!(
        found(store, &terms),
        expected,
        "{terms:?} on {:?}",
        store.database()
    );
}

#[test]
fn every_word_must_be_there_in_any_order_and_spelling() {
    both(|store| {
        desk(&store);
        check(&store, words(&["smoke"]), &[11]);
        check(&store, words(&["SMOKE", "zoe"]), &[11]);
        check(&store, words(&["smoke", "invoice"]), &[]);
        check(&store, words(&["anna@example.org"]), &[11]);
        check(&store, words(&["INV-2024/0042"]), &[21]);
        check(&store, words(&["strasse", "желтыи"]), &[31]);
        check(&store, words(&["会議室"]), &[31]);
        check(&store, words(&["議会"]), &[]);
    });
}

#[test]
fn the_subject_comes_first_then_people_then_the_newest() {
    both(|store| {
        desk(&store);
        check(&store, words(&["printer"]), &[12, 11, 21]);
        check(&store, words(&["anna"]), &[11, 21]);
        let places = store.read_blocking(|tx| fulltext::matching(tx, &words(&["anna"]), 10));
        let places: Vec<Place> = places
            .expect("searches")
            .iter()
            .map(|hit| hit.place)
            .collect();
        assert_eq!(places, [Place::People, Place::Message]);
    });
}

#[test]
fn the_last_word_may_be_a_beginning() {
    both(|store| {
        desk(&store);
        check(&store, words(&["pri"]), &[12, 11, 21]);
        check(&store, words(&["anna", "prin"]), &[21, 11]);
        check(&store, words(&["prin", "anna"]), &[]);
        check(&store, words(&["pr"]), &[]);
        check(&store, words(&["2024/004"]), &[21]);
    });
}

#[test]
fn a_phrase_is_side_by_side_and_does_not_reach_across_fields() {
    both(|store| {
        desk(&store);
        check(&store, phrase("printer on fire"), &[11]);
        check(&store, phrase("fire on printer"), &[]);
        check(&store, phrase("fire Anna"), &[]);
        check(&store, phrase("print"), &[]);
    });
}

#[test]
fn words_can_be_unwanted() {
    both(|store| {
        desk(&store);
        let mut terms = words(&["printer"]);
        terms.without = texts(&["smoke", "billed twice"]);
        check(&store, terms, &[12]);
        let only_unwanted = Terms {
            without: texts(&["smoke"]),
            ..Terms::default()
        };
        check(&store, only_unwanted, &[]);
    });
}

#[test]
fn a_message_is_indexed_anew_moved_and_removed() {
    both(|store| {
        desk(&store);
        index(&store, 11, "Kettle", "Anna", "cold");
        check(&store, words(&["smoke"]), &[]);
        check(&store, words(&["kettle"]), &[11]);
        let hits = store.write_blocking(|tx| {
            fulltext::moved(tx, MessageId(11), TicketId(77))?;
            fulltext::matching(tx, &words(&["kettle"]), 10)
        });
        assert_eq!(hits.expect("searches")[0].ticket, TicketId(77));
        for _ in 0..2 {
            store
                .write_blocking(|tx| fulltext::remove(tx, MessageId(11)))
                .expect("removes");
        }
        check(&store, words(&["kettle"]), &[]);
    });
}

#[test]
fn what_is_undone_leaves_no_word_and_what_comes_later_counts() {
    both(|store| {
        let document = Document {
            message: MessageId(41),
            ticket: TicketId(4),
            subject: "Kettle",
            people: "Anna",
            body: "cold",
        };
        let undone: Result<(), StoreError> = store.write_blocking(move |tx| {
            fulltext::index(tx, &document)?;
            Err(StoreError::Busy)
        });
        assert_eq!(undone, Err(StoreError::Busy));
        check(&store, words(&["kettle"]), &[]);
        let taken_out = store.write_blocking(move |tx| {
            fulltext::index(tx, &document)?;
            fulltext::remove(tx, document.message)
        });
        assert_eq!(taken_out, Ok(()));
        check(&store, words(&["kettle"]), &[]);
        let anew = store.write_blocking(move |tx| {
            fulltext::index(tx, &document)?;
            fulltext::remove(tx, document.message)?;
            fulltext::index(tx, &document)
        });
        assert_eq!(anew, Ok(()));
        check(&store, words(&["kettle"]), &[41]);
    });
}

#[test]
fn the_limit_keeps_the_best() {
    both(|store| {
        desk(&store);
        let hits = store.read_blocking(|tx| fulltext::matching(tx, &words(&["printer"]), 2));
        let hits: Vec<i64> = hits
            .expect("searches")
            .iter()
            .map(|hit| hit.message.0)
            .collect();
        assert_eq!(hits, [12, 11]);
    });
}

#[test]
fn the_condition_finds_the_tickets() {
    both(|store| {
        desk(&store);
        let database = store.database();
        let tickets = store.read_blocking(move |tx| {
            let (condition, query) =
                fulltext::condition(database, &words(&["anna"]), "ticket_id", 2).expect("a word");
            let sql = format!(
                "SELECT DISTINCT ticket_id FROM message_words
                 WHERE message_id > ?1 AND {condition} ORDER BY ticket_id"
            );
            tx.rows(&sql, &[0.into(), query])
        });
        let tickets: Result<Vec<i64>, StoreError> = tickets
            .expect("searches")
            .iter()
            .map(|row| row.int("ticket_id"))
            .collect();
        assert_eq!(tickets, Ok(vec![1, 2]));
        assert!(fulltext::condition(database, &words(&["!?"]), "id", 1).is_none());
    });
}

#[test]
fn a_book_can_be_indexed() {
    both(|store| {
        let body: String = (0..200_000).map(|at| format!("word{at} ")).collect();
        store
            .write_blocking(move |tx| {
                let (message, ticket) = (MessageId(1), TicketId(1));
                fulltext::index(
                    tx,
                    &Document {
                        message,
                        ticket,
                        subject: "",
                        people: "",
                        body: &body,
                    },
                )
            })
            .expect("indexes");
        check(&store, words(&["word7", "word1234"]), &[1]);
    });
}

/// Everything that means something to FTS5 or to tsquery.
const ODD: &[&str] = &[
    "\"",
    "'",
    "*",
    "AND",
    "OR NOT",
    "NEAR(a b)",
    "subject:",
    "{subject} : x",
    "^",
    "-",
    "a -b",
    "(",
    ")",
    "&",
    "|",
    "!",
    "<->",
    ":*",
    "\\",
    "'; DROP TABLE jobs; --",
    "\0",
    "a\0b",
    "🙂",
    "%",
    "_",
    "?1",
    "$1",
    "\u{301}",
    "\u{200B}",
    "",
    " ",
];

#[test]
fn odd_input_is_only_words() {
    both(|store| {
        desk(&store);
        for text in ODD {
            for terms in [words(&[text]), words(&["printer", text]), phrase(text)] {
                found(&store, &terms);
            }
            let mut without = words(&["printer"]);
            without.without = texts(&[text]);
            found(&store, &without);
        }
        check(&store, words(&["\"printer", "OR", "smoke\""]), &[]);
        check(&store, words(&["smoke' | 'x"]), &[]);
        check(&store, words(&["smoke\""]), &[11]);
    });
}

#[test]
fn any_text_with_a_word_is_found_by_itself() {
    both(|store| {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        runner
            .run(
                &"[\\u{20}-\\u{24F}\\u{370}-\\u{4FF}\\u{4E00}-\\u{4FFF}]{1,40}",
                |text| {
                    let (terms, shown) = (phrase(&text), text.clone());
                    let has_word = text.chars().any(|letter| letter.is_alphanumeric());
                    let indexed = store.write_blocking(move |tx| {
                        let (message, ticket) = (MessageId(1), TicketId(1));
                        fulltext::index(
                            tx,
                            &Document {
                                message,
                                ticket,
                                subject: "",
                                people: "",
                                body: &text,
                            },
                        )
                    });
                    indexed.expect("indexes");
                    let hits = store.read_blocking(move |tx| fulltext::matching(tx, &terms, 1));
                    let hits = hits.expect("searches");
                    prop_assert_eq!(hits.len(), usize::from(has_word), "{}", shown);
                    Ok(())
                },
            )
            .expect("holds for every text");
    });
}

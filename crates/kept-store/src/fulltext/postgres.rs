//! Full text on PostgreSQL: a tsvector of our own words with a GIN index.

use std::fmt::Write as _;

use kept_domain::search::{Phrase, Wanted, Words};

use super::{Document, Place};
use crate::error::StoreError;
use crate::tx::Tx;

pub(super) const FIND: &str = "
    SELECT message_id, ticket_id FROM message_words
    WHERE words @@ CAST(CAST(?1 AS TEXT) AS tsquery)
    ORDER BY message_id DESC LIMIT ?2";

pub(super) const TICKETS: &str = "
    SELECT w.ticket_id FROM message_words AS w
    WHERE w.words @@ CAST(CAST(?1 AS TEXT) AS tsquery)";

/// PostgreSQL knows no position beyond this one; phrases are found before it.
const LAST_POSITION: usize = 16_383;
/// Space between fields, so that no phrase reaches from one into the next.
const GAP: usize = 10;

pub(super) fn index(
    tx: &mut Tx<'_>,
    document: &Document<'_>,
    words: &Words,
) -> Result<(), StoreError> {
    tx.exec(
        "INSERT INTO message_words (message_id, ticket_id, words)
         VALUES (?1, ?2, CAST(CAST(?3 AS TEXT) AS tsvector))
         ON CONFLICT (message_id) DO UPDATE SET
             ticket_id = excluded.ticket_id, words = excluded.words",
        &[
            document.message.0.into(),
            document.ticket.0.into(),
            vector(words).into(),
        ],
    )?;
    Ok(())
}

/// `'printer':1A 'anna':12B 'fire':23`: A is the subject, B the people,
/// <https://www.postgresql.org/docs/current/datatype-textsearch.html>.
fn vector(words: &Words) -> String {
    let mut vector = String::new();
    let mut position = 1;
    for (field, weight) in [
        (&words.subject, "A"),
        (&words.people, "B"),
        (&words.body, ""),
    ] {
        for word in field {
            // Writing to a String can't fail.
            let _ = write!(
                vector,
                "{}:{}{weight} ",
                quoted(word),
                position.min(LAST_POSITION)
            );
            position += 1;
        }
        position += GAP;
    }
    vector
}

/// `'printer':A & ('on':A <-> 'fi':*A) & !'toner'`.
pub(super) fn query(wanted: &Wanted, place: Place) -> String {
    let weight = match place {
        Place::Subject => "A",
        Place::People => "B",
        Place::Message => "",
    };
    let there = wanted
        .there
        .iter()
        .map(|phrase| side_by_side(phrase, weight));
    let missing = wanted
        .missing
        .iter()
        .map(|phrase| format!("!{}", side_by_side(phrase, "")));
    let parts: Vec<String> = there.chain(missing).collect();
    parts.join(" & ")
}

fn side_by_side(phrase: &Phrase, weight: &str) -> String {
    let last = phrase.words.len().saturating_sub(1);
    let words: Vec<String> = phrase
        .words
        .iter()
        .enumerate()
        .map(|(at, word)| {
            let goes_on = if phrase.is_beginning && at == last {
                "*"
            } else {
                ""
            };
            format!("{}{}", quoted(word), labelled(goes_on, weight))
        })
        .collect();
    format!("({})", words.join(" <-> "))
}

fn labelled(goes_on: &str, weight: &str) -> String {
    match (goes_on, weight) {
        ("", "") => String::new(),
        _ => format!(":{goes_on}{weight}"),
    }
}

/// Words hold neither quotes nor backslashes; doubling them would be right all the same.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\\', "\\\\").replace('\'', "''"))
}

//! Full text on SQLite: an FTS5 table that holds the words and not the texts. It is written just before the
//! commit, so a transaction does not find by it what it wrote itself.

use kept_domain::ids::MessageId;
use kept_domain::search::{Phrase, Wanted, Words};

use super::{Document, Place};
use crate::error::StoreError;
use crate::tx::Tx;

pub(super) const FIND: &str = "
    SELECT found.message_id, w.ticket_id
    FROM (SELECT rowid AS message_id FROM message_words_index
          WHERE message_words_index MATCH ?1 ORDER BY rowid DESC LIMIT ?2) AS found
    JOIN message_words AS w ON w.message_id = found.message_id
    ORDER BY found.message_id DESC";

pub(super) const TICKETS: &str = "
    SELECT w.ticket_id FROM message_words_index AS i
    JOIN message_words AS w ON w.message_id = i.rowid
    WHERE message_words_index MATCH ?1";

pub(super) fn index(
    tx: &mut Tx<'_>,
    document: &Document<'_>,
    words: &Words,
) -> Result<(), StoreError> {
    let key = [document.message.0.into(), document.ticket.0.into()];
    let added = tx.exec(
        "INSERT INTO message_words (message_id, ticket_id) VALUES (?1, ?2)
         ON CONFLICT (message_id) DO NOTHING",
        &key,
    )?;
    if added == 0 {
        remove(tx, document.message);
        super::moved(tx, document.message, document.ticket)?;
    }
    tx.exec_last(
        "INSERT INTO message_words_index (rowid, subject, people, body) VALUES (?1, ?2, ?3, ?4)",
        vec![
            document.message.0.into(),
            words.subject.join(" ").into(),
            words.people.join(" ").into(),
            words.body.join(" ").into(),
        ],
    );
    Ok(())
}

pub(super) fn remove(tx: &mut Tx<'_>, message: MessageId) {
    tx.exec_last(
        "DELETE FROM message_words_index WHERE rowid = ?1",
        vec![message.0.into()],
    );
}

/// `{subject} : ("printer" AND "on fi" *) NOT ("toner")`, <https://sqlite.org/fts5.html#full_text_query_syntax>.
pub(super) fn query(wanted: &Wanted, place: Place) -> String {
    let columns = match place {
        Place::Subject => "{subject} : ",
        Place::People => "{people} : ",
        Place::Message => "",
    };
    let there = joined(&wanted.there, " AND ");
    let mut query = format!("{columns}({there})");
    if !wanted.missing.is_empty() {
        query = format!("({query}) NOT ({})", joined(&wanted.missing, " OR "));
    }
    query
}

fn joined(phrases: &[Phrase], by: &str) -> String {
    let phrases: Vec<String> = phrases.iter().map(quoted).collect();
    phrases.join(by)
}

/// Words hold no quotes; doubling them would be right all the same.
fn quoted(phrase: &Phrase) -> String {
    let words = phrase.words.join(" ").replace('"', "\"\"");
    let goes_on = if phrase.is_beginning { " *" } else { "" };
    format!("\"{words}\"{goes_on}")
}

//! Tags on tickets: a text beside each ticket for lists, and a row each for the search.

use std::collections::BTreeSet;

use kept_domain::ids::TicketId;
use kept_domain::tickets::Tag;

use crate::{Row, StoreError, Tx};

/// The column's text: the tags in order with spaces between, which no tag holds.
pub(crate) fn written(tags: &BTreeSet<Tag>) -> String {
    let words: Vec<&str> = tags.iter().map(Tag::as_str).collect();
    words.join(" ")
}

pub(crate) fn read(row: &Row) -> Result<BTreeSet<Tag>, StoreError> {
    let text = row.text("tags")?;
    Ok(text
        .split_whitespace()
        .filter_map(|word| Tag::parse(word).ok())
        .collect())
}

/// Writes the rows the search looks at.
pub(crate) fn set(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    tags: &BTreeSet<Tag>,
) -> Result<(), StoreError> {
    tx.exec(
        "DELETE FROM ticket_tags WHERE ticket_id = ?1",
        &[ticket.0.into()],
    )?;
    for tag in tags {
        let sql = "INSERT INTO ticket_tags (tag, ticket_id) VALUES (?1, ?2)";
        tx.exec(sql, &[tag.as_str().into(), ticket.0.into()])?;
    }
    Ok(())
}

//! Numbers that correspondents' own desks write into subjects, and the ticket each was first seen on.

use kept_domain::ids::{MessageId, TicketId};

use crate::convert::places;
use crate::{StoreError, Tx, Value};

/// Remembers the tags of one mail. A tag keeps the ticket it was first seen on.
pub fn remember(
    tx: &mut Tx<'_>,
    correspondent: &str,
    tags: &[String],
    ticket: TicketId,
    message: MessageId,
) -> Result<(), StoreError> {
    for tag in tags {
        let sql = "INSERT INTO foreign_tags (correspondent, tag, ticket_id, message_id)
            VALUES (?1, ?2, ?3, ?4) ON CONFLICT (correspondent, tag) DO NOTHING";
        let params = [
            correspondent.into(),
            tag.as_str().into(),
            ticket.0.into(),
            message.0.into(),
        ];
        tx.exec(sql, &params)?;
    }
    Ok(())
}

/// The first of these tags that this correspondent used before, with its ticket.
pub fn find(
    tx: &mut Tx<'_>,
    correspondent: &str,
    tags: &[String],
) -> Result<Option<(String, TicketId)>, StoreError> {
    if tags.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "SELECT tag, ticket_id FROM foreign_tags WHERE correspondent = ?1 AND tag IN ({})
            ORDER BY message_id LIMIT 1",
        places(2, tags.len())
    );
    let mut params: Vec<Value> = vec![correspondent.into()];
    params.extend(tags.iter().map(|tag| Value::from(tag.as_str())));
    let row = tx.one(&sql, &params)?;
    row.map(|row| Ok((row.text("tag")?, TicketId(row.int("ticket_id")?))))
        .transpose()
}

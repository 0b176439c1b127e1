//! Who changed how the desk works. Append-only.

use jiff::Timestamp;
use kept_domain::ids::PersonId;

use crate::convert::ms;
use crate::{StoreError, Tx};

/// Writes one line; `what` is a sentence and never holds a secret.
pub fn write(
    tx: &mut Tx<'_>,
    by: Option<PersonId>,
    what: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO audit (at_ms, person_id, what) VALUES (?1, ?2, ?3)";
    tx.exec(sql, &[ms(now).into(), by.map(|p| p.0).into(), what.into()])?;
    Ok(())
}

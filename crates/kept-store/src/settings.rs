//! What the desk remembers about itself: small texts by key.

use crate::{StoreError, Tx};

pub fn get(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let row = tx.one("SELECT value FROM settings WHERE key = ?1", &[key.into()])?;
    row.map(|row| row.text("value")).transpose()
}

pub fn set(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO settings (key, value) VALUES (?1, ?2)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value";
    tx.exec(sql, &[key.into(), value.into()])?;
    Ok(())
}

/// Sets a value nobody has set yet; tells whether this call did. Of two nodes one wins.
pub fn claim(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<bool, StoreError> {
    let sql = "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO NOTHING";
    Ok(tx.exec(sql, &[key.into(), value.into()])? == 1)
}

/// Removes a value if it is this one; tells whether it was. Of two who take it one gets it.
pub fn take(tx: &mut Tx<'_>, key: &str, value: &str) -> Result<bool, StoreError> {
    let sql = "DELETE FROM settings WHERE key = ?1 AND value = ?2";
    Ok(tx.exec(sql, &[key.into(), value.into()])? == 1)
}

pub fn remove(tx: &mut Tx<'_>, key: &str) -> Result<(), StoreError> {
    tx.exec("DELETE FROM settings WHERE key = ?1", &[key.into()])?;
    Ok(())
}

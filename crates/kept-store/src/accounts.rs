//! Sign-ins at providers that want OAuth2. Settings, tokens and a sign-in under way are JSON that the
//! app understands; what is secret in them is sealed before it comes here.

use jiff::Timestamp;
use kept_domain::ids::AccountId;

use crate::convert::ms;
use crate::{Row, StoreError, Tx};

/// One account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub name: String,
    pub settings: String,
    pub tokens: Option<String>,
    pub pending: Option<String>,
    pub last_error: Option<String>,
}

const COLUMNS: &str = "id, name, settings, tokens, pending, last_error";
/// More accounts than any desk has.
const MOST: i64 = 200;

pub fn insert(
    tx: &mut Tx<'_>,
    name: &str,
    settings: &str,
    now: Timestamp,
) -> Result<AccountId, StoreError> {
    let sql =
        "INSERT INTO accounts (name, settings, created_at_ms) VALUES (?1, ?2, ?3) RETURNING id";
    let row = tx.one(sql, &[name.into(), settings.into(), ms(now).into()])?;
    let row = row.ok_or_else(StoreError::nothing_returned)?;
    row.int("id").map(AccountId)
}

/// Changes what it is called and how it signs in; tells whether it is there.
pub fn update(
    tx: &mut Tx<'_>,
    id: AccountId,
    name: &str,
    settings: &str,
) -> Result<bool, StoreError> {
    let sql = "UPDATE accounts SET name = ?2, settings = ?3 WHERE id = ?1";
    Ok(tx.exec(sql, &[id.0.into(), name.into(), settings.into()])? == 1)
}

/// Writes the tokens in force, or forgets them, and why they could not be had.
pub fn set_tokens(
    tx: &mut Tx<'_>,
    id: AccountId,
    tokens: Option<&str>,
    error: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE accounts SET tokens = ?2, last_error = ?3 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), tokens.into(), error.into()])?;
    Ok(())
}

/// Begins a sign-in, or ends the one under way.
pub fn set_pending(
    tx: &mut Tx<'_>,
    id: AccountId,
    pending: Option<&str>,
) -> Result<(), StoreError> {
    let sql = "UPDATE accounts SET pending = ?2 WHERE id = ?1";
    tx.exec(sql, &[id.0.into(), pending.into()])?;
    Ok(())
}

pub fn remove(tx: &mut Tx<'_>, id: AccountId) -> Result<bool, StoreError> {
    Ok(tx.exec("DELETE FROM accounts WHERE id = ?1", &[id.0.into()])? == 1)
}

pub fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = ?1");
    tx.one(&sql, &[id.0.into()])?
        .map(|row| read(&row))
        .transpose()
}

/// All of them, in the order they were added.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Account>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM accounts ORDER BY id LIMIT ?1");
    tx.rows(&sql, &[MOST.into()])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: AccountId(row.int("id")?),
        name: row.text("name")?,
        settings: row.text("settings")?,
        tokens: row.maybe_text("tokens")?,
        pending: row.maybe_text("pending")?,
        last_error: row.maybe_text("last_error")?,
    })
}

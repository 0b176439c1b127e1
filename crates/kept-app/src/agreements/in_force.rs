//! The agreements as they are, read once and kept until somebody changes one.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use kept_domain::agreements::{Book, Scope, Version, by_default};
use kept_store::agreements::{self, NewVersion};
use kept_store::{Tx, settings};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// The setting that holds what [`mark_of`] says.
const MARK: &str = "agreements.mark";

/// The hash of all versions and of when each agreement ends.
fn mark_of(versions: &[Version]) -> Result<String, Error> {
    let mut sum = Sha256::new();
    for version in versions {
        let wording = serde_json::to_vec(version.wording.as_ref());
        let wording = wording
            .map_err(|e| Error::Outside(format!("an agreement can't be written down: {e}")))?;
        let rest = format!(
            "{} {:?} {} {} {:?}",
            version.id, version.scope, version.name, version.from, version.until
        );
        sum.update(rest.as_bytes());
        sum.update(&wording);
    }
    let sum = sum.finalize();
    Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What was read under which mark. A mark is the hash of what it stands for, so what is kept here can be old but never
/// wrong, whichever desk of this process asks.
static READ: Mutex<Vec<(String, Arc<Book>)>> = Mutex::new(Vec::new());
/// Books kept: one is enough for a server, tests run many desks at once.
const MOST_READ: usize = 16;

/// All agreements. Costs one look at one row as long as nothing changed.
pub(crate) fn book(tx: &mut Tx<'_>) -> Result<Arc<Book>, Error> {
    let mark = settings::get(tx, MARK)?;
    let known = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let found = known
        .iter()
        .find(|(of, _)| Some(of.as_str()) == mark.as_deref());
    if let Some((_, book)) = found {
        return Ok(Arc::clone(book));
    }
    drop(known);
    let book = Book::new(agreements::versions(tx)?).map(Arc::new);
    let book = book.ok_or_else(|| {
        Error::Outside("no agreement holds for everybody; restore a backup".into())
    })?;
    if let Some(mark) = mark {
        let mut known = READ.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_READ {
            known.remove(0);
        }
        known.push((mark, Arc::clone(&book)));
    }
    Ok(book)
}

/// To be called in the transaction that changed an agreement.
pub(crate) fn remember_change(tx: &mut Tx<'_>) -> Result<(), Error> {
    let versions = agreements::versions(tx)?;
    let mark = mark_of(&versions)?;
    settings::set(tx, MARK, &mark)?;
    match Book::new(versions) {
        Some(book) => crate::duties::plan_all(tx, &book),
        None => Ok(()),
    }
}

/// Makes sure that some agreement holds for everybody, from before the first ticket on.
pub(crate) fn ensure(tx: &mut Tx<'_>, now: Timestamp) -> Result<(), Error> {
    // Of two nodes that start at once one writes it; the other waits here for its transaction.
    if !settings::claim(tx, MARK, "")? {
        return Ok(());
    }
    let zone = kept_store::queues::all(tx)?
        .first()
        .map_or_else(|| "UTC".to_owned(), |queue| queue.zone.clone());
    let wording = by_default(&zone).or_else(|_| by_default("UTC"));
    let wording = wording.map_err(|e| Error::Outside(e.to_string()))?;
    let everybody = agreements::insert(tx, "Everybody", Scope::Everybody, now)?;
    let first = NewVersion {
        agreement: everybody,
        from: Timestamp::UNIX_EPOCH,
        wording: &wording,
        by: None,
    };
    agreements::add_version(tx, first, now)?;
    remember_change(tx)
}

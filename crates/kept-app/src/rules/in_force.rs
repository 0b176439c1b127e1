//! The rules that are in force, read once and kept until somebody changes them.

use std::sync::{Arc, Mutex, PoisonError};

use kept_domain::ids::RuleId;
use kept_domain::rules::{Rule, check};
use kept_domain::search::Query;
use kept_store::rules::{self, Stored};
use kept_store::{Tx, settings};
use sha2::{Digest as _, Sha256};

use crate::Error;

/// A rule with its search read.
#[derive(Debug, Clone)]
pub(super) struct Ready {
    pub id: RuleId,
    pub rule: Rule,
    /// `None` means always.
    pub query: Option<Query>,
}

/// The setting that holds what [`version_of`] says; nothing while there never were rules.
pub(super) const VERSION: &str = "rules.version";

/// The hash of all rules in their order.
pub(super) fn version_of(rules: &[Stored]) -> Result<String, Error> {
    let all: Vec<_> = rules
        .iter()
        .map(|stored| (stored.id, &stored.rule))
        .collect();
    let text = serde_json::to_vec(&all)
        .map_err(|e| Error::Outside(format!("the rules can't be written down: {e}")))?;
    let sum = Sha256::digest(&text);
    Ok(sum.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What was read under which version. A version is the hash of what it stands for, so what is kept here can be
/// old but never wrong, whichever desk of this process asks.
static READ: Mutex<Vec<(String, Arc<[Ready]>)>> = Mutex::new(Vec::new());
/// Versions kept: one is enough for a server, tests run many desks at once.
const MOST_READ: usize = 16;

/// The rules that are on, in their order. Costs one look at one row as long as nothing changed.
pub(super) fn in_force(tx: &mut Tx<'_>) -> Result<Arc<[Ready]>, Error> {
    let Some(version) = settings::get(tx, VERSION)? else {
        return Ok(Arc::from([]));
    };
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, rules)) = read.iter().find(|(known, _)| *known == version) {
        return Ok(Arc::clone(rules));
    }
    drop(read);
    let stored = rules::readable(tx)?.into_iter();
    let on = stored.filter(|stored| stored.rule.on);
    let ready: Arc<[Ready]> = on
        .filter_map(|stored| ready(stored.id, stored.rule))
        .collect();
    read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if read.len() >= MOST_READ {
        read.remove(0);
    }
    read.push((version, Arc::clone(&ready)));
    Ok(ready)
}

/// A rule whose search no longer reads does not run; the page and the doctor say so.
pub(super) fn ready(id: RuleId, rule: Rule) -> Option<Ready> {
    let query = check(&rule).ok()?;
    Some(Ready { id, rule, query })
}

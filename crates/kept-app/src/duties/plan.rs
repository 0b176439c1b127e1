//! When each duty is asked for next: worked out when an agreement changes and after each asking, so that the worker only has
//! to look at the clock.

use jiff::Timestamp;
use kept_domain::agreements::{Asking, Book, Scope, Version, Wording, askings};
use kept_domain::ids::AgreementId;
use kept_store::Tx;
use kept_store::duties::{self, Plan};

use crate::Error;

/// Days looked at for the next one: a weekend or a long holiday puts several of them on one morning.
const LOOKED_AHEAD: usize = 40;
/// Days looked at for what was to be asked for meanwhile.
const LOOKED_BACK: usize = 400;

/// Plans the duties of all agreements. To be called in the transaction that changed one.
pub(crate) fn plan_all(tx: &mut Tx<'_>, book: &Book) -> Result<(), Error> {
    let mut ids: Vec<AgreementId> = book.versions().iter().map(|it| it.agreement).collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let versions = versions_of(book, id);
        for number in numbers(&versions) {
            plan(tx, &versions, number)?;
        }
        let known = numbers(&versions);
        for gone in duties::plans_of(tx, id)? {
            if !known.contains(&gone.duty) {
                duties::forget_plan(tx, id, gone.duty)?;
            }
        }
    }
    Ok(())
}

/// Plans one duty of the agreement these versions are of.
pub(super) fn plan(tx: &mut Tx<'_>, versions: &[&Version], number: i64) -> Result<(), Error> {
    let Some(agreement) = versions.first().map(|it| it.agreement) else {
        return Ok(());
    };
    match coming(tx, versions, number, LOOKED_AHEAD)?.first() {
        None => Ok(duties::forget_plan(tx, agreement, number)?),
        Some(next) => {
            let next = Plan {
                agreement,
                duty: number,
                date: next.date,
                at: next.at,
            };
            Ok(duties::plan(tx, &next)?)
        }
    }
}

/// What is to be asked for by now. Of several days that went by unasked the last does for all.
pub(super) fn due(
    tx: &mut Tx<'_>,
    versions: &[&Version],
    number: i64,
    now: Timestamp,
) -> Result<Option<Asking>, Error> {
    let coming = coming(tx, versions, number, LOOKED_BACK)?;
    Ok(coming.into_iter().rfind(|it| it.at <= now))
}

fn coming(
    tx: &mut Tx<'_>,
    versions: &[&Version],
    number: i64,
    most: usize,
) -> Result<Vec<Asking>, Error> {
    let Some(agreement) = versions.first().map(|it| it.agreement) else {
        return Ok(vec![]);
    };
    let last = duties::last(tx, agreement, number)?;
    Ok(askings(versions, number, last.map(|run| run.date), most))
}

/// Oldest first. Only a client's own agreement says who owes.
pub(super) fn versions_of(book: &Book, agreement: AgreementId) -> Vec<&Version> {
    let all = book.versions().iter().rev();
    all.filter(|it| it.agreement == agreement && matches!(it.scope, Scope::Client(_)))
        .collect()
}

pub(super) fn numbers(versions: &[&Version]) -> Vec<i64> {
    let duties = versions.iter().flat_map(|it| &it.wording.duties);
    let mut all: Vec<i64> = duties.map(|duty| duty.number).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Gives new duties of a wording a number that none of the agreement ever had, in whatever version.
pub(crate) fn number(wording: &mut Wording, versions: &[Version]) {
    let known = numbers(&versions.iter().collect::<Vec<_>>());
    let mut last = known.last().copied().unwrap_or_default();
    let mut taken = vec![];
    for duty in &mut wording.duties {
        if !known.contains(&duty.number) || taken.contains(&duty.number) {
            last += 1;
            duty.number = last;
        }
        taken.push(duty.number);
    }
}

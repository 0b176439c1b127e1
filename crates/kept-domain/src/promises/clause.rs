//! What a clause is in a promise: a commitment, a condition, somebody else's business, or more of the one before.

use super::phrasebook::{ALL, Denial};
use crate::language::{Clause, Word};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The writer takes something on.
    Commits { firm: bool },
    /// It looks like it, but is denied.
    Denied,
    /// If …
    Condition,
    /// When, because, which …
    Aside,
    /// About somebody or something else, or asking.
    Other,
    /// No subject of its own: it goes on with the one before.
    More,
}

/// Words behind a commitment in which `not` denies it.
const NEAR: usize = 3;

pub(super) fn role(words: &[Word], clause: &Clause) -> Role {
    let (range, first) = (clause.range.clone(), clause.first);
    let starts =
        |list: &crate::language::Phrases<()>| list.at(&words[..range.end], first, first).is_some();
    if starts(&ALL.conditions) && !starts(&ALL.polite) {
        return Role::Condition;
    }
    if starts(&ALL.aside) {
        return Role::Aside;
    }
    if let Some((found, firm)) = commitment(words, clause) {
        return match denied(words, clause, &found) {
            true => Role::Denied,
            false => Role::Commits {
                firm: firm && !ALL.hedges.has(words, range, first),
            },
        };
    }
    let other = starts(&ALL.others) || ALL.reported.has(words, range, first);
    if other { Role::Other } else { Role::More }
}

fn commitment(words: &[Word], clause: &Clause) -> Option<(std::ops::Range<usize>, bool)> {
    let found = ALL.commits.find(words, clause.range.clone(), clause.first);
    // `we should be able` is weak though `we` alone may be in a strong one.
    found
        .iter()
        .find(|(_, firm)| *firm)
        .or(found.first())
        .cloned()
}

fn denied(words: &[Word], clause: &Clause, commitment: &std::ops::Range<usize>) -> bool {
    let found = ALL.denials.find(words, clause.range.clone(), clause.first);
    let near = commitment.end + NEAR;
    found.iter().any(|(at, denial)| match denial {
        Denial::Anywhere => true,
        Denial::Near => at.start < near,
        Denial::No => false,
    })
}

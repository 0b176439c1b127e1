//! The promises of one sentence: its clauses, who commits in which, and the time that belongs to each.

use super::clause::{Role, role};
use super::due::{Due, Now};
use super::phrasebook::ALL;
use super::times::{Time, Told, times};
use super::{Firm, Found};
use crate::language::{Clause, Sentence, Word, clauses};

/// A promise is told in so many characters.
const MOST_CHARS: usize = 300;

struct Parts<'s> {
    words: &'s [Word],
    clauses: Vec<Clause>,
    roles: Vec<Role>,
    times: Vec<Time>,
}

pub(super) fn promises(sentence: &Sentence, text: &str, now: &Now<'_>) -> Vec<Found> {
    let words = &sentence.words;
    let clauses = clauses(words, &ALL.joins, &ALL.leads);
    let mut roles: Vec<Role> = clauses.iter().map(|clause| role(words, clause)).collect();
    if !roles
        .iter()
        .any(|role| matches!(role, Role::Commits { .. }))
    {
        return Vec::new();
    }
    let times = times(words, &ALL.times);
    take_back(words, &clauses, &mut roles, sentence.question);
    let parts = Parts {
        words,
        clauses,
        roles,
        times,
    };
    let committed = (0..parts.roles.len()).filter_map(|at| match parts.roles[at] {
        Role::Commits { firm } => Some((at, firm && !parts.is_hedged(at))),
        _ => None,
    });
    let due = committed.flat_map(|(at, firm)| parts.due(at, firm, text, now));
    due.map(|due| found(sentence, text, due)).collect()
}

fn found(sentence: &Sentence, text: &str, due: Due) -> Found {
    let span = sentence.span();
    let said = text[span.clone()]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    Found {
        what: said.chars().take(MOST_CHARS).collect(),
        span,
        due: due.at,
        firm: due.firm,
        reading: due.reading,
    }
}

/// Takes back commitments that are asked, conditional, or somebody else's words.
fn take_back(words: &[Word], clauses: &[Clause], roles: &mut [Role], question: bool) {
    for at in 0..roles.len() {
        let clause = &clauses[at];
        if roles[at] == Role::Condition && !is_whether(words, clauses, at) {
            conditional(clauses, roles, at);
        }
        if at > 0 && goes_on(words, clause, roles[at - 1]) {
            roles[at] = Role::More;
        }
        if ALL.reported.has(words, clause.range.clone(), clause.first) {
            let after = if matches!(roles[at], Role::Commits { .. }) {
                at
            } else {
                at + 1
            };
            roles[at] = if matches!(roles[at], Role::Commits { .. }) {
                Role::Denied
            } else {
                roles[at]
            };
            deny(&mut roles[after..]);
        }
        let asks = question && ALL.asks.at(words, clause.first, clause.first).is_some();
        if asks && !is_tag(words, clause) {
            deny(&mut roles[at..=at]);
        }
    }
    if question
        && let (Some(last), Some(role)) = (clauses.last(), roles.last_mut())
        && !is_tag(words, last)
    {
        deny(std::slice::from_mut(role));
    }
}

/// `Wir prüfen das und rufen Sie an`: behind a commitment it is no order.
fn goes_on(words: &[Word], clause: &Clause, before: Role) -> bool {
    let joined = clause.first > clause.range.start;
    let committed = matches!(before, Role::Commits { .. });
    joined && committed && ALL.goes_on.at(words, clause.first, clause.first).is_some()
}

fn is_tag(words: &[Word], clause: &Clause) -> bool {
    let short = clause.range.len() < 7;
    let committed = ALL.commits.has(words, clause.range.clone(), clause.first);
    short && !committed && ALL.tags.at(words, clause.first, clause.first).is_some()
}

fn deny(roles: &mut [Role]) {
    for role in roles {
        if let Role::Commits { .. } = role {
            *role = Role::Denied;
        }
    }
}

/// `I'll check if …`: the verb before makes it no condition.
fn is_whether(words: &[Word], clauses: &[Clause], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &clauses[before]);
    before.is_some_and(|before| {
        let with_if = before.range.start..clauses[at].first + 1;
        ALL.whether.has(words, with_if, before.first)
    })
}

/// A condition in front takes back all that follows; one behind, what it stands behind.
fn conditional(clauses: &[Clause], roles: &mut [Role], at: usize) {
    let talks = |role: &Role| !matches!(role, Role::More);
    let before = roles[..at].iter().rposition(talks);
    match before {
        Some(before) if clauses[before].range.len() > 1 => match roles[before] {
            Role::Commits { .. } | Role::Denied => deny(&mut roles[before..=before]),
            Role::Condition => deny(&mut roles[at..]),
            _ => {}
        },
        _ => deny(&mut roles[at..]),
    }
}

impl Parts<'_> {
    /// By when the commitment in clause `at` is to be kept: a time of its own clause, of those that go on with it, or
    /// of one before that has nothing but a time. More than one when those that go on have times of their own.
    fn due(&self, at: usize, firm: bool, text: &str, now: &Now<'_>) -> Vec<Due> {
        let more = self.roles[at + 1..]
            .iter()
            .take_while(|role| **role == Role::More)
            .count();
        let own = at..at + 1 + more;
        let ahead = self.roles[..at]
            .iter()
            .rev()
            .take_while(|role| **role == Role::More)
            .count();
        let mut found: Vec<Due> = Vec::new();
        for clause in own.clone() {
            found.extend(
                self.fixed(clause)
                    .and_then(|time| self.told(time, firm, text, now)),
            );
        }
        if found.is_empty() {
            let before = (at - ahead..at).rev().find_map(|clause| self.fixed(clause));
            found.extend(before.and_then(|time| self.told(time, firm, text, now)));
        }
        if found.is_empty() {
            let vague = self
                .times
                .iter()
                .find(|time| self.is_vague_for(time, at - ahead..own.end));
            found.extend(vague.and_then(|time| self.told(time, firm, text, now)));
        }
        found
    }

    /// `if possible` stands in a clause of its own.
    fn is_hedged(&self, at: usize) -> bool {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        let mut clauses = beside.filter_map(|at| self.clauses.get(at));
        clauses.any(|clause| {
            let polite = ALL.polite.at(self.words, clause.first, clause.first);
            polite.is_some()
                && ALL
                    .hedges
                    .has(self.words, clause.range.clone(), clause.first)
        })
    }

    fn told(&self, time: &Time, firm: bool, text: &str, now: &Now<'_>) -> Option<Due> {
        let (first, last) = (
            self.words.get(time.words.start)?,
            self.words.get(time.words.end.checked_sub(1)?)?,
        );
        let said = text.get(first.from..last.to.max(first.to))?;
        let due = match time.told {
            Told::At(when) => now.due(&when, said),
            Told::Vague(days) => now.suggested(days, said),
        }?;
        Some(if firm { due } else { due.weak() })
    }

    /// The time of a clause: one with `by` before others.
    fn fixed(&self, clause: usize) -> Option<&Time> {
        let range = &self.clauses[clause].range;
        let within =
            |time: &&Time| range.contains(&time.words.start) && matches!(time.told, Told::At(_));
        let by = |time: &&Time| {
            let from = time.words.start;
            matches!(
                &*self.words[from].text,
                "by" | "bis" | "until" | "spaetestens" | "before" | "no"
            )
        };
        let mut all = self.times.iter().filter(within);
        let first = all.clone().next();
        all.find(by).or(first)
    }

    /// Vague words count in a clause that tells when too: `as soon as I can`.
    fn is_vague_for(&self, time: &Time, own: std::ops::Range<usize>) -> bool {
        let clause = self
            .clauses
            .iter()
            .position(|clause| clause.range.contains(&time.words.start));
        let near = clause
            .is_some_and(|at| own.contains(&at) || at == own.end && self.roles[at] == Role::Aside);
        near && matches!(time.told, Told::Vague(_))
    }
}

impl Due {
    fn weak(self) -> Self {
        Self {
            firm: Firm::Vague,
            ..self
        }
    }
}

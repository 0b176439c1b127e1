//! Whose turn it was, from the opening to now: what the turn strip draws and where the time went (S20).

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::{Fact, Standing, What};
use crate::messages::text_form;

/// Who had a ticket. Of the client's turn two kinds are told apart: what waits for one who went silent, and what only waits to be
/// confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    Desk,
    Client,
    ThirdParty,
    Parked,
    Resolved,
    /// Closed, or out of sight, until it was woken.
    Nobody,
}

text_form!(Whose {
    Whose::Desk => "desk",
    Whose::Client => "client",
    Whose::ThirdParty => "third-party",
    Whose::Parked => "parked",
    Whose::Resolved => "resolved",
    Whose::Nobody => "nobody",
});

impl Whose {
    /// In the order in which people read them.
    pub const ALL: [Whose; 6] = [
        Whose::Desk,
        Whose::Client,
        Whose::ThirdParty,
        Whose::Parked,
        Whose::Resolved,
        Whose::Nobody,
    ];

    fn of(standing: Standing) -> Self {
        match standing {
            Standing::Open => Whose::Desk,
            Standing::WithClient => Whose::Client,
            Standing::WithThirdParty => Whose::ThirdParty,
            Standing::Parked => Whose::Parked,
            Standing::Resolved => Whose::Resolved,
            Standing::Closed | Standing::Aside => Whose::Nobody,
        }
    }
}

/// A stretch in which the turn was somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub whose: Whose,
    pub from: Timestamp,
    /// `None` while it lasts.
    pub to: Option<Timestamp>,
}

impl Stretch {
    pub fn length(&self, now: Timestamp) -> SignedDuration {
        self.to.unwrap_or(now).duration_since(self.from)
    }
}

/// The turns of a ticket, in order and touching, from its first stand to its end or to now. Once it is closed nothing goes on;
/// what lies between its end and a reopening is nobody's. None while it is out of sight: spam is nobody's time, and a merged
/// ticket's is told where it is told.
///
/// The order of `facts` does not matter, and those after `now` do not count yet.
pub fn turns(facts: &[Fact], now: Timestamp) -> Vec<Stretch> {
    let mut told: Vec<&Fact> = facts.iter().filter(|fact| fact.at <= now).collect();
    told.sort_by_key(|fact| fact.order());
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut last = None;
    for fact in told {
        let What::Standing(standing) = fact.what else {
            continue;
        };
        last = Some(standing);
        match standing {
            Standing::Closed | Standing::Aside => end(&mut stretches, fact.at),
            _ => turn_to(&mut stretches, Whose::of(standing), fact.at),
        }
    }
    match last {
        Some(Standing::Aside) => vec![],
        _ => stretches,
    }
}

fn end(stretches: &mut [Stretch], at: Timestamp) {
    if let Some(last) = stretches.last_mut().filter(|last| last.to.is_none()) {
        last.to = Some(at);
    }
}

fn turn_to(stretches: &mut Vec<Stretch>, whose: Whose, at: Timestamp) {
    if let Some(ended) = stretches.last().and_then(|last| last.to) {
        goes_on(stretches, Whose::Nobody, ended);
    }
    if stretches.last().is_some_and(|last| last.whose != whose) {
        end(stretches, at);
        stretches.pop_if(|last| last.from == at);
    }
    goes_on(stretches, whose, at);
}

/// The last stretch goes on, or a new one begins.
fn goes_on(stretches: &mut Vec<Stretch>, whose: Whose, from: Timestamp) {
    match stretches.last_mut().filter(|last| last.whose == whose) {
        Some(last) => last.to = None,
        None => stretches.push(Stretch {
            whose,
            from,
            to: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use Standing::{Aside, Closed, Open, Parked, Resolved, WithClient, WithThirdParty};

    use super::*;
    use crate::ids::EventId;

    fn at(hour: i64) -> Timestamp {
        let monday: Timestamp = "2026-11-23T00:00:00Z".parse().expect("an instant");
        monday + SignedDuration::from_hours(hour)
    }

    /// Stands by the hour; turns as (whose, from, to).
    fn check(stands: &[(i64, Standing)], expected: &[(Whose, i64, Option<i64>)]) {
        let facts: Vec<Fact> = (0..)
            .zip(stands)
            .map(|(line, (hour, standing))| Fact {
                at: at(*hour),
                line: EventId(line),
                what: What::Standing(*standing),
            })
            .collect();
        let found: Vec<_> = turns(&facts, at(1000))
            .iter()
            .map(|it| (it.whose, it.from, it.to))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(whose, from, to)| (*whose, at(*from), to.map(at)))
            .collect();
        assert_eq!(found, expected, "{stands:?}");
    }

    #[test]
    fn s20_a_life_is_told_turn_by_turn() {
        check(&[], &[]);
        check(&[(0, Open)], &[(Whose::Desk, 0, None)]);
        check(
            &[
                (0, Open),
                (2, WithClient),
                (50, Parked),
                (60, Open),
                (61, WithThirdParty),
            ],
            &[
                (Whose::Desk, 0, Some(2)),
                (Whose::Client, 2, Some(50)),
                (Whose::Parked, 50, Some(60)),
                (Whose::Desk, 60, Some(61)),
                (Whose::ThirdParty, 61, None),
            ],
        );
    }

    #[test]
    fn s20_what_is_resolved_waits_and_what_is_closed_has_ended() {
        let resolved = [(Whose::Desk, 0, Some(2)), (Whose::Resolved, 2, Some(9))];
        check(&[(0, Open), (2, Resolved), (9, Closed)], &resolved);
        check(&[(0, Open), (2, Closed)], &[(Whose::Desk, 0, Some(2))]);
        check(
            &[(0, Open), (2, Closed), (9, Open)],
            &[
                (Whose::Desk, 0, Some(2)),
                (Whose::Nobody, 2, Some(9)),
                (Whose::Desk, 9, None),
            ],
        );
        check(
            &[(0, Open), (2, Resolved), (5, Closed), (9, Open)],
            &[
                (Whose::Desk, 0, Some(2)),
                (Whose::Resolved, 2, Some(5)),
                (Whose::Nobody, 5, Some(9)),
                (Whose::Desk, 9, None),
            ],
        );
    }

    #[test]
    fn s20_a_turn_of_no_time_is_not_told() {
        let still = [(Whose::Desk, 0, None)];
        check(&[(0, Open), (3, WithClient), (3, Open)], &still);
        check(&[(0, WithClient), (0, Open)], &still);
    }

    #[test]
    fn s20_what_is_told_elsewhere_has_no_time_of_its_own() {
        check(&[(0, Open), (2, Aside)], &[]);
        check(
            &[(0, Open), (2, Aside), (3, Open)],
            &[
                (Whose::Desk, 0, Some(2)),
                (Whose::Nobody, 2, Some(3)),
                (Whose::Desk, 3, None),
            ],
        );
    }
}

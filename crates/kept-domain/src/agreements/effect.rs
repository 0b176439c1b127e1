//! What another wording would do to a ticket that is open already, before anybody decides (S16).

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::{Book, Scope};
use crate::clocks::{CountFrom, Fact, Owed, Side, Terms, What, run};
use crate::ids::EventId;
use crate::tickets::Ticket;

impl Book {
    /// Whether an agreement of this scope would be the one for a new ticket like this: nothing nearer holds.
    pub fn concerns(&self, scope: Scope, ticket: &Ticket, now: Timestamp) -> bool {
        let client = ticket.client.map(Scope::Client);
        let queue = Scope::Queue(ticket.queue);
        let own = |scope: Scope| self.of(scope, now).is_some();
        match scope {
            Scope::Client(_) => client == Some(scope),
            Scope::Queue(_) => queue == scope && !client.is_some_and(own),
            Scope::Everybody => !client.is_some_and(own) && !own(queue),
        }
    }
}

/// Whether something that is owed in time now would be late at once if `terms` were agreed now.
pub fn would_be_late(facts: &[Fact], terms: Arc<Terms>, from: CountFrom, now: Timestamp) -> bool {
    let before = late(facts, now);
    let agreed = Fact {
        at: now,
        line: EventId(i64::MAX),
        what: What::Terms { terms, from },
    };
    let mut with = facts.to_vec();
    with.push(agreed);
    !late(&with, now).is_subset(&before)
}

fn late(facts: &[Fact], now: Timestamp) -> BTreeSet<(Owed, Side, u32)> {
    let owed = run(facts, now).into_iter().filter(|it| it.is_owed());
    let late = owed.filter(|it| it.missed_at.is_some() || it.due.is_some_and(|due| due < now));
    late.map(|it| (it.owed, it.side, it.run)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::by_default;
    use super::*;
    use crate::clocks::{Standing, Target};
    use crate::tickets::{Kind, Priority};

    fn terms(change: impl Fn(&mut super::super::Targets)) -> Arc<Terms> {
        let mut wording = by_default("UTC").expect("a zone");
        wording
            .rows
            .iter_mut()
            .for_each(|row| change(&mut row.targets));
        Arc::new(wording.terms(Priority::Normal, Kind::Incident).0)
    }

    /// Opened on a Monday at nine; four hours for the first response.
    fn opened() -> Vec<Fact> {
        let at: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
        let fact = |line, what| Fact {
            at,
            line: EventId(line),
            what,
        };
        vec![
            fact(1, What::Opened { by: Side::Client }),
            fact(
                1,
                What::Terms {
                    terms: terms(|_| {}),
                    from: CountFrom::Start,
                },
            ),
            fact(1, What::Standing(Standing::Open)),
        ]
    }

    #[test]
    fn s16_only_what_becomes_late_by_the_change_is_told() {
        let check = |at: &str, minutes: u32, from: CountFrom, expected: bool| {
            let terms = terms(|it| it.first_response = Target::business(minutes));
            let now = at.parse().expect("a time");
            assert_eq!(
                would_be_late(&opened(), terms, from, now),
                expected,
                "{at} {minutes} {from:?}"
            );
        };
        let (start, now) = (CountFrom::Start, CountFrom::Now);
        check("2026-11-23T11:00:00Z", 60, start, true);
        check("2026-11-23T11:00:00Z", 180, start, false);
        check("2026-11-23T11:00:00Z", 480, start, false);
        // Late already, so the change is not to blame.
        check("2026-11-23T14:00:00Z", 60, start, false);
        check("2026-11-23T14:00:00Z", 60, now, false);
    }
}

//! Whatever happens in whatever order: laws that hold for any facts.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::clocks::{
    CountFrom, Fact, How, Key, Obligation, OutOfHours, Owed, Pauses, Side, Standing, Target, Terms,
    What, run,
};
use crate::hours::{Calendar, DayHours, Span};
use crate::ids::EventId;

const STANDINGS: [Standing; 7] = [
    Standing::Open,
    Standing::WithClient,
    Standing::WithThirdParty,
    Standing::Parked,
    Standing::Resolved,
    Standing::Closed,
    Standing::Aside,
];

fn calendars() -> impl Strategy<Value = Arc<Calendar>> {
    let office = |zone: &str, from: &str, to: &str| {
        let span = Span::parse(from, to).expect("times of day");
        let open = DayHours::new(vec![span]).expect("hours");
        let week = std::array::from_fn(|day| match day < 5 {
            true => open.clone(),
            false => DayHours::closed(),
        });
        let calendar = Calendar::new(zone, week, std::collections::BTreeMap::new());
        Arc::new(calendar.expect("a calendar"))
    };
    prop::sample::select(vec![
        Arc::new(Calendar::around_the_clock()),
        office("Europe/Berlin", "09:00", "17:00"),
        office("America/New_York", "00:00", "12:30"),
    ])
}

fn target() -> impl Strategy<Value = Target> {
    prop_oneof![
        (0..3000_u32).prop_map(Target::business),
        (0..3000_u32).prop_map(Target::real),
        (0..4_u32).prop_map(Target::days),
        (0..600_u32, 0..600_u32).prop_map(|(first, then)| {
            let night = OutOfHours {
                business_minutes: then,
                real_minutes: 5,
            };
            Target::business(first).then_real(then).out_of_hours(night)
        }),
    ]
}

fn pauses() -> impl Strategy<Value = Pauses> {
    let stopped =
        prop::collection::vec((0..4_usize, prop::sample::select(STANDINGS.to_vec())), 0..4);
    let pauses = stopped.prop_map(|all| {
        all.into_iter()
            .fold(Pauses::none(), |pauses, (owed, standing)| {
                pauses.stop(Owed::ALL[owed], &[standing])
            })
    });
    prop_oneof![Just(Pauses::default()), pauses]
}

prop_compose! {
    fn terms()(
        targets in prop::collection::vec(prop::option::weighted(0.9, target()), 6),
        pauses in pauses(),
        desk in calendars(),
        client in calendars(),
    ) -> Arc<Terms> {
        Arc::new(Terms {
            first_response: targets[0],
            next_response: targets[1],
            next_update: targets[2],
            resolution: targets[3],
            answer: targets[4],
            confirmation: targets[5],
            pauses,
            ..Terms::none(desk, client)
        })
    }
}

fn instant() -> impl Strategy<Value = Timestamp> {
    // Two weeks around the end of summer time in Berlin, in steps of ten minutes so that some happen at once.
    (0..2016_i64).prop_map(|step| {
        let start: Timestamp = "2026-10-19T00:00:00Z".parse().expect("an instant");
        start + SignedDuration::from_mins(step * 10)
    })
}

fn what() -> impl Strategy<Value = What> {
    let key = (0..3_i64).prop_map(|key| Key::Line(EventId(key)));
    let how = prop::sample::select(vec![How::Done, How::NotDone, How::Dropped]);
    let given = prop::sample::select(vec![
        Owed::Promise,
        Owed::Acceptance,
        Owed::Duty,
        Owed::NextUpdate,
    ]);
    let from = prop::sample::select(vec![CountFrom::Start, CountFrom::Now]);
    prop_oneof![
        1 => prop::sample::select(vec![Side::Desk, Side::Client]).prop_map(|by| What::Opened { by }),
        4 => Just(What::ClientSaid),
        4 => Just(What::DeskSaid),
        1 => prop::sample::select(vec![
            What::OnlyToKnow,
            What::Asked,
            What::Confirmed,
            What::ClosedUnanswered,
        ]),
        6 => prop::sample::select(STANDINGS.to_vec()).prop_map(What::Standing),
        2 => (terms(), from).prop_map(|(terms, from)| What::Terms { terms, from }),
        1 => (key.clone(), given, instant()).prop_map(|(key, owed, due)| What::Due { key, owed, side: Side::Desk, due }),
        1 => (key.clone(), 1..4_u32).prop_map(|(key, days)| What::DueWithin {
            key,
            owed: Owed::Duty,
            side: Side::Client,
            target: Target::days(days),
        }),
        1 => (key.clone(), instant()).prop_map(|(key, due)| What::Moved { key, due }),
        1 => (key, how).prop_map(|(key, how)| What::Done { key, how }),
    ]
}

fn facts() -> impl Strategy<Value = Vec<Fact>> {
    let opening = (
        terms(),
        prop::sample::select(vec![Side::Desk, Side::Client]),
    );
    let rest = prop::collection::vec((instant(), what()), 0..24);
    (opening, rest).prop_map(|((terms, by), mut rest)| {
        rest.sort_by_key(|it| it.0);
        let first: Timestamp = "2026-10-18T22:00:00Z".parse().expect("an instant");
        let start = [
            What::Opened { by },
            What::Terms {
                terms,
                from: CountFrom::Start,
            },
        ];
        let start = start.map(|what| (first, what));
        let all = start.into_iter().chain(rest).enumerate();
        all.map(|(line, (at, what))| Fact {
            at,
            line: EventId(line as i64),
            what,
        })
        .collect()
    })
}

fn ended(all: &[Obligation]) -> Vec<&Obligation> {
    all.iter().filter(|it| it.end.is_some()).collect()
}

fn end() -> Timestamp {
    "2026-12-01T00:00:00Z".parse().expect("an instant")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn the_order_in_which_facts_arrive_does_not_matter(facts in facts(), seed in any::<u64>()) {
        let mut shuffled = facts.clone();
        shuffled.sort_by_key(|fact| (fact.line.0 as u64).wrapping_mul(seed | 1).rotate_left(17));
        prop_assert_eq!(run(&facts, end()), run(&shuffled, end()));
    }

    /// Recomputed is the same as carried on: what had ended at any time is what the whole history says of it.
    #[test]
    fn what_ended_never_changes(facts in facts(), cut in 0..26_usize) {
        let cut = cut.min(facts.len());
        let Some(last) = facts[..cut].last() else { return Ok(()) };
        let early = run(&facts[..cut], last.at);
        let all = run(&facts, end());
        for it in ended(&early) {
            prop_assert!(all.contains(it), "{it:#?} is not in {all:#?}");
        }
    }

    #[test]
    fn as_time_goes_by_what_was_missed_stays_missed_and_more_is_used(facts in facts(), times in prop::collection::vec(instant(), 2)) {
        let (early, late) = (times[0].min(times[1]), times[0].max(times[1]));
        let later = run(&facts, late);
        for it in run(&facts, early) {
            let same = later.iter().find(|other| {
                (other.owed, other.began_by, other.key()) == (it.owed, it.began_by, it.key()) && other.run == it.run
            });
            let Some(same) = same else {
                // What had just begun can be dropped in the same moment, by a later line.
                let just_begun = it.end.is_none() && facts.iter().any(|fact| fact.at > early || fact.at == it.began);
                prop_assert!(just_begun, "{it:#?} is gone");
                continue;
            };
            prop_assert!(it.missed_at.is_none() || same.missed_at == it.missed_at);
            prop_assert!(same.began == it.began && same.side == it.side);
        }
    }

    /// What is stored after a fact stays true until the next, or until a time is over.
    #[test]
    fn looking_later_moves_no_due_time(facts in facts(), times in prop::collection::vec(instant(), 2)) {
        let (early, late) = (times[0].min(times[1]), times[0].max(times[1]));
        let told: Vec<Fact> = facts.into_iter().filter(|fact| fact.at <= early).collect();
        for (it, later) in run(&told, early).into_iter().zip(run(&told, late)) {
            if later.missed_at == it.missed_at {
                prop_assert_eq!((it.due, it.warn_at), (later.due, later.warn_at), "{:?} {}", it.owed, it.run);
            }
        }
    }

    #[test]
    fn closed_tickets_never_change(facts in facts(), terms in terms(), later in instant()) {
        let at = facts.last().map_or(end(), |fact| fact.at).max(later);
        let line = |n: i64| EventId(1000 + n);
        let mut closed = facts;
        closed.push(Fact { at, line: line(0), what: What::Standing(Standing::Closed) });
        let before = run(&closed, end());
        prop_assert!(before.iter().all(|it| it.end.is_some()));
        closed.push(Fact { at, line: line(1), what: What::Terms { terms, from: CountFrom::Start } });
        closed.push(Fact { at, line: line(2), what: What::DeskSaid });
        prop_assert_eq!(before, run(&closed, end() + SignedDuration::from_hours(900)));
    }

    #[test]
    fn each_obligation_makes_sense(facts in facts(), now in instant()) {
        let all = run(&facts, now);
        for (place, it) in all.iter().enumerate() {
            prop_assert!(it.end.is_none_or(|end| it.began <= end.at && end.at <= now));
            prop_assert!(it.pauses.windows(2).all(|two| two[0].to.is_some_and(|to| to <= two[1].from)));
            prop_assert!(it.pauses.iter().all(|pause| it.began <= pause.from && pause.to.is_none_or(|to| pause.from < to)), "{it:#?}");
            prop_assert!(it.due.is_none() || it.is_paused() || it.due == it.due_if_resumed);
            prop_assert!(!it.is_paused() || it.side == Side::Desk || it.owed == Owed::Duty);
            prop_assert!(it.missed_at.is_none_or(|missed| missed <= now));
            prop_assert!(it.used >= SignedDuration::ZERO && it.paused_for(now) >= SignedDuration::ZERO);
            let twins = all.iter().filter(|other| (other.owed, other.run) == (it.owed, it.run));
            prop_assert_eq!(twins.count(), 1);
            let owed = all[..place].iter().any(|other| other.is_owed() && it.is_owed() && other.owed == it.owed && it.key().is_none());
            prop_assert!(!owed, "two at once: {it:#?}");
        }
    }

    /// Section 4 of the product: an open ticket always owes something, and it is known by when.
    #[test]
    fn an_open_ticket_never_falls_through_the_cracks(facts in facts(), now in instant()) {
        let told = facts.iter().filter(|fact| fact.at <= now);
        let mut whole = true;
        let mut standing = Standing::Open;
        let mut opened = false;
        for fact in told {
            match &fact.what {
                What::Terms { terms, .. } => whole &= terms.always_owe(),
                What::Standing(now) => standing = *now,
                What::ClosedUnanswered => standing = Standing::Closed,
                What::Opened { .. } => opened = true,
                _ => {}
            }
        }
        if whole && opened && standing.is_open() {
            let all = run(&facts, now);
            prop_assert!(all.iter().any(|it| it.is_owed() && it.due.is_some()), "{standing:?} {all:#?}");
        }
    }
}

//! How long the clocks take: `cargo run --release -p kept-domain --example clock_speed`. Prints the time a ticket of twenty facts
//! takes, over ten thousand tickets of a few days and of years. Nothing is asserted: it is for whoever changes them.

#![allow(clippy::print_stdout, reason = "what it takes is what this is run for")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use kept_domain::clocks::{
    CountFrom, Fact, Owed, Pauses, Side, Standing, Target, Terms, What, run,
};
use kept_domain::hours::{Calendar, DayHours, Span};
use kept_domain::ids::EventId;

const TICKETS: u32 = 10_000;

fn main() {
    for (told, hours) in [("days", 3), ("years", 900)] {
        let Some(facts) = facts(hours) else {
            println!("the office hours can't be read");
            return;
        };
        let now = facts.last().map_or(Timestamp::UNIX_EPOCH, |fact| fact.at);
        #[expect(clippy::disallowed_methods, reason = "a stopwatch")]
        let start = Instant::now();
        let owed: usize = (0..TICKETS).map(|_| run(&facts, now).len()).sum();
        let each = start.elapsed().as_secs_f64() * 1e6 / f64::from(TICKETS);
        let owed = owed / TICKETS as usize;
        println!(
            "a ticket of {told}: {} facts, {owed} obligations, {each:.1} µs",
            facts.len()
        );
    }
}

/// A conversation with one fact every so many hours.
fn facts(hours: i64) -> Option<Vec<Fact>> {
    let terms = terms()?;
    let turn = |round: i64| match round % 4 {
        0 => vec![What::ClientSaid, What::Standing(Standing::Open)],
        1 => vec![What::DeskSaid],
        2 => vec![What::DeskSaid, What::Standing(Standing::WithClient)],
        _ => vec![What::ClientSaid, What::Standing(Standing::Open)],
    };
    let opening = vec![
        What::Opened { by: Side::Client },
        What::Terms {
            terms,
            from: CountFrom::Start,
        },
    ];
    let rounds = std::iter::once(opening).chain((0..11).map(turn));
    let start: Timestamp = "2021-03-01T08:00:00Z".parse().ok()?;
    let told = (0..).zip(rounds).flat_map(|(round, whats)| {
        let at = start + SignedDuration::from_hours(round * hours);
        whats.into_iter().map(move |what| Fact {
            at,
            line: EventId(round),
            what,
        })
    });
    Some(told.collect())
}

fn terms() -> Option<Arc<Terms>> {
    let day = DayHours::new(vec![
        Span::parse("09:00", "12:00").ok()?,
        Span::parse("13:00", "17:00").ok()?,
    ])
    .ok()?;
    let week = std::array::from_fn(|n| {
        if n < 5 {
            day.clone()
        } else {
            DayHours::closed()
        }
    });
    let holidays: Option<BTreeMap<_, _>> = (2021..2026)
        .map(|year| {
            Some((
                jiff::civil::Date::new(year, 12, 24).ok()?,
                DayHours::closed(),
            ))
        })
        .collect();
    let office = Arc::new(Calendar::new("Europe/Berlin", week, holidays?).ok()?);
    Some(Arc::new(Terms {
        first_response: Some(Target::business(60)),
        next_response: Some(Target::business(240)),
        next_update: Some(Target::business(960)),
        resolution: Some(Target::business(2400)),
        answer: Some(Target::business(2400)),
        confirmation: Some(Target::business(2400)),
        pauses: Pauses::default().stop(Owed::NextResponse, &[]),
        ..Terms::none(office.clone(), office)
    }))
}

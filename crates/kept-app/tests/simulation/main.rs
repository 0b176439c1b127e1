//! A desk's whole season, played from a seed: agents work, promise, forget and go on holiday; clients answer, thank and fall
//! silent; the program is stopped and started between any two steps. It must end alike on both databases, whenever it was
//! stopped, with nothing in a crack.
//!
//! `bin/simulate` plays the long one: twenty thousand tickets in a year.

mod cast;
mod client;
mod dice;
mod ending;
mod run;
mod season;
mod staff;
mod theatre;

use std::panic::resume_unwind;
use std::thread::ScopedJoinHandle;

use kept_store::testing::{self, Temporary};

use ending::Ending;
use season::Size;
use theatre::Theatre;

/// How long a season is, by environment; without it the short one.
fn size() -> Size {
    let number = |name: &str| -> Option<usize> { std::env::var(name).ok()?.parse().ok() };
    let short = Size::default();
    let tickets = number("KEPT_SIMULATE_TICKETS");
    Size {
        seed: number("KEPT_SIMULATE_SEED").map_or(short.seed, |seed| seed as u64),
        days: tickets.map_or(short.days, |_| 365),
        tickets: tickets.unwrap_or(short.tickets),
    }
}

#[test]
fn a_season_ends_alike_on_both_databases_whenever_it_was_stopped() {
    let stages: Vec<Temporary> = [Some(testing::sqlite()), testing::postgres()]
        .into_iter()
        .flatten()
        .collect();
    // Beside each other: one waits for its database while the other works.
    let endings: Vec<_> = std::thread::scope(|scope| {
        let seasons: Vec<_> = stages
            .iter()
            .zip(1..)
            .map(|(stage, stops)| scope.spawn(move || season_on(stage, stops)))
            .collect();
        seasons.into_iter().map(ended).collect()
    });
    if let [one, other] = endings.as_slice() {
        ending::must_be_the_same(one, other);
    }
}

/// One season to its end. The stops are others on each database; what happens between them is not.
fn season_on(stage: &Temporary, stops: u64) -> Ending {
    let store = stage.store();
    let location = store.location().clone();
    store.close_blocking();
    run::to_its_end(|| async {
        let size = size();
        let theatre = Theatre::open(location, stops, size.steps_between_stops()).await;
        season::play(theatre, size).await
    })
}

/// What went wrong in one is what went wrong.
fn ended(season: ScopedJoinHandle<'_, Ending>) -> Ending {
    season.join().unwrap_or_else(|what| resume_unwind(what))
}

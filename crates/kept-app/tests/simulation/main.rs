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

use kept_store::testing;

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
    let mut endings = Vec::new();
    for (place, temporary) in [Some(testing::sqlite()), testing::postgres()]
        .into_iter()
        .flatten()
        .enumerate()
    {
        let store = temporary.store();
        let location = store.location().clone();
        store.close_blocking();
        // The stops are others on each database; what happens between them is not.
        let stops = place as u64 + 1;
        endings.push(run::to_its_end(|| async {
            let theatre = Theatre::open(location.clone(), stops).await;
            season::play(theatre, size()).await
        }));
    }
    if let [one, other] = endings.as_slice() {
        ending::must_be_the_same(one, other);
    }
}

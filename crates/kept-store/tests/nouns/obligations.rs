//! What is owed on tickets: written, written over, and found by when it must be looked at.

use jiff::Timestamp;
use kept_domain::clocks::{How, Outcome, Owed, Side};
use kept_domain::ids::TicketId;
use kept_domain::scorecards::Counting;
use kept_store::obligations::{self, Due, Next, Stored};
use kept_store::testing::both;

use crate::support::{Desk, at, desk, read, write};

fn owed(desk: &Desk, ticket: TicketId, owed: Owed, due: Option<Timestamp>) -> Stored {
    Stored {
        ticket,
        owed,
        run: 0,
        side: Side::Desk,
        began: at(0),
        due,
        warn_at: due,
        missed_at: None,
        ended: None,
        settled: None,
        client: Some(desk.acme),
        queue: desk.support,
        responsible: desk.ines,
        used_ms: None,
        counting: Counting::Once,
    }
}

#[test]
fn an_obligation_is_written_over_and_taken_away() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let first = owed(&desk, ticket, Owed::FirstResponse, Some(at(60)));
        let gone = owed(&desk, ticket, Owed::Resolution, None);
        let met = Stored {
            ended: Some((at(30), How::Done)),
            settled: Some((at(30), Outcome::Met)),
            used_ms: Some(1_800_000),
            counting: Counting::Earlier,
            ..first.clone()
        };
        let (before, after) = (first.clone(), met.clone());
        write(&store, move |tx| {
            obligations::put(tx, &before)?;
            obligations::put(tx, &gone)?;
            obligations::put(tx, &after)?;
            obligations::remove(tx, ticket, Owed::Resolution, 0)
        });
        assert_eq!(
            read(&store, move |tx| obligations::of_tickets(tx, &[ticket])),
            [met]
        );
        assert!(read(&store, move |tx| obligations::of_tickets(tx, &[])).is_empty());
    });
}

#[test]
fn a_clock_rings_at_its_time_and_not_before() {
    both(|store| {
        let desk = desk(&store);
        let [early, late, never] = [0, 1, 2].map(|n| desk.open(&store, n, "x").id);
        assert_eq!(read(&store, obligations::next_alarm), None);
        let due = Due {
            at: at(70),
            owed: Owed::NextUpdate,
            side: Side::Desk,
        };
        let next = move |alarm| Next {
            due: Some(due),
            alarm: Some(at(alarm)),
        };
        write(&store, move |tx| {
            obligations::set_next(tx, late, &next(60))?;
            obligations::set_next(tx, early, &next(30))
        });
        assert_eq!(read(&store, obligations::next_alarm), Some(at(30)));
        let ringing = |minute| read(&store, move |tx| obligations::ringing(tx, at(minute), 10));
        assert!(ringing(29).is_empty());
        assert_eq!(ringing(30), [early]);
        assert_eq!(ringing(60), [early, late]);
        assert_eq!(
            read(&store, move |tx| obligations::next_of(tx, early)),
            next(30)
        );
        assert_eq!(
            read(&store, move |tx| obligations::next_of(tx, never)),
            Next::default()
        );
        write(&store, move |tx| {
            obligations::set_next(tx, early, &Next::default())
        });
        assert_eq!(ringing(60), [late]);
    });
}

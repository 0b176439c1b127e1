//! Events come back as they happened, and say whose turn it was when.

use kept_domain::event::{Actor, Event};
use kept_domain::ids::{MessageId, OutgoingId, TicketId};
use kept_domain::intake::{HeaderName, Reason};
use kept_domain::turn::Turn;
use kept_store::events;
use kept_store::testing::both;
use kept_store::{Row, Store, audit};

use crate::support::{at, desk, read, write};

fn append(store: &Store, ticket: TicketId, minute: i64, by: Actor, event: &Event, turn: Turn) {
    let event = event.clone();
    write(store, move |tx| {
        events::append(tx, ticket, at(minute), by, &event, turn)
    });
}

#[test]
fn a_history_comes_back_as_it_was_written() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let other = desk.open(&store, 0, "Other").id;
        let person = Actor::Person(desk.dana);
        let happened = [
            (person, desk.opening("Printer “eats”")),
            (
                person,
                Event::MessageReceived {
                    message: MessageId(1),
                    from: Some(desk.dana),
                    automatic: false,
                    thanks: false,
                    reason: Reason::Referenced {
                        header: HeaderName::References,
                        ticket,
                    },
                },
            ),
            (
                Actor::Kept,
                Event::DeliveryFailed {
                    outgoing: OutgoingId(3),
                    to: "dana@acme.example".into(),
                    error: "550 no such user\0".into(),
                    unheard: false,
                },
            ),
            (
                Actor::Person(desk.ines),
                Event::MergedInto { ticket: other },
            ),
        ];
        for (minute, (by, event)) in (0..).zip(&happened) {
            append(&store, ticket, minute, *by, event, Turn::Desk);
        }
        append(
            &store,
            other,
            9,
            Actor::Kept,
            &Event::Absorbed {
                ticket,
                turn: None,
                wait: None,
            },
            Turn::Desk,
        );
        let told = read(&store, move |tx| events::of_ticket(tx, ticket));
        let plain: Vec<(Actor, Event)> = told.iter().map(|r| (r.by, r.event.clone())).collect();
        assert_eq!(plain, happened);
        let times: Vec<_> = told.iter().map(|line| line.at).collect();
        assert_eq!(times, [0, 1, 2, 3].map(at));
        let both = read(&store, move |tx| events::of_tickets(tx, &[other, ticket]));
        assert_eq!(both.len(), 5);
        assert!(both.is_sorted_by_key(|line| line.id));
    });
}

#[test]
fn who_changed_the_desk_is_written_down() {
    both(|store| {
        let desk = desk(&store);
        write(&store, move |tx| {
            audit::write(tx, Some(desk.ines), "Added the queue Sales", at(1))?;
            audit::write(tx, None, "Changed the mail relay", at(2))
        });
        let lines: Vec<(Option<i64>, String)> = read(&store, |tx| {
            let rows = tx.rows("SELECT at_ms, person_id, what FROM audit ORDER BY id", &[])?;
            let line = |row: &Row| Ok((row.maybe_int("person_id")?, row.text("what")?));
            rows.iter().map(line).collect()
        });
        let expected = [
            (Some(desk.ines.0), "Added the queue Sales".to_owned()),
            (None, "Changed the mail relay".to_owned()),
        ];
        assert_eq!(lines, expected);
    });
}

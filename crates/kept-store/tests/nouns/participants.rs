//! Who takes part in a ticket, and how a message's words came.

use kept_domain::event::Event;
use kept_domain::ids::{MessageId, PersonId};
use kept_domain::tickets::Partaking;
use kept_store::testing::both;
use kept_store::{origins, participants};

use crate::support::{at, desk, meet, read, write};

fn added(person: PersonId, address: &str, message: Option<MessageId>) -> Event {
    Event::ParticipantAdded {
        person,
        address: address.into(),
        message,
    }
}

#[test]
fn participants_follow_their_ticket_s_events() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let message = desk.say(&store, ticket, "x");
        let lee = write(&store, |tx| meet(tx, "Lee", "lee@lab.example", None, None));
        let standing = || read(&store, move |tx| participants::standing(tx, ticket, lee));
        let happens = |minute, event: Event| {
            write(&store, move |tx| {
                participants::follow(tx, ticket, at(minute), &event)
            });
        };
        assert_eq!(standing(), Partaking::Stranger);
        happens(1, added(lee, "lee@lab.example", Some(message)));
        happens(2, added(desk.dana, "dana@acme.example", None));
        happens(2, Event::Resolved);
        assert_eq!(standing(), Partaking::TakesPart);
        let all = read(&store, move |tx| participants::of_tickets(tx, &[ticket]));
        let shown: Vec<_> = all.iter().map(|it| (&*it.name, &*it.address)).collect();
        assert_eq!(
            shown,
            [
                ("Lee", "lee@lab.example"),
                ("Dana Fox", "dana@acme.example")
            ]
        );
        assert_eq!(all[0].message, Some(message));
        assert_eq!(all[1].client, Some((desk.acme, "Acme".to_owned())));
        happens(3, Event::ParticipantRemoved { person: lee });
        assert_eq!(standing(), Partaking::TakenOut);
        happens(4, added(lee, "lee+x@lab.example", None));
        let rows = read(&store, move |tx| participants::all_of(tx, ticket));
        let back = (lee, "lee+x@lab.example".to_owned(), Partaking::TakesPart);
        assert!(rows.contains(&back), "{rows:?}");
        write(&store, move |tx| participants::forget(tx, ticket));
        assert_eq!(standing(), Partaking::Stranger);
    });
}

#[test]
fn whoever_takes_part_in_two_tickets_told_together_is_there_once() {
    both(|store| {
        let desk = desk(&store);
        let [one, two] = [0, 1].map(|n| desk.open(&store, n, "x").id);
        write(&store, move |tx| {
            let event = added(desk.dana, "dana@acme.example", None);
            participants::follow(tx, one, at(1), &event)?;
            participants::follow(tx, two, at(2), &event)
        });
        let all = read(&store, move |tx| participants::of_tickets(tx, &[one, two]));
        assert_eq!((all.len(), all[0].since), (1, at(1)));
    });
}

#[test]
fn a_message_keeps_how_its_words_came() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "x").id;
        let [first, second] = ["a", "b"].map(|text| desk.say(&store, ticket, text));
        write(&store, move |tx| origins::insert(tx, first, "{\"how\":1}"));
        assert_eq!(
            read(&store, move |tx| origins::find(tx, first)),
            Some("{\"how\":1}".to_owned())
        );
        assert_eq!(read(&store, move |tx| origins::find(tx, second)), None);
        assert_eq!(
            read(&store, move |tx| origins::of_tickets(tx, &[ticket])),
            [(first, "{\"how\":1}".to_owned())]
        );
    });
}

#[test]
fn a_ticket_knows_the_addresses_of_whoever_asked_wrote_or_takes_part() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let lee = write(&store, |tx| meet(tx, "Lee", "lee@lab.example", None, None));
        write(&store, move |tx| {
            participants::follow(tx, ticket, at(1), &added(lee, "lee@lab.example", None))
        });
        let known = || read(&store, move |tx| participants::addresses(tx, ticket));
        assert_eq!(known(), ["dana@acme.example", "lee@lab.example"]);
        write(&store, move |tx| {
            participants::follow(
                tx,
                ticket,
                at(2),
                &Event::ParticipantRemoved { person: lee },
            )
        });
        assert_eq!(known(), ["dana@acme.example"]);
    });
}

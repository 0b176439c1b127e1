//! What people are writing and have not sent.

use jiff::SignedDuration;
use kept_domain::drafts::{Draft, Kept};
use kept_domain::ids::{PersonId, TicketId};
use kept_store::testing::both;
use kept_store::unsent;

use crate::support::{at, desk, read, write};

fn kept(text: &str, saved: i64) -> Kept {
    Kept {
        draft: Draft {
            text: text.to_owned(),
            fields: vec![("kind".to_owned(), "reply".to_owned())],
            saved_at: at(saved),
        },
        other: None,
        discarded_at: None,
    }
}

#[test]
fn a_draft_is_its_authors_and_its_tickets() {
    both(|store| {
        let desk = desk(&store);
        let (ines, jonas) = (desk.ines, desk.noor);
        let with_other = Kept {
            other: Some(kept("At home", 1).draft),
            ..kept("On the way", 2)
        };
        let put = |person: PersonId, ticket, it: Kept| {
            write(&store, move |tx| unsent::put(tx, person, ticket, &it));
        };
        put(ines, Some(TicketId(7)), kept("first", 1));
        put(ines, Some(TicketId(7)), with_other.clone());
        put(ines, None, kept("a new one", 3));
        put(jonas, Some(TicketId(8)), kept("mine", 4));
        let find = |person, tickets: &[i64]| {
            let tickets: Vec<TicketId> = tickets.iter().map(|id| TicketId(*id)).collect();
            read(&store, move |tx| unsent::find(tx, person, &tickets))
        };
        assert_eq!(find(ines, &[7]), Some((Some(TicketId(7)), with_other)));
        assert_eq!(find(ines, &[8]), None, "it is somebody else's");
        assert_eq!(find(ines, &[]), Some((None, kept("a new one", 3))));
        let listed = |person| read(&store, move |tx| unsent::of_person(tx, person, 9));
        let texts: Vec<String> = listed(ines).into_iter().map(|it| it.text).collect();
        assert_eq!(texts, ["a new one", "On the way"], "the newest first");
        put(ines, Some(TicketId(9)), kept("merged", 9));
        let (told_on, _) = find(ines, &[7, 9]).expect("a draft");
        assert_eq!(
            told_on,
            Some(TicketId(9)),
            "the newest of tickets told together"
        );
        write(&store, move |tx| {
            unsent::remove(tx, ines, &[TicketId(7), TicketId(9)])
        });
        assert_eq!(find(ines, &[7, 9]), None);
        write(&store, move |tx| unsent::remove_new(tx, ines));
        assert_eq!(listed(ines), []);
        assert_eq!(listed(jonas).len(), 1);
    });
}

#[test]
fn what_was_thrown_away_goes_after_a_while_and_the_oldest_make_room() {
    both(|store| {
        let ines = desk(&store).ines;
        for id in 1..=4 {
            let it = Kept {
                discarded_at: (id == 4).then(|| at(10)),
                ..kept("words", id)
            };
            write(&store, move |tx| {
                unsent::put(tx, ines, Some(TicketId(id)), &it)
            });
        }
        let waiting = || {
            let all = read(&store, move |tx| unsent::of_person(tx, ines, 9));
            all.into_iter()
                .filter_map(|it| it.ticket.map(|id| id.0))
                .collect::<Vec<i64>>()
        };
        assert_eq!(waiting(), [3, 2, 1], "what was thrown away is not listed");
        let discarded = || read(&store, move |tx| unsent::find(tx, ines, &[TicketId(4)])).is_some();
        write(&store, move |tx| unsent::tidy(tx, ines, at(10), 9));
        assert!(discarded());
        let later = at(10) + SignedDuration::from_secs(1);
        write(&store, move |tx| unsent::tidy(tx, ines, later, 2));
        assert!(!discarded());
        assert_eq!(waiting(), [3, 2]);
    });
}

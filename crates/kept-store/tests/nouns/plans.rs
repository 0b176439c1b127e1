//! No page walks over a whole table: what the databases plan to do, not how long it takes.

use kept_domain::ids::{ClientId, MessageId, OutgoingId, PersonId, TicketId, UnsortedId};
use kept_domain::scorecards::Of;
use kept_domain::turn::Turn;
use kept_store::lists::{self, Cursor, List, Whose};
use kept_store::outgoing::{self, State};
use kept_store::scorecards::Asked;
use kept_store::testing::{both, plans};
use kept_store::threads::Landed;
use kept_store::tickets::{self, Shelf};
use kept_store::{
    Store, StoreError, Tx, answers, clients, counts, events, messages, not_delivered, obligations,
    people, scorecards, threads, trend, turns, unsorted,
};

use crate::support::{address, at, desk, domain};

/// What grows with the desk, by table and by the short names our SQL gives them.
const LARGE: [&str; 18] = [
    "t",
    "tickets",
    "m",
    "messages",
    "events",
    "outgoing",
    "unsorted",
    "people",
    "arrivals",
    "message_refs",
    "attachments",
    "person_addresses",
    "automatic_answers",
    "outgoing_addresses",
    "n",
    "o",
    "obligations",
    "turns",
];

/// Whether a step of a plan walks over a large table from end to end.
fn walks(step: &str) -> bool {
    let mut words = step
        .split_whitespace()
        .skip_while(|word| !matches!(*word, "SCAN" | "Scan"));
    words.next();
    let table = words.find(|word| *word != "on").unwrap_or_default();
    let over_all = step.contains("SCAN ") || step.contains("Seq Scan on ");
    over_all && LARGE.contains(&table)
}

fn check<T: Send + 'static>(
    store: &Store,
    what: &str,
    closure: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) {
    let steps = plans(store, closure);
    let database = store.database();
    assert!(!steps.is_empty(), "{what} asks nothing");
    assert!(
        !steps.iter().any(|step| walks(step)),
        "{what} on {database:?}: {steps:#?}"
    );
}

#[test]
fn a_walk_over_a_whole_table_is_seen() {
    both(|store| {
        let steps = plans(&store, |tx| {
            tx.rows("SELECT id FROM events WHERE body = 'x'", &[])
        });
        assert!(steps.iter().any(|step| walks(step)), "{steps:#?}");
    });
}

/// The next page begins where the index says, and nothing is sorted.
fn check_list(store: &Store, list: List) {
    let cursor = Cursor {
        rank: 0,
        at_ms: 1,
        id: 1,
    };
    for after in [None, Some(cursor)] {
        let page = move |tx: &mut Tx<'_>| lists::page(tx, list, after, 51);
        check(store, &format!("{list:?} after {after:?}"), page);
        let steps = plans(store, page);
        let sorts = steps.iter().any(|step| step.contains("TEMP B-TREE"));
        assert!(!sorts, "{list:?}: {steps:#?}");
    }
}

#[test]
fn pages_of_tickets_are_read_from_an_index_in_its_order() {
    both(|store| {
        let desk = desk(&store);
        desk.open(&store, 0, "Printer");
        for shelf in [Shelf::Open, Shelf::Closed] {
            check_list(&store, List::Shelf { shelf, turn: None });
            check_list(
                &store,
                List::Shelf {
                    shelf,
                    turn: Some(Turn::Client),
                },
            );
            check_list(
                &store,
                List::Mine {
                    agent: PersonId(1),
                    shelf,
                },
            );
            check_list(&store, List::Recent { shelf });
        }
        check_list(&store, List::Late { now: at(9) });
        check(&store, "how many are late", |tx| {
            lists::count_late(tx, at(9), 1000)
        });
        check_list(&store, List::OfRequester(PersonId(1)));
        check_list(&store, List::OfClient(ClientId(1)));
        for whose in [Whose::Person(PersonId(1)), Whose::Client(ClientId(1))] {
            check(&store, "what is open on a card", move |tx| {
                lists::page(tx, List::OpenOf(whose), None, 51)
            });
            check(&store, "what has ended on a card", move |tx| {
                lists::page(tx, List::EndedOf(whose), None, 26)
            });
            check(&store, "the months of a card", move |tx| {
                trend::opened(tx, whose, &[at(0), at(1)])
            });
            check(&store, "the numbers of a card", move |tx| {
                trend::tally(tx, whose)
            });
        }
    });
}

#[test]
fn what_a_ticket_page_asks_is_found_by_number() {
    both(|store| {
        desk(&store);
        let all = [TicketId(1), TicketId(2)];
        check(&store, "a ticket", |tx| tickets::find(tx, TicketId(1)));
        check(&store, "where it is told", |tx| {
            tickets::told_at(tx, TicketId(1))
        });
        check(&store, "what is told here", |tx| {
            tickets::merged_into(tx, TicketId(1))
        });
        check(&store, "tickets by number", move |tx| {
            lists::by_ids(tx, &all)
        });
        check(&store, "messages", move |tx| messages::of_tickets(tx, &all));
        check(&store, "files", move |tx| {
            messages::files_of_tickets(tx, &all)
        });
        check(&store, "history", move |tx| events::of_tickets(tx, &all));
        check(&store, "turns", move |tx| turns::of_tickets(tx, &all));
        check(&store, "what was missed", move |tx| {
            obligations::missed_on(tx, &all)
        });
        check(&store, "outgoing", move |tx| outgoing::of_tickets(tx, &all));
        check(&store, "copies", move |tx| {
            threads::copies_of_tickets(tx, &all)
        });
        check(&store, "names", |tx| people::names(tx, &[PersonId(1)]));
        check(&store, "a person", |tx| people::find(tx, PersonId(1)));
    });
}

#[test]
fn what_intake_asks_is_found_by_key() {
    both(|store| {
        desk(&store);
        check(&store, "the same mail", |tx| threads::seen(tx, "aa"));
        check(&store, "threads", |tx| {
            threads::tickets_of(tx, &["1@a", "2@a"])
        });
        check(&store, "an id", |tx| threads::has_arrived(tx, "1@a"));
        check(&store, "its copies", |tx| {
            threads::copies_of(tx, Landed::Message(MessageId(1)))
        });
        check(&store, "an address", |tx| {
            people::find_by_address(tx, &address("dana@acme.example"))
        });
        check(&store, "a domain", |tx| {
            clients::of_domain(tx, &domain("it.acme.example"))
        });
        check(&store, "taking part", |tx| {
            messages::takes_part(tx, TicketId(1), "dana@acme.example")
        });
        check(&store, "the budget", |tx| {
            answers::to_address(tx, "dana@acme.example", at(0))
        });
        check(&store, "a domain's budget", |tx| {
            answers::to_domain(tx, "acme.example", at(0))
        });
        check(&store, "the desk's budget", |tx| {
            answers::of_desk(tx, at(0))
        });
        check(&store, "a returned mail", |tx| {
            outgoing::find_by_ref(tx, "1@desk")
        });
        check(&store, "the last mail to somebody", |tx| {
            outgoing::last_to(tx, "dana@acme.example", at(0))
        });
        check(&store, "what came back", |tx| {
            not_delivered::of_tickets(tx, &[TicketId(1)])
        });
    });
}

#[test]
fn counts_and_the_other_lists_need_no_walk_over_what_was() {
    both(|store| {
        let desk = desk(&store);
        desk.open(&store, 0, "Printer");
        check(&store, "counts", counts::all);
        check(&store, "failed mail", |tx| {
            outgoing::count(tx, State::Failed)
        });
        check(&store, "waiting mail", unsorted::count_waiting);
        check(&store, "the outbox", |tx| {
            outgoing::list(tx, State::Sent, Some(OutgoingId(9)), 51)
        });
        check(&store, "unsorted", |tx| {
            unsorted::waiting(tx, Some(UnsortedId(9)), 51)
        });
        check(&store, "a client's people", |tx| {
            people::of_client(tx, ClientId(1), 51)
        });
        check(&store, "the agents", people::agents);
    });
}

#[test]
fn a_scorecard_looks_only_at_what_is_its_own() {
    both(|store| {
        desk(&store);
        for of in [Of::Client(ClientId(1)), Of::Agent(PersonId(1))] {
            let asked = Asked {
                of,
                from: at(0),
                to: at(60),
            };
            check(&store, "figures", move |tx| scorecards::tallies(tx, &asked));
            check(&store, "times used", move |tx| scorecards::used(tx, &asked));
            check(&store, "whose time", move |tx| {
                scorecards::times(tx, &asked)
            });
        }
    });
}

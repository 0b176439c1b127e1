use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use jiff::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::tickets::samples;

const FREE: Known = Known {
    stands: false,
    bonds: 0,
    circle: Circle::None,
};

fn ticket(id: i64) -> Ticket {
    let opened = samples::opened();
    Ticket::opened(TicketId(id), Timestamp::UNIX_EPOCH, &opened).expect("opened")
}

fn merged(id: i64) -> Ticket {
    Ticket {
        merged_into: Some(TicketId(9)),
        ..ticket(id)
    }
}

/// What is refused, in words; empty when it is allowed.
fn check(one: &Ticket, bond: Bond, other: &Ticket, known: Known, expected: &str) {
    let said = relate(one, bond, other, known).map_or_else(|it| it.to_string(), |_| String::new());
    assert_eq!(said, expected, "{bond:?} {known:?}");
}

#[test]
fn both_tickets_say_it_from_their_own_side() {
    for bond in Bond::ALL {
        let (here, there) = relate(&ticket(1), bond, &ticket(2), FREE).expect("allowed");
        let other = |ticket| Event::Related {
            bond: bond.turned(),
            ticket,
        };
        let one = |ticket| Event::Related { bond, ticket };
        assert_eq!(here, [one(TicketId(2))]);
        assert_eq!(there, [other(TicketId(1))]);
        assert_eq!(bond.turned().turned(), bond);
        assert_ne!(bond.is_forward(), bond.turned().is_forward());
        assert_eq!(Bond::from_text(bond.as_str()), Some(bond));
    }
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let (one, two) = (ticket(1), ticket(2));
    check(&one, Bond::Blocks, &two, FREE, "");
    check(
        &one,
        Bond::Blocks,
        &one,
        FREE,
        "a ticket can’t be linked to itself",
    );
    check(
        &merged(1),
        Bond::Blocks,
        &two,
        FREE,
        "#1 was merged into #9; do this on #9, or take the merge back first",
    );
    check(
        &one,
        Bond::Blocks,
        &merged(2),
        FREE,
        "#2 was merged into #9; do this on #9, or take the merge back first",
    );
    let stands = Known {
        stands: true,
        ..FREE
    };
    check(&one, Bond::PartOf, &two, stands, "#1 is part of #2 already");
    let circle = Known {
        circle: Circle::Closes,
        ..FREE
    };
    check(
        &one,
        Bond::Blocks,
        &two,
        circle,
        "that would go round in a circle: from #2 links lead back to #1 already, so it can’t be said that #1 blocks #2",
    );
    for (bonds, fits) in [(MOST_BONDS - 1, true), (MOST_BONDS, false)] {
        let known = Known { bonds, ..FREE };
        let allowed = relate(&one, Bond::RefersTo, &two, known).is_ok();
        assert_eq!(allowed, fits, "{bonds}");
    }
}

#[test]
fn only_what_stands_is_taken_back() {
    let (one, two) = (TicketId(1), TicketId(2));
    let (here, there) = unrelate(one, Bond::PartOf, two, true).expect("it stands");
    assert_eq!(
        here,
        [Event::Unrelated {
            bond: Bond::PartOf,
            ticket: two
        }]
    );
    assert_eq!(
        there,
        [Event::Unrelated {
            bond: Bond::ParentOf,
            ticket: one
        }]
    );
    let refused = unrelate(one, Bond::PartOf, two, false).map_err(|it| it.to_string());
    assert_eq!(
        refused,
        Err("it is not so that #1 is part of #2".to_owned())
    );
}

#[test]
fn a_long_chain_is_walked_so_far_and_no_further() {
    let chain = |at: &[TicketId]| {
        let next = at.iter().map(|id| TicketId(id.0 + 1));
        Ok::<_, Infallible>(next.collect())
    };
    let to = |goal| circle(TicketId(1), TicketId(goal), chain);
    assert_eq!(to(1), Ok(Circle::Closes));
    assert_eq!(to(900), Ok(Circle::Closes));
    assert_eq!(to(5_000), Ok(Circle::TooFar));
}

#[test]
fn events_told_twice_and_taken_back_leave_what_stands() {
    let related = |bond, id| Event::Related {
        bond,
        ticket: TicketId(id),
    };
    let unrelated = |bond, id| Event::Unrelated {
        bond,
        ticket: TicketId(id),
    };
    let history = [
        related(Bond::Blocks, 3),
        related(Bond::PartOf, 2),
        related(Bond::Blocks, 3),
        unrelated(Bond::PartOf, 2),
        Event::Closed,
        related(Bond::RefersTo, 2),
        unrelated(Bond::Blocks, 4),
    ];
    let expected = [(Bond::Blocks, TicketId(3)), (Bond::RefersTo, TicketId(2))];
    assert_eq!(bonds(history.iter()), expected);
}

proptest! {
    /// Whoever asks before each link never gets a circle.
    #[test]
    fn links_that_were_asked_for_never_go_round(pairs in prop::collection::vec((0_i64..12, 0_i64..12), 1..60)) {
        let mut leads: HashMap<i64, HashSet<i64>> = HashMap::new();
        for (from, to) in pairs {
            let next = |at: &[TicketId]| {
                let further = at.iter().filter_map(|id| leads.get(&id.0)).flatten();
                Ok::<_, Infallible>(further.map(|id| TicketId(*id)).collect())
            };
            if circle(TicketId(to), TicketId(from), next) == Ok(Circle::None) {
                leads.entry(from).or_default().insert(to);
            }
        }
        // What leads nowhere is taken away until nothing is left; a circle would stay.
        while !leads.is_empty() {
            let before = leads.len();
            let ends: Vec<i64> = leads.iter().filter(|(_, to)| to.iter().all(|id| !leads.contains_key(id)))
                .map(|(from, _)| *from).collect();
            leads.retain(|from, _| !ends.contains(from));
            prop_assert!(leads.len() < before);
        }
    }
}

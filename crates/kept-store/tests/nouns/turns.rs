//! Whose turn it was: written over from where it differs, and told as a strip.

use kept_domain::clocks::{Stretch, Whose};
use kept_domain::ids::TicketId;
use kept_store::testing::both;
use kept_store::turns::{self, Turn};

use crate::support::{Desk, at, desk, read, write};

pub fn turn(desk: &Desk, ticket: TicketId, whose: Whose, from: i64, to: Option<i64>) -> Turn {
    Turn {
        ticket,
        whose,
        from: at(from),
        to: to.map(at),
        client: Some(desk.acme),
        queue: desk.support,
        responsible: desk.ines,
    }
}

#[test]
fn turns_are_written_over_from_where_they_differ() {
    both(|store| {
        let desk = desk(&store);
        let [ticket, other] = [0, 1].map(|n| desk.open(&store, n, "x").id);
        let of = |ticket| read(&store, move |tx| turns::of_tickets(tx, &[ticket]));
        let make = |ticket: TicketId, turns: &[Turn]| {
            let (known, turns) = (of(ticket), turns.to_vec());
            write(&store, move |tx| turns::replace(tx, ticket, &known, &turns));
        };
        let first = turn(&desk, ticket, Whose::Desk, 0, Some(5));
        let elsewhere = turn(&desk, other, Whose::Parked, 0, None);
        make(other, &[elsewhere]);
        make(ticket, &[turn(&desk, ticket, Whose::Desk, 0, None)]);
        let longer = [first, turn(&desk, ticket, Whose::Client, 5, None)];
        make(ticket, &longer);
        assert_eq!(of(ticket), longer);
        let handed = Turn {
            responsible: desk.noor,
            ..turn(&desk, ticket, Whose::Desk, 5, None)
        };
        make(ticket, &[first, handed]);
        assert_eq!(of(ticket), [first, handed]);
        let strip = Stretch {
            whose: Whose::Desk,
            from: at(0),
            to: None,
        };
        assert_eq!(turns::strip_of(&of(ticket), ticket), [strip]);
        make(ticket, &[]);
        assert_eq!(of(ticket), []);
        assert_eq!(of(other), [elsewhere]);
        assert_eq!(read(&store, |tx| turns::of_tickets(tx, &[])), []);
    });
}

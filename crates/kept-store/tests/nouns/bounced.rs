//! What came back, by mail and by ticket, and which addresses get no more mail.

use kept_domain::delivery::Setback;
use kept_domain::ids::{OutgoingId, TicketId};
use kept_store::Store;
use kept_store::bounced::{self, Bounced};
use kept_store::not_delivered::{self, NotDelivered};
use kept_store::outgoing::{self, NewOutgoing};
use kept_store::testing::both;

use crate::support::{at, desk, read, write};

const DANA: &str = "dana@acme.example";

fn mail(store: &Store, ticket: TicketId, message_ref: &'static str, minute: i64) -> OutgoingId {
    write(store, move |tx| {
        let mail = NewOutgoing {
            ticket: Some(ticket),
            message: None,
            message_ref,
            recipients: "[]",
            subject: "Re: Printer",
            automatic: false,
            mail: "{}",
        };
        let id = outgoing::insert(tx, &mail, at(minute))?;
        outgoing::address_to(
            tx,
            id,
            &[DANA.into(), "lee@acme.example".into(), DANA.into()],
        )?;
        Ok(id)
    })
}

fn came_back(store: &Store, outgoing: OutgoingId, kind: Setback, minute: i64) -> NotDelivered {
    let row = NotDelivered {
        id: 0,
        outgoing,
        address: DANA.into(),
        kind,
        status: Some("5.1.1".into()),
        reason: "no such mailbox".into(),
        diagnostic: "550 5.1.1 nobody".into(),
        at: at(minute),
        report: None,
    };
    let written = row.clone();
    let id = write(store, move |tx| {
        let id = not_delivered::insert(tx, &written)?;
        bounced::count(tx, &written, id, kind.suppresses())?;
        Ok(id)
    });
    NotDelivered { id, ..row }
}

fn known(store: &Store) -> Bounced {
    read(store, |tx| bounced::find(tx, DANA)).expect("it is known")
}

fn suppressed(store: &Store) -> Vec<String> {
    let asked = vec![DANA.to_owned(), "lee@acme.example".into()];
    let found = read(store, move |tx| bounced::suppressed(tx, &asked));
    found.into_iter().map(|bounced| bounced.address).collect()
}

#[test]
fn what_came_back_is_found_by_mail_and_by_ticket() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let one = mail(&store, ticket, "1@desk", 1);
        let other = mail(&store, ticket, "2@desk", 2);
        let first = came_back(&store, one, Setback::Delayed, 3);
        let second = came_back(&store, one, Setback::Hard, 4);
        let third = came_back(&store, other, Setback::Hard, 5);
        let of_one = read(&store, move |tx| not_delivered::of_outgoing(tx, one));
        assert_eq!(of_one, [first.clone(), second.clone()]);
        let of_ticket = read(&store, move |tx| not_delivered::of_tickets(tx, &[ticket]));
        assert_eq!(of_ticket, [first, second, third]);
    });
}

#[test]
fn a_mail_is_found_by_its_id_and_by_whom_it_went_to_last() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let one = mail(&store, ticket, "1@desk", 1);
        let other = mail(&store, ticket, "2@desk", 2);
        let by_ref = |id| {
            let found = read(&store, move |tx| outgoing::find_by_ref(tx, id));
            found.map(|mail| mail.id)
        };
        assert_eq!([by_ref("1@desk"), by_ref("x")], [Some(one), None]);
        let last = |since| {
            let found = read(&store, move |tx| outgoing::last_to(tx, DANA, at(since)));
            found.map(|mail| mail.id)
        };
        assert_eq!(
            [last(0), last(1), last(2)],
            [Some(other), Some(other), None]
        );
        assert_eq!(
            read(&store, |tx| outgoing::last_to(tx, "x@x.example", at(0))),
            None
        );
    });
}

#[test]
fn a_dead_address_gets_no_mail_until_somebody_clears_it() {
    both(|store| {
        let desk = desk(&store);
        let ticket = desk.open(&store, 0, "Printer").id;
        let one = mail(&store, ticket, "1@desk", 1);
        came_back(&store, one, Setback::Soft, 2);
        assert_eq!(suppressed(&store), [""; 0]);
        came_back(&store, one, Setback::Hard, 3);
        came_back(&store, one, Setback::Hard, 4);
        assert_eq!(suppressed(&store), [DANA]);
        let found = known(&store);
        assert_eq!((found.hard, found.soft), (2, 1));
        assert_eq!((found.first, found.last), (at(2), at(4)));
        assert_eq!(found.suppressed_since, Some(at(3)));
        assert_eq!(read(&store, bounced::count_suppressed), 1);
        let ines = desk.ines;
        let clear = || {
            write(&store, move |tx| {
                bounced::clear(tx, DANA, Some(ines), at(9))
            })
        };
        assert!(clear());
        assert!(!clear(), "there is nothing to clear");
        assert_eq!(suppressed(&store), [""; 0]);
        let found = known(&store);
        assert_eq!(
            (found.cleared_at, found.cleared_by, found.suppressed_since),
            (Some(at(9)), Some(ines), None)
        );
        came_back(&store, one, Setback::Complaint, 10);
        assert_eq!(known(&store).suppressed_since, Some(at(10)));
    });
}

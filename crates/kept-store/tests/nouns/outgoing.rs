//! Outgoing mail goes from queued to sent, or to failed and back in line.

use kept_domain::ids::{MessageId, OutgoingId};
use kept_store::outgoing::{self, NewOutgoing, Outgoing, State};
use kept_store::testing::both;
use kept_store::{Store, StoreError};

use crate::support::{at, desk, read, write};

fn queue(store: &Store, message_ref: &'static str) -> Result<OutgoingId, StoreError> {
    store.write_blocking(move |tx| {
        let mail = NewOutgoing {
            ticket: None,
            message: Some(MessageId(3)),
            message_ref,
            recipients: "[\"dana@acme.example\"]",
            subject: "Re: Printer [#1]",
            automatic: true,
            mail: "{}",
        };
        outgoing::insert(tx, &mail, at(0))
    })
}

fn find(store: &Store, id: OutgoingId) -> Outgoing {
    read(store, move |tx| outgoing::find(tx, id)).expect("it is there")
}

fn count(store: &Store) -> [i64; 3] {
    [State::Queued, State::Sent, State::Failed]
        .map(|state| read(store, move |tx| outgoing::count(tx, state)))
}

#[test]
fn a_mail_out_is_queued_tried_and_sent() {
    both(|store| {
        let id = queue(&store, "1@desk").expect("is queued");
        let queued = find(&store, id);
        assert_eq!((queued.state, queued.attempts), (State::Queued, 0));
        assert_eq!(
            (queued.created_at, queued.message),
            (at(0), Some(MessageId(3)))
        );
        assert!(queued.automatic);
        write(&store, move |tx| {
            outgoing::mark_tried(tx, id, "451 not now")
        });
        let tried = find(&store, id);
        assert_eq!((tried.state, tried.attempts), (State::Queued, 1));
        assert_eq!(tried.last_error.as_deref(), Some("451 not now"));
        write(&store, move |tx| {
            outgoing::mark_sent(tx, id, at(9), "relay:25")
        });
        let sent = find(&store, id);
        assert_eq!(
            (sent.state, sent.attempts, sent.last_error),
            (State::Sent, 2, None)
        );
        assert_eq!(
            (sent.sent_at, sent.sent_via.as_deref()),
            (Some(at(9)), Some("relay:25"))
        );
        assert!(!write(&store, move |tx| outgoing::requeue(tx, id)));
        assert_eq!(count(&store), [0, 1, 0]);
    });
}

#[test]
fn a_failed_mail_goes_back_in_line_with_all_its_tries_before_it() {
    both(|store| {
        let id = queue(&store, "1@desk").expect("is queued");
        assert!(!write(&store, move |tx| outgoing::requeue(tx, id)));
        write(&store, move |tx| {
            outgoing::mark_failed(tx, id, "550 nobody")
        });
        assert_eq!(count(&store), [0, 0, 1]);
        let failed = find(&store, id);
        assert_eq!((failed.state, failed.attempts), (State::Failed, 1));
        assert!(write(&store, move |tx| outgoing::requeue(tx, id)));
        let queued = find(&store, id);
        assert_eq!((queued.state, queued.attempts), (State::Queued, 0));
        assert_eq!(queued.message_ref, "1@desk", "always the same Message-ID");
    });
}

#[test]
fn a_message_id_goes_out_on_one_mail_only() {
    both(|store| {
        queue(&store, "1@desk").expect("is queued");
        let again = queue(&store, "1@desk");
        assert!(matches!(again, Err(StoreError::Unique { .. })), "{again:?}");
    });
}

#[test]
fn the_outbox_is_listed_by_state_newest_first() {
    both(|store| {
        let ids = ["1@d", "2@d", "3@d", "4@d"].map(|id| queue(&store, id).expect("is queued"));
        write(&store, move |tx| outgoing::mark_failed(tx, ids[1], "550"));
        let page = |state, before, limit| {
            let page = read(&store, move |tx| outgoing::list(tx, state, before, limit));
            page.iter().map(|mail| mail.id).collect::<Vec<_>>()
        };
        assert_eq!(page(State::Queued, None, 2), [ids[3], ids[2]]);
        assert_eq!(page(State::Queued, Some(ids[2]), 2), [ids[0]]);
        assert_eq!(page(State::Failed, None, 9), [ids[1]]);
        assert_eq!(page(State::Sent, None, 9), []);
    });
}

#[test]
fn a_tickets_mail_is_found_by_the_ticket() {
    both(|store| {
        let desk = desk(&store);
        let [ticket, other] = [0, 1].map(|n| desk.open(&store, n, "x").id);
        for (message_ref, on) in [("1@d", Some(ticket)), ("2@d", Some(other)), ("3@d", None)] {
            write(&store, move |tx| {
                let mail = NewOutgoing {
                    ticket: on,
                    message: None,
                    message_ref,
                    recipients: "[]",
                    subject: "x",
                    automatic: false,
                    mail: "{}",
                };
                outgoing::insert(tx, &mail, at(0))
            });
        }
        let found = read(&store, move |tx| outgoing::of_tickets(tx, &[ticket, other]));
        let refs: Vec<&str> = found.iter().map(|mail| mail.message_ref.as_str()).collect();
        assert_eq!(refs, ["1@d", "2@d"]);
    });
}

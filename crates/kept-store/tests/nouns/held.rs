//! What waits a moment to be taken back, and what was.

use kept_domain::ids::{MessageId, OutgoingId, PersonId, TicketId};
use kept_store::held::{self, Draft, Held};
use kept_store::jobs::{self, NewJob};
use kept_store::outgoing::{self, NewOutgoing, State};
use kept_store::testing::both;

use crate::support::{at, read, write};

const INES: PersonId = PersonId(1);
const JONAS: PersonId = PersonId(2);

fn waiting(outgoing: i64, person: PersonId, until: i64) -> Held {
    Held {
        outgoing: OutgoingId(outgoing),
        message: MessageId(outgoing + 10),
        ticket: TicketId(7),
        person,
        until: at(until),
    }
}

#[test]
fn what_waits_is_found_by_its_author_until_it_goes_out() {
    both(|store| {
        for held in [
            waiting(1, INES, 10),
            waiting(2, INES, 20),
            waiting(3, JONAS, 30),
        ] {
            write(&store, move |tx| held::hold(tx, &held, at(0)));
        }
        let latest = |now| read(&store, move |tx| held::latest_of(tx, INES, at(now)));
        assert_eq!(latest(5), Some(waiting(2, INES, 20)));
        assert_eq!(latest(20), None, "its time is over");
        let of = |id| {
            read(&store, move |tx| {
                held::of_message(tx, TicketId(7), MessageId(id))
            })
        };
        assert_eq!(of(11), Some(waiting(1, INES, 10)));
        assert_eq!(of(99), None);
        write(&store, |tx| held::release(tx, OutgoingId(2)));
        assert_eq!(latest(5), Some(waiting(1, INES, 10)));
        write(&store, |tx| held::hold(tx, &waiting(4, INES, 60), at(50)));
        assert_eq!(
            of(11),
            None,
            "what can no longer be taken back is forgotten"
        );
        assert_eq!(
            of(13),
            Some(waiting(3, JONAS, 30)),
            "but not that of others"
        );
    });
}

#[test]
fn a_draft_waits_for_its_author_alone() {
    both(|store| {
        let draft = |id: i64| Draft {
            message: MessageId(id),
            and_then: "ask".into(),
        };
        for id in [1, 2] {
            write(&store, move |tx| {
                held::keep_draft(tx, &draft(id), TicketId(7), INES)
            });
        }
        let of = |person| read(&store, move |tx| held::draft_of(tx, &[TicketId(7)], person));
        assert_eq!(of(INES), Some(draft(2)));
        assert_eq!(of(JONAS), None);
        let told =
            |tickets: [TicketId; 2]| read(&store, move |tx| held::draft_of(tx, &tickets, INES));
        assert_eq!(told([TicketId(8), TicketId(7)]), Some(draft(2)));
        assert_eq!(told([TicketId(8), TicketId(9)]), None);
        assert!(!write(&store, |tx| held::drop_draft(
            tx,
            MessageId(2),
            JONAS
        )));
        assert!(write(&store, |tx| held::drop_draft(tx, MessageId(2), INES)));
        assert!(!write(&store, |tx| held::drop_draft(
            tx,
            MessageId(2),
            INES
        )));
        assert_eq!(of(INES), Some(draft(1)));
    });
}

#[test]
fn only_mail_that_nobody_tried_to_send_is_withdrawn() {
    both(|store| {
        let queue = |message_ref: &'static str| {
            write(&store, move |tx| {
                let mail = NewOutgoing {
                    ticket: None,
                    message: None,
                    message_ref,
                    recipients: "[]",
                    subject: "",
                    automatic: false,
                    mail: "{}",
                };
                outgoing::insert(tx, &mail, at(0))
            })
        };
        let withdraw = |id| write(&store, move |tx| outgoing::withdraw(tx, id));
        let (untried, tried) = (queue("1@desk"), queue("2@desk"));
        write(&store, move |tx| outgoing::mark_tried(tx, tried, "451"));
        assert!(withdraw(untried) && !withdraw(untried));
        assert!(!withdraw(tried), "somebody may have it already");
        let state = |id| read(&store, move |tx| outgoing::find(tx, id)).map(|mail| mail.state);
        assert_eq!(state(untried), Some(State::Withdrawn));
        assert_eq!(state(tried), Some(State::Queued));
    });
}

#[test]
fn a_job_is_called_off_only_before_anybody_began_it() {
    both(|store| {
        let enqueue = |key: &'static str| {
            write(&store, move |tx| {
                let job = NewJob {
                    kind: "k",
                    body: "",
                    run_at: at(5),
                    created_at: at(0),
                    unique_key: Some(key),
                };
                jobs::enqueue(tx, &job)
            });
        };
        let cancel = |key: &'static str| write(&store, move |tx| jobs::cancel(tx, key));
        enqueue("a");
        let due = |keys: &'static [&str]| read(&store, move |tx| jobs::due_of(tx, keys));
        assert_eq!(due(&["a", "c"]), [("a".to_owned(), at(5))]);
        assert!(due(&[]).is_empty());
        assert!(cancel("a") && !cancel("a"));
        enqueue("b");
        let lease = jiff::SignedDuration::from_secs(60);
        let begun = write(&store, move |tx| {
            jobs::claim(tx, "w", &["k"], at(9), lease, 9)
        });
        assert_eq!(begun.len(), 1, "what was called off is not begun");
        assert!(!cancel("b"), "a worker has it");
        assert!(due(&["b"]).is_empty(), "it is under way");
    });
}

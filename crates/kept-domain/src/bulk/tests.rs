//! Whatever an act did to a ticket, taking it back leaves it as it was.

use jiff::Timestamp;

use super::*;
use crate::event::Reopening;
use crate::ids::{MessageId, TicketId};
use crate::queues::Chosen;
use crate::tickets::{AndThen, Kind};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + minute * 60).expect("a time")
}

fn ticket() -> Ticket {
    let opened = Event::Opened {
        subject: "Printer".into(),
        kind: Kind::Incident,
        priority: Priority::Normal,
        queue: QueueId(1),
        requester: None,
        client: None,
        responsible: PersonId(1),
        chosen: Chosen::OnDuty,
    };
    Ticket::opened(TicketId(1), at(0), &opened).expect("opened")
}

fn after(ticket: &Ticket, minute: i64, events: &[Event]) -> Ticket {
    let mut ticket = ticket.clone();
    for event in events {
        ticket.apply(at(minute), event);
    }
    ticket
}

fn asked() -> Event {
    Event::Replied {
        message: MessageId(1),
        then: AndThen::Ask,
    }
}

fn waits() -> Event {
    let wait = Wait {
        party: "Contoso".into(),
        what: "a part".into(),
        tracking: None,
        next: at(900),
    };
    Event::WaitBegan { wait }
}

fn vip() -> Tag {
    Tag::parse("vip").expect("a tag")
}

#[test]
fn what_is_taken_back_stands_as_it_stood() {
    let updated = Event::Replied {
        message: MessageId(2),
        then: AndThen::Update,
    };
    let histories: [&[Event]; 8] = [
        &[],
        &[updated],
        &[asked()],
        &[waits()],
        &[Event::Parked],
        &[Event::Resolved],
        &[Event::Resolved, Event::Closed],
        &[asked(), Event::TagAdded { tag: vip() }],
    ];
    let acts = [
        BulkAct::Assign { to: PersonId(2) },
        BulkAct::Queue { to: QueueId(2) },
        BulkAct::Priority {
            to: Priority::Urgent,
        },
        BulkAct::Tag { tag: vip() },
        BulkAct::Untag { tag: vip() },
        BulkAct::Resolve,
        BulkAct::Close,
        BulkAct::Reopen,
        BulkAct::Spam,
    ];
    for history in histories {
        let stood = after(&ticket(), 1, history);
        for act in &acts {
            let Ok(events) = decide(act, &stood) else {
                continue;
            };
            if events.is_empty() {
                continue;
            }
            let changed = after(&stood, 2, &events);
            let back = put_back(act, &changed, &Before::of(&stood));
            let back = back.expect("may be").expect("is as it was left");
            let again = after(&changed, 3, &back);
            assert_eq!(
                Before::of(&again),
                Before::of(&stood),
                "{act:?} on {history:?}"
            );
            assert_eq!(again.tags, stood.tags, "{act:?} on {history:?}");
            assert_eq!(again.aside(), stood.aside(), "{act:?} on {history:?}");
        }
    }
}

#[test]
fn what_somebody_changed_since_stays() {
    let stood = after(&ticket(), 1, &[asked()]);
    let before = Before::of(&stood);
    let closed = after(&stood, 2, &decide(&BulkAct::Close, &stood).expect("may be"));
    let woken = Event::Reopened {
        why: Reopening::ClientWrote,
    };
    let woken = after(&closed, 3, &[woken]);
    assert_eq!(put_back(&BulkAct::Close, &woken, &before), Ok(None));
    let other = Event::Assigned {
        from: PersonId(2),
        to: PersonId(3),
    };
    let act = BulkAct::Assign { to: PersonId(2) };
    assert_eq!(
        put_back(&act, &after(&stood, 3, &[other]), &before),
        Ok(None)
    );
}

#[test]
fn reasons_are_said_of_all_at_once() {
    let closed = after(&ticket(), 1, &[Event::Resolved, Event::Closed]);
    let why = decide(&BulkAct::Close, &closed).expect_err("it has ended");
    assert_eq!(reason(&why), "they have ended already");
    let again = decide(&BulkAct::Queue { to: QueueId(1) }, &ticket());
    assert_eq!(again, Ok(vec![]));
}

#[test]
fn an_act_comes_back_from_json_as_it_was() {
    for (act, text) in [
        (BulkAct::Close, r#"{"do":"close"}"#),
        (
            BulkAct::Assign { to: PersonId(2) },
            r#"{"do":"assign","to":2}"#,
        ),
        (BulkAct::Tag { tag: vip() }, r#"{"do":"tag","tag":"vip"}"#),
    ] {
        assert_eq!(serde_json::to_string(&act).expect("JSON"), text);
        assert_eq!(serde_json::from_str::<BulkAct>(text).expect("an act"), act);
    }
}

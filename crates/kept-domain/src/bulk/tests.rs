//! Whatever an act did to a ticket, taking it back leaves it as it was.

use jiff::Timestamp;

use super::*;
use crate::event::{Actor, Recorded, Reopening};
use crate::ids::{EventId, MessageId, TicketId};
use crate::tickets::{AndThen, samples};

fn at(minute: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + minute * 60).expect("a time")
}

fn ticket() -> Life {
    let opened = samples::opened();
    Life::new(opened)
}

const NOOR: Actor = Actor::Person(PersonId(1));

/// A ticket and its history.
#[derive(Clone)]
struct Life(Ticket, Vec<Recorded>);

impl Life {
    fn new(opened: Event) -> Self {
        let ticket = Ticket::opened(TicketId(1), at(0), &opened).expect("opened");
        let mut life = Life(ticket, vec![]);
        life.record(0, NOOR, &opened);
        life
    }

    fn record(&mut self, minute: i64, by: Actor, event: &Event) {
        self.1.push(Recorded {
            id: EventId(self.1.len() as i64),
            ticket: TicketId(1),
            at: at(minute),
            by,
            event: event.clone(),
        });
    }

    fn after(&self, minute: i64, by: Actor, events: &[Event]) -> Self {
        let mut life = self.clone();
        for event in events {
            life.0.apply(at(minute), event);
            life.record(minute, by, event);
        }
        life
    }

    fn put_back(&self, act: &BulkAct, before: &Before) -> Result<Option<Vec<Event>>, Refused> {
        put_back(act, &self.0, before, (&self.1, NOOR))
    }
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
        let stood = ticket().after(1, NOOR, history);
        for act in &acts {
            let Ok(events) = decide(act, &stood.0) else {
                continue;
            };
            if events.is_empty() {
                continue;
            }
            let changed = stood.after(2, NOOR, &events);
            let back = changed.put_back(act, &Before::of(&stood.0, at(2)));
            let back = back.expect("may be").expect("is as it was left");
            let again = changed.after(3, NOOR, &back).0;
            let before = Before::of(&stood.0, at(2));
            assert_eq!(Before::of(&again, at(2)), before, "{act:?} on {history:?}");
            assert_eq!(again.tags, stood.0.tags, "{act:?} on {history:?}");
            assert_eq!(again.aside(), stood.0.aside(), "{act:?} on {history:?}");
            if matches!(act, BulkAct::Resolve | BulkAct::Close) {
                let touched_at = stood.0.touched_at;
                let again = Ticket {
                    touched_at,
                    ..again
                };
                assert_eq!(again, stood.0, "{act:?} on {history:?}");
            }
        }
    }
}

#[test]
fn what_somebody_changed_since_stays() {
    let stood = ticket().after(1, NOOR, &[asked()]);
    let before = Before::of(&stood.0, at(2));
    let close = decide(&BulkAct::Close, &stood.0).expect("may be");
    let closed = stood.after(2, NOOR, &close);
    let woken = Event::Reopened {
        why: Reopening::ClientWrote,
    };
    let woken = closed.after(3, Actor::Kept, &[woken]);
    assert_eq!(woken.put_back(&BulkAct::Close, &before), Ok(None));
    for by in [NOOR, Actor::Person(PersonId(3)), Actor::Kept] {
        let anew = decide(&BulkAct::Close, &woken.0).expect("may be");
        let anew = woken.after(4, by, &anew);
        let back = anew.put_back(&BulkAct::Close, &before);
        assert_eq!(back, Ok(None), "{by:?} closed it anew");
    }
    let other = Event::Assigned {
        from: PersonId(2),
        to: PersonId(3),
    };
    let act = BulkAct::Assign { to: PersonId(2) };
    let assigned = stood.after(3, NOOR, &[other]);
    assert_eq!(assigned.put_back(&act, &before), Ok(None));
}

#[test]
fn reasons_are_said_of_all_at_once() {
    let closed = ticket().after(1, NOOR, &[Event::Resolved, Event::Closed]);
    let why = decide(&BulkAct::Close, &closed.0).expect_err("it has ended");
    assert_eq!(reason(&why), "they have ended already");
    let again = decide(&BulkAct::Queue { to: QueueId(1) }, &ticket().0);
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

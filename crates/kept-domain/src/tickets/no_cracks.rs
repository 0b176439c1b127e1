//! The no-cracks rule, held against random histories: whatever people and mail do, an open ticket has
//! a responsible agent and exactly one turn that is somebody's, and its history rebuilds it.

mod handing;

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use handing::Handing;

use super::*;
use crate::delivery::Setback;
use crate::event::{Actor, Event, Recorded};
use crate::ids::{EventId, MessageId, OutgoingId, PersonId, QueueId, TicketId};
use crate::intake::{HeaderName, Reason};
use crate::queues::Chosen;
use crate::turn::Turn;

#[derive(Debug, Clone)]
enum Act {
    Reply(AndThen),
    Note,
    Receive {
        automatic: bool,
    },
    Assign(i64),
    Queue(i64),
    Priority(Priority),
    Subject(String),
    Kind(Kind),
    Tag(String),
    Untag(String),
    Resolve,
    Close,
    Reopen,
    TakeEndBack,
    Spam,
    NotSpam,
    Merge,
    UndoMerge,
    Absorb {
        waits_for_desk: bool,
    },
    Release,
    /// One of the messages here, by its place among them.
    MoveOut(usize),
    /// One of those that went.
    MoveBack(usize),
    BringIn {
        automatic: bool,
    },
    CameBack {
        unheard: bool,
    },
    Add(i64),
    Remove(i64),
    Requester(i64),
    UndoRequester,
    Forward(bool),
    Hand(Handing),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        prop_oneof![
            Just(AndThen::Ask),
            Just(AndThen::Update),
            Just(AndThen::Resolve)
        ]
        .prop_map(Act::Reply),
        Just(Act::Note),
        any::<bool>().prop_map(|automatic| Act::Receive { automatic }),
        (1..4_i64).prop_map(Act::Assign),
        (1..3_i64).prop_map(Act::Queue),
        prop::sample::select(Priority::ALL.to_vec()).prop_map(Act::Priority),
        "[a-z ]{0,8}".prop_map(Act::Subject),
        prop::sample::select(Kind::ALL.to_vec()).prop_map(Act::Kind),
        "[ab]".prop_map(Act::Tag),
        "[ab]".prop_map(Act::Untag),
        Just(Act::Resolve),
        Just(Act::Close),
        Just(Act::Reopen),
        Just(Act::TakeEndBack),
        Just(Act::Spam),
        Just(Act::NotSpam),
        Just(Act::Merge),
        Just(Act::UndoMerge),
        any::<bool>().prop_map(|waits_for_desk| Act::Absorb { waits_for_desk }),
        Just(Act::Release),
        (0..5_usize).prop_map(Act::MoveOut),
        (0..5_usize).prop_map(Act::MoveBack),
        any::<bool>().prop_map(|automatic| Act::BringIn { automatic }),
        any::<bool>().prop_map(|unheard| Act::CameBack { unheard }),
        (5..9_i64).prop_map(Act::Add),
        (5..9_i64).prop_map(Act::Remove),
        (5..9_i64).prop_map(Act::Requester),
        Just(Act::UndoRequester),
        any::<bool>().prop_map(Act::Forward),
        handing::any().prop_map(Act::Hand),
        handing::any().prop_map(Act::Hand),
        handing::any().prop_map(Act::Hand),
        handing::any().prop_map(Act::Hand),
    ]
}

fn opening() -> Event {
    Event::Opened {
        subject: "Printer".into(),
        kind: Kind::Incident,
        priority: Priority::Normal,
        queue: QueueId(1),
        requester: Some(PersonId(7)),
        client: None,
        responsible: PersonId(1),
        chosen: Chosen::OnDuty,
    }
}

fn decide(ticket: &Ticket, history: &[Recorded], act: Act) -> Result<Vec<Event>, Refused> {
    let message = MessageId(history.len() as i64);
    let elsewhere = TicketId(2);
    match act {
        Act::Reply(then) => reply(ticket, message, then),
        Act::Note => Ok(note(message)),
        Act::Receive { automatic } => {
            let reason = Reason::Referenced {
                header: HeaderName::InReplyTo,
                ticket: ticket.id,
            };
            Ok(receive(
                ticket,
                Received {
                    message,
                    from: None,
                    automatic,
                    thanks: false,
                    reason,
                },
            ))
        }
        Act::Assign(to) => assign(ticket, PersonId(to)),
        Act::Queue(to) => change_queue(ticket, QueueId(to)),
        Act::Priority(to) => change_priority(ticket, to),
        Act::Subject(to) => change_subject(ticket, &to),
        Act::Kind(to) => change_kind(ticket, to),
        Act::Tag(name) => tag(ticket, &known(&name)),
        Act::Untag(name) => untag(ticket, &known(&name)),
        Act::Resolve => resolve(ticket),
        Act::Close => close(ticket),
        Act::Reopen => reopen(ticket),
        Act::TakeEndBack => take_end_back(ticket, history, Actor::Kept, None),
        Act::Spam => mark_spam(ticket),
        Act::NotSpam => unmark_spam(ticket),
        Act::Merge => merge(
            ticket,
            &Ticket {
                id: TicketId(2),
                ..in_sight(ticket)
            },
        )
        .map(|b| b.0),
        Act::UndoMerge => undo_merge(ticket, &[]).map(|b| b.0),
        Act::Absorb { waits_for_desk } => merge(&other(waits_for_desk), ticket).map(|b| b.1),
        Act::Release => undo_merge(&merged(elsewhere), history).map(|b| b.1),
        Act::CameBack { unheard } => Ok(not_heard(ticket, came_back(unheard))),
        Act::MoveOut(place) => match on_it(history, false).get(place) {
            Some(id) => move_out(ticket, history, &[*id], elsewhere).map(|event| vec![event]),
            None => Ok(vec![]),
        },
        Act::MoveBack(place) => {
            let chosen = on_it(history, true).get(place).copied();
            let back = chosen.and_then(|id| move_back(ticket, history, &[id], elsewhere));
            Ok(back.into_iter().collect())
        }
        Act::BringIn { automatic } => {
            let said = Said::Mail {
                from: None,
                automatic,
            };
            let moved = Moved {
                id: message,
                at: ticket.touched_at,
                said,
            };
            let lines = bring_in(ticket, &[moved], elsewhere, false)?;
            Ok(lines.into_iter().map(|line| line.event).collect())
        }
        Act::Add(person) => {
            let standing = standing(history, PersonId(person));
            add_participant(ticket, PersonId(person), "a@b.example", standing)
        }
        Act::Remove(person) => remove_participant(
            ticket,
            PersonId(person),
            standing(history, PersonId(person)),
        ),
        Act::Requester(to) => {
            change_requester(ticket, PersonId(to), Some(crate::ids::ClientId(to)))
        }
        Act::Forward(left) => {
            let answer = if left {
                ForwardQuestion::Left
            } else {
                ForwardQuestion::Stands
            };
            answer_forward(ticket, message, answer)
        }
        Act::UndoRequester => undo_requester(ticket, history),
        Act::Hand(handing) => handing::decide(ticket, message, &handing),
    }
}

fn came_back(unheard: bool) -> Event {
    Event::CameBack {
        outgoing: OutgoingId(1),
        message: Some(MessageId(1)),
        to: "dana@acme.example".into(),
        kind: Setback::Hard,
        status: None,
        reason: "no such mailbox".into(),
        unheard,
    }
}

fn known(name: &str) -> Tag {
    Tag::parse(name).expect("a tag")
}

/// The messages of a history that are on it, or those that went.
fn on_it(history: &[Recorded], gone: bool) -> Vec<MessageId> {
    let mut here = Vec::new();
    let mut away = Vec::new();
    for line in history {
        match &line.event {
            Event::MessageReceived { message, .. }
            | Event::Replied { message, .. }
            | Event::Noted { message } => here.push(*message),
            Event::MovedOut { messages, .. } => away.extend(messages),
            Event::MovedBack { messages, .. } => away.retain(|id| !messages.contains(id)),
            _ => {}
        }
    }
    here.retain(|id| !away.contains(id));
    if gone { away } else { here }
}

fn standing(history: &[Recorded], person: PersonId) -> Partaking {
    let known = participants(history);
    known
        .iter()
        .find(|(known, ..)| *known == person)
        .map_or(Partaking::Stranger, |(.., standing)| *standing)
}

/// Another ticket, which is to be told on the one that is played.
fn other(waits_for_desk: bool) -> Ticket {
    let at = Timestamp::UNIX_EPOCH;
    let mut other = Ticket::opened(TicketId(2), at, &opening()).expect("opened");
    if !waits_for_desk {
        other.apply(at, &Event::Resolved);
    }
    other
}

fn merged(id: TicketId) -> Ticket {
    let merged_into = Some(TicketId(1));
    Ticket {
        id,
        merged_into,
        ..other(true)
    }
}

fn in_sight(ticket: &Ticket) -> Ticket {
    Ticket {
        merged_into: None,
        spam_since: None,
        ..ticket.clone()
    }
}

proptest! {
    #[test]
    fn nothing_falls_through_the_cracks(acts in prop::collection::vec(act(), 0..40)) {
        let start: Timestamp = "2026-11-23T09:00:00Z".parse().expect("time");
        let mut history = vec![line(0, start, opening())];
        let mut ticket = Ticket::opened(TicketId(1), start, &opening()).expect("opened");
        for (step, act) in acts.into_iter().enumerate() {
            let at = start + SignedDuration::from_mins(step as i64 + 1);
            for event in decide(&ticket, &history, act).unwrap_or_default() {
                ticket.apply(at, &event);
                history.push(line(history.len(), at, event));
            }
            prop_assert!(!ticket.is_open() || matches!(ticket.turn(), Turn::Desk | Turn::Client | Turn::ThirdParty));
            prop_assert!(ticket.aside().is_none() || ticket.turn() == Turn::Nobody);
            prop_assert!((ticket.status == Status::Closed) == (ticket.base_turn == Turn::Nobody));
            prop_assert!(ticket.status != Status::Waiting || ticket.base_turn != Turn::Desk);
            prop_assert!(!ticket.subject.is_empty());
            prop_assert!(ticket.requester.is_some(), "a ticket that was somebody's stays somebody's");
            let taking: Vec<_> = participants(&history).into_iter().map(|(person, ..)| person).collect();
            prop_assert!(taking.iter().all(|one| taking.iter().filter(|other| *other == one).count() == 1));
            end_and_back(&ticket, &history, at)?;
            handing::must_hold(&ticket)?;
            prop_assert_eq!(&Ticket::from_history(TicketId(1), &history), &Ok(ticket.clone()));
        }
    }
}

/// Wherever it stands, an end that is taken back leaves no trace.
fn end_and_back(ticket: &Ticket, history: &[Recorded], at: Timestamp) -> Result<(), TestCaseError> {
    let at = at + SignedDuration::from_secs(1);
    for end in [resolve, close, confirm] {
        let (mut again, mut told) = (ticket.clone(), history.to_vec());
        let Ok(events) = end(&again) else { continue };
        for event in events {
            again.apply(at, &event);
            told.push(line(told.len(), at, event));
        }
        let back = take_end_back(&again, &told, Actor::Kept, Some(at));
        for event in back.expect("allowed") {
            again.apply(at, &event);
        }
        again.touched_at = ticket.touched_at;
        prop_assert_eq!(&again, ticket);
    }
    Ok(())
}

fn line(id: usize, at: Timestamp, event: Event) -> Recorded {
    Recorded {
        id: EventId(id as i64),
        ticket: TicketId(1),
        at,
        by: Actor::Kept,
        event,
    }
}

/// Plays acts on a fresh ticket and tells status and turn at the end.
fn check(acts: &[Act], expected: (Status, Turn)) {
    let at: Timestamp = "2026-11-23T09:00:00Z".parse().expect("time");
    let mut ticket = Ticket::opened(TicketId(1), at, &opening()).expect("opened");
    let mut history = vec![line(0, at, opening())];
    for act in acts {
        for event in decide(&ticket, &history, act.clone()).expect("allowed") {
            ticket.apply(at, &event);
            history.push(line(history.len(), at, event));
        }
    }
    assert_eq!((ticket.status, ticket.turn()), expected, "{acts:?}");
}

#[test]
fn the_turn_follows_what_people_do() {
    use Act::*;
    let human = || Receive { automatic: false };
    let robot = || Receive { automatic: true };
    check(&[], (Status::New, Turn::Desk));
    check(&[human()], (Status::New, Turn::Desk));
    check(&[Reply(AndThen::Ask)], (Status::Waiting, Turn::Client));
    check(
        &[Reply(AndThen::Ask), robot()],
        (Status::Waiting, Turn::Client),
    );
    check(&[Reply(AndThen::Ask), human()], (Status::Open, Turn::Desk));
    check(&[Reply(AndThen::Update)], (Status::Open, Turn::Desk));
    check(
        &[Reply(AndThen::Ask), Note],
        (Status::Waiting, Turn::Client),
    );
    check(&[Reply(AndThen::Resolve)], (Status::Resolved, Turn::Client));
    check(
        &[Reply(AndThen::Resolve), robot()],
        (Status::Resolved, Turn::Client),
    );
    check(
        &[Reply(AndThen::Resolve), human()],
        (Status::Open, Turn::Desk),
    );
    let back = |unheard| CameBack { unheard };
    check(
        &[Reply(AndThen::Ask), back(true)],
        (Status::Open, Turn::Desk),
    );
    check(
        &[Reply(AndThen::Ask), back(false)],
        (Status::Waiting, Turn::Client),
    );
    check(
        &[Reply(AndThen::Resolve), back(true)],
        (Status::Open, Turn::Desk),
    );
    check(
        &[Reply(AndThen::Resolve), back(false)],
        (Status::Resolved, Turn::Client),
    );
    check(&[Close, back(true)], (Status::Open, Turn::Desk));
    check(&[Close], (Status::Closed, Turn::Nobody));
    check(&[Close, human()], (Status::Open, Turn::Desk));
    check(
        &[Close, Reply(AndThen::Ask)],
        (Status::Waiting, Turn::Client),
    );
    check(&[Close, Reopen], (Status::Open, Turn::Desk));
    check(
        &[Reply(AndThen::Ask), Spam],
        (Status::Waiting, Turn::Nobody),
    );
    check(
        &[Reply(AndThen::Ask), Spam, NotSpam],
        (Status::Waiting, Turn::Client),
    );
    check(
        &[Reply(AndThen::Ask), Merge, UndoMerge],
        (Status::Waiting, Turn::Client),
    );
}

#[test]
fn the_turn_follows_third_parties_and_corrections() {
    use Act::*;
    let human = || Receive { automatic: false };
    let wait = || Hand(Handing::Wait(1));
    let third = (Status::Waiting, Turn::ThirdParty);
    let ours = (Status::Open, Turn::Desk);
    check(&[wait()], third);
    check(&[Hand(Handing::ReplyAndWait)], third);
    check(&[Close, Hand(Handing::ReplyAndWait)], third);
    check(&[wait(), Hand(Handing::EndWait)], ours);
    check(&[wait(), human()], ours);
    check(&[wait(), human(), Reply(AndThen::Update)], third);
    check(&[wait(), human(), wait()], third);
    check(&[wait(), Reply(AndThen::Update)], third);
    check(&[wait(), Spam, NotSpam], third);
    check(&[wait(), Close, Reopen], ours);
    check(
        &[wait(), Reply(AndThen::Ask), Hand(Handing::EndWait)],
        (Status::Waiting, Turn::Client),
    );
    let theirs = Hand(Handing::Correct(Turn::Client));
    check(
        std::slice::from_ref(&theirs),
        (Status::Waiting, Turn::Client),
    );
    check(&[theirs.clone(), human()], ours);
    check(&[theirs, Hand(Handing::Correct(Turn::Desk))], ours);
    check(&[wait(), Hand(Handing::Correct(Turn::Desk))], ours);
    check(
        &[Hand(Handing::ReplyAndWait), MoveOut(0)],
        (Status::New, Turn::Desk),
    );
    check(&[wait(), Reply(AndThen::Resolve), MoveOut(0)], third);
}

#[test]
fn a_ticket_stands_as_if_what_was_moved_had_never_been_there() {
    use Act::*;
    let human = || Receive { automatic: false };
    check(
        &[Reply(AndThen::Ask), human(), MoveOut(1)],
        (Status::Waiting, Turn::Client),
    );
    check(
        &[Close, human(), MoveOut(0)],
        (Status::Closed, Turn::Nobody),
    );
    check(
        &[Close, human(), human(), MoveOut(0)],
        (Status::Open, Turn::Desk),
    );
    check(
        &[human(), Reply(AndThen::Resolve), MoveOut(1)],
        (Status::New, Turn::Desk),
    );
    check(
        &[Reply(AndThen::Ask), human(), MoveOut(1), MoveBack(0)],
        (Status::Open, Turn::Desk),
    );
    check(
        &[Reply(AndThen::Ask), BringIn { automatic: false }],
        (Status::Open, Turn::Desk),
    );
    check(
        &[Close, BringIn { automatic: true }],
        (Status::Closed, Turn::Nobody),
    );
}

proptest! {
    #[test]
    fn what_is_moved_and_brought_back_leaves_no_trace(acts in prop::collection::vec(act(), 1..25), place in 0..5_usize) {
        let start: Timestamp = "2026-11-23T09:00:00Z".parse().expect("time");
        let mut history = vec![line(0, start, opening())];
        let mut ticket = Ticket::opened(TicketId(1), start, &opening()).expect("opened");
        let mut play = |ticket: &mut Ticket, minute: usize, act: Act| {
            let at = start + SignedDuration::from_mins(minute as i64 + 1);
            for event in decide(ticket, &history, act).unwrap_or_default() {
                ticket.apply(at, &event);
                history.push(line(history.len(), at, event));
            }
            on_it(&history, true).len()
        };
        for (step, act) in acts.into_iter().enumerate() {
            if !matches!(act, Act::MoveOut(_)) {
                play(&mut ticket, step, act);
            }
        }
        let before = ticket.clone();
        if play(&mut ticket, 100, Act::MoveOut(place)) > 0 {
            play(&mut ticket, 101, Act::MoveBack(0));
        }
        prop_assert_eq!(Ticket { touched_at: before.touched_at, ..ticket }, before);
    }
}

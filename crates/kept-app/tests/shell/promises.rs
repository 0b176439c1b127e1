//! Promises: made by a button or with a reply, kept, agreed on anew, broken once, taken back with their message.

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::event::Event;
use kept_app::domain::ids::{MessageId, PromiseId, TicketId};
use kept_app::domain::promises::State;
use kept_app::domain::tickets::AndThen;
use kept_app::promises::{self, Listed, Moved, NewPromise, WithReply};
use kept_app::tickets::{self, Change, Composed, Reply};
use kept_app::{Error, ErrorKind, clocks, doctor};

use crate::support::{World, mail, monday, on_both, on_both_damaged};

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme"))
        .await
}

fn at(hours: i64) -> Timestamp {
    monday() + SignedDuration::from_hours(hours)
}

async fn try_make(world: &World, ticket: TicketId, due: Timestamp) -> Result<PromiseId, Error> {
    let new = NewPromise {
        what: "  Look at   the printer ".into(),
        due,
        message: None,
    };
    promises::make(&world.desk, &world.ines, ticket, new).await
}

async fn make(world: &World, ticket: TicketId, due: Timestamp) -> PromiseId {
    try_make(world, ticket, due).await.expect("it is promised")
}

async fn try_say(world: &World, id: TicketId, with: WithReply) -> Result<MessageId, Error> {
    let reply = Reply {
        text: "Here it is".into(),
        then: AndThen::Update,
        addressees: None,
        files: vec![],
    };
    let composed = Composed {
        can_undo: true,
        promises: with,
        ..Composed::default()
    };
    tickets::reply_as(&world.desk, &world.ines, id, reply, composed).await
}

async fn say(world: &World, id: TicketId, with: WithReply) -> MessageId {
    try_say(world, id, with).await.expect("it is said")
}

fn keeping(promise: PromiseId) -> WithReply {
    WithReply {
        keeps: vec![promise],
        ..WithReply::default()
    }
}

fn moving(promise: PromiseId, due: Timestamp) -> WithReply {
    WithReply {
        moves: Some(Moved { promise, due }),
        ..WithReply::default()
    }
}

async fn listed(world: &World, ticket: TicketId) -> Vec<Listed> {
    let all = promises::of_ticket(&world.desk, &world.ines, ticket).await;
    all.expect("they are listed")
}

async fn states(world: &World, ticket: TicketId) -> Vec<State> {
    let all = listed(world, ticket).await;
    all.iter().map(|it| it.promise.state).collect()
}

async fn ring(world: &World) {
    clocks::ring_due(&world.desk)
        .await
        .expect("the clocks are looked at");
}

async fn count(world: &World, ticket: TicketId, is: fn(&Event) -> bool) -> usize {
    let happened = world.conversation(ticket).await.happened;
    happened
        .iter()
        .filter(|line| is(&line.recorded.event))
        .count()
}

fn refused(result: Result<impl std::fmt::Debug, Error>) -> (ErrorKind, String) {
    let error = result.expect_err("it is refused");
    (error.kind(), error.to_string())
}

#[test]
fn a_promise_says_who_what_and_by_when() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        make(&world, ticket, at(2)).await;
        let all = listed(&world, ticket).await;
        let it = &all[0];
        assert_eq!((it.name.as_str(), it.ticket), ("Ines Moreau", ticket));
        assert_eq!(it.promise.what, "Look at the printer");
        assert_eq!((it.promise.due, it.promise.state), (at(2), State::Open));
        let owed = promises::owed(&world.desk, &world.ines).await;
        assert_eq!(owed.expect("is listed"), all);
        world
    });
}

#[test]
fn what_can_not_be_promised_is_refused_with_words() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let over = refused(try_make(&world, ticket, at(-1)).await);
        assert_eq!(over.0, ErrorKind::Invalid);
        assert_eq!(over.1, "That time is over; choose one to come");
        let far = refused(try_make(&world, ticket, at(24 * 400)).await);
        assert!(far.1.contains("366 days"), "{far:?}");
        let nothing = NewPromise {
            what: " ".into(),
            due: at(2),
            message: None,
        };
        let made = promises::make(&world.desk, &world.ines, ticket, nothing).await;
        assert_eq!(refused(made).1, "Write what you promise");
        world.change(ticket, Change::Close).await;
        let ended = refused(try_make(&world, ticket, at(2)).await);
        assert!(ended.1.contains("already resolved or closed"), "{ended:?}");
        assert_eq!(listed(&world, ticket).await, []);
        world
    });
}

#[test]
fn s07_a_promise_kept_by_a_reply_before_its_time_is_kept_and_only_once() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let promise = make(&world, ticket, at(2)).await;
        world.later(60);
        let message = say(&world, ticket, keeping(promise)).await;
        let it = &listed(&world, ticket).await[0].promise;
        assert_eq!((it.state, it.kept_by), (State::Kept, Some(message)));
        let again = refused(try_say(&world, ticket, keeping(promise)).await);
        assert!(again.1.contains("kept already"), "{again:?}");
        assert_eq!(
            world.said(ticket).await.len(),
            2,
            "the refused reply was not written either"
        );
        world.later(120);
        ring(&world).await;
        assert_eq!(states(&world, ticket).await, [State::Kept]);
        world
    });
}

#[test]
fn s07_a_promise_nobody_kept_is_broken_once_and_late_when_it_is_kept_after_all() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let promise = make(&world, ticket, at(2)).await;
        world.later(121);
        ring(&world).await;
        ring(&world).await;
        assert_eq!(states(&world, ticket).await, [State::Broken]);
        let is_broken = |event: &Event| matches!(event, Event::PromiseBroken { .. });
        assert_eq!(count(&world, ticket, is_broken).await, 1);
        world.later(60);
        promises::keep(&world.desk, &world.ines, promise)
            .await
            .expect("it is kept");
        assert_eq!(states(&world, ticket).await, [State::Late]);
        world
    });
}

#[test]
fn s07_another_time_holds_when_it_was_agreed_on_before_the_first_was_over() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let promise = make(&world, ticket, at(2)).await;
        world.later(60);
        say(&world, ticket, moving(promise, at(5))).await;
        world.later(120);
        ring(&world).await;
        let it = &listed(&world, ticket).await[0].promise;
        assert_eq!((it.due, it.state), (at(5), State::Renegotiated));
        world.later(180);
        let late = refused(try_say(&world, ticket, moving(promise, at(9))).await);
        assert!(late.1.contains("can’t be moved any more"), "{late:?}");
        ring(&world).await;
        assert_eq!(states(&world, ticket).await, [State::Broken]);
        world
    });
}

#[test]
fn what_a_reply_did_to_promises_is_taken_back_with_it() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let promise = make(&world, ticket, at(2)).await;
        let with = WithReply {
            makes: Some(("Call you".into(), at(6))),
            moves: Some(Moved {
                promise,
                due: at(5),
            }),
            keeps: vec![],
        };
        let message = say(&world, ticket, with).await;
        assert_eq!(
            states(&world, ticket).await,
            [State::Renegotiated, State::Open]
        );
        tickets::withdraw(&world.desk, &world.ines, message)
            .await
            .expect("taken back");
        let all = listed(&world, ticket).await;
        assert_eq!(all.len(), 1, "the one made in it is gone");
        let it = &all[0].promise;
        assert_eq!((it.due, it.state), (at(2), State::Open));
        let message = say(&world, ticket, keeping(promise)).await;
        tickets::withdraw(&world.desk, &world.ines, message)
            .await
            .expect("taken back");
        assert_eq!(states(&world, ticket).await, [State::Open]);
        world.later(121);
        ring(&world).await;
        assert_eq!(states(&world, ticket).await, [State::Broken]);
        world
    });
}

#[test]
fn a_reply_becomes_a_promise_afterwards_when_it_is_ones_own() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let message = world
            .reply(ticket, "I will call you tomorrow", AndThen::Update)
            .await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let new = NewPromise {
            what: "I will call you tomorrow".into(),
            due: at(24),
            message: Some(message),
        };
        let theirs = promises::make(&world.desk, &noor, ticket, new.clone()).await;
        assert_eq!(refused(theirs).0, ErrorKind::NotFound);
        let made = promises::make(&world.desk, &world.ines, ticket, new).await;
        made.expect("it is promised");
        let it = &listed(&world, ticket).await[0].promise;
        assert_eq!(it.message, Some(message));
        world
    });
}

#[test]
fn somebody_else_keeps_it_from_now_on() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let promise = make(&world, ticket, at(2)).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let give = promises::hand_over(&world.desk, &world.ines, promise, noor.person);
        give.await.expect("it is handed over");
        assert_eq!(listed(&world, ticket).await[0].name, "Noor Haddad");
        let again = promises::hand_over(&world.desk, &world.ines, promise, noor.person).await;
        assert!(refused(again).1.contains("already"));
        world
    });
}

#[test]
fn a_promise_of_a_merged_ticket_is_kept_and_broken_where_it_is_told() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let other = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Toner", "Low.").id("2@acme"))
            .await;
        let kept = make(&world, ticket, at(2)).await;
        make(&world, ticket, at(3)).await;
        tickets::merge(&world.desk, &world.ines, ticket, other)
            .await
            .expect("merged");
        say(&world, other, keeping(kept)).await;
        world.later(3 * 60 + 1);
        ring(&world).await;
        assert_eq!(states(&world, other).await, [State::Kept, State::Broken]);
        world
    });
}

#[test]
fn a_closed_ticket_drops_what_was_still_to_come() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        make(&world, ticket, at(2)).await;
        world.change(ticket, Change::Close).await;
        assert_eq!(states(&world, ticket).await, [State::Dropped]);
        world.later(121);
        ring(&world).await;
        assert_eq!(states(&world, ticket).await, [State::Dropped]);
        world
    });
}

#[test]
fn stored_promises_that_differ_are_found_and_rebuilt() {
    on_both_damaged(|world| async {
        let ticket = opened(&world).await;
        let promise = make(&world, ticket, at(2)).await;
        for damage in ["UPDATE promises SET state = 'kept'", "DELETE FROM promises"] {
            world.tamper(damage).await;
            let report = doctor::examine(&world.desk).await.expect("examined");
            let said = format!("#{ticket} has other promises than its events say; rebuild it");
            assert_eq!(report.findings, [said]);
            doctor::rebuild(&world.desk).await.expect("rebuilt");
            let report = doctor::examine(&world.desk).await.expect("examined");
            assert!(report.is_content(), "{report:?}");
        }
        let after = make(&world, ticket, at(4)).await;
        assert!(after > promise, "a number is never given out twice");
        world
    });
}

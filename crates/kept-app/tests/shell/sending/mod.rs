//! Mail that goes out: once, under one Message-ID, tried until it is gone or has visibly failed.

mod each;
mod relay;

use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::AndThen;
use kept_app::store::jobs;
use kept_app::store::outgoing::{Outgoing, State};
use kept_app::{Desk, ErrorKind, reading, sender, worker};

use crate::support::{World, mail, on_both};
use relay::{Answer, Sink};

/// A ticket whose requester has not been told anything by itself, and one reply that waits.
async fn replied(world: &World) -> TicketId {
    let first = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme");
    let ticket = world
        .opens(&first.with("Precedence", "list").with("List-Id", "<a.b>"))
        .await;
    world.reply(ticket, "Hello", AndThen::Ask).await;
    ticket
}

async fn with_relay(world: &World, sink: &Sink) -> Desk {
    let url = sink.url.clone();
    world.again(|config| config.relay = Some(url)).await
}

async fn the_mail(world: &World) -> Outgoing {
    let mut outbox = world.outbox().await.into_iter();
    // Clocks run too: reminders and notices of what is late carry no message.
    outbox
        .rfind(|mail| mail.message.is_some())
        .expect("one mail")
}

async fn work(desk: &Desk) -> usize {
    worker::run_due(desk).await.expect("the worker works")
}

#[test]
fn without_a_relay_mail_is_a_file_any_program_opens() {
    on_both(|world| async {
        replied(&world).await;
        assert_eq!(world.work().await, 1);
        let row = the_mail(&world).await;
        assert_eq!((row.state, row.attempts), (State::Sent, 1));
        let path = row.sent_via.expect("where it went");
        let written = std::fs::read(&path).expect("the file");
        assert!(path.ends_with(".eml"), "{path}");
        assert_eq!(written, world.last_sent().await.0);
        assert_eq!(world.work().await, 0);
        assert_eq!(world.rows("jobs").await, 0);
        world
    });
}

#[test]
fn a_relay_is_given_each_mail_once() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        let desk = with_relay(&world, &sink).await;
        replied(&world).await;
        assert_eq!(work(&desk).await, 1);
        assert_eq!(work(&desk).await, 0);
        let given = sink.given();
        assert_eq!(given.len(), 1);
        let key = &world.desk.identity().reply_key;
        let returns = kept_app::mail::token::find(key, &given[0].from);
        assert_eq!(returns, Some(1), "a bounce leads back");
        assert_eq!(given[0].to, ["dana@acme.example"]);
        let row = the_mail(&world).await;
        assert_eq!(given[0].message_id(), row.message_ref);
        assert_eq!(row.state, State::Sent);
        assert!(
            row.sent_via
                .expect("where it went")
                .ends_with("(250 taken as 42)")
        );
        assert_eq!(row.sent_at, Some(world.desk.now()));
        desk.close().await;
        world
    });
}

#[test]
fn automatic_mail_has_no_envelope_sender() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        let desk = with_relay(&world, &sink).await;
        world
            .opens(&mail("dana@acme.example", "Printer", "x"))
            .await;
        work(&desk).await;
        assert_eq!(sink.given()[0].from, "");
        desk.close().await;
        world
    });
}

#[test]
fn a_mail_that_waits_says_when_it_is_tried_next_and_can_be_tried_now() {
    on_both(|world| async {
        let sink = Sink::answering(&[Answer::Say("451 4.7.1 greylisted")]).await;
        let desk = with_relay(&world, &sink).await;
        replied(&world).await;
        let id = the_mail(&world).await.id;
        let early = sender::retry(&desk, &world.ines, id).await;
        assert_eq!(
            early.expect_err("it waits for nothing").kind(),
            ErrorKind::Conflict
        );
        assert_eq!(work(&desk).await, 1);
        let row = the_mail(&world).await;
        let tries = reading::next_tries(&desk, &world.ines, &[&row]).await;
        let in_a_minute = desk.now() + jiff::SignedDuration::from_mins(1);
        assert_eq!(tries.expect("reads"), [(id, in_a_minute)]);
        assert_eq!(work(&desk).await, 0, "the pause is not over");
        sender::retry(&desk, &world.ines, id)
            .await
            .expect("is tried now");
        assert_eq!(work(&desk).await, 1);
        assert_eq!(the_mail(&world).await.state, State::Sent);
        assert_eq!(sink.given().len(), 1);
        desk.close().await;
        world
    });
}

#[test]
fn not_now_is_tried_again_after_a_pause_and_never_is_told() {
    on_both(|world| async {
        let not_now = Answer::Say("451 4.3.0 not now");
        let sink = Sink::answering(&[not_now.clone(), not_now]).await;
        let desk = with_relay(&world, &sink).await;
        let ticket = replied(&world).await;
        assert_eq!(work(&desk).await, 1);
        let row = the_mail(&world).await;
        assert_eq!((row.state, row.attempts), (State::Queued, 1));
        assert!(row.last_error.expect("why").contains("not now"));
        assert_eq!(work(&desk).await, 0, "the pause is not over");
        world.later(1);
        assert_eq!(work(&desk).await, 1);
        world.later(1);
        assert_eq!(work(&desk).await, 0, "the second pause is longer");
        world.later(1);
        assert_eq!(work(&desk).await, 1);
        let row = the_mail(&world).await;
        assert_eq!(
            (row.state, row.attempts, row.last_error),
            (State::Sent, 3, None)
        );
        assert_eq!(sink.given().len(), 1);
        assert!(!failed(&world, ticket).await);
        desk.close().await;
        world
    });
}

async fn failed(world: &World, ticket: TicketId) -> bool {
    let happened = world.conversation(ticket).await.happened;
    let mut events = happened.into_iter().map(|line| line.recorded.event);
    events.any(|event| matches!(event, Event::DeliveryFailed { .. }))
}

#[test]
fn a_mail_nobody_takes_fails_at_once_on_its_ticket_and_can_be_sent_again() {
    on_both(|world| async {
        let sink = Sink::answering(&[Answer::Say("550 5.1.1 nobody of this name")]).await;
        let desk = with_relay(&world, &sink).await;
        let ticket = replied(&world).await;
        work(&desk).await;
        let row = the_mail(&world).await;
        assert_eq!((row.state, row.attempts), (State::Failed, 1));
        assert!(row.last_error.expect("why").contains("nobody of this name"));
        assert!(failed(&world, ticket).await);
        let told = world.told(ticket).await.pop().expect("a sentence");
        assert!(
            told.starts_with("Not delivered to dana@acme.example: "),
            "{told}"
        );
        sender::retry(&desk, &world.ines, row.id)
            .await
            .expect("is queued");
        work(&desk).await;
        let sent = the_mail(&world).await;
        assert_eq!(
            (sent.state, &sent.message_ref),
            (State::Sent, &row.message_ref)
        );
        assert_eq!(sink.given()[0].message_id(), row.message_ref);
        let again = sender::retry(&desk, &world.ines, row.id).await;
        assert_eq!(again.expect_err("it is sent").kind(), ErrorKind::Conflict);
        desk.close().await;
        world
    });
}

#[test]
fn a_relay_that_is_away_for_two_days_is_given_up_and_then_tried_anew() {
    on_both(|world| async {
        let refusing = Sink::answering(&[]).await;
        let url = refusing.url.clone();
        drop(refusing);
        let desk = world.again(|config| config.relay = Some(url)).await;
        let ticket = replied(&world).await;
        for _ in 0..12 {
            assert!(work(&desk).await > 0);
            world.later(1200);
        }
        let row = the_mail(&world).await;
        assert_eq!((row.state, row.attempts), (State::Failed, 12));
        assert!(failed(&world, ticket).await);
        sender::retry(&desk, &world.ines, row.id)
            .await
            .expect("is queued");
        assert!(work(&desk).await > 0);
        let tried = the_mail(&world).await;
        assert_eq!(
            (tried.state, tried.attempts),
            (State::Queued, 1),
            "from the beginning"
        );
        desk.close().await;
        world
    });
}

#[test]
fn a_worker_that_died_in_between_is_replaced_under_the_same_message_id() {
    on_both(|world| async {
        let sink = Sink::answering(&[Answer::TakeSilently]).await;
        let desk = with_relay(&world, &sink).await;
        replied(&world).await;
        // One worker sends, and neither hears the answer nor lives to write it down.
        work(&desk).await;
        let now = world.desk.now() + jiff::SignedDuration::from_mins(1);
        let died = world.desk.store().write(move |tx| {
            let lease = jiff::SignedDuration::from_mins(10);
            jobs::claim(tx, "who dies", &["send-mail"], now, lease, 10)
        });
        let died: Result<_, kept_app::store::StoreError> = died.await;
        assert_eq!(died.expect("it is claimed").len(), 1);
        world.later(10);
        assert_eq!(work(&desk).await, 0, "the lease has not run out");
        world.later(1);
        assert_eq!(work(&desk).await, 1);
        let ids: Vec<String> = sink.given().iter().map(relay::Given::message_id).collect();
        let row = the_mail(&world).await;
        assert_eq!(ids, [row.message_ref.clone(), row.message_ref.clone()]);
        assert_eq!(row.state, State::Sent);
        desk.close().await;
        world
    });
}

#[test]
fn two_workers_on_one_database_send_each_mail_once() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        let one = with_relay(&world, &sink).await;
        let other = with_relay(&world, &sink).await;
        for n in 0..20 {
            world
                .opens(&mail(&format!("p{n}@acme.example"), "Printer", "x"))
                .await;
        }
        let second = tokio::spawn({
            let other = other.clone();
            async move { work(&other).await }
        });
        let done = work(&one).await + second.await.expect("it ends");
        assert_eq!(done, 20);
        let mut ids: Vec<String> = sink.given().iter().map(relay::Given::message_id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), sink.given().len()), (20, 20));
        assert!(
            world
                .outbox()
                .await
                .iter()
                .all(|row| row.state == State::Sent)
        );
        one.close().await;
        other.close().await;
        world
    });
}

#[test]
fn the_worker_sends_what_is_queued_until_it_is_stopped() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        let desk = with_relay(&world, &sink).await;
        let mut changes = desk.store().changes();
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let working = tokio::spawn(worker::run(desk.clone(), stopped));
        replied(&world).await;
        desk.wake_worker();
        while the_mail(&world).await.state != State::Sent {
            changes.recv().await.map(|_| ()).expect("something changes");
        }
        stop.send(true).expect("it listens");
        working.await.expect("it ends");
        assert_eq!(sink.given().len(), 1);
        desk.close().await;
        world
    });
}

#[test]
fn a_file_that_is_gone_fails_the_mail_and_says_which() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "x").id("1@acme"))
            .await;
        world.work().await;
        let reply = kept_app::tickets::Reply {
            text: "See the file".into(),
            then: AndThen::Update,
            addressees: None,
            files: vec![kept_app::tickets::Upload {
                filename: "plan.txt".into(),
                content_type: "text/plain".into(),
                content: "gone tomorrow".into(),
            }],
        };
        kept_app::tickets::reply(&world.desk, &world.ines, ticket, reply)
            .await
            .expect("written");
        world
            .tamper("UPDATE outgoing SET mail = replace(mail, '\"sha256\":\"', '\"sha256\":\"00')")
            .await;
        world.work().await;
        let row = the_mail(&world).await;
        assert_eq!(row.state, State::Failed);
        assert!(row.last_error.expect("why").contains("plan.txt"));
        world
    });
}

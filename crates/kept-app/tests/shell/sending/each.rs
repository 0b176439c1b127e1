//! Recipients told apart: one that is refused or asked to wait keeps the mail from nobody else.

use kept_app::domain::delivery::Standing;
use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::AndThen;
use kept_app::domain::turn::Turn;
use kept_app::mail::Mailbox;
use kept_app::sender;
use kept_app::store::deliveries::{self, Delivery};
use kept_app::store::outgoing::State;
use kept_app::tickets::Addressees;

use super::relay::{Answer, Given, Sink};
use super::{the_mail, with_relay, work};
use crate::support::{World, mail, on_both};

const DANA: &str = "dana@acme.example";
const LEE: &str = "lee@beta.example";

/// A ticket of Dana's with Lee in copy, and one reply to both that waits.
async fn replied_to_both(world: &World) -> TicketId {
    let first = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme");
    let ticket = world.opens(&first.with("List-Id", "<a.b>")).await;
    let mailbox = |address: &str| Mailbox {
        name: None,
        address: address.into(),
    };
    let both = Addressees {
        to: vec![mailbox(DANA)],
        cc: vec![mailbox(LEE)],
        bcc: vec![],
    };
    let replied = world.try_reply(ticket, "Hello", AndThen::Ask, Some(both));
    replied.await.expect("the reply is written");
    ticket
}

async fn replied_to(world: &World, from: &str) -> TicketId {
    let first = mail(from, "Printer", "It smells.").with("List-Id", "<a.b>");
    let ticket = world.opens(&first).await;
    world.reply(ticket, "Hello", AndThen::Ask).await;
    ticket
}

async fn each(world: &World) -> Vec<Delivery> {
    let id = the_mail(world).await.id;
    let rows = world
        .desk
        .store()
        .read(move |tx| deliveries::of_outgoing(tx, id));
    let rows: Result<_, kept_app::store::StoreError> = rows.await;
    rows.expect("reads")
}

async fn stand(world: &World) -> Vec<(String, Standing)> {
    let each = each(world).await;
    each.into_iter()
        .map(|one| (one.recipient, one.state))
        .collect()
}

fn to(given: &[Given]) -> Vec<&str> {
    let all = given.iter().flat_map(|mail| &mail.to);
    all.map(String::as_str).collect()
}

async fn failures(world: &World, ticket: TicketId) -> Vec<(String, bool)> {
    let happened = world.conversation(ticket).await.happened;
    let events = happened.into_iter().map(|line| line.recorded.event);
    let failed = events.filter_map(|event| match event {
        Event::DeliveryFailed { to, unheard, .. } => Some((to, unheard)),
        _ => None,
    });
    failed.collect()
}

#[test]
fn whoever_is_refused_keeps_the_mail_from_nobody_else() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        let nobody = "550 5.1.1 nobody of this name";
        sink.says_of(LEE, &[nobody, nobody]);
        let desk = with_relay(&world, &sink).await;
        let ticket = replied_to_both(&world).await;
        assert_eq!(work(&desk).await, 1);
        assert_eq!(to(&sink.given()), [DANA]);
        let expected = [
            (DANA.to_owned(), Standing::Sent),
            (LEE.to_owned(), Standing::Failed),
        ];
        assert_eq!(stand(&world).await, expected);
        let row = the_mail(&world).await;
        assert_eq!(row.state, State::Failed, "somebody should look");
        let why = row.last_error.clone().expect("why");
        assert!(
            why.starts_with("Sent to 1 of 2; lee@beta.example: "),
            "{why}"
        );
        assert_eq!(failures(&world, ticket).await, [(LEE.to_owned(), false)]);
        let turn = world.conversation(ticket).await.ticket.turn();
        assert_eq!(turn, Turn::Client, "Dana heard it");
        // Another try goes to Lee alone, as the same mail.
        sender::retry(&desk, &world.ines, row.id)
            .await
            .expect("is queued");
        work(&desk).await;
        let given = sink.given();
        assert_eq!(to(&given), [DANA, LEE]);
        assert_eq!(given[0].text, given[1].text);
        assert_eq!(given[1].message_id(), row.message_ref);
        let row = the_mail(&world).await;
        assert_eq!((row.state, row.last_error), (State::Sent, None));
        assert_eq!(world.rows("jobs").await, 0);
        desk.close().await;
        world
    });
}

#[test]
fn a_mail_that_everybody_refuses_was_heard_by_nobody() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        let nobody = "550 5.1.1 nobody of this name";
        sink.says_of(DANA, &[nobody, nobody]);
        sink.says_of(LEE, &[nobody]);
        let desk = with_relay(&world, &sink).await;
        let ticket = replied_to_both(&world).await;
        work(&desk).await;
        assert_eq!(sink.given(), []);
        let failures = failures(&world, ticket).await;
        assert_eq!(failures.len(), 2);
        let unheard = failures.iter().any(|(_, unheard)| *unheard);
        assert!(unheard, "{failures:?}");
        let turn = world.conversation(ticket).await.ticket.turn();
        assert_eq!(turn, Turn::Desk);
        desk.close().await;
        world
    });
}

#[test]
fn a_server_that_asks_for_patience_holds_up_its_own_mail_only() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        let later = "451 4.7.1 greylisted";
        sink.says_of(LEE, &[later, later]);
        let desk = with_relay(&world, &sink).await;
        let ticket = replied_to_both(&world).await;
        work(&desk).await;
        assert_eq!(to(&sink.given()), [DANA]);
        let lee = each(&world).await.pop().expect("Lee");
        let in_a_minute = desk.now() + jiff::SignedDuration::from_mins(1);
        assert_eq!(
            (lee.state, lee.tries, lee.next_try),
            (Standing::Queued, 1, Some(in_a_minute))
        );
        // A neighbour of Lee's waits untried; everybody else does not.
        sink.asked();
        replied_to(&world, "Max <max@beta.example>").await;
        replied_to(&world, "Kim <kim@gamma.example>").await;
        work(&desk).await;
        assert_eq!(sink.asked(), ["kim@gamma.example"]);
        let waits: Vec<_> = world
            .outbox()
            .await
            .into_iter()
            .filter(|row| row.state == State::Queued)
            .collect();
        assert_eq!(waits.len(), 2);
        let held = waits.iter().find(|row| row.attempts == 0).expect("Max's");
        let why = held.last_error.clone().expect("why");
        assert!(why.starts_with("Waiting for beta.example, which said: "));
        // Once the pause is over both go out, and nobody gets anything twice.
        world.later(1);
        work(&desk).await;
        let given = sink.given();
        assert_eq!(
            to(&given),
            [DANA, "kim@gamma.example", LEE, "max@beta.example"]
        );
        assert_eq!(world.rows("domain_pauses").await, 0);
        assert_eq!(failures(&world, ticket).await, []);
        desk.close().await;
        world
    });
}

#[test]
fn the_pauses_of_a_domain_grow_until_somebody_wants_a_try() {
    on_both(|world| async {
        let later = Answer::Say("451 4.7.1 greylisted");
        let sink = Sink::answering(&[later.clone(), later]).await;
        let desk = with_relay(&world, &sink).await;
        replied_to(&world, "Max <max@beta.example>").await;
        assert_eq!(work(&desk).await, 1);
        world.later(1);
        assert_eq!(work(&desk).await, 1);
        replied_to(&world, "Ann <ann@beta.example>").await;
        assert_eq!(work(&desk).await, 1, "it is looked at");
        world.later(1);
        assert_eq!(work(&desk).await, 0, "the second pause is longer");
        assert_eq!(sink.given(), []);
        let ann = the_mail(&world).await;
        sender::retry(&desk, &world.ines, ann.id)
            .await
            .expect("is tried now");
        assert_eq!(work(&desk).await, 1);
        assert_eq!(to(&sink.given()), ["ann@beta.example"]);
        desk.close().await;
        world
    });
}

#[test]
fn a_full_mailbox_holds_up_nobody_else_there() {
    on_both(|world| async {
        let sink = Sink::answering(&[Answer::Say("452 4.2.2 mailbox full")]).await;
        let desk = with_relay(&world, &sink).await;
        replied_to(&world, "Max <max@beta.example>").await;
        replied_to(&world, "Ann <ann@beta.example>").await;
        work(&desk).await;
        assert_eq!(to(&sink.given()), ["ann@beta.example"]);
        assert_eq!(world.rows("domain_pauses").await, 0);
        desk.close().await;
        world
    });
}

#[test]
fn a_crash_between_recipients_repeats_the_one_under_way_at_most() {
    on_both(|world| async {
        let sink = Sink::answering(&[
            Answer::Say("451 4.3.0 not now"),
            Answer::Take,
            Answer::TakeAndHang,
        ]);
        let sink = sink.await;
        let desk = with_relay(&world, &sink).await;
        replied_to_both(&world).await;
        let dying = tokio::spawn({
            let desk = desk.clone();
            async move { work(&desk).await }
        });
        sink.hangs.notified().await;
        dying.abort();
        assert!(dying.await.expect_err("it died").is_cancelled());
        let expected = [
            (DANA.to_owned(), Standing::Sent),
            (LEE.to_owned(), Standing::Queued),
        ];
        assert_eq!(stand(&world).await, expected);
        world.later(2);
        assert_eq!(work(&desk).await, 1, "another worker takes it over");
        assert_eq!(to(&sink.given()), [DANA, LEE, LEE]);
        let row = the_mail(&world).await;
        assert_eq!(row.state, State::Sent);
        let ids: Vec<String> = sink.given().iter().map(Given::message_id).collect();
        assert!(ids.iter().all(|id| *id == row.message_ref));
        desk.close().await;
        world
    });
}

#[test]
fn one_who_is_not_reached_for_two_days_is_given_up_visibly() {
    on_both(|world| async {
        let sink = Sink::answering(&[]).await;
        sink.says_of(LEE, &["452 4.2.2 mailbox full"; 13]);
        let desk = with_relay(&world, &sink).await;
        let ticket = replied_to_both(&world).await;
        for _ in 0..12 {
            assert!(work(&desk).await > 0);
            world.later(1200);
        }
        let said = the_mail(&world).await.message_ref;
        let mut given = sink.given();
        given.retain(|mail| mail.message_id() == said);
        assert_eq!(to(&given), [DANA]);
        assert_eq!(failures(&world, ticket).await, [(LEE.to_owned(), false)]);
        work(&desk).await;
        let row = the_mail(&world).await;
        assert_eq!((row.state, row.attempts), (State::Failed, 12));
        desk.close().await;
        world
    });
}

//! E6: each mail out has its own Message-ID, which is remembered only when the mail is really queued. A reply that was
//! taken back leaves no ghost for the next one to point to.

use jiff::SignedDuration;
use kept_app::domain::event::Event;
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::store::outgoing::State;
use kept_app::store::{jobs, threads};
use kept_app::tickets::{Composed, Note, Reply, Upload};
use kept_app::{Error, ErrorKind, reading, tickets};

use crate::support::{World, mail, on_both};

/// A ticket whose requester was told nothing by itself.
async fn ticket(world: &World) -> TicketId {
    let first = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme");
    world
        .opens(&first.with("Precedence", "list").with("List-Id", "<a.b>"))
        .await
}

fn words(text: &str, then: AndThen) -> Reply {
    Reply {
        text: text.into(),
        then,
        addressees: None,
        files: vec![Upload {
            filename: "plan.txt".into(),
            content_type: "text/plain".into(),
            content: "1. roller".into(),
        }],
    }
}

/// As the composer of the page sends it.
async fn compose(world: &World, ticket: TicketId, reply: Reply) -> MessageId {
    let composed = Composed {
        can_undo: true,
        ..Composed::default()
    };
    let said = tickets::reply_as(&world.desk, &world.ines, ticket, reply, composed).await;
    said.expect("the reply is written")
}

async fn take_back(world: &World, message: MessageId) -> Result<TicketId, Error> {
    tickets::withdraw(&world.desk, &world.ines, message).await
}

fn seconds(world: &World, seconds: u64) {
    world.clock.advance(std::time::Duration::from_secs(seconds));
}

#[test]
fn e06_a_reply_waits_ten_seconds_and_then_goes_out_once() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let message = compose(&world, id, words("Hello", AndThen::Ask)).await;
        assert_eq!(world.work().await, 0, "it waits");
        seconds(&world, 9);
        assert_eq!(world.work().await, 0, "it still waits");
        let held = reading::held(&world.desk, &world.ines)
            .await
            .expect("reads");
        assert_eq!(held.map(|held| held.message), Some(message));
        seconds(&world, 1);
        assert_eq!(world.work().await, 1);
        assert_eq!(world.outbox().await[0].state, State::Sent);
        let late = take_back(&world, message).await.expect_err("it is gone");
        assert_eq!(late.kind(), ErrorKind::Conflict);
        assert_eq!(world.said(id).await, ["It smells.", "Hello"]);
        world
    });
}

#[test]
fn e06_a_reply_taken_back_never_happened_to_anybody_but_the_history() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let before = world.conversation(id).await.ticket;
        let message = compose(&world, id, words("Hello", AndThen::Resolve)).await;
        let own = world.outbox().await[0].message_ref.clone();
        seconds(&world, 5);
        assert_eq!(take_back(&world, message).await.expect("is taken back"), id);
        world.later(60);
        assert_eq!(world.work().await, 0);
        assert_eq!(world.rows("jobs").await, 0);
        assert_eq!(world.outbox().await[0].state, State::Withdrawn);
        let after = world.conversation(id).await;
        assert_eq!(
            (after.ticket.status, after.ticket.base_turn),
            (Status::New, Turn::Desk)
        );
        assert_eq!(after.ticket.resolved_at, before.resolved_at);
        assert_eq!(world.said(id).await, ["It smells."]);
        assert!(
            world
                .told(id)
                .await
                .iter()
                .any(|line| line.starts_with("Took back"))
        );
        let known = world
            .desk
            .store()
            .read(move |tx| threads::tickets_of(tx, &[&own]));
        assert!(
            known.await.expect("reads").is_empty(),
            "no ghost is remembered"
        );
        let again = take_back(&world, message).await.expect_err("it is gone");
        assert_eq!(again.kind(), ErrorKind::Conflict);
        world
    });
}

#[test]
fn e06_the_next_reply_points_to_no_ghost_and_carries_the_files_of_the_draft() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let first = compose(&world, id, words("Helo", AndThen::Ask)).await;
        let ghost = world.outbox().await[0].message_ref.clone();
        take_back(&world, first).await.expect("is taken back");
        let draft = reading::draft(&world.desk, &world.ines, id)
            .await
            .expect("reads");
        let draft = draft.expect("it waits in the composer");
        assert_eq!((draft.text.trim(), &*draft.and_then), ("Helo", "ask"));
        let composed = Composed {
            can_undo: true,
            draft: Some(first),
            keep_files: draft.files.iter().map(|file| file.id).collect(),
            ..Composed::default()
        };
        let reply = Reply {
            files: vec![],
            ..words("Hello", AndThen::Ask)
        };
        tickets::reply_as(&world.desk, &world.ines, id, reply, composed)
            .await
            .expect("says it");
        let none = reading::draft(&world.desk, &world.ines, id)
            .await
            .expect("reads");
        assert!(none.is_none(), "the draft was said");
        seconds(&world, 10);
        assert_eq!(world.work().await, 1);
        let (_, sent) = world.last_sent().await;
        assert_ne!(sent.message_id.as_deref(), Some(&*ghost));
        assert!(!sent.references.contains(&ghost), "{:?}", sent.references);
        assert_eq!(sent.attachments.len(), 1);
        assert_eq!(sent.attachments[0].content, &b"1. roller"[..]);
        world
    });
}

#[test]
fn e06_only_its_author_takes_a_message_back() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let message = compose(&world, id, words("Hello", AndThen::Ask)).await;
        let jonas = world.agent("Jonas Petit", "jonas@desk.example").await;
        let refused = tickets::withdraw(&world.desk, &jonas, message).await;
        assert_eq!(refused.expect_err("not his").kind(), ErrorKind::Conflict);
        let others = reading::held(&world.desk, &jonas).await.expect("reads");
        assert!(others.is_none());
        world
    });
}

#[test]
fn e06_what_a_worker_has_begun_is_not_taken_back() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let message = compose(&world, id, words("Hello", AndThen::Ask)).await;
        seconds(&world, 10);
        let now = world.desk.now();
        // A worker takes it and is killed before it can say what became of it.
        let begun = world.desk.store().write(move |tx| {
            jobs::claim(
                tx,
                "killed",
                &["send-mail"],
                now,
                SignedDuration::from_secs(60),
                9,
            )
        });
        assert_eq!(begun.await.expect("claims").len(), 1);
        seconds(&world, 61);
        let late = take_back(&world, message)
            .await
            .expect_err("it may be gone");
        assert!(late.to_string().contains("on its way"), "{late}");
        assert_eq!(world.work().await, 1, "the next worker sends it");
        assert_eq!(world.work().await, 0, "once");
        assert_eq!(world.said(id).await, ["It smells.", "Hello"]);
        world
    });
}

#[test]
fn e06_what_the_client_says_meanwhile_stays_said() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let message = compose(&world, id, words("Hello", AndThen::Resolve)).await;
        let next = mail("Dana Fox <dana@acme.example>", "Re: Printer", "It burns!");
        world.take(&next.id("2@acme").answering("1@acme")).await;
        take_back(&world, message).await.expect("is taken back");
        let after = world.conversation(id).await;
        assert_eq!(after.ticket.base_turn, Turn::Desk);
        assert!(after.ticket.is_open());
        assert_eq!(world.said(id).await, ["It smells.", "It burns!"]);
        world
    });
}

#[test]
fn e06_a_note_is_taken_back_too() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let note = Note {
            text: "They always say that".into(),
            files: vec![],
        };
        let message = tickets::note(&world.desk, &world.ines, id, note).await;
        let message = message.expect("the note is written");
        let offered = async || {
            let told = world.conversation(id).await;
            reading::fresh_note(&world.desk, &world.ines, &told)
                .await
                .expect("reads")
        };
        assert_eq!(offered().await.map(|(_, left)| left), Some(10));
        take_back(&world, message).await.expect("is taken back");
        assert!(offered().await.is_none());
        assert_eq!(world.said(id).await, ["It smells."]);
        let happened = world.conversation(id).await.happened;
        let last = &happened.last().expect("something happened").recorded.event;
        assert!(matches!(last, Event::Withdrawn { .. }), "{last:?}");
        let draft = reading::draft(&world.desk, &world.ines, id)
            .await
            .expect("reads");
        let draft = draft.expect("it waits in the composer").message.id;
        tickets::drop_draft(&world.desk, &world.ines, draft)
            .await
            .expect("is dropped");
        let none = reading::draft(&world.desk, &world.ines, id)
            .await
            .expect("reads");
        assert!(none.is_none());
        world
    });
}

#[test]
fn e06_a_reply_that_waits_can_be_taken_back_wherever_its_ticket_went() {
    on_both(|world| async {
        let id = ticket(&world).await;
        let other = world
            .opens(&mail("kim@lab.example", "Phone", "Dead."))
            .await;
        world.work().await;
        let message = compose(&world, id, words("Hello", AndThen::Ask)).await;
        let merged = tickets::merge(&world.desk, &world.ines, id, other).await;
        merged.expect("it is merged");
        assert_eq!(take_back(&world, message).await.expect("taken back"), other);
        seconds(&world, 60);
        assert_eq!(world.work().await, 0, "nothing goes out");
        let waits = async |ticket| {
            let draft = reading::draft(&world.desk, &world.ines, ticket).await;
            draft.expect("reads").map(|draft| draft.text)
        };
        assert_eq!(waits(other).await.as_deref(), Some("Hello"));
        let back = tickets::undo_merge(&world.desk, &world.ines, id).await;
        back.expect("it stands by itself");
        assert_eq!(waits(id).await.as_deref(), Some("Hello"));
        assert_eq!(waits(other).await, None);
        assert_eq!(world.conversation(id).await.ticket.turn(), Turn::Desk);
        world
    });
}

#[test]
fn e06_a_reply_that_waits_can_be_taken_back_after_it_was_moved() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let id = world.opens(&first).await;
        let more = mail("dana@acme.example", "Phone", "My phone too.").answering("1@acme");
        world.take(&more.id("2@acme")).await;
        let phone = world.conversation(id).await.said[1].message.id;
        world.work().await;
        let message = compose(&world, id, words("Hello", AndThen::Resolve)).await;
        let split = tickets::split_out(
            &world.desk,
            &world.ines,
            phone,
            tickets::Split::ThisAndAfter,
        );
        let new = split.await.expect("it is split");
        assert_eq!(take_back(&world, message).await.expect("taken back"), new);
        seconds(&world, 60);
        assert_eq!(world.work().await, 0, "nothing goes out");
        assert_eq!(world.said(new).await, ["My phone too."]);
        assert_eq!(world.conversation(new).await.ticket.turn(), Turn::Desk);
        let draft = reading::draft(&world.desk, &world.ines, new).await;
        assert_eq!(draft.expect("reads").expect("a draft").text, "Hello");
        world
    });
}

//! Corrected turns and third parties, alone and with a reply.

use jiff::civil::date;
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::domain::waits::NextDate;
use kept_app::tickets::{
    Change, Composed, NewWait, Reply, correct_turn, end_wait, reply_as, wait_for, withdraw,
};
use kept_app::{ErrorKind, reading};

use crate::support::{World, mail, on_both};

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("dana@acme.example", "Printer", "It smells."))
        .await
}

async fn stands(world: &World, id: TicketId) -> (Status, Turn) {
    let ticket = world.conversation(id).await.ticket;
    (ticket.status, ticket.turn())
}

fn contoso() -> NewWait {
    NewWait {
        party: "Contoso".into(),
        what: "a power supply".into(),
        tracking: "1Z 999".into(),
        next: NextDate::On(date(2026, 12, 4)),
    }
}

async fn says(world: &World, id: TicketId) -> String {
    world.told(id).await.pop().unwrap_or_default()
}

#[test]
fn a_turn_is_corrected_and_the_history_says_why() {
    on_both(|world| async {
        let id = opened(&world).await;
        let correct = async |to: Turn, why: &str| {
            correct_turn(&world.desk, &world.ines, id, to, why.into()).await
        };
        correct(Turn::Client, "they look for the receipt")
            .await
            .expect("is corrected");
        assert_eq!(stands(&world, id).await, (Status::Waiting, Turn::Client));
        assert_eq!(
            says(&world, id).await,
            "Said it is the client’s turn: they look for the receipt"
        );
        let again = correct(Turn::Client, "still")
            .await
            .expect_err("it is theirs");
        assert_eq!(again.kind(), ErrorKind::Conflict);
        let silent = correct(Turn::Desk, " ").await.expect_err("no reason");
        assert!(silent.to_string().contains("write why"), "{silent}");
        world.change(id, Change::Close).await;
        let ended = correct(Turn::Desk, "x").await.expect_err("it has ended");
        assert!(
            ended.to_string().contains("already resolved or closed"),
            "{ended}"
        );
        world
    });
}

#[test]
fn a_third_party_is_waited_for_changed_and_ended() {
    on_both(|world| async {
        let id = opened(&world).await;
        wait_for(&world.desk, &world.ines, id, contoso())
            .await
            .expect("waits");
        assert_eq!(
            stands(&world, id).await,
            (Status::Waiting, Turn::ThirdParty)
        );
        assert_eq!(
            says(&world, id).await,
            "Waiting on Contoso for a power supply"
        );
        let (listed, _) = reading::inbox(&world.desk, &world.ines, reading::View::ThirdParty, None)
            .await
            .expect("is listed");
        assert_eq!(listed[0].ticket.waits_on.as_deref(), Some("Contoso"));
        let later = NewWait {
            next: NextDate::On(date(2026, 12, 11)),
            ..contoso()
        };
        wait_for(&world.desk, &world.ines, id, later)
            .await
            .expect("changes");
        assert_eq!(
            says(&world, id).await,
            "Still waiting on Contoso for a power supply"
        );
        let wait = world.conversation(id).await.ticket.wait.expect("waits");
        assert_eq!(wait.next.to_string(), "2026-12-11T17:00:00Z");
        end_wait(&world.desk, &world.ines, id).await.expect("ends");
        assert_eq!(stands(&world, id).await, (Status::Open, Turn::Desk));
        let over = end_wait(&world.desk, &world.ines, id)
            .await
            .expect_err("over");
        assert!(over.to_string().contains("no third party"), "{over}");
        world
    });
}

#[test]
fn what_is_missing_of_a_wait_is_said_beside_its_field() {
    on_both(|world| async {
        let id = opened(&world).await;
        let check = async |new: NewWait, field: &str| {
            let error = wait_for(&world.desk, &world.ines, id, new).await;
            match error.expect_err(field) {
                kept_app::Error::Invalid { field: named, .. } => assert_eq!(named, field),
                other => panic!("{other}"),
            }
        };
        check(
            NewWait {
                party: " ".into(),
                ..contoso()
            },
            "party",
        )
        .await;
        check(
            NewWait {
                what: String::new(),
                ..contoso()
            },
            "what",
        )
        .await;
        let past = NextDate::On(date(2020, 1, 1));
        check(
            NewWait {
                next: past,
                ..contoso()
            },
            "next",
        )
        .await;
        assert_eq!(stands(&world, id).await, (Status::New, Turn::Desk));
        world
    });
}

async fn told_and_waited(world: &World, id: TicketId) -> MessageId {
    let reply = Reply {
        text: "The power supply is ordered.".into(),
        then: AndThen::Update,
        addressees: None,
        files: vec![],
    };
    let composed = Composed {
        can_undo: true,
        wait: Some(contoso()),
        ..Composed::default()
    };
    let sent = reply_as(&world.desk, &world.ines, id, reply, composed).await;
    sent.expect("is sent")
}

#[test]
fn a_reply_and_its_wait_begin_together_and_are_taken_back_together() {
    on_both(|world| async {
        let id = opened(&world).await;
        let before = stands(&world, id).await;
        let message = told_and_waited(&world, id).await;
        assert_eq!(
            stands(&world, id).await,
            (Status::Waiting, Turn::ThirdParty)
        );
        withdraw(&world.desk, &world.ines, message)
            .await
            .expect("is taken back");
        assert_eq!(stands(&world, id).await, before);
        assert_eq!(world.conversation(id).await.ticket.wait, None);
        let draft = reading::draft(&world.desk, &world.ines, id)
            .await
            .expect("reads");
        let draft = draft.expect("waits in the composer");
        assert_eq!(draft.and_then, "wait");
        assert_eq!(draft.wait.expect("with it").party, "Contoso");
        let report = kept_app::doctor::examine(&world.desk).await.expect("looks");
        assert!(report.is_content(), "{:?}", report.findings);
        world
    });
}

#[test]
fn a_wait_goes_on_while_the_client_writes_and_is_over_when_the_ticket_ends() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let id = world.opens(&first).await;
        wait_for(&world.desk, &world.ines, id, contoso())
            .await
            .expect("waits");
        let asks = mail("dana@acme.example", "Re: Printer", "Any news?").answering("1@acme");
        world.take(&asks).await;
        assert_eq!(stands(&world, id).await, (Status::Open, Turn::Desk));
        world
            .reply(id, "On Friday, they say.", AndThen::Update)
            .await;
        assert_eq!(
            stands(&world, id).await,
            (Status::Waiting, Turn::ThirdParty)
        );
        world.change(id, Change::Resolve).await;
        assert_eq!(world.conversation(id).await.ticket.wait, None);
        world
    });
}

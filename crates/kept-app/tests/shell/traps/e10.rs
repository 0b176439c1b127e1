//! E10, E13 and E16: what programs send is filed under its name and never answered; a robot without any
//! mark meets a budget that is told; a notice that comes back touches no ticket.

use kept_app::domain::intake::{MailKind, Unsorted};
use kept_app::domain::tickets::AndThen;
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::reading;
use kept_app::store::outgoing::{self, NewOutgoing};

use super::reports::{bounce, receipt};
use crate::support::{World, mail, on_both};

#[test]
fn e10_a_receipt_is_filed_on_the_ticket_whose_mail_it_names_and_labelled() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        world.reply(ticket, "Which?", AndThen::Ask).await;
        let ours = world.last_sent().await.1.message_id.expect("an id");
        assert_eq!(world.take(&receipt(&ours)).await, Taken::Joined(ticket));
        let found = world.conversation(ticket).await;
        assert_eq!(found.ticket.turn(), Turn::Client);
        let message = &found.said.last().expect("it was said").message;
        assert_eq!(
            (message.automatic, message.kind),
            (true, Some(MailKind::Receipt))
        );
        assert_eq!(message.kind.and_then(MailKind::label), Some("receipt"));
        assert_eq!(world.outbox().await.len(), 2, "no receipt is answered");
        world
    });
}

#[test]
fn e13_a_robot_without_any_mark_is_answered_once_and_the_silence_is_told() {
    on_both(|world| async {
        let mut last = None;
        for n in 0..6 {
            let says = mail(
                "desk@shop.example",
                &format!("We got your mail, case {n}"),
                "Thanks",
            );
            last = Some(world.opens(&says).await);
            // Within the pause after an answer at first, long after it later.
            world.later(if n < 2 { 1 } else { 30 });
        }
        let written = world.written().await;
        assert_eq!(
            written.len(),
            1,
            "one answer to the first mail, then silence"
        );
        assert!(written[0].subject.len() < 60, "{}", written[0].subject);
        let told = world
            .told(last.expect("a ticket"))
            .await
            .pop()
            .expect("a sentence");
        assert_eq!(
            told,
            "Sent no automatic answer: this address was answered about the same subject today"
        );
        world
    });
}

/// A notice to somebody at the desk, which belongs to no ticket.
async fn notice(world: &World) -> &'static str {
    let now = world.desk.now();
    let queued = world.desk.store().write(move |tx| {
        let mail = NewOutgoing {
            ticket: None,
            message: None,
            message_ref: "notice@desk.example",
            recipients: "[\"postmaster@desk.example\"]",
            subject: "Dana wrote on #1",
            automatic: true,
            mail: "{}",
        };
        outgoing::insert(tx, &mail, now)
    });
    let queued: Result<_, kept_app::store::StoreError> = queued.await;
    queued.expect("is queued");
    "notice@desk.example"
}

#[test]
fn e16_a_bounce_of_a_notice_to_somebody_here_touches_no_ticket() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        world.reply(ticket, "Which?", AndThen::Ask).await;
        let returns = world.written().await[1].envelope_sender().to_owned();
        let about = notice(&world).await;
        let nobody = "550 5.1.1 no such user";
        for (n, id) in [about, "rewritten@relay.example"].into_iter().enumerate() {
            // It even quotes the ticket's own token.
            let back = bounce(id, "postmaster@desk.example", "5.1.1", nobody)
                .id(&format!("{n}@mx"))
                .with("To", &returns);
            let waits = world.waits(&back).await;
            let found = reading::unsorted_mail(&world.desk, &world.ines, waits).await;
            assert_eq!(found.expect("it waits").reason, Unsorted::BounceOfNotice);
        }
        let found = world.conversation(ticket).await;
        assert_eq!((found.ticket.turn(), found.said.len()), (Turn::Client, 2));
        world
    });
}

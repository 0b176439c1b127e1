//! What programs write is filed where it belongs; it moves no turn and is never answered.

use kept_app::domain::ids::TicketId;
use kept_app::domain::intake::Unsorted;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::reading;

use crate::support::{Mail, World, mail, on_both};

fn vacation() -> Mail {
    mail("dana@acme.example", "Automatic reply: x", "I am away.")
        .with("Auto-Submitted", "auto-replied")
}

fn bounce(about: &str) -> Mail {
    bounce_of(about, "dana@acme.example")
}

/// The report that a mail of ours did not reach somebody.
pub fn bounce_of(about: &str, to: &str) -> Mail {
    let body = format!(
        "--b\n\nIt could not be delivered.\n\n--b\nContent-Type: message/delivery-status\n\n\
         Reporting-MTA: dns; mx.acme.example\n\nFinal-Recipient: rfc822; {to}\n\
         Action: failed\nStatus: 5.1.1\n\n--b\nContent-Type: message/rfc822\n\n\
         From: support@desk.example\nTo: {to}\nSubject: Re: Printer\n\
         Message-ID: <{about}>\n\nHello\n--b--"
    );
    mail("MAILER-DAEMON@mx.acme.example", "Undelivered Mail", &body)
        .with(
            "Content-Type",
            "multipart/report; report-type=delivery-status; boundary=b",
        )
        .sent_by(Some(""))
}

async fn asked(world: &World) -> (TicketId, String) {
    let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
    let ticket = world.opens(&first).await;
    world.reply(ticket, "Which?", AndThen::Ask).await;
    let (_, sent) = world.last_sent().await;
    (ticket, sent.message_id.expect("an id"))
}

#[test]
fn an_automatic_answer_to_our_mail_is_filed_and_moves_nothing() {
    on_both(|world| async {
        let (ticket, ours) = asked(&world).await;
        let away = vacation().answering(&ours);
        assert_eq!(world.take(&away).await, Taken::Joined(ticket));
        let found = world.conversation(ticket).await;
        assert_eq!(
            (found.ticket.status, found.ticket.turn()),
            (Status::Waiting, Turn::Client)
        );
        let message = &found.said.last().expect("it was said").message;
        assert!(message.automatic);
        assert_eq!(
            message.remark.as_deref(),
            Some("Auto-Submitted: auto-replied")
        );
        assert_eq!(world.outbox().await.len(), 2);
        world
    });
}

#[test]
fn a_bounce_of_our_mail_is_filed_on_its_ticket() {
    on_both(|world| async {
        let (ticket, ours) = asked(&world).await;
        assert_eq!(world.take(&bounce(&ours)).await, Taken::Joined(ticket));
        let found = world.conversation(ticket).await;
        assert_eq!(found.ticket.turn(), Turn::Desk, "nobody heard the question");
        assert!(found.said.last().expect("it was said").message.automatic);
        assert_eq!(world.outbox().await.len(), 2);
        world
    });
}

#[test]
fn automatic_mail_that_belongs_nowhere_waits_or_opens_and_is_never_answered() {
    on_both(|world| async {
        let waits = async |mail: Mail, reason: Unsorted| {
            let id = world.waits(&mail).await;
            let found = reading::unsorted_mail(&world.desk, &world.ines, id).await;
            assert_eq!(found.expect("it waits").reason, reason, "{mail:?}");
        };
        waits(vacation(), Unsorted::UnknownAutomatic).await;
        waits(bounce("never@desk.example"), Unsorted::UnknownBounce).await;
        let receipt = mail("dana@acme.example", "Read: x", "--b--").with(
            "Content-Type",
            "multipart/report; report-type=disposition-notification; boundary=b",
        );
        waits(receipt, Unsorted::UnknownAutomatic).await;
        waits(
            mail("dmarc@big.example", "Report Domain: desk.example", "x"),
            Unsorted::UnknownAutomatic,
        )
        .await;
        let opens = async |name: &str, value: &str| {
            let made = mail("robot@acme.example", name, value).with(name, value);
            let ticket = world.opens(&made).await;
            assert_eq!(world.conversation(ticket).await.ticket.turn(), Turn::Desk);
        };
        opens("Auto-Submitted", "auto-generated").await;
        opens("Precedence", "bulk").await;
        opens("List-Id", "<talk.acme.example>").await;
        world
            .opens(&mail("no-reply@shop.example", "Your order", "Thanks"))
            .await;
        world
            .opens(
                &mail("cron@acme.example", "Nightly", "ok")
                    .sent_by(Some(""))
                    .with("Return-Path", "<>"),
            )
            .await;
        assert_eq!(world.written().await, [], "no program is answered");
        world
    });
}

#[test]
fn an_address_is_told_automatically_five_times_a_day_at_most() {
    on_both(|world| async {
        let things = [
            "Printer", "Phone", "Desk", "Chair", "Lamp", "Door", "Window", "Roof",
        ];
        for thing in things {
            world
                .opens(&mail("Dana <dana@acme.example>", thing, "x"))
                .await;
            world.later(11);
        }
        assert_eq!(world.outbox().await.len(), 5);
        world.opens(&mail("lee@acme.example", "Another", "x")).await;
        assert_eq!(world.outbox().await.len(), 6);
        world.later(24 * 60 + 1);
        world
            .opens(&mail("DANA@acme.example", "Next day", "x"))
            .await;
        assert_eq!(world.outbox().await.len(), 7);
        for thing in things {
            let robot = format!("robot+{thing}@acme.example");
            world.opens(&mail(&robot, thing, "x")).await;
            world.later(11);
        }
        assert_eq!(world.outbox().await.len(), 7 + 5, "whatever its detail");
        world
    });
}

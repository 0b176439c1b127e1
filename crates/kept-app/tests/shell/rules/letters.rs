//! Mail that rules send: never to programs and lists, never without end.

use std::collections::BTreeSet;

use kept_app::domain::rules::{Action, Occurrence, Whom};
use kept_app::domain::tickets::{Kind, Priority};
use kept_app::domain::turn::Turn;
use kept_app::mail::AutoSubmitted;
use kept_app::tickets::{Change, NewTicket, open};

use super::{done_by_rules, made, rule};
use crate::support::{World, mail, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";

fn answer() -> Action {
    Action::Reply {
        text: "Hello {{ name }}, is the **roller** shiny? #{{ number }}, {{ subject }}".into(),
    }
}

/// Mails that rules sent to clients.
async fn answers(world: &World) -> Vec<String> {
    world.work().await;
    let mails = world.written().await;
    let answers = mails.iter().filter(|mail| mail.text.contains("roller"));
    answers.map(|mail| mail.to[0].address.clone()).collect()
}

#[test]
fn an_answer_goes_out_once_as_automatic_mail_and_moves_no_turn() {
    on_both(|world| async {
        made(
            &world,
            rule("Rollers", Occurrence::ClientWrote, "printer", &[answer()]),
        )
        .await;
        let ticket = world
            .opens(&mail(DANA, "Printer [x](https://evil.example)", "It smells.").id("1@acme"))
            .await;
        assert_eq!(answers(&world).await, ["dana@acme.example"]);
        let (_, sent) = world.last_sent().await;
        assert!(
            sent.text.contains("Hello Dana Fox, is the"),
            "{}",
            sent.text
        );
        assert!(
            !sent
                .html
                .expect("HTML")
                .contains("href=\"https://evil.example\"")
        );
        assert_eq!(sent.in_reply_to, ["1@acme"]);
        let written = world.written().await;
        let last = written.last().expect("a mail");
        assert_eq!(last.automatic, Some(AutoSubmitted::AutoReplied));
        let conversation = world.conversation(ticket).await;
        assert_eq!(conversation.ticket.turn(), Turn::Desk);
        let said = conversation.said.last().expect("the answer");
        assert!(said.message.automatic && said.outgoing.is_some());
        assert_eq!(
            done_by_rules(&world, ticket).await,
            ["Rule “Rollers”: Answered with a text written beforehand"]
        );
        // What they answer joins the ticket.
        let again = mail(DANA, "Re: Printer", "Shiny.")
            .id("2@acme")
            .answering(&last.message_id);
        assert_eq!(
            world.take(&again).await,
            kept_app::intake::Taken::Joined(ticket)
        );
        world
    });
}

#[test]
fn lists_programs_and_noreply_addresses_are_not_answered() {
    on_both(|world| async {
        made(&world, rule("Rollers", Occurrence::Opened, "", &[answer()])).await;
        let list = mail(DANA, "Printer news", "For all.").with("List-Id", "<all.acme.example>");
        let listed = world.opens(&list).await;
        let nobody = mail("noreply@acme.example", "Printer", "It smells.");
        let nobodys = world.opens(&nobody).await;
        assert!(answers(&world).await.is_empty());
        for ticket in [listed, nobodys] {
            let told = done_by_rules(&world, ticket).await;
            assert!(
                told[0].contains("Held back: no automatic answer"),
                "{told:?}"
            );
        }
        world
    });
}

#[test]
fn e13_a_robot_that_answers_every_mail_is_answered_once() {
    on_both(|world| async {
        made(
            &world,
            rule("Rollers", Occurrence::ClientWrote, "", &[answer()]),
        )
        .await;
        let mut last = "0@acme".to_owned();
        for n in 0..12 {
            let id = format!("{n}@robot");
            world
                .take(
                    &mail(DANA, "Re: Printer", "Thank you for your mail.")
                        .id(&id)
                        .answering(&last),
                )
                .await;
            world.work().await;
            last = world
                .written()
                .await
                .last()
                .map_or(last, |mail| mail.message_id.clone());
        }
        let all = world.written().await.len();
        assert!(all <= 2, "{all} mails, the acknowledgement included");
        world
    });
}

#[test]
fn e16_a_notice_is_the_desks_own_and_belongs_to_no_ticket() {
    on_both(|world| async {
        world.agent("Noor Haddad", "noor@desk.example").await;
        let whom = vec![Whom::Responsible, Whom::Dispatcher];
        made(
            &world,
            rule(
                "Urgent",
                Occurrence::PriorityChanged,
                "priority:urgent",
                &[Action::Notify { whom }],
            ),
        )
        .await;
        let ticket = world.opens(&mail(DANA, "Printer", "It smells.")).await;
        let before = world.written().await.len();
        world
            .change(ticket, Change::Priority(Priority::Urgent))
            .await;
        world.work().await;
        let rows = world.outbox().await;
        assert_eq!(rows.len(), before + 1, "one person is told once");
        let notice = rows.last().expect("the notice");
        assert_eq!((notice.ticket, notice.automatic), (None, true));
        let (_, sent) = world.last_sent().await;
        assert!(
            sent.text.contains("https://desk.example/tickets/1"),
            "{}",
            sent.text
        );
        assert!(
            sent.text
                .contains("The rule “Urgent” sends you this when the priority changes.")
        );
        assert_eq!(
            done_by_rules(&world, ticket).await,
            ["Rule “Urgent”: Told Ines Moreau by mail"]
        );
        world
    });
}

#[test]
fn a_note_is_written_by_the_rule_and_a_call_is_found_by_its_words() {
    on_both(|world| async {
        let note = Action::Note {
            text: "Ask {{ name }} for the model of #{{ number }}.".into(),
        };
        made(
            &world,
            rule("Model", Occurrence::Opened, "plotter", &[note]),
        )
        .await;
        let call = NewTicket {
            subject: "Plotter".into(),
            requester: Some(crate::support::address("dana@acme.example")),
            requester_name: "Dana Fox".into(),
            queue: world.queue().await,
            priority: Priority::Normal,
            kind: Kind::Request,
            text: "It smokes.".into(),
            files: vec![],
            tags: BTreeSet::new(),
            steps: vec![],
            fields: vec![],
            take: true,
        };
        let ticket = open(&world.desk, &world.ines, call)
            .await
            .expect("a ticket");
        assert_eq!(
            world.said(ticket).await,
            ["It smokes.", "Ask Dana Fox for the model of #1."]
        );
        world
    });
}

//! A first mail becomes a ticket, and its sender hears what happens next.

use kept_app::domain::tickets::Status;
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::mail::Kind;
use kept_app::store::queues::{self, QueueSettings};

use crate::support::{address, mail, on_both};

#[test]
fn a_first_mail_opens_a_ticket_that_somebody_has() {
    on_both(|world| async {
        let first = mail(
            "Dana Fox <dana@acme.example>",
            "Printer on fire",
            "It smells.",
        )
        .id("1@acme");
        let ticket = world.opens(&first).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.ticket.subject, "Printer on fire");
        assert_eq!(
            (found.ticket.status, found.ticket.turn()),
            (Status::New, Turn::Desk)
        );
        assert_eq!(found.responsible, "Ines Moreau");
        assert_eq!(found.requester.map(|p| p.name).as_deref(), Some("Dana Fox"));
        assert_eq!(world.said(ticket).await, ["It smells."]);
        assert_eq!(
            world.told(ticket).await,
            [
                "New ticket; Ines Moreau has the fewest open tickets in Support",
                "New ticket: no earlier mail of this thread",
                "Told dana@acme.example that it arrived and what happens next",
            ]
        );
        world
    });
}

const ACKNOWLEDGEMENT: &str = "\
Hello Dana Fox,

thank you for telling us. Your message has arrived as #1, “Printer”, and Ines Moreau at Support has it now.

You will hear from a person next. To add something, just answer this mail.";

#[test]
fn the_acknowledgement_says_what_happens_next() {
    on_both(|world| async {
        let first = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme");
        world.opens(&first.with("References", "<0@acme>")).await;
        let (_, sent) = world.last_sent().await;
        let text = sent
            .text
            .split("[kept:")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned();
        assert_eq!(text, ACKNOWLEDGEMENT);
        assert_eq!(sent.subject.as_deref(), Some("Re: Printer [#1]"));
        assert_eq!(sent.in_reply_to, ["1@acme"]);
        let ticket = world.desk.identity().thread_ref(1);
        assert_eq!(sent.references, [&ticket, "0@acme", "1@acme"]);
        assert_eq!(sent.to[0].address, "dana@acme.example");
        assert_eq!(sent.from[0].address, "support@desk.example");
        assert_eq!(sent.from[0].name.as_deref(), Some("Support"));
        assert_eq!(sent.header("Auto-Submitted"), Some("auto-replied"));
        assert!(
            matches!(sent.kind, Kind::VacationReply { .. }),
            "{:?}",
            sent.kind
        );
        assert!(sent.html.is_some());
        let mails = world.written().await;
        assert_eq!(mails[0].envelope_sender(), "", "no machine may answer it");
        world
    });
}

/// What strangers write is never Markdown: our mail would carry their links and pictures to others.
#[test]
fn the_acknowledgement_repeats_a_subject_as_it_was_written() {
    on_both(|world| async {
        let subject =
            "![p](https://evil.example/p.png) [Sign in](https://evil.example) *_<b>`x {{ 7*7 }}";
        let tricky = mail("\"**Dana** <img>\" <dana@acme.example>", subject, "x");
        world.opens(&tricky).await;
        let (_, sent) = world.last_sent().await;
        let html = sent.html.clone().unwrap_or_default();
        for mark in ["<img", "<a ", "<em>", "<strong>D", "<b>", "<code>"] {
            assert!(!html.contains(mark), "{mark} in {html}");
        }
        assert!(sent.text.contains(subject), "{}", sent.text);
        world
    });
}

#[test]
fn the_acknowledgement_goes_to_whoever_can_be_reached() {
    on_both(|world| async {
        let check = async |from: &str, sent_by: Option<&str>, expected: &str| {
            let odd = mail(from, "Printer", from).sent_by(sent_by);
            let ticket = world.opens(&odd).await;
            let mails = world.written().await;
            let last = mails.last().expect("it is acknowledged");
            assert_eq!(last.to[0].address, expected, "{from}");
            let found = world.conversation(ticket).await;
            assert_eq!(found.addressees.to[0].address, expected, "{from}");
        };
        check("Dana <dana@acme.example>", None, "dana@acme.example").await;
        check("Dana Fox", Some("dana@acme.example"), "dana@acme.example").await;
        check("undisclosed", Some("lee@acme.example"), "lee@acme.example").await;
        check("<nobody>, Kit <kit@acme.example>", None, "kit@acme.example").await;
        world
    });
}

#[test]
fn a_mail_without_a_subject_gets_one_people_can_find() {
    on_both(|world| async {
        let bare = mail("dana@acme.example", "", "Help").without("Subject");
        let ticket = world.opens(&bare).await;
        assert_eq!(
            world.conversation(ticket).await.ticket.subject,
            "(no subject)"
        );
        world
    });
}

#[test]
fn mail_goes_to_the_queue_it_was_sent_to_and_else_to_the_first() {
    on_both(|world| async {
        let ines = world.ines.person;
        let sales = world.desk.store().write(move |tx| {
            let sales = QueueSettings {
                name: "Sales".into(),
                addresses: vec![address("sales@desk.example")],
                members: vec![],
                dispatcher: ines,
                zone: "UTC".into(),
                signature: String::new(),
                sender: kept_app::domain::queues::Sender::default(),
            };
            queues::insert(tx, &sales)
        });
        let sales: Result<_, kept_app::store::StoreError> = sales.await;
        sales.expect("is added");
        let check = async |to: &str, header: &str, queue: &str| {
            let sent = mail("dana@acme.example", to, header)
                .to(to)
                .with("To", header);
            let ticket = world.opens(&sent).await;
            assert_eq!(
                world.conversation(ticket).await.queue.name,
                queue,
                "{to}, {header}"
            );
        };
        check("sales@desk.example", "x@y.example", "Sales").await;
        check("SALES+spring@desk.example", "support@desk.example", "Sales").await;
        check("who@desk.example", "Sales <sales@desk.example>", "Sales").await;
        check("who@desk.example", "else@else.example", "Support").await;
        world
    });
}

#[test]
fn two_mails_at_once_are_both_taken() {
    on_both(|world| async {
        let mails: Vec<_> = (0..8)
            .map(|n| mail("dana@acme.example", &format!("Printer {n}"), "It smells."))
            .collect();
        let taking = mails.iter().map(|mail| {
            let (desk, raw, envelope) = (world.desk.clone(), mail.bytes(), mail.envelope());
            tokio::spawn(async move { kept_app::intake::take_in(&desk, raw, envelope).await })
        });
        let taking: Vec<_> = taking.collect();
        for taken in taking {
            let taken = taken.await.expect("it ends").expect("it is taken");
            assert!(matches!(taken, Taken::Opened(_)), "{taken:?}");
        }
        assert_eq!(world.rows("tickets").await, 8);
        assert_eq!(world.rows("people").await, 2, "Dana is met once");
        world
    });
}

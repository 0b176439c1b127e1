//! E23, E24 and E25: who a mail is from when it hardly says, one person with several addresses, and those
//! a mail copies.

use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Role;
use kept_app::domain::tickets::AndThen;
use kept_app::intake::Taken;
use kept_app::tickets::{
    Whose, add_participant, change_requester, remove_participant, restore_participant,
};

use crate::support::{World, address, mail, on_both};

async fn taking(world: &World, ticket: TicketId) -> Vec<String> {
    let found = world.conversation(ticket).await;
    found
        .participants
        .into_iter()
        .map(|it| it.address)
        .collect()
}

#[test]
fn e25_people_a_mail_copies_hear_and_may_answer() {
    on_both(|world| async {
        world.agent("Noor Haddad", "noor@desk.example").await;
        let made = mail("Dana <dana@acme.example>", "Printer", "It smokes.")
            .with("To", "support@desk.example, Kim <kim@acme.example>")
            .with(
                "Cc",
                "lee@lab.example, KIM@acme.example, noor@desk.example, no-reply@shop.example, \
                 support+k1@localhost, nobody",
            )
            .id("1@acme");
        let ticket = world.opens(&made).await;
        assert_eq!(
            taking(&world, ticket).await,
            ["kim@acme.example", "lee@lab.example"]
        );
        world.reply(ticket, "Which?", AndThen::Ask).await;
        let (_, sent) = world.last_sent().await;
        assert_eq!(sent.to[0].address, "dana@acme.example");
        let cc: Vec<_> = sent.cc.iter().map(|it| &*it.address).collect();
        assert_eq!(cc, ["kim@acme.example", "lee@lab.example"]);
        let tagged = mail(
            "lee+phone@lab.example",
            &format!("Printer [#{ticket}]"),
            "Mine",
        );
        assert_eq!(world.take(&tagged).await, Taken::Joined(ticket));
        let stranger = mail("eve@evil.example", &format!("Printer [#{ticket}]"), "Mine");
        assert!(matches!(world.take(&stranger).await, Taken::Opened(_)));
        world
    });
}

#[test]
fn e25_whoever_was_taken_out_stays_out_until_somebody_brings_them_back() {
    on_both(|world| async {
        let copied = |n: u8| {
            mail("dana@acme.example", "Printer", &format!("x{n}"))
                .with("Cc", "lee@lab.example")
                .id(&format!("{n}@acme"))
        };
        let ticket = world.opens(&copied(1)).await;
        let lee = world.conversation(ticket).await.participants[0].person;
        let out = remove_participant(&world.desk, &world.ines, ticket, lee).await;
        out.expect("is taken out");
        world.take(&copied(2).answering("1@acme")).await;
        assert_eq!(taking(&world, ticket).await, [""; 0]);
        world.reply(ticket, "Hello", AndThen::Ask).await;
        assert!(world.last_sent().await.1.cc.is_empty());
        let twice = remove_participant(&world.desk, &world.ines, ticket, lee).await;
        assert!(twice.is_err(), "they are out already");
        let back = restore_participant(&world.desk, &world.ines, ticket, lee).await;
        back.expect("is back");
        assert_eq!(taking(&world, ticket).await, ["lee@lab.example"]);
        let told = world.told(ticket).await;
        assert!(
            told.contains(&"Took lee out of the conversation".to_owned()),
            "{told:?}"
        );
        world
    });
}

#[test]
fn e25_an_agent_adds_people_and_never_a_colleague_or_ourselves() {
    on_both(|world| async {
        world.agent("Noor Haddad", "noor@desk.example").await;
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "x"))
            .await;
        let add = async |text: &str| {
            let name = String::new();
            add_participant(&world.desk, &world.ines, ticket, address(text), name).await
        };
        add("kim@acme.example").await.expect("is added");
        for refused in [
            "kim@acme.example",
            "dana@acme.example",
            "noor@desk.example",
            "support@desk.example",
        ] {
            assert!(add(refused).await.is_err(), "{refused}");
        }
        assert_eq!(taking(&world, ticket).await, ["kim@acme.example"]);
        world
    });
}

#[test]
fn e25_whoever_writes_on_somebody_s_ticket_takes_part_and_a_program_does_not() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "x").id("1@acme");
        let ticket = world.opens(&first).await;
        let joins = async |from: &str, automatic: bool| {
            let made = mail(from, "Re: Printer", from).answering("1@acme");
            let made = match automatic {
                true => made.with("Auto-Submitted", "auto-replied"),
                false => made,
            };
            assert_eq!(world.take(&made).await, Taken::Joined(ticket), "{from}");
        };
        joins("lee@acme.example", false).await;
        joins("boss@acme.example", true).await;
        joins("dana+phone@acme.example", false).await;
        assert_eq!(taking(&world, ticket).await, ["lee@acme.example"]);
        world
    });
}

#[test]
fn e18_absence_notes_under_ever_new_addresses_make_no_tickets_people_or_answers() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "x").id("1@acme");
        let ticket = world.opens(&first).await;
        world.reply(ticket, "Which?", AndThen::Ask).await;
        let (_, ours) = world.last_sent().await;
        let people = world.rows("people").await;
        for n in 0..4 {
            let from = format!("relay-{n}@crm.example");
            let away = mail(&from, "Automatic reply: Re: Printer", "Away")
                .with("Auto-Submitted", "auto-replied");
            let joined = away
                .clone()
                .answering(ours.message_id.as_deref().expect("an id"));
            assert_eq!(world.take(&joined).await, Taken::Joined(ticket));
            world
                .waits(&away.with("Date", "Mon, 23 Nov 2026 10:00:00 +0000"))
                .await;
        }
        assert_eq!(world.rows("people").await, people);
        assert_eq!(world.rows("tickets").await, 1);
        assert_eq!(world.outbox().await.len(), 2, "acknowledgement and reply");
        assert!(taking(&world, ticket).await.is_empty());
        world
    });
}

#[test]
fn e23_a_mail_that_hardly_says_who_it_is_from_finds_somebody_to_answer_or_waits() {
    on_both(|world| async {
        let check = async |from: &str, reply_to: Option<&str>, envelope: &str, expected: &str| {
            let mut made = mail(from, &format!("From {from}"), "x").sent_by(Some(envelope));
            if let Some(reply_to) = reply_to {
                made = made.with("Reply-To", reply_to);
            }
            let ticket = world.opens(&made).await;
            let person = world.conversation(ticket).await.requester;
            let person = person.expect("somebody");
            assert_eq!(person.addresses[0].as_str(), expected, "{from}");
        };
        let dana = "dana@acme.example";
        check("", None, dana, dana).await;
        check("undisclosed-senders:;", None, dana, dana).await;
        check(
            "Sales: Dana <dana@acme.example>, lee@acme.example;",
            None,
            "x@y.example",
            dana,
        )
        .await;
        check(
            "=?utf-8?q?J=C3=B6rg?=",
            Some("Dana <dana@acme.example>"),
            "x@y.example",
            dana,
        )
        .await;
        check(
            "Jörg Müller <jorg@acme.example>",
            None,
            "x@y.example",
            "jorg@acme.example",
        )
        .await;
        world
            .waits(&mail("nobody", "None", "x").sent_by(Some("")))
            .await;
        world
    });
}

#[test]
fn e24_one_person_s_addresses_are_one_participant() {
    on_both(|world| async {
        let made = mail("Dana@Acme.example", "Printer", "x").with(
            "Cc",
            "dana+home@acme.example, Kim <KIM@acme.example>, kim+x@acme.example",
        );
        let ticket = world.opens(&made).await;
        assert_eq!(taking(&world, ticket).await, ["kim@acme.example"]);
        world
    });
}

#[test]
fn the_wrong_person_is_made_right_and_the_next_mail_follows() {
    on_both(|world| async {
        let first = mail("assistant@acme.example", "Laptop", "For Kim").id("1@acme");
        let ticket = world.opens(&first).await;
        let whose = Whose::Address(address("kim@acme.example"), "Kim Lee".into());
        let changed = change_requester(&world.desk, &world.ines, ticket, whose.clone()).await;
        changed.expect("it is changed");
        let found = world.conversation(ticket).await;
        assert_eq!(found.requester.expect("somebody").name, "Kim Lee");
        assert_eq!(found.addressees.to[0].address, "kim@acme.example");
        assert_eq!(taking(&world, ticket).await, ["assistant@acme.example"]);
        let again = change_requester(&world.desk, &world.ines, ticket, whose).await;
        again.expect("changing nothing is fine");
        let next = mail("kim@acme.example", "Re: Laptop", "Thanks").answering("1@acme");
        assert_eq!(world.take(&next).await, Taken::Joined(ticket));
        let told = world.told(ticket).await;
        assert!(
            told.contains(&"Made this Kim Lee’s ticket, before: assistant".to_owned()),
            "{told:?}"
        );
        assert_eq!(world.ines.role, Role::Admin);
        world
    });
}

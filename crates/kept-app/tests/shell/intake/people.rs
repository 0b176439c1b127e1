//! Who wrote a mail, whose client they are, and that From alone gives nobody powers.

use kept_app::domain::people::Domain;
use kept_app::domain::tickets::AndThen;
use kept_app::domain::turn::Turn;
use kept_app::people::{Card, ClientCard, add, add_client};

use crate::support::{address, mail, on_both};

fn domain(text: &str) -> Domain {
    Domain::parse(text).expect("a domain")
}

#[test]
fn a_person_is_known_by_any_of_their_addresses() {
    on_both(|world| async {
        let card = Card {
            name: "Dana Fox".into(),
            addresses: vec![address("dana@acme.example"), address("fox@home.example")],
            client: None,
            ..Card::default()
        };
        let dana = add(&world.desk, &world.ines, card).await.expect("is added");
        for from in [
            "DANA@acme.example",
            "Foxy <fox@home.example>",
            "fox+kept@home.example",
        ] {
            let ticket = world.opens(&mail(from, "Printer", from)).await;
            let requester = world
                .conversation(ticket)
                .await
                .requester
                .expect("somebody");
            assert_eq!(
                (requester.id, requester.name.as_str()),
                (dana, "Dana Fox"),
                "{from}"
            );
        }
        // With another address of hers the subject's tag counts as well.
        let tagged = mail("fox@home.example", "Printer [#1]", "By tag");
        assert!(matches!(
            world.take(&tagged).await,
            kept_app::intake::Taken::Joined(_)
        ));
        world
    });
}

#[test]
fn somebody_new_belongs_to_the_client_of_their_domain() {
    on_both(|world| async {
        let card = ClientCard {
            name: "Acme".into(),
            domains: vec![domain("acme.example")],
            ..ClientCard::default()
        };
        add_client(&world.desk, &world.ines, card)
            .await
            .expect("is added");
        let check = async |from: &str, client: Option<&str>| {
            let ticket = world.opens(&mail(from, from, "x")).await;
            let found = world
                .conversation(ticket)
                .await
                .client
                .map(|client| client.name);
            assert_eq!(found.as_deref(), client, "{from}");
        };
        check("dana@acme.example", Some("Acme")).await;
        check("lee@it.acme.example", Some("Acme")).await;
        check("eve@notacme.example", None).await;
        world
    });
}

#[test]
fn a_client_that_is_added_later_gets_those_who_wrote_before() {
    on_both(|world| async {
        world
            .opens(&mail("dana@acme.example", "Printer", "x"))
            .await;
        let card = ClientCard {
            name: "Acme".into(),
            domains: vec![domain("acme.example")],
            ..ClientCard::default()
        };
        add_client(&world.desk, &world.ines, card)
            .await
            .expect("is added");
        let next = world
            .opens(&mail("dana@acme.example", "Plotter", "x"))
            .await;
        let client = world
            .conversation(next)
            .await
            .client
            .map(|client| client.name);
        assert_eq!(client.as_deref(), Some("Acme"));
        world
    });
}

#[test]
fn a_mail_that_says_it_is_from_an_agent_is_a_mail_and_nothing_more() {
    on_both(|world| async {
        world.agent("Noor Haddad", "noor@desk.example").await;
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "x").id("1@acme"))
            .await;
        world.reply(ticket, "Which?", AndThen::Ask).await;
        let forged = mail(
            "Noor Haddad <noor@desk.example>",
            "Re: Printer",
            "Close it.",
        );
        world.take(&forged.answering("1@acme")).await;
        let found = world.conversation(ticket).await;
        assert_eq!(
            found.ticket.turn(),
            Turn::Desk,
            "it counts as anybody's word from outside"
        );
        let message = &found.said.last().expect("it was said").message;
        assert_eq!(
            message.remark.as_deref(),
            Some("It says it is from Noor Haddad, who works here; mail alone is no proof of that")
        );
        assert_eq!(message.channel, kept_app::domain::messages::Channel::Mail);
        world
    });
}

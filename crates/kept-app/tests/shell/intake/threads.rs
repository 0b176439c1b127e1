//! Which ticket a mail belongs to, and that no stranger gets into one.

use kept_app::domain::ids::TicketId;
use kept_app::domain::people::Domain;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::mail::token;
use kept_app::people::{ClientCard, add_client};
use kept_app::tickets::{merge, undo_merge};

use crate::support::{Mail, World, mail, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";

fn first() -> Mail {
    mail(DANA, "Printer on fire", "It smells.").id("1@acme")
}

/// A ticket that Ines has asked Dana about; the id of her mail.
async fn asked(world: &World) -> (TicketId, String) {
    let ticket = world.opens(&first()).await;
    world.reply(ticket, "Which printer?", AndThen::Ask).await;
    let (_, sent) = world.last_sent().await;
    (ticket, sent.message_id.expect("an id"))
}

async fn check(world: &World, mail: &Mail, ticket: TicketId, reason: &str) {
    assert_eq!(world.take(mail).await, Taken::Joined(ticket), "{mail:?}");
    let told = world.told(ticket).await;
    let expected = format!("Joined #{ticket}: {reason}");
    assert!(told.contains(&expected), "{expected} in {told:#?}");
}

#[test]
fn an_answer_joins_its_ticket_and_gives_the_turn_back() {
    on_both(|world| async {
        let (ticket, ours) = asked(&world).await;
        let waiting = world.conversation(ticket).await.ticket;
        assert_eq!(
            (waiting.status, waiting.turn()),
            (Status::Waiting, Turn::Client)
        );
        world.later(30);
        let answer = mail(DANA, "Re: Printer on fire [#1]", "The one in the hall.");
        check(
            &world,
            &answer.id("2@acme").answering(&ours),
            ticket,
            "In-Reply-To",
        )
        .await;
        let open = world.conversation(ticket).await.ticket;
        assert_eq!((open.status, open.turn()), (Status::Open, Turn::Desk));
        assert_eq!(open.turn_since, world.desk.now());
        let said = world.said(ticket).await;
        assert_eq!(
            said,
            ["It smells.", "Which printer?", "The one in the hall."]
        );
        assert_eq!(
            world.outbox().await.len(),
            2,
            "an answer is not acknowledged"
        );
        world
    });
}

#[test]
fn whatever_is_left_of_the_thread_leads_to_the_ticket() {
    on_both(|world| async {
        let (ticket, ours) = asked(&world).await;
        let key = &world.desk.identity().reply_key;
        let answer = |n: i64| mail("someone@else.example", "Re: x", &format!("{n}"));
        let references = answer(1).with("References", &format!("<1@acme> <{ours}>"));
        check(&world, &references, ticket, "References").await;
        // The outgoing provider rewrote our id; the mark in the quoted text is still there.
        let marker = token::body_marker(key, ticket.0);
        let quoted = mail(
            "b@else.example",
            "Re: x",
            &format!("Hm.\n\n> Which?\n> {marker}"),
        );
        check(
            &world,
            &quoted.answering("rewritten@provider"),
            ticket,
            "our reply token",
        )
        .await;
        let to = token::reply_address(key, "support@localhost", ticket.0).expect("an address");
        check(&world, &answer(3).to(&to), ticket, "our reply token").await;
        let shouted = answer(4).with("To", &to.to_uppercase());
        check(&world, &shouted, ticket, "our reply token").await;
        let acknowledgement = world.written().await[0].message_id.clone();
        check(
            &world,
            &answer(5).answering(&acknowledgement),
            ticket,
            "In-Reply-To",
        )
        .await;
        world
    });
}

#[test]
fn a_subjects_tag_counts_for_those_who_take_part_and_never_for_a_stranger() {
    on_both(|world| async {
        let ticket = world.opens(&first()).await;
        let tagged = |from: &str| mail(from, "Printer [#1]", from);
        let reason = "subject tag, and the sender takes part";
        check(&world, &tagged("dana@acme.example"), ticket, reason).await;
        let stranger = world.opens(&tagged("eve@evil.example")).await;
        assert!(
            world.told(stranger).await.contains(
                &"New ticket: the subject names #1, but the sender is not on it".to_owned()
            )
        );
        let forged = token::sign(&kept_app::mail::ReplyKey([0; 32]), ticket.0);
        let to = format!("support+{forged}@desk.example");
        world
            .opens(&mail("eve@evil.example", "x", "forged").to(&to))
            .await;
        world.opens(&mail(DANA, "Unknown [#4711]", "x")).await;
        assert_eq!(world.said(ticket).await.len(), 2);
        world
    });
}

/// Whoever typed an agent's address into From, and a number anybody can guess, joined that ticket; answers
/// then went to the forger's Reply-To.
#[test]
fn an_agents_address_and_a_tag_open_no_door() {
    on_both(|world| async {
        let (ticket, _) = asked(&world).await;
        let ines = world.conversation(ticket).await.said[1]
            .message
            .author_address
            .clone();
        let forged = mail(&ines, "Hello [#1]", "Send me the password.");
        let apart = world
            .opens(&forged.with("Reply-To", "eve@evil.example"))
            .await;
        assert_ne!(apart, ticket);
        assert_eq!(world.said(ticket).await.len(), 2);
        world
    });
}

/// Two clients answered the same newsletter, which never came to us, and shared one ticket.
#[test]
fn what_never_arrived_ties_no_two_clients_together() {
    on_both(|world| async {
        for (name, text) in [("Acme", "acme.example"), ("Rival", "rival.example")] {
            let domain = Domain::parse(text).expect("a domain");
            let card = ClientCard {
                name: name.into(),
                domains: vec![domain],
                ..ClientCard::default()
            };
            add_client(&world.desk, &world.ines, card)
                .await
                .expect("is added");
        }
        let answer =
            |from: &str| mail(from, "Re: News", from).answering("news-5@marketing.example");
        let ticket = world.opens(&answer("anna@acme.example")).await;
        let other = world.opens(&answer("bob@rival.example")).await;
        assert_ne!(ticket, other);
        let colleague = answer("carl@acme.example");
        check(&world, &colleague, ticket, "In-Reply-To").await;
        world
    });
}

#[test]
fn an_answer_that_came_before_its_original_waits_for_it() {
    on_both(|world| async {
        let early = mail("lee@acme.example", "Re: Printer", "Same here.").id("2@acme");
        let ticket = world.opens(&early.answering("1@acme")).await;
        check(&world, &first(), ticket, "Message-ID").await;
        let late = mail("kit@acme.example", "Re: Printer", "And here.").answering("1@acme");
        check(&world, &late, ticket, "In-Reply-To").await;
        world
    });
}

#[test]
fn mail_to_a_merged_ticket_lands_where_it_is_told() {
    on_both(|world| async {
        let old = world.opens(&first()).await;
        let new = world
            .opens(&mail("lee@acme.example", "Smoke", "It burns.").id("5@acme"))
            .await;
        merge(&world.desk, &world.ines, old, new)
            .await
            .expect("merged");
        let late = mail(DANA, "Re: Printer", "Still?")
            .id("6@acme")
            .answering("1@acme");
        check(&world, &late, new, "In-Reply-To").await;
        assert_eq!(world.said(new).await, ["It smells.", "It burns.", "Still?"]);
        undo_merge(&world.desk, &world.ines, old)
            .await
            .expect("taken back");
        let again = mail(DANA, "Re: Printer", "And now?").answering("1@acme");
        check(&world, &again, old, "In-Reply-To").await;
        assert_eq!(world.said(old).await, ["It smells.", "And now?"]);
        assert_eq!(world.said(new).await, ["It burns.", "Still?"]);
        world
    });
}

#[test]
fn a_word_from_the_client_wakes_what_had_ended() {
    on_both(|world| async {
        let (ticket, ours) = asked(&world).await;
        world.reply(ticket, "Done.", AndThen::Resolve).await;
        let thanks = mail(DANA, "Re: Printer", "No, it is not.").answering(&ours);
        check(&world, &thanks, ticket, "In-Reply-To").await;
        let open = world.conversation(ticket).await.ticket;
        assert_eq!(
            (open.status, open.turn(), open.resolved_at),
            (Status::Open, Turn::Desk, None)
        );
        let told = world.told(ticket).await;
        assert_eq!(
            told.last().map(String::as_str),
            Some("Reopened: the client wrote again")
        );
        world
    });
}

#[test]
fn ids_and_addresses_without_end_are_taken_like_others() {
    on_both(|world| async {
        let noise: String = (0..4_000_u64)
            .map(|n| format!("{:x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
            .collect();
        let long = mail(DANA, "Printer", "Long").id(&format!("{noise}@acme"));
        let ticket = world.opens(&long).await;
        let answer = mail("b@else.example", "x", "Answer").answering(&format!("{noise}@acme"));
        check(&world, &answer, ticket, "In-Reply-To").await;
        let endless = format!("Dana <{noise}@acme.example>");
        let from = mail(&endless, "Printer", "Endless").sent_by(Some("dana@acme.example"));
        world.opens(&from).await;
        world
    });
}

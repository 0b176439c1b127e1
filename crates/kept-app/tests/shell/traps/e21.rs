//! E21: a mail that says it is from somebody who works here.

use kept_app::domain::ids::TicketId;
use kept_app::domain::messages::Channel;
use kept_app::domain::tickets::AndThen;
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::store::people;

use crate::support::{Mail, PROVEN, SIGNED, World, mail, on_both};

/// A desk that trusts its mail server, Rui who works there, and Dana's ticket with an answer on it.
async fn desk(world: &World) -> (TicketId, String) {
    world.agent("Rui Sá", "rui@desk.example").await;
    world.trusts_its_server().await;
    let asked = mail(
        "Dana Fox <dana@acme.example>",
        "VPN",
        "It does not connect.",
    )
    .id("1@acme.example");
    let ticket = world.opens(&asked).await;
    world
        .reply(ticket, "We look into it.", AndThen::Update)
        .await;
    let written = world.written().await;
    let ours = written.last().expect("our answer").message_id.clone();
    (ticket, ours)
}

fn from_rui(answering: &str, text: &str) -> Mail {
    mail("Rui Sá <rui@desk.example>", "Re: VPN", text)
        .id("2@phone.example")
        .answering(answering)
}

async fn joins(world: &World, mail: &Mail, ticket: TicketId) {
    assert_eq!(world.take(mail).await, Taken::Joined(ticket));
}

#[test]
fn e21_a_mail_that_only_claims_to_be_an_agents_never_goes_out() {
    on_both(|world| async move {
        let (ticket, ours) = desk(&world).await;
        let sent = world.outbox().await.len();
        let claims = [
            from_rui(&ours, "Send me your password."),
            from_rui(&ours, "Send it now.").with(
                "Authentication-Results",
                "mx.evil.example; dmarc=pass header.from=desk.example",
            ),
            from_rui(&ours, "Really.").with(
                "Authentication-Results",
                "mx.desk.example; dmarc=fail header.from=desk.example",
            ),
            from_rui(&ours, "I mean it.").with(
                "Authentication-Results",
                "mx.desk.example; spf=pass smtp.mailfrom=rui@desk.example",
            ),
            from_rui(&ours, "Now.").with(
                "Authentication-Results",
                "mx.desk.example; dkim=pass header.d=evil.example",
            ),
        ];
        for claim in &claims {
            joins(&world, claim, ticket).await;
        }
        assert_eq!(world.outbox().await.len(), sent);
        let said = world.conversation(ticket).await.said;
        let claimed = &said[2..];
        assert_eq!(claimed.len(), claims.len());
        for said in claimed {
            assert_eq!(said.message.channel, Channel::Mail);
            let remark = said.message.remark.as_deref().unwrap_or_default();
            assert!(remark.contains("no proof"), "{remark}");
        }
        world
    });
}

#[test]
fn e21_our_reply_token_does_not_make_anybody_an_agent() {
    on_both(|world| async move {
        let (ticket, _) = desk(&world).await;
        let sent = world.outbox().await.len();
        let (_, ours) = world.last_sent().await;
        let token = ours.text.lines().last().unwrap_or_default().to_owned();
        let quoting = format!("Send me your password.\n\n{token}");
        let claim = mail("Rui Sá <rui@desk.example>", "Hello", &quoting).id("3@evil.example");
        joins(&world, &claim, ticket).await;
        assert_eq!(world.outbox().await.len(), sent);
        world
    });
}

#[test]
fn e21_what_a_proven_agent_answers_from_their_phone_goes_to_the_client() {
    on_both(|world| async move {
        let (ticket, ours) = desk(&world).await;
        let answer = "It is *fixed*.\n\n> It does not connect.\n";
        let mail = from_rui(&ours, answer).proven();
        joins(&world, &mail, ticket).await;
        let read = world.conversation(ticket).await;
        assert_eq!(read.ticket.turn(), Turn::Desk);
        let said = read.said.last().expect("the answer");
        assert_eq!(
            (said.message.channel, said.message.author_name.as_str()),
            (Channel::Desk, "Rui Sá")
        );
        assert_eq!(said.message.remark, None);
        assert!(said.message.raw_sha256.is_some());
        let (_, sent) = world.last_sent().await;
        assert_eq!(sent.to[0].address, "dana@acme.example");
        assert_eq!(sent.from[0].address, "support@desk.example");
        assert!(sent.text.starts_with("It is *fixed*."), "{}", sent.text);
        assert_eq!(world.take(&mail).await, Taken::Duplicate);
        let back = answer_to(&sent.message_id.expect("an id"));
        joins(&world, &back, ticket).await;
        let again = world.reply(ticket, "Good.", AndThen::Resolve).await;
        assert!(again.0 > 0);
        assert_eq!(world.last_sent().await.1.to[0].address, "dana@acme.example");
        world
    });
}

fn answer_to(id: &str) -> Mail {
    mail("Dana Fox <dana@acme.example>", "Re: VPN", "Thanks!")
        .id("4@acme.example")
        .answering(id)
}

#[test]
fn e21_a_question_gives_the_turn_away_and_nobody_hears_it_twice() {
    on_both(|world| async move {
        let (ticket, ours) = desk(&world).await;
        let sent = world.outbox().await.len();
        let asks = from_rui(&ours, "Which version is it?")
            .proven()
            .with("To", "dana@acme.example, support@desk.example");
        joins(&world, &asks, ticket).await;
        let read = world.conversation(ticket).await;
        assert_eq!(read.ticket.turn(), Turn::Client);
        assert_eq!(world.outbox().await.len(), sent);
        world
    });
}

#[test]
fn e21_whoever_left_or_is_away_or_asks_themselves_does_not_speak_for_the_desk() {
    on_both(|world| async move {
        let (ticket, ours) = desk(&world).await;
        let own =
            mail("Rui Sá <rui@desk.example>", "My own screen", "It flickers.").id("5@desk.example");
        let asked = world.opens(&own.proven()).await;
        let more = from_rui("5@desk.example", "Still flickers.").id("6@desk.example");
        joins(&world, &more.proven(), asked).await;
        let sent = world.outbox().await.len();
        let away = from_rui(&ours, "I am away.")
            .with("Auto-Submitted", "auto-replied")
            .proven();
        joins(&world, &away, ticket).await;
        let rui = world
            .conversation(asked)
            .await
            .ticket
            .requester
            .expect("Rui");
        let now = world.desk.now();
        let left = world.desk.store();
        let left = left.write(move |tx| people::set_left(tx, rui, Some(now)));
        left.await.expect("Rui leaves");
        let late = from_rui(&ours, "One more thing.").proven();
        joins(&world, &late, ticket).await;
        assert_eq!(world.outbox().await.len(), sent);
        world
    });
}

#[test]
fn e21_who_only_claims_to_be_the_client_names_nobody_who_hears_of_it() {
    on_both(|world| async move {
        let (ticket, ours) = desk(&world).await;
        let forged = mail(
            "Dana Fox <dana@acme.example>",
            &format!("VPN [#{ticket}]"),
            "And the password?",
        )
        .with("Cc", "eve@evil.example")
        .with("Reply-To", "dana@evil.example")
        .id("5@evil.example");
        joins(&world, &forged, ticket).await;
        let failing = "mx.desk.example; dmarc=fail header.from=acme.example";
        let refuted = mail("Dana Fox <dana@acme.example>", "Re: VPN", "Tell me.")
            .with("Authentication-Results", failing)
            .with("Cc", "mallory@evil.example")
            .with("Reply-To", "dana@evil.example")
            .id("6@evil.example")
            .answering(&ours);
        joins(&world, &refuted, ticket).await;
        world
            .reply(ticket, "It is written down here.", AndThen::Update)
            .await;
        let (_, sent) = world.last_sent().await;
        let heard: Vec<_> = sent
            .to
            .iter()
            .chain(&sent.cc)
            .map(|it| &*it.address)
            .collect();
        assert_eq!(heard, ["dana@acme.example"]);
        world
    });
}

/// Rui's real answer to Dana's ticket, handed to us again by somebody who got it.
#[test]
fn e21_a_signed_mail_sent_here_again_does_not_speak_on_another_ticket() {
    on_both(|world| async move {
        let (_, ours) = desk(&world).await;
        let other = mail("Kim <kim@lab.example>", "Payroll", "Where is it?").id("1@lab.example");
        let other = world.opens(&other).await;
        let theirs = world.reply_address(other);
        let sent = world.outbox().await.len();
        let away = mail("Rui Sá <rui@desk.example>", "Lunch", "Yes, do that.")
            .with("To", "Bo <bo@shop.example>")
            .id("7@desk.example")
            .proven();
        let little = SIGNED.replace("to:cc:", "");
        let replays = [
            away.clone().to(&theirs),
            away.clone()
                .with("X-Original-To", &theirs)
                .with("Delivered-To", &theirs),
            away.clone()
                .with("To", &theirs)
                .with("DKIM-Signature", &little),
            away.clone()
                .answering(&ours)
                .with("DKIM-Signature", &SIGNED.replace("in-reply-to:", "")),
        ];
        for (round, replay) in replays.into_iter().enumerate() {
            let taken = world
                .take(&replay.id(&format!("r{round}@desk.example")))
                .await;
            let Taken::Joined(ticket) = taken else {
                panic!("{taken:?} in round {round}")
            };
            let said = world.conversation(ticket).await.said;
            let said = &said.last().expect("the mail").message;
            assert_eq!(said.channel, Channel::Mail, "round {round}");
            let remark = said.remark.as_deref().unwrap_or_default();
            assert!(remark.contains("does not cover"), "{round}: {remark}");
        }
        assert_eq!(world.outbox().await.len(), sent);
        let meant = away
            .with("To", &format!("bo@shop.example, {theirs}"))
            .id("8@desk.example");
        joins(&world, &meant, other).await;
        assert_eq!(world.outbox().await.len(), sent + 1);
        world
    });
}

#[test]
fn e21_what_the_domain_s_own_server_hands_over_needs_no_signature_of_its_headers() {
    on_both(|world| async move {
        let (ticket, ours) = desk(&world).await;
        let sent = world.outbox().await.len();
        let direct = format!("{PROVEN}; spf=pass smtp.mailfrom=rui@desk.example");
        let mail = from_rui(&ours, "Done.").with("Authentication-Results", &direct);
        joins(&world, &mail, ticket).await;
        assert_eq!(world.outbox().await.len(), sent + 1);
        world
    });
}

#[test]
fn e21_a_forged_forward_writes_no_note_and_is_no_other_s_ticket() {
    on_both(|world| async move {
        desk(&world).await;
        let forward = "Pay this at once.\n\n---------- Forwarded message ---------\n\
            From: Dana Fox <dana@acme.example>\nDate: Mon, 2 Nov 2026 at 09:00\n\
            Subject: Bill\nTo: <rui@desk.example>\n\n\nTo this account.\n";
        let forged = mail("Rui Sá <rui@desk.example>", "Fwd: Bill", forward).id("9@evil.example");
        let ticket = world.opens(&forged).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.requester.as_ref().expect("somebody").name, "Rui Sá");
        assert_eq!(found.said.len(), 1, "no note");
        let remark = found.said[0].message.remark.as_deref().unwrap_or_default();
        assert!(remark.contains("no proof"), "{remark}");
        assert!(found.questions[0].asks, "one click makes it Dana's");
        let proven = forged.id("10@desk.example").proven();
        let ticket = world.opens(&proven).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.requester.as_ref().expect("somebody").name, "Dana Fox");
        world
    });
}

//! E15: a report about a mail of ours belongs to that very message, and what nobody heard is said again.

use kept_app::domain::delivery::Setback;
use kept_app::domain::event::{Event, Reopening};
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::intake::{HeaderName, MailKind, Reason};
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::mail::Mailbox;
use kept_app::store::outgoing::State;
use kept_app::tickets::{Addressees, Change};
use kept_app::{reading, undelivered};

use super::reports::{bounce, complaint, plain_bounce, report};
use crate::support::{Mail, World, mail, on_both};

const DANA: &str = "dana@acme.example";
const NOBODY: &str = "550 5.1.1 <dana@acme.example>: User unknown";

/// A question that went out to Dana: its ticket, message and Message-ID.
async fn asked(world: &World) -> (TicketId, MessageId, String) {
    let id = format!("{}@acme", world.outbox().await.len());
    let first = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id(&id);
    let ticket = world.opens(&first).await;
    let (message, id) = say(world, ticket, AndThen::Ask).await;
    (ticket, message, id)
}

async fn say(world: &World, ticket: TicketId, then: AndThen) -> (MessageId, String) {
    let message = world.reply(ticket, "Which one?", then).await;
    world.work().await;
    let (_, sent) = world.last_sent().await;
    (message, sent.message_id.expect("an id"))
}

async fn joins(world: &World, mail: &Mail, ticket: TicketId) {
    assert_eq!(world.take(mail).await, Taken::Joined(ticket), "{mail:?}");
}

async fn stands(world: &World, ticket: TicketId) -> (Status, Turn) {
    let found = world.conversation(ticket).await.ticket;
    (found.status, found.turn())
}

/// What is said of the message's delivery: to whom, what kind, and where the report is.
async fn noted(world: &World, message: MessageId) -> Vec<(String, Setback, String)> {
    let found = world.desk.store().read(move |tx| {
        let said = kept_app::store::messages::find(tx, message)?.expect("it is there");
        kept_app::store::not_delivered::of_tickets(tx, &[said.ticket])
    });
    let found: Result<_, kept_app::store::StoreError> = found.await;
    let rows = found.expect("is read").into_iter();
    rows.map(|row| (row.address, row.kind, row.reason))
        .collect()
}

#[test]
fn e15_a_bounce_joins_the_message_it_reports() {
    on_both(|world| async {
        let (ticket, message, ours) = asked(&world).await;
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), ticket).await;
        let found = world.conversation(ticket).await;
        let reported = &found.said[1];
        assert_eq!(reported.message.id, message);
        let [loss] = reported.losses.as_slice() else {
            panic!("{:?}", reported.losses)
        };
        assert_eq!((loss.address.as_str(), loss.kind), (DANA, Setback::Hard));
        assert_eq!(loss.reason, "no such mailbox");
        assert_eq!(loss.status.as_deref(), Some("5.1.1"));
        let last = &found.said[2].message;
        assert_eq!(loss.report, Some(last.id), "the report can be looked at");
        assert_eq!((last.automatic, last.kind), (true, Some(MailKind::Bounce)));
        assert_eq!(last.person, None, "mail software is nobody");
        let told = world.told(ticket).await;
        let says = "Not delivered to dana@acme.example: no such mailbox (5.1.1)";
        assert!(told.iter().any(|line| line == says), "{told:?}");
        assert_eq!(world.outbox().await.len(), 2, "nobody is answered");
        world
    });
}

#[test]
fn e15_what_nobody_heard_gives_the_turn_back_and_reopens() {
    on_both(|world| async {
        let (ticket, _, ours) = asked(&world).await;
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), ticket).await;
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        undelivered::clear(&world.desk, &world.ines, DANA)
            .await
            .expect("is cleared");
        let (_, ours) = say(&world, ticket, AndThen::Resolve).await;
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Resolved, Turn::Client)
        );
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), ticket).await;
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        let happened = world.conversation(ticket).await.happened;
        let last = happened.last().map(|line| &line.recorded.event);
        let why = Reopening::NobodyHeard;
        assert_eq!(last, Some(&Event::Reopened { why }));
        let now = reading::tally(&world.desk, world.ines.person).await;
        assert_eq!(now.expect("counts").now, 1, "the responsible agent sees it");
        world
    });
}

#[test]
fn e15_a_refusal_of_the_mail_itself_gives_the_turn_back_but_marks_nobody() {
    on_both(|world| async {
        for (status, said) in [
            (
                "5.7.129",
                "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission; not authorized",
            ),
            (
                "5.7.133",
                "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; sender not authenticated",
            ),
            (
                "5.2.3",
                "552 5.2.3 Message size exceeds fixed maximum message size",
            ),
        ] {
            let (ticket, message, ours) = asked(&world).await;
            joins(&world, &bounce(&ours, DANA, status, said), ticket).await;
            let found = noted(&world, message).await;
            assert_eq!(
                (found.len(), found[0].1),
                (1, Setback::Refused),
                "{status} {found:?}"
            );
            assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
            let marked = world.conversation(ticket).await.unreachable;
            assert_eq!(marked, [], "{status}");
            world.change(ticket, Change::Close).await;
        }
        world
    });
}

#[test]
fn e15_soft_and_late_move_no_turn() {
    on_both(|world| async {
        let (ticket, message, ours) = asked(&world).await;
        let late = "451 4.4.1 connection timed out";
        joins(&world, &bounce(&ours, DANA, "4.4.1", late), ticket).await;
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        let full = "552 5.2.2 mailbox full";
        joins(
            &world,
            &report(&ours, DANA, "failed", "5.2.2", full),
            ticket,
        )
        .await;
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        let kinds: Vec<Setback> = noted(&world, message)
            .await
            .into_iter()
            .map(|it| it.1)
            .collect();
        assert_eq!(kinds, [Setback::Delayed, Setback::Soft]);
        let told = world.told(ticket).await;
        assert!(
            told[told.len() - 1].contains("the mailbox is full (5.2.2)"),
            "{told:?}"
        );
        assert!(
            told[told.len() - 3].starts_with("Not yet delivered to"),
            "{told:?}"
        );
        assert_eq!(world.conversation(ticket).await.unreachable, []);
        let arrived = report(&ours, DANA, "delivered", "2.0.0", "250 ok");
        joins(&world, &arrived, ticket).await;
        assert_eq!(
            noted(&world, message).await.len(),
            2,
            "it arrived after all"
        );
        world
    });
}

#[test]
fn e15_a_copy_that_comes_back_or_an_old_word_moves_no_turn() {
    on_both(|world| async {
        let first = mail("Dana <dana@acme.example>", "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        let both = Addressees {
            to: vec![Mailbox::bare(DANA)],
            cc: vec![Mailbox::bare("lee@acme.example")],
            bcc: vec![],
        };
        let reply = world
            .try_reply(ticket, "Which?", AndThen::Ask, Some(both))
            .await;
        let message = reply.expect("is written");
        let ours = world.last_sent().await.1.message_id.expect("an id");
        let nobody = "550 5.1.1 no such user";
        joins(
            &world,
            &bounce(&ours, "Lee@ACME.example", "5.1.1", nobody),
            ticket,
        )
        .await;
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        assert_eq!(noted(&world, message).await[0].0, "lee@acme.example");
        // Ines wrote again before the bounce of her first words was there.
        say(&world, ticket, AndThen::Ask).await;
        joins(&world, &bounce(&ours, DANA, "5.1.1", nobody), ticket).await;
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        world
    });
}

#[test]
fn e15_a_bounce_of_automatic_mail_moves_no_turn_and_still_marks_the_address() {
    on_both(|world| async {
        let first = mail("Dana <dana@acme.example>", "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        let ours = world.last_sent().await.1.message_id.expect("an id");
        world.change(ticket, Change::Resolve).await;
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), ticket).await;
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Resolved, Turn::Client)
        );
        let marked = world.conversation(ticket).await.unreachable;
        assert_eq!(marked.len(), 1, "{marked:?}");
        world
    });
}

#[test]
fn e15_a_bounce_that_quotes_nothing_finds_its_ticket_by_the_address_it_comes_to() {
    on_both(|world| async {
        let (ticket, message, _) = asked(&world).await;
        let mails = world.written().await;
        let returns = mails[1].envelope_sender().to_owned();
        joins(&world, &plain_bounce(DANA).to(&returns), ticket).await;
        assert_eq!(noted(&world, message).await[0].1, Setback::Hard);
        let found = world.conversation(ticket).await;
        assert_eq!(found.unreachable.len(), 1, "our own token is proof");
        let mut reasons = found
            .happened
            .iter()
            .filter_map(|line| match &line.recorded.event {
                Event::MessageReceived { reason, .. } => Some(reason),
                _ => None,
            });
        assert_eq!(reasons.next_back(), Some(&Reason::ReplyToken { ticket }));
        world
    });
}

#[test]
fn e15_a_bounce_that_names_only_whom_finds_the_last_mail_to_them_but_marks_nobody() {
    on_both(|world| async {
        let (ticket, message, _) = asked(&world).await;
        joins(&world, &plain_bounce(DANA), ticket).await;
        assert_eq!(noted(&world, message).await[0].1, Setback::Hard);
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        let found = world.conversation(ticket).await;
        assert_eq!(found.unreachable, [], "anybody could have written it");
        world.waits(&plain_bounce("stranger@else.example")).await;
        world.later(8 * 24 * 60);
        let late = plain_bounce(DANA).with("Date", "Tue, 1 Dec 2026 09:00:00 +0000");
        world.waits(&late).await;
        world
    });
}

#[test]
fn e15_what_a_bounce_says_of_others_than_our_recipients_marks_nobody() {
    on_both(|world| async {
        let (ticket, message, ours) = asked(&world).await;
        let boss = "boss@acme.example";
        joins(
            &world,
            &bounce(&ours, boss, "5.1.1", "550 5.1.1 no such user"),
            ticket,
        )
        .await;
        assert_eq!(
            noted(&world, message).await[0].0,
            DANA,
            "it went only to Dana"
        );
        assert_eq!(world.conversation(ticket).await.unreachable, []);
        assert_eq!(world.rows("bounced_addresses").await, 0);
        world
    });
}

#[test]
fn e15_mail_to_a_dead_address_is_skipped_visibly_until_somebody_says_otherwise() {
    on_both(|world| async {
        let (ticket, _, ours) = asked(&world).await;
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), ticket).await;
        let marked = world.conversation(ticket).await.unreachable;
        let [mark] = marked.as_slice() else {
            panic!("{marked:?}")
        };
        assert_eq!(
            (mark.address.as_str(), mark.reason.as_str()),
            (DANA, "no such mailbox")
        );
        let message = world.reply(ticket, "Still there?", AndThen::Ask).await;
        world.work().await;
        let row = world.outbox().await.pop().expect("a mail");
        assert_eq!((row.state, row.message), (State::Failed, Some(message)));
        assert_eq!(stands(&world, ticket).await, (Status::Open, Turn::Desk));
        let told = world.told(ticket).await.pop().expect("a sentence");
        assert_eq!(
            told,
            "Not sent to dana@acme.example: mail there comes back, no such mailbox"
        );
        // A copy still goes where it can.
        let both = Addressees {
            to: vec![Mailbox::bare(DANA), Mailbox::bare("lee@acme.example")],
            cc: vec![],
            bcc: vec![],
        };
        let reply = world
            .try_reply(ticket, "Lee?", AndThen::Ask, Some(both))
            .await;
        let message = reply.expect("is written");
        world.work().await;
        let row = world.outbox().await.pop().expect("a mail");
        assert_eq!(row.state, State::Sent);
        assert_eq!(stands(&world, ticket).await.1, Turn::Client, "Lee heard it");
        let said = world.conversation(ticket).await.said;
        let said = said.iter().find(|said| said.message.id == message);
        let kinds: Vec<Setback> = said
            .expect("it is there")
            .losses
            .iter()
            .map(|it| it.kind)
            .collect();
        assert_eq!(kinds, [Setback::Skipped]);
        undelivered::clear(&world.desk, &world.ines, "Dana@acme.example")
            .await
            .expect("is cleared");
        assert_eq!(world.conversation(ticket).await.unreachable, []);
        say(&world, ticket, AndThen::Ask).await;
        assert_eq!(
            world.outbox().await.pop().map(|row| row.state),
            Some(State::Sent)
        );
        world
    });
}

#[test]
fn e15_a_mail_from_a_dead_address_shows_that_it_lives() {
    on_both(|world| async {
        let (ticket, _, ours) = asked(&world).await;
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), ticket).await;
        assert_eq!(world.conversation(ticket).await.unreachable.len(), 1);
        let here = mail("Dana <DANA@acme.example>", "Re: Printer", "I am here.").answering(&ours);
        joins(&world, &here, ticket).await;
        assert_eq!(world.conversation(ticket).await.unreachable, []);
        world
    });
}

#[test]
fn e15_a_complaint_marks_the_address_and_is_filed_where_our_mail_is() {
    on_both(|world| async {
        let (ticket, message, ours) = asked(&world).await;
        joins(&world, &complaint(&ours, DANA), ticket).await;
        assert_eq!(noted(&world, message).await[0].1, Setback::Complaint);
        assert_eq!(
            stands(&world, ticket).await,
            (Status::Waiting, Turn::Client)
        );
        let found = world.conversation(ticket).await;
        assert_eq!(found.unreachable.len(), 1);
        let last = &found.said.last().expect("it was said").message;
        assert_eq!(last.kind, Some(MailKind::Report));
        let told = world.told(ticket).await.pop().expect("a sentence");
        assert_eq!(
            told,
            "Delivered to dana@acme.example, who reported it as unwanted"
        );
        world
    });
}

#[test]
fn e15_a_bounce_is_followed_through_a_merge_and_put_by_hand() {
    on_both(|world| async {
        let (ticket, _, ours) = asked(&world).await;
        let other = world
            .opens(&mail("dana@acme.example", "Again", "x").id("2@acme"))
            .await;
        kept_app::tickets::merge(&world.desk, &world.ines, ticket, other)
            .await
            .expect("is merged");
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), other).await;
        assert_eq!(stands(&world, other).await.1, Turn::Desk);
        let (third, message, _) = asked(&world).await;
        let odd = bounce(
            "rewritten@relay.example",
            "lee@acme.example",
            "5.1.1",
            "550 no such user",
        );
        let id = world.waits(&odd).await;
        let how = kept_app::intake::Settle::Join(third);
        kept_app::intake::settle(&world.desk, &world.ines, id, how)
            .await
            .expect("is settled");
        assert_eq!(
            noted(&world, message).await.len(),
            0,
            "Lee was never written to"
        );
        world
    });
}

#[test]
fn e15_the_reason_says_which_mail_it_reports() {
    on_both(|world| async {
        let (ticket, _, ours) = asked(&world).await;
        joins(&world, &bounce(&ours, DANA, "5.1.1", NOBODY), ticket).await;
        let header = HeaderName::Reported;
        let expected = Reason::Referenced { header, ticket };
        let happened = world.conversation(ticket).await.happened;
        let found = happened.iter().any(|line| {
            matches!(&line.recorded.event, Event::MessageReceived { reason, .. } if *reason == expected)
        });
        assert!(found, "{happened:?}");
        world
    });
}

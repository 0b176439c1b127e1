//! A person says that a message belongs elsewhere: it goes there, the next mail follows, and it can be
//! taken back exactly.

use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::tickets::{
    Change, Joined, MOST_SPLIT, Split, SplitWish, join_to, split_out, split_several, splittable,
    take_back,
};

use crate::support::{World, mail, monday, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";
const LEE: &str = "Lee Roy <lee@acme.example>";

/// Dana's printer, which Ines asked about, and what Lee wrote into the same thread.
async fn mixed_up(world: &World) -> (TicketId, MessageId) {
    let printer = mail(DANA, "Printer", "It smells.").id("1@acme");
    let ticket = world.opens(&printer).await;
    world.later(10);
    world.reply(ticket, "Which printer?", AndThen::Ask).await;
    world.later(10);
    let other = mail(LEE, "Re: Printer", "My phone is broken too.").id("2@acme");
    assert_eq!(
        world.take(&other.answering("1@acme")).await,
        Taken::Joined(ticket)
    );
    world.later(30);
    (ticket, last(world, ticket).await)
}

async fn last(world: &World, ticket: TicketId) -> MessageId {
    let said = world.conversation(ticket).await.said;
    said.last().expect("something was said").message.id
}

async fn split(world: &World, message: MessageId, how: Split) -> TicketId {
    let split = split_out(&world.desk, &world.ines, message, how).await;
    split.expect("it becomes a ticket")
}

async fn comes(world: &World, from: &str, answering: &str, to: TicketId) {
    world.later(1);
    let words = format!("to {answering} at {}", world.desk.now());
    let mail = mail(from, "Re: Printer", &words).answering(answering);
    assert_eq!(world.take(&mail).await, Taken::Joined(to), "{answering}");
}

#[test]
fn a_message_becomes_a_ticket_of_its_own_and_its_thread_follows() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        let new = split(&world, phone, Split::This).await;
        assert_eq!(world.said(old).await, ["It smells.", "Which printer?"]);
        assert_eq!(world.said(new).await, ["My phone is broken too."]);
        let ticket = world.conversation(old).await.ticket;
        assert_eq!(
            (ticket.status, ticket.turn()),
            (Status::Waiting, Turn::Client)
        );
        let read = world.conversation(new).await;
        assert_eq!(
            (read.ticket.status, read.ticket.turn()),
            (Status::New, Turn::Desk)
        );
        assert_eq!(
            read.ticket.turn_since, read.said[0].message.at,
            "Lee has waited since then"
        );
        assert_eq!(read.requester.expect("a requester").name, "Lee Roy");
        assert!(
            world
                .told(old)
                .await
                .contains(&format!("Moved a message to #{new}"))
        );
        let told = world.told(new).await;
        assert!(
            told.contains(&format!("Moved here from #{old} by hand")),
            "{told:#?}"
        );
        assert!(told.contains(&format!("Made a message of #{old} a ticket of its own")));
        // The next mail of either follows, and so do answers to what Ines says there now.
        comes(&world, LEE, "2@acme", new).await;
        comes(&world, DANA, "1@acme", old).await;
        world.reply(new, "Which phone?", AndThen::Ask).await;
        let (_, sent) = world.last_sent().await;
        comes(&world, LEE, &sent.message_id.expect("an id"), new).await;
        world
    });
}

#[test]
fn several_messages_become_one_ticket_under_its_own_name_and_come_back_together() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        world.reply(old, "Which phone?", AndThen::Ask).await;
        let answer = last(&world, old).await;
        world.later(5);
        let toner = mail(DANA, "Re: Printer", "And toner.").id("3@acme");
        world.take(&toner.answering("1@acme")).await;
        let queue = world.conversation(old).await.ticket.queue;
        let try_split = async |messages: &[MessageId], subject: &str| {
            let wish = SplitWish {
                messages: messages.to_vec(),
                subject: subject.into(),
                queue,
            };
            split_several(&world.desk, &world.ines, old, wish).await
        };
        let offered = splittable(&world.desk, &world.ines, old, None).await;
        let offered = offered.expect("is read");
        assert_eq!((offered.lines.len(), offered.older), (5, None));
        let before = splittable(&world.desk, &world.ines, old, Some(phone)).await;
        assert_eq!(before.expect("is read").lines.len(), 2);
        let refused = async |messages: &[MessageId], expected: &str| {
            let said = try_split(messages, "").await.map_err(|it| it.to_string());
            assert!(
                said.clone().is_err_and(|said| said.contains(expected)),
                "{said:?}"
            );
        };
        refused(&[], "Tick the messages").await;
        refused(&[answer], "only what came by mail").await;
        refused(&[phone, MessageId(999)], "not all of these").await;
        let all: Vec<MessageId> = offered.lines.iter().map(|line| line.message).collect();
        refused(&all, "nothing would be left").await;
        let crowd: Vec<MessageId> = (1..).take(MOST_SPLIT + 1).map(MessageId).collect();
        refused(&crowd, "at most").await;
        let new = try_split(&[answer, phone], "A phone").await;
        let new = new.expect("it becomes a ticket");
        assert_eq!(
            world.said(new).await,
            ["My phone is broken too.", "Which phone?"]
        );
        assert_eq!(
            world.said(old).await,
            ["It smells.", "Which printer?", "And toner."]
        );
        let read = world.conversation(new).await;
        assert_eq!(read.ticket.subject, "A phone");
        assert_eq!(read.requester.expect("a requester").name, "Lee Roy");
        assert_eq!(
            (read.ticket.status, read.ticket.turn()),
            (Status::Waiting, Turn::Client)
        );
        refused(&[phone], "not all of these").await;
        comes(&world, LEE, "2@acme", new).await;
        take_back(&world.desk, &world.ines, answer)
            .await
            .expect("back");
        let said = world.said(old).await;
        assert_eq!(said.len(), 6, "what came since is told there too: {said:?}");
        let found = kept_app::doctor::examine(&world.desk).await;
        assert_eq!(found.expect("it looks").findings, [""; 0]);
        world
    });
}

#[test]
fn our_answer_to_a_message_leads_where_that_message_went() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        world.reply(old, "Which phone?", AndThen::Ask).await;
        let (_, sent) = world.last_sent().await;
        let answer = sent.message_id.expect("an id");
        let new = split(&world, phone, Split::This).await;
        comes(&world, LEE, &answer, new).await;
        take_back(&world.desk, &world.ines, phone)
            .await
            .expect("back");
        comes(&world, LEE, &answer, old).await;
        world
    });
}

#[test]
fn all_that_followed_goes_with_it_and_the_turn_is_that_of_the_last_word() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        world.reply(old, "Which phone?", AndThen::Ask).await;
        let new = split(&world, phone, Split::ThisAndAfter).await;
        assert_eq!(
            world.said(new).await,
            ["My phone is broken too.", "Which phone?"]
        );
        let ticket = world.conversation(new).await.ticket;
        assert_eq!(
            (ticket.status, ticket.turn()),
            (Status::Waiting, Turn::Client)
        );
        let sent = world.conversation(new).await.said.remove(1).outgoing;
        assert_eq!(sent.expect("the mail went along").ticket, Some(new));
        assert_eq!(world.said(old).await, ["It smells.", "Which printer?"]);
        world
    });
}

#[test]
fn a_split_is_taken_back_exactly() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        let before = world.conversation(old).await.ticket;
        let new = split(&world, phone, Split::This).await;
        comes(&world, LEE, "2@acme", new).await;
        let home = take_back(&world.desk, &world.ines, phone)
            .await
            .expect("back");
        assert_eq!(home, old);
        let after = world.conversation(old).await.ticket;
        assert_eq!((after.status, after.turn()), (before.status, before.turn()));
        assert_eq!(after.turn_since, before.turn_since);
        let said = world.said(old).await;
        assert_eq!(
            said.len(),
            4,
            "what came meanwhile is told here too: {said:?}"
        );
        assert_eq!(world.conversation(new).await.ticket.merged_into, Some(old));
        comes(&world, LEE, "2@acme", old).await;
        world
    });
}

#[test]
fn a_message_joins_another_ticket_and_can_come_back() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        let other = world
            .opens(&mail(LEE, "Phone", "No tone.").id("9@acme"))
            .await;
        world.reply(other, "Since when?", AndThen::Ask).await;
        let joined = join_to(&world.desk, &world.ines, phone, other).await;
        assert_eq!(joined.expect("it joins"), Joined::Moved { to: other });
        let ticket = world.conversation(other).await.ticket;
        assert_eq!((ticket.status, ticket.turn()), (Status::Open, Turn::Desk));
        assert_eq!(world.said(other).await.len(), 3);
        comes(&world, LEE, "2@acme", other).await;
        assert_eq!(
            take_back(&world.desk, &world.ines, phone)
                .await
                .expect("back"),
            old
        );
        assert_eq!(world.said(old).await.len(), 3);
        comes(&world, LEE, "2@acme", old).await;
        let again = join_to(&world.desk, &world.ines, phone, other).await;
        assert_eq!(again.expect("it joins again"), Joined::Moved { to: other });
        let twice = join_to(&world.desk, &world.ines, phone, other).await;
        let refused = twice.expect_err("it is there").to_string();
        assert!(refused.contains("already"), "{refused}");
        world
    });
}

#[test]
fn a_ticket_of_one_mail_joins_as_a_whole() {
    on_both(|world| async {
        let first = world
            .opens(&mail(DANA, "Printer", "It smells.").id("1@acme"))
            .await;
        let stray = world
            .opens(&mail(DANA, "Smoke", "Now it smokes.").id("2@acme"))
            .await;
        let message = last(&world, stray).await;
        let joined = join_to(&world.desk, &world.ines, message, first).await;
        let merged = Joined::Merged {
            source: stray,
            to: first,
        };
        assert_eq!(joined.expect("it joins"), merged);
        comes(&world, DANA, "2@acme", first).await;
        world
    });
}

#[test]
fn what_makes_no_sense_is_refused_in_words() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        let said = world.conversation(old).await.said;
        let refused = async |message: MessageId, how: Split, words: &str| {
            let split = split_out(&world.desk, &world.ines, message, how).await;
            let error = split.expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        };
        refused(
            said[0].message.id,
            Split::ThisAndAfter,
            "nothing would be left",
        )
        .await;
        refused(said[1].message.id, Split::This, "came by mail").await;
        refused(MessageId(4711), Split::This, "message").await;
        let never = take_back(&world.desk, &world.ines, phone).await;
        assert!(
            never
                .expect_err("never moved")
                .to_string()
                .contains("never moved")
        );
        let spam = world.opens(&mail("eve@evil.example", "Win", "Money")).await;
        world.change(spam, Change::MarkSpam).await;
        let joined = join_to(&world.desk, &world.ines, phone, spam).await;
        assert!(joined.expect_err("it is spam").to_string().contains("spam"));
        assert_eq!(world.said(old).await.len(), 3, "a refusal changes nothing");
        world
    });
}

#[test]
fn search_and_lists_know_where_a_message_went() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        let new = split(&world, phone, Split::This).await;
        let zone = jiff::tz::TimeZone::UTC;
        let found = kept_app::reading::search(&world.desk, &world.ines, "phone", zone).await;
        let found: Vec<_> = found
            .expect("is found")
            .found
            .into_iter()
            .map(|found| (found.listed.ticket.id, found.listed.ticket.last_words))
            .collect();
        assert_eq!(found, [(new, "My phone is broken too.".to_owned())]);
        assert_ne!(old, new);
        assert!(world.desk.now() > monday());
        world
    });
}

/// A mail said to be spam and taken back is a ticket like others, and its thread goes on there.
#[test]
fn not_spam_after_all_and_the_thread_follows() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail(DANA, "Prize", "You won a printer.").id("1@acme"))
            .await;
        world.change(ticket, Change::MarkSpam).await;
        comes(&world, DANA, "1@acme", ticket).await;
        assert_eq!(world.conversation(ticket).await.ticket.turn(), Turn::Nobody);
        world.change(ticket, Change::UnmarkSpam).await;
        assert_eq!(world.conversation(ticket).await.ticket.turn(), Turn::Desk);
        comes(&world, DANA, "1@acme", ticket).await;
        assert_eq!(world.said(ticket).await.len(), 3);
        world
    });
}

async fn copied(world: &World, ticket: TicketId) -> Vec<String> {
    world.reply(ticket, "We look into it.", AndThen::Ask).await;
    let (_, sent) = world.last_sent().await;
    sent.cc.into_iter().map(|it| it.address).collect()
}

#[test]
fn whoever_only_a_moved_message_named_hears_nothing_more_where_it_was() {
    on_both(|world| async {
        let printer = mail(DANA, "Printer", "It smells.")
            .with("Cc", "kim@acme.example")
            .id("1@acme");
        let old = world.opens(&printer).await;
        world.later(1);
        let other = mail("Bo <bo@rival.example>", "Our secret plan", "Here it is.")
            .with("Cc", "kim@acme.example, cleo@rival.example")
            .id("2@rival");
        world.take(&other.answering("1@acme")).await;
        let all = ["kim@acme.example", "bo@rival.example", "cleo@rival.example"];
        assert_eq!(copied(&world, old).await, all);
        let said = world.conversation(old).await.said;
        let plan = said[1].message.id;
        world.later(1);
        let new = split(&world, plan, Split::This).await;
        assert_eq!(copied(&world, old).await, ["kim@acme.example"]);
        assert_eq!(
            copied(&world, new).await,
            ["kim@acme.example", "cleo@rival.example"]
        );
        world.later(1);
        let back = take_back(&world.desk, &world.ines, plan).await;
        assert_eq!(back.expect("back"), old);
        assert_eq!(copied(&world, old).await.len(), 3, "as it was");
        world
    });
}

#[test]
fn what_was_taken_back_goes_nowhere_and_says_nothing() {
    on_both(|world| async {
        let (old, phone) = mixed_up(&world).await;
        let composed = kept_app::tickets::Composed {
            can_undo: true,
            ..Default::default()
        };
        let reply = kept_app::tickets::Reply {
            text: "Never mind.".into(),
            then: AndThen::Resolve,
            addressees: None,
            files: vec![],
        };
        let said = kept_app::tickets::reply_as(&world.desk, &world.ines, old, reply, composed);
        let said = said.await.expect("it is written");
        kept_app::tickets::withdraw(&world.desk, &world.ines, said)
            .await
            .expect("it is taken back");
        let new = split(&world, phone, Split::ThisAndAfter).await;
        assert_eq!(world.said(new).await, ["My phone is broken too."]);
        let ticket = world.conversation(new).await.ticket;
        assert_eq!((ticket.status, ticket.turn()), (Status::New, Turn::Desk));
        world
    });
}

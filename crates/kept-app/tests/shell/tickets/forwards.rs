//! What was said is passed on to somebody outside: with its files and without notes, and what they answer is the desk's.

use bytes::Bytes;
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::messages::Audience;
use kept_app::domain::tickets::AndThen;
use kept_app::domain::turn::Turn;
use kept_app::mail::Mailbox;
use kept_app::tickets::{
    Addressees, Composed, Forward, Note, Upload, forward, note, reply, withdraw,
};
use kept_app::{Error, ErrorKind, reading};

use crate::support::{World, mail, on_both};

const MAKER: &str = "service@maker.example";
const DANA: &str = "Dana Fox <dana@acme.example>";

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail(DANA, "Printer", "It smells of *burnt* toner.").id("1@acme"))
        .await
}

fn to(address: &str, of: Option<MessageId>) -> Forward {
    Forward {
        of,
        text: "Do you know this?".to_owned(),
        addressees: Addressees {
            to: vec![Mailbox::bare(address)],
            ..Addressees::default()
        },
        ..Forward::default()
    }
}

async fn try_forward(world: &World, id: TicketId, it: Forward) -> Result<MessageId, Error> {
    forward(&world.desk, &world.ines, id, it, Composed::default()).await
}

async fn forwarded(world: &World, id: TicketId, it: Forward) -> MessageId {
    try_forward(world, id, it).await.expect("is forwarded")
}

/// The Message-ID of the mail that went out last.
async fn last_ref(world: &World) -> String {
    let written = world.written().await;
    let last = written.last().expect("a mail went out");
    last.message_id.clone()
}

async fn audiences(world: &World, id: TicketId) -> Vec<Audience> {
    let told = world.conversation(id).await;
    told.said.iter().map(|said| said.message.audience).collect()
}

#[test]
fn a_message_is_passed_on_from_the_desk_and_the_client_reads_none_of_it() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let first = world.conversation(ticket).await.said[0].message.id;
        let said = forwarded(&world, ticket, to(MAKER, Some(first))).await;
        let written = world.written().await;
        let mail = written.last().expect("it goes out");
        assert_eq!(mail.from.address, "support@desk.example");
        assert_eq!(mail.to, [Mailbox::bare(MAKER)]);
        assert_eq!(mail.subject, format!("Fwd: Printer [#{ticket}]"));
        assert_eq!((&mail.in_reply_to, mail.references.len()), (&None, 0));
        for part in [
            "Do you know this?",
            "From: Dana Fox <dana@acme.example>",
            "It smells of *burnt* toner.",
        ] {
            assert!(mail.text.contains(part), "{part} in {}", mail.text);
        }
        let html = mail.html.as_deref().unwrap_or_default();
        assert!(
            !html.contains("<em>"),
            "the client wrote no Markdown: {html}"
        );
        let told = world.conversation(ticket).await;
        assert_eq!(told.ticket.turn(), Turn::Desk);
        assert_eq!(told.participants.len(), 0, "nobody is brought in");
        let last = told.said.last().expect("it stands there");
        assert_eq!(
            (last.message.id, last.message.audience),
            (said, Audience::Desk)
        );
        let sentence = format!("Forwarded a message to {MAKER}");
        assert!(world.told(ticket).await.contains(&sentence));
        world
    });
}

#[test]
fn the_whole_conversation_goes_without_notes() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let secret = Note {
            text: "They never paid.".to_owned(),
            files: vec![],
        };
        note(&world.desk, &world.ines, ticket, secret)
            .await
            .expect("is noted");
        world.reply(ticket, "Is it **hot**?", AndThen::Ask).await;
        forwarded(&world, ticket, to(MAKER, None)).await;
        let written = world.written().await;
        let mail = written.last().expect("it goes out");
        assert!(mail.text.contains("It smells"), "{}", mail.text);
        assert!(mail.text.contains("Is it hot?"), "{}", mail.text);
        assert!(!mail.text.contains("never paid"), "{}", mail.text);
        let note = world.conversation(ticket).await.said[1].message.id;
        let refused = try_forward(&world, ticket, to(MAKER, Some(note))).await;
        assert_eq!(refused.expect_err("a note").kind(), ErrorKind::Invalid);
        world
    });
}

#[test]
fn files_that_are_ticked_go_with_it() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let upload = |name: &str| Upload {
            filename: name.to_owned(),
            content_type: "text/plain".to_owned(),
            content: Bytes::from(name.to_owned()),
        };
        let answer = kept_app::tickets::Reply {
            text: "The manual".to_owned(),
            then: AndThen::Update,
            addressees: None,
            files: vec![upload("manual.txt"), upload("price.txt")],
        };
        reply(&world.desk, &world.ines, ticket, answer)
            .await
            .expect("is sent");
        let told = world.conversation(ticket).await;
        let files = &told.said.last().expect("a reply").files;
        let wanted = Forward {
            attached: vec![files[0].id],
            files: vec![upload("photo.txt")],
            ..to(MAKER, None)
        };
        forwarded(&world, ticket, wanted).await;
        let written = world.written().await;
        let mail = written.last().expect("it goes out");
        let names: Vec<&str> = mail
            .attachments
            .iter()
            .map(|file| file.filename.as_str())
            .collect();
        assert_eq!(names, ["manual.txt", "photo.txt"]);
        world
    });
}

#[test]
fn what_they_answer_is_for_the_desk_alone_however_it_finds_back() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        world.reply(ticket, "Is it hot?", AndThen::Ask).await;
        forwarded(&world, ticket, to(MAKER, None)).await;
        let ours = last_ref(&world).await;
        let answer = mail(MAKER, "Re: Fwd: Printer", "Out of warranty.")
            .id("a@maker")
            .answering(&ours);
        world.take(&answer).await;
        let subject = format!("Printer [#{ticket}]");
        let later = mail(MAKER, &subject, "A new one costs 300.").id("b@maker");
        world.take(&later).await;
        use Audience::{Client, Desk};
        assert_eq!(
            audiences(&world, ticket).await,
            [Client, Client, Desk, Desk, Desk]
        );
        let told = world.conversation(ticket).await;
        assert_eq!(told.ticket.turn(), Turn::Client, "the client said nothing");
        assert_eq!(told.participants.len(), 0);
        let to: Vec<&str> = told
            .addressees
            .to
            .iter()
            .chain(&told.addressees.cc)
            .map(|it| it.address.as_str())
            .collect();
        assert_eq!(to, ["dana@acme.example"], "the next reply is not for them");
        let notices = world.notices(&world.ines).await;
        let words: Vec<&str> = notices.iter().map(|it| it.words.as_str()).collect();
        assert!(
            words
                .iter()
                .any(|it| it.contains("answered what was forwarded")),
            "{words:?}"
        );
        world
            .reply(ticket, "A new one would be 300.", AndThen::Ask)
            .await;
        let written = world.written().await;
        let mail = written.last().expect("it goes out");
        assert!(!mail.text.contains("warranty"), "{}", mail.text);
        assert!(
            !mail.references.iter().any(|it| it.contains("maker")),
            "{:?}",
            mail.references
        );
        world
    });
}

#[test]
fn what_the_client_has_anyway_or_says_is_no_secret() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        forwarded(&world, ticket, to(MAKER, None)).await;
        let ours = last_ref(&world).await;
        let to_both = mail(MAKER, "Re: Printer", "Dana, please send it in.")
            .id("a@maker")
            .with("Cc", "dana@acme.example")
            .answering(&ours);
        world.take(&to_both).await;
        let by_client = mail(DANA, "Re: Printer", "I have their mail.")
            .id("2@acme")
            .answering(&ours);
        world.take(&by_client).await;
        use Audience::{Client, Desk};
        assert_eq!(
            audiences(&world, ticket).await,
            [Client, Desk, Client, Client]
        );
        world
    });
}

#[test]
fn a_private_answer_is_answered_in_its_own_thread() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        forwarded(&world, ticket, to(MAKER, None)).await;
        let ours = last_ref(&world).await;
        let answer = mail(MAKER, "Re: Fwd: Printer", "Which model?")
            .id("a@maker")
            .answering(&ours);
        world.take(&answer).await;
        let told = world.conversation(ticket).await;
        let theirs = told.said.last().expect("an answer").message.id;
        forwarded(&world, ticket, to(MAKER, Some(theirs))).await;
        let written = world.written().await;
        let mail = written.last().expect("it goes out");
        assert_eq!(mail.in_reply_to.as_deref(), Some("a@maker"));
        assert_eq!(mail.subject, format!("Re: Printer [#{ticket}]"));
        world
    });
}

#[test]
fn a_forward_is_taken_back_before_it_goes_out_and_not_after() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let gone = forwarded(&world, ticket, to(MAKER, None)).await;
        let late = withdraw(&world.desk, &world.ines, gone).await;
        assert_eq!(late.expect_err("too late").kind(), ErrorKind::Conflict);
        let composed = Composed {
            can_undo: true,
            ..Composed::default()
        };
        let it = to(MAKER, None);
        let held = forward(&world.desk, &world.ines, ticket, it, composed)
            .await
            .expect("is forwarded");
        withdraw(&world.desk, &world.ines, held)
            .await
            .expect("is taken back");
        let draft = reading::draft(&world.desk, &world.ines, ticket)
            .await
            .expect("is read")
            .expect("a draft");
        assert_eq!((&*draft.and_then, draft.passed_on), ("forward", None));
        assert_eq!(draft.recipients.to, [Mailbox::bare(MAKER)]);
        world
    });
}

#[test]
fn nothing_is_forwarded_to_nobody_or_to_ourselves() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        for address in ["", "no address", "support@desk.example"] {
            let refused = try_forward(&world, ticket, to(address, None)).await;
            assert_eq!(refused.expect_err(address).kind(), ErrorKind::Invalid);
        }
        assert_eq!(world.conversation(ticket).await.said.len(), 1);
        world
    });
}

#[test]
fn a_copy_nobody_knows_of_stands_in_no_header_and_brings_nobody_in() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let addressees = Addressees {
            to: vec![Mailbox::bare("dana@acme.example")],
            bcc: vec![Mailbox::bare(MAKER)],
            ..Addressees::default()
        };
        world
            .try_reply(ticket, "Is it hot?", AndThen::Ask, Some(addressees))
            .await
            .expect("is sent");
        world.work().await;
        let (raw, _) = world.last_sent().await;
        let raw = String::from_utf8_lossy(&raw).into_owned();
        assert!(!raw.contains("maker.example"), "{raw}");
        let outbox = world.outbox().await;
        let last = outbox.last().expect("it goes out");
        assert!(last.recipients.contains(MAKER), "{}", last.recipients);
        let queued: kept_app::mail::OutgoingMail = serde_json::from_str(&last.mail).expect("reads");
        let all: Vec<&str> = queued.everybody().map(|it| it.address.as_str()).collect();
        assert_eq!(all, ["dana@acme.example", MAKER]);
        let told = world.conversation(ticket).await;
        assert_eq!(told.participants.len(), 0);
        let said = told.said.last().expect("a reply");
        assert_eq!(said.recipients.bcc, [Mailbox::bare(MAKER)]);
        let ours = said.message.message_ref.clone().expect("its id");
        let answer = mail(MAKER, "Re: Printer", "Keep me out of this.")
            .id("a@maker")
            .answering(&ours);
        world.take(&answer).await;
        let last = audiences(&world, ticket).await.pop();
        assert_eq!(last, Some(Audience::Desk), "nobody else knows of them");
        world
    });
}

#[test]
fn an_agents_own_signature_stands_above_that_of_the_queue() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let wrong =
            kept_app::settings::mine::set_signature(&world.desk, &world.ines, "{{ me").await;
        assert_eq!(wrong.expect_err("no place").kind(), ErrorKind::Invalid);
        let own = "{{ me }}, for {{ first_name }}";
        kept_app::settings::mine::set_signature(&world.desk, &world.ines, own)
            .await
            .expect("is saved");
        world.reply(ticket, "Is it hot?", AndThen::Ask).await;
        let written = world.written().await;
        let mail = written.last().expect("it goes out");
        let below = format!("-- \n{}, for Dana", world.ines.name);
        assert!(mail.text.contains(&below), "{}", mail.text);
        world
    });
}

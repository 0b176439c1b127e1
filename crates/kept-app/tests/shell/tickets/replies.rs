//! A reply is said on the ticket, moves its turn, and goes out by mail; all of it or nothing.

use kept_app::ErrorKind;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::mail::Mailbox;
use kept_app::tickets::{Addressees, Change, Note, Reply, Upload, note, reply};

use crate::support::{World, mail, on_both};

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme"))
        .await
}

#[test]
fn a_reply_says_what_it_does_with_the_turn() {
    on_both(|world| async {
        let check = async |then, status, turn, told: &str| {
            let ticket = opened_as(&world, told).await;
            world.later(5);
            world.reply(ticket, "Hello Dana", then).await;
            let found = world.conversation(ticket).await;
            assert_eq!(
                (found.ticket.status, found.ticket.turn()),
                (status, turn),
                "{told}"
            );
            let sentences = world.told(ticket).await;
            assert!(
                sentences.contains(&told.to_owned()),
                "{told} in {sentences:?}"
            );
            let said = found.said.last().expect("it was said");
            let out = said.outgoing.as_ref().expect("it goes out");
            assert_eq!(out.ticket, Some(ticket));
            assert_eq!(said.message.message_ref.as_ref(), Some(&out.message_ref));
        };
        use AndThen::{Ask, Resolve, Update};
        check(
            Ask,
            Status::Waiting,
            Turn::Client,
            "Asked the client; their turn",
        )
        .await;
        check(
            Update,
            Status::Open,
            Turn::Desk,
            "Told the client; still our turn",
        )
        .await;
        check(
            Resolve,
            Status::Resolved,
            Turn::Client,
            "Answered and resolved",
        )
        .await;
        world
    });
}

async fn opened_as(world: &World, subject: &str) -> TicketId {
    world
        .opens(&mail("dana@acme.example", subject, "It smells."))
        .await
}

#[test]
fn writing_on_what_has_ended_opens_it_again_unless_it_ends_it() {
    on_both(|world| async {
        let check = async |end: Change, then, expected| {
            let ticket = opened_as(&world, &format!("{end:?} {then:?}")).await;
            world.change(ticket, end).await;
            world.reply(ticket, "One more thing", then).await;
            assert_eq!(world.conversation(ticket).await.ticket.status, expected);
        };
        check(Change::Resolve, AndThen::Ask, Status::Waiting).await;
        check(Change::Close, AndThen::Update, Status::Open).await;
        check(Change::Resolve, AndThen::Resolve, Status::Resolved).await;
        check(Change::Close, AndThen::Resolve, Status::Closed).await;
        world
    });
}

fn to(address: &str) -> Addressees {
    Addressees {
        to: vec![Mailbox::bare(address)],
        cc: vec![],
        bcc: vec![],
    }
}

#[test]
fn a_reply_that_can_not_go_out_leaves_nothing_behind() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let state = async || {
            let mut rows = Vec::new();
            for table in [
                "messages",
                "outgoing",
                "jobs",
                "events",
                "message_words",
                "message_refs",
            ] {
                rows.push(world.rows(table).await);
            }
            (rows, world.conversation(ticket).await.ticket)
        };
        let before = state().await;
        let refused =
            async |text: &str, given: Option<Addressees>, kind: ErrorKind, words: &str| {
                let answer = world.try_reply(ticket, text, AndThen::Resolve, given).await;
                let error = answer.expect_err(words);
                assert!(error.to_string().contains(words), "{error}");
                assert_eq!(error.kind(), kind, "{words}");
                assert_eq!(state().await, before, "{words}");
            };
        use ErrorKind::{Conflict, Invalid};
        refused("  \n", None, Conflict, "write something first").await;
        refused(
            "x",
            Some(Addressees::default()),
            Invalid,
            "nobody this could go to",
        )
        .await;
        for bad in [
            "dana",
            "dana@acme.example\r\nBcc: eve@evil.example",
            "a b@acme.example",
            "",
        ] {
            refused("x", Some(to(bad)), Invalid, "is not an address").await;
        }
        let crowd = Addressees {
            to: (0..51)
                .map(|n| Mailbox::bare(format!("p{n}@acme.example")))
                .collect(),
            cc: vec![],
            bcc: vec![],
        };
        refused("x", Some(crowd), Invalid, "50 people").await;
        let nowhere = world
            .try_reply(TicketId(4711), "x", AndThen::Ask, None)
            .await;
        assert_eq!(
            nowhere.expect_err("no such ticket").kind(),
            ErrorKind::NotFound
        );
        world.change(ticket, Change::MarkSpam).await;
        let spam = world.try_reply(ticket, "x", AndThen::Ask, None).await;
        assert_eq!(spam.expect_err("it is spam").kind(), Conflict);
        assert_eq!(world.rows("messages").await, before.0[0]);
        world
    });
}

#[test]
fn a_note_stays_at_the_desk_whatever_is_mailed_afterwards() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let secret = Note {
            text: "Their invoice 0815-SECRET is unpaid".into(),
            files: vec![Upload {
                filename: "secret.txt".into(),
                content_type: "text/plain".into(),
                content: "0815-SECRET".into(),
            }],
        };
        let before = world.conversation(ticket).await.ticket;
        note(&world.desk, &world.ines, ticket, secret)
            .await
            .expect("is noted");
        let after = world.conversation(ticket).await.ticket;
        assert_eq!((after.status, after.turn()), (before.status, before.turn()));
        world.reply(ticket, "We are on it", AndThen::Update).await;
        let answer = mail("dana@acme.example", "Re: Printer", "Thanks").answering("1@acme");
        world.take(&answer).await;
        world.reply(ticket, "Solved", AndThen::Resolve).await;
        for sent in world.written().await {
            let bytes = kept_app::sender::bytes_of(&world.desk, &sent)
                .await
                .expect("composed");
            let read = kept_app::mail::parse(&bytes);
            let all = format!("{}{:?}{:?}", read.text, read.html, read.headers);
            assert!(
                !all.contains("SECRET") && read.attachments.is_empty(),
                "{all}"
            );
        }
        assert_eq!(world.said(ticket).await.len(), 5);
        let empty = Note {
            text: " ".into(),
            files: vec![],
        };
        let refused = note(&world.desk, &world.ines, ticket, empty).await;
        assert!(refused.is_err());
        world
    });
}

#[test]
fn files_go_with_the_reply_and_too_many_are_refused() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let upload = |name: &str, content: Vec<u8>| Upload {
            filename: name.into(),
            content_type: "application/octet-stream".into(),
            content: content.into(),
        };
        let large: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
        let with_files = |files| Reply {
            text: "See the files".into(),
            then: AndThen::Update,
            addressees: None,
            files,
        };
        let files = vec![
            upload("../../etc/pass\r\nwd", b"small".to_vec()),
            upload("large.bin", large.clone()),
        ];
        reply(&world.desk, &world.ines, ticket, with_files(files))
            .await
            .expect("is written");
        let (_, sent) = world.last_sent().await;
        let contents: Vec<&[u8]> = sent
            .attachments
            .iter()
            .map(|a| a.content.as_slice())
            .collect();
        assert_eq!(contents, [b"small".as_slice(), &large]);
        let name = sent.attachments[0].filename.clone().expect("a name");
        assert!(!name.contains(['\r', '\n', '/']), "{name:?}");
        let crowd: Vec<Upload> = (0..51).map(|n| upload(&format!("{n}"), vec![])).collect();
        let refused = reply(&world.desk, &world.ines, ticket, with_files(crowd)).await;
        assert_eq!(refused.expect_err("too many").kind(), ErrorKind::Invalid);
        let huge = vec![upload("huge", vec![0; 25 * 1024 * 1024 + 1])];
        let refused = reply(&world.desk, &world.ines, ticket, with_files(huge)).await;
        assert_eq!(refused.expect_err("too large").kind(), ErrorKind::Invalid);
        world
    });
}

//! Several people and mails on one ticket at once: nothing is lost, and the history is one story.

use std::collections::HashSet;

use kept_app::domain::tickets::{AndThen, Priority};
use kept_app::intake::{self, Settle, settle};
use kept_app::tickets::{Change, Note, Reply, change, note, reply};

use crate::support::{mail, on_both};

#[test]
fn replies_notes_changes_and_mail_at_once_are_all_kept() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        let node = world.again(|_| {}).await;
        let mut doing = tokio::task::JoinSet::new();
        for n in 0..6 {
            let desk = if n % 2 == 0 {
                world.desk.clone()
            } else {
                node.clone()
            };
            let ines = world.ines.clone();
            let (second, third, fourth) = (desk.clone(), desk.clone(), desk.clone());
            let said = Reply {
                text: format!("Reply {n}"),
                then: if n % 2 == 0 {
                    AndThen::Ask
                } else {
                    AndThen::Update
                },
                addressees: None,
                files: vec![],
            };
            let noted = Note {
                text: format!("Note {n}"),
                files: vec![],
            };
            let answer = mail("dana@acme.example", "Re: Printer", &format!("Answer {n}"));
            let answer = answer.answering("1@acme");
            let (agent, other) = (ines.clone(), ines.clone());
            let priority = if n % 2 == 0 {
                Priority::High
            } else {
                Priority::Low
            };
            doing.spawn(async move { reply(&desk, &ines, ticket, said).await.map(|_| ()) });
            doing.spawn(async move { note(&second, &agent, ticket, noted).await.map(|_| ()) });
            doing.spawn(async move {
                let change = change(&third, &other, ticket, Change::Priority(priority));
                change.await.map(|_| ())
            });
            doing.spawn(async move {
                let taken = intake::take_in(&fourth, answer.bytes(), answer.envelope());
                taken.await.map(|_| ())
            });
        }
        while let Some(done) = doing.join_next().await {
            done.expect("it ends").expect("it is done");
        }
        let mut said = world.said(ticket).await;
        said.sort();
        let all =
            ["Answer", "Note", "Reply"].map(|what| (0..6).map(move |n| format!("{what} {n}")));
        let mut expected: Vec<String> = all.into_iter().flatten().collect();
        expected.push("It smells.".into());
        expected.sort();
        assert_eq!(said, expected);
        assert_eq!(world.outbox().await.len(), 1 + 6);
        node.close().await;
        world
    });
}

#[test]
fn of_two_who_decide_about_one_mail_at_once_one_decides() {
    on_both(|world| async {
        let node = world.again(|_| {}).await;
        for n in 0..4 {
            let odd = mail("x", &format!("Odd {n}"), "?")
                .without("From")
                .sent_by(None);
            let id = world.waits(&odd).await;
            let other = {
                let (desk, ines) = (node.clone(), world.ines.clone());
                tokio::spawn(async move { settle(&desk, &ines, id, Settle::Open(None)).await })
            };
            let one = settle(&world.desk, &world.ines, id, Settle::Open(None)).await;
            let other = other.await.expect("it ends");
            assert!(one.is_ok() != other.is_ok(), "{one:?} and {other:?}");
            assert_eq!(world.rows("tickets").await, n + 1);
        }
        node.close().await;
        world
    });
}

#[test]
fn whoever_watches_is_told_what_changed_and_nothing_more() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "x").id("1@acme"))
            .await;
        let mut watch = world.desk.store().changes();
        world.reply(ticket, "Hello", AndThen::Ask).await;
        let expected: HashSet<String> = [
            "ticket:1",
            "tickets",
            "outbox",
            // Whoever answers has seen what they were told.
            "notifications:1",
        ]
        .map(str::to_owned)
        .into();
        let mut told = HashSet::new();
        while !expected.is_subset(&told) {
            told.insert(watch.recv().await.expect("something changed").topic);
        }
        assert_eq!(told, expected);
        world
    });
}

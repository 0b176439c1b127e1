//! Desks that write to each other fall silent; our own mail that comes back is never answered.

use kept_app::domain::intake::Unsorted;
use kept_app::domain::tickets::AndThen;
use kept_app::intake::{self, Envelope, Taken, Via};
use kept_app::reading;

use crate::support::{World, mail, on_both};

/// Delivers what `from` wrote since `done` to `to`; without the headers a careless server drops.
async fn deliver(from: &World, to: &World, done: &mut usize, dropped: &[&str]) {
    let written = from.written().await;
    for mail in &written[*done..] {
        let bytes = kept_app::sender::bytes_of(&from.desk, mail)
            .await
            .expect("composed");
        let text = String::from_utf8(bytes).expect("text");
        let kept: Vec<&str> = text
            .split_inclusive("\r\n")
            .filter(|line| !dropped.iter().any(|name| line.starts_with(name)))
            .collect();
        let envelope = Envelope {
            from: Some(mail.envelope_sender().to_owned()),
            to: mail
                .to
                .iter()
                .map(|mailbox| mailbox.address.clone())
                .collect(),
            via: Via::Smtp,
        };
        intake::take_in(&to.desk, kept.concat().into(), envelope)
            .await
            .expect("taken");
    }
    *done = written.len();
}

/// Mail goes to and fro until both are silent; how many went out in all.
async fn to_and_fro(here: &World, there: &World, dropped: &[&str]) -> usize {
    let (mut ours, mut theirs) = (0, 0);
    for _ in 0..20 {
        deliver(here, there, &mut ours, dropped).await;
        deliver(there, here, &mut theirs, dropped).await;
    }
    here.written().await.len() + there.written().await.len()
}

#[test]
fn two_desks_that_write_to_each_other_fall_silent_within_three_mails() {
    on_both(|here| async {
        let dropping: [&[&str]; 4] = [
            &[],
            &["Auto-Submitted", "X-Auto-Response-Suppress"],
            &["Auto-Submitted", "X-Auto", "In-Reply-To", "References"],
            &[
                "Auto-Submitted",
                "X-Auto",
                "In-Reply-To",
                "References",
                "Message-ID",
            ],
        ];
        for (n, dropped) in dropping.into_iter().enumerate() {
            let there = World::elsewhere("other.example").await;
            let before = here.written().await.len();
            // Somebody at this desk writes to the other desk from a ticket of theirs.
            let first = mail("support@other.example", &format!("Question {n}"), "x").id("1@other");
            let ticket = here
                .opens(&first.with("Auto-Submitted", "auto-generated"))
                .await;
            here.reply(ticket, "Hello over there", AndThen::Ask).await;
            let since = World::written(&here).await.len() - before;
            assert_eq!(since, 1);
            let (mut ours, mut theirs) = (before, 0);
            for _ in 0..12 {
                deliver(&here, &there, &mut ours, dropped).await;
                deliver(&there, &here, &mut theirs, dropped).await;
            }
            let all = here.written().await.len() - before + there.written().await.len();
            assert!(all <= 3, "{all} mails without {dropped:?}");
            there.desk.close().await;
        }
        here
    });
}

#[test]
fn e14_our_own_mail_that_comes_back_waits_for_a_person() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "x").id("1@acme"))
            .await;
        world.reply(ticket, "Hello", AndThen::Ask).await;
        let check = async |raw: Vec<u8>, reason: Unsorted| {
            let Taken::Unsorted(id) = world.take_raw(raw, Some("support@desk.example")).await
            else {
                panic!("it did not wait")
            };
            let waiting = reading::unsorted_mail(&world.desk, &world.ines, id).await;
            assert_eq!(waiting.expect("it waits").reason, reason);
        };
        let (bytes, _) = world.last_sent().await;
        check(bytes, Unsorted::Loop).await;
        let from_us = mail("Support <support@desk.example>", "Hello", "From a script");
        check(from_us.bytes().to_vec(), Unsorted::FromOurselves).await;
        let with_detail = mail("support+x@localhost", "Hello", "From another");
        check(with_detail.bytes().to_vec(), Unsorted::FromOurselves).await;
        assert_eq!(world.outbox().await.len(), 2);
        world
    });
}

#[test]
fn a_mail_that_names_no_marks_at_all_still_meets_the_daily_budget() {
    on_both(|here| async {
        let there = World::elsewhere("other.example").await;
        let first = mail("support@other.example", "Question", "x");
        here.opens(&first).await;
        let all = [
            "Auto-Submitted",
            "X-",
            "In-Reply-To",
            "References",
            "Message-ID",
            "[kept:",
            "<p><small>",
        ];
        let sent = to_and_fro(&here, &there, &all).await;
        assert!(sent <= 10, "{sent} mails");
        there.desk.close().await;
        here
    });
}

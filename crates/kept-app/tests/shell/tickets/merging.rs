//! Merging tells one ticket on another, in no circle, and can be taken back exactly.

use kept_app::ErrorKind;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;
use kept_app::tickets::{Change, merge, remove_participant, undo_merge};

use crate::support::{World, mail, on_both};

async fn opened(world: &World, body: &str) -> TicketId {
    world.opens(&mail("dana@acme.example", body, body)).await
}

#[test]
fn a_merged_ticket_is_told_on_the_other_until_that_is_taken_back() {
    on_both(|world| async {
        let [a, b, c] = [
            opened(&world, "a").await,
            opened(&world, "b").await,
            opened(&world, "c").await,
        ];
        let before = [
            world.conversation(a).await.ticket,
            world.conversation(b).await.ticket,
        ];
        merge(&world.desk, &world.ines, a, b).await.expect("merged");
        merge(&world.desk, &world.ines, b, c).await.expect("merged");
        assert_eq!(world.said(c).await, ["a", "b", "c"]);
        assert_eq!(world.conversation(c).await.absorbed, [b, a]);
        assert_eq!(world.conversation(a).await.ticket.turn(), Turn::Nobody);
        assert_eq!(
            undo_merge(&world.desk, &world.ines, b).await.expect("back"),
            c
        );
        assert_eq!(
            undo_merge(&world.desk, &world.ines, a).await.expect("back"),
            b
        );
        for (ticket, before) in [a, b].into_iter().zip(before) {
            let after = world.conversation(ticket).await.ticket;
            assert_eq!((after.status, after.turn()), (before.status, before.turn()));
            assert_eq!(after.turn_since, before.turn_since);
        }
        assert_eq!(world.said(c).await, ["c"]);
        world
    });
}

/// They would have been reminded of an answer that the desk owes.
#[test]
fn what_waited_for_the_desk_waits_for_it_where_it_is_told() {
    on_both(|world| async {
        let asks = opened(&world, "asks").await;
        for (named, then) in [("asked", AndThen::Ask), ("resolved", AndThen::Resolve)] {
            let quiet = opened(&world, named).await;
            world.reply(quiet, "Well?", then).await;
            let before = world.conversation(quiet).await.ticket;
            merge(&world.desk, &world.ines, asks, quiet)
                .await
                .expect("merged");
            let told = world.conversation(quiet).await.ticket;
            assert_eq!((told.status, told.turn()), (Status::Open, Turn::Desk));
            undo_merge(&world.desk, &world.ines, asks)
                .await
                .expect("back");
            let after = world.conversation(quiet).await.ticket;
            assert_eq!((after.status, after.turn()), (before.status, before.turn()));
            assert_eq!(after.turn_since, before.turn_since);
            assert_eq!(after.resolved_at, before.resolved_at);
        }
        world
    });
}

#[test]
fn no_merge_goes_in_a_circle() {
    on_both(|world| async {
        let [a, b, c] = [
            opened(&world, "a").await,
            opened(&world, "b").await,
            opened(&world, "c").await,
        ];
        let refused = async |source, target, words: &str| {
            let error = merge(&world.desk, &world.ines, source, target)
                .await
                .expect_err(words);
            assert!(error.to_string().contains(words), "{error}");
        };
        refused(a, a, "into itself").await;
        merge(&world.desk, &world.ines, a, b).await.expect("merged");
        refused(b, a, "was merged into").await;
        refused(a, c, "was merged into").await;
        merge(&world.desk, &world.ines, b, c).await.expect("merged");
        refused(c, a, "was merged into").await;
        refused(c, TicketId(4711), "ticket #4711").await;
        let refused = undo_merge(&world.desk, &world.ines, c).await;
        assert_eq!(
            refused.expect_err("it is not merged").kind(),
            ErrorKind::Conflict
        );
        let change = world
            .try_change(a, Change::Close)
            .await
            .expect_err("it is merged");
        assert!(
            change.to_string().contains("take the merge back first"),
            "{change}"
        );
        world
    });
}

#[test]
fn two_who_merge_each_into_the_other_at_once_make_no_circle() {
    on_both(|world| async {
        for round in 0..6 {
            let a = opened(&world, &format!("a{round}")).await;
            let b = opened(&world, &format!("b{round}")).await;
            let one = {
                let (desk, ines) = (world.desk.clone(), world.ines.clone());
                tokio::spawn(async move { merge(&desk, &ines, a, b).await })
            };
            let other = merge(&world.desk, &world.ines, b, a).await;
            let one = one.await.expect("it ends");
            assert!(one.is_ok() != other.is_ok(), "{one:?} and {other:?}");
            let late = one.and(other).expect_err("one was late");
            assert!(late.to_string().contains("was merged into"), "{late}");
        }
        world
    });
}

/// Kim asked on the ticket that was merged; she would have waited for ever.
#[test]
fn whoever_asked_on_a_merged_ticket_hears_what_is_said_where_it_is_told() {
    on_both(|world| async {
        let dana = opened(&world, "a").await;
        let kim = mail("Kim <kim@lab.example>", "b", "b").with("Cc", "lee@lab.example");
        let kim = world.opens(&kim).await;
        merge(&world.desk, &world.ines, kim, dana)
            .await
            .expect("merged");
        let heard = async |ticket| {
            world.reply(ticket, "Done.", AndThen::Update).await;
            let (_, sent) = world.last_sent().await;
            let all = sent.to.iter().chain(&sent.cc);
            all.map(|it| it.address.clone()).collect::<Vec<_>>()
        };
        let mut all = heard(dana).await;
        all.sort();
        assert_eq!(
            all,
            ["dana@acme.example", "kim@lab.example", "lee@lab.example"]
        );
        let person = world.conversation(dana).await.participants;
        let person = person.iter().find(|it| it.address == "kim@lab.example");
        let person = person.expect("Kim takes part").person;
        let out = remove_participant(&world.desk, &world.ines, dana, person).await;
        out.expect("an agent may take her out");
        assert!(!heard(dana).await.contains(&"kim@lab.example".to_owned()));
        undo_merge(&world.desk, &world.ines, kim)
            .await
            .expect("back");
        assert_eq!(heard(dana).await, ["dana@acme.example"]);
        assert_eq!(heard(kim).await, ["kim@lab.example", "lee@lab.example"]);
        let again = merge(&world.desk, &world.ines, dana, kim).await;
        again.expect("merged the other way");
        assert_eq!(heard(kim).await.len(), 3);
        world
    });
}

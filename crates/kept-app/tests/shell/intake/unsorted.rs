//! Mail that waits for a human eye, and what people do with it.

use kept_app::domain::intake::Unsorted;
use kept_app::domain::turn::Turn;
use kept_app::intake::{Settle, Taken, restore, settle};
use kept_app::reading::{self, raw_of_unsorted};
use kept_app::tickets::merge;
use kept_app::{Error, ErrorKind};

use crate::support::{Mail, World, mail, on_both};

fn from_nobody(subject: &str) -> Mail {
    mail("x", subject, "Who am I?")
        .without("From")
        .sent_by(None)
}

async fn waiting(world: &World) -> usize {
    let page = reading::unsorted(&world.desk, &world.ines, None).await;
    page.expect("the page").0.len()
}

async fn decide(world: &World, mail: &Mail, how: Settle) -> Result<i64, Error> {
    let id = world.waits(mail).await;
    let ticket = settle(&world.desk, &world.ines, id, how).await?;
    Ok(ticket.map_or(0, |ticket| ticket.0))
}

#[test]
fn a_mail_from_nobody_waits_with_every_byte() {
    on_both(|world| async {
        let odd = from_nobody("Printer").with("From", "");
        let id = world.waits(&odd).await;
        let found = reading::unsorted_mail(&world.desk, &world.ines, id)
            .await
            .expect("it waits");
        assert_eq!(found.reason, Unsorted::NoSender);
        assert_eq!(
            (found.subject.as_str(), found.excerpt.as_str()),
            ("Printer", "Who am I?")
        );
        let raw = raw_of_unsorted(&world.desk, &world.ines, id)
            .await
            .expect("reads");
        assert_eq!(raw, odd.bytes());
        assert_eq!(world.take(&odd).await, Taken::Duplicate);
        assert_eq!(waiting(&world).await, 1);
        world
    });
}

#[test]
fn what_waits_can_begin_a_ticket_or_join_one() {
    on_both(|world| async {
        let opened = decide(&world, &from_nobody("A"), Settle::Open(None)).await;
        assert_eq!(opened.expect("it opens"), 1);
        let ticket = kept_app::domain::ids::TicketId(1);
        assert_eq!(world.conversation(ticket).await.ticket.subject, "A");
        let joined = decide(&world, &from_nobody("B").id("b@x"), Settle::Join(ticket)).await;
        assert_eq!(joined.expect("it joins"), 1);
        assert_eq!(world.said(ticket).await.len(), 2);
        assert!(
            world
                .told(ticket)
                .await
                .contains(&"Put here by hand".to_owned())
        );
        // Its next delivery is known, and so are answers to it.
        assert_eq!(
            world.take(&from_nobody("B").id("b@x")).await,
            Taken::Duplicate
        );
        let answer = mail("lee@acme.example", "Re: B", "Me too").answering("b@x");
        assert_eq!(world.take(&answer).await, Taken::Joined(ticket));
        assert_eq!(waiting(&world).await, 0);
        assert_eq!(
            world.written().await,
            [],
            "nobody is answered by themselves"
        );
        world
    });
}

#[test]
fn a_ticket_that_nobody_asked_for_asks_for_an_address_before_it_is_answered() {
    on_both(|world| async {
        decide(&world, &from_nobody("A"), Settle::Open(None))
            .await
            .expect("it opens");
        let ticket = kept_app::domain::ids::TicketId(1);
        let then = kept_app::domain::tickets::AndThen::Update;
        let refused = world.try_reply(ticket, "Hello?", then, None).await;
        let words = refused.expect_err("there is nobody").to_string();
        assert_eq!(
            words,
            "There is nobody this could go to; add an address to To"
        );
        world
    });
}

#[test]
fn what_is_put_on_a_merged_ticket_lands_where_that_is_told() {
    on_both(|world| async {
        let old = world
            .opens(&mail("dana@acme.example", "Printer", "x"))
            .await;
        let new = world.opens(&mail("dana@acme.example", "Smoke", "y")).await;
        merge(&world.desk, &world.ines, old, new)
            .await
            .expect("merged");
        let landed = decide(&world, &from_nobody("B"), Settle::Join(old)).await;
        assert_eq!(landed.expect("it joins"), new.0);
        assert_eq!(world.conversation(new).await.ticket.turn(), Turn::Desk);
        world
    });
}

#[test]
fn what_was_discarded_can_be_fetched_back_and_nothing_is_decided_twice() {
    on_both(|world| async {
        let id = world.waits(&from_nobody("A")).await;
        let decide = async |how| settle(&world.desk, &world.ines, id, how).await;
        assert_eq!(decide(Settle::Discard).await.expect("discarded"), None);
        assert_eq!(waiting(&world).await, 0);
        let twice = decide(Settle::Open(None))
            .await
            .expect_err("it was decided");
        assert_eq!(twice.kind(), ErrorKind::Conflict);
        assert_eq!(world.rows("tickets").await, 0, "nothing of it was kept");
        restore(&world.desk, &world.ines, id)
            .await
            .expect("is back");
        assert_eq!(waiting(&world).await, 1);
        let again = restore(&world.desk, &world.ines, id)
            .await
            .expect_err("it is back");
        assert_eq!(again.kind(), ErrorKind::Conflict);
        decide(Settle::Open(None)).await.expect("it opens");
        let late = restore(&world.desk, &world.ines, id)
            .await
            .expect_err("it is a ticket");
        assert_eq!(late.kind(), ErrorKind::Conflict);
        world
    });
}

#[test]
fn nothing_is_put_where_nothing_is() {
    on_both(|world| async {
        let nowhere = kept_app::domain::ids::TicketId(4711);
        let lost = decide(&world, &from_nobody("A"), Settle::Join(nowhere)).await;
        assert_eq!(
            lost.expect_err("no such ticket").kind(),
            ErrorKind::NotFound
        );
        let queue = kept_app::domain::ids::QueueId(4711);
        let lost = decide(&world, &from_nobody("B"), Settle::Open(Some(queue))).await;
        assert_eq!(lost.expect_err("no such queue").kind(), ErrorKind::NotFound);
        assert_eq!(waiting(&world).await, 2, "both still wait");
        world
    });
}

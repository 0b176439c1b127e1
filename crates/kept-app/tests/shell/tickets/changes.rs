//! Small changes: what they do to the ticket, what is refused, what the history says.

use std::collections::BTreeSet;

use kept_app::ErrorKind;
use kept_app::domain::ids::{PersonId, QueueId, TicketId};
use kept_app::domain::people::Role;
use kept_app::domain::tickets::{Aside, Kind, Priority, Status, Tag};
use kept_app::domain::turn::Turn;
use kept_app::reading::{self, View};
use kept_app::settings::agents::{self, NewAgent};
use kept_app::tickets::{Change, NewTicket, open};

use crate::support::{World, address, mail, on_both};

async fn opened(world: &World) -> TicketId {
    let subject = format!("Printer {}", world.rows("tickets").await);
    world
        .opens(&mail("dana@acme.example", &subject, "It smells."))
        .await
}

fn vip() -> Tag {
    Tag::parse("vip").expect("a tag")
}

async fn last_told(world: &World, ticket: TicketId) -> String {
    world.told(ticket).await.pop().unwrap_or_default()
}

#[test]
fn each_change_is_in_the_history_in_words() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await.person;
        let ticket = opened(&world).await;
        let check = async |change: Change, told: &str| {
            world.change(ticket, change).await;
            assert_eq!(last_told(&world, ticket).await, told);
        };
        check(
            Change::Assign(noor),
            "Made Noor Haddad responsible, before: Ines Moreau",
        )
        .await;
        check(
            Change::Priority(Priority::High),
            "Changed the priority from normal to high",
        )
        .await;
        check(
            Change::Subject("  Plotter\r\n".into()),
            "Changed the subject, before: “Printer 0”",
        )
        .await;
        check(
            Change::Kind(Kind::Incident),
            "Changed the kind from request to incident",
        )
        .await;
        check(Change::Tag(vip()), "Tagged it vip").await;
        check(Change::Tag(vip()), "Tagged it vip").await;
        check(Change::Untag(vip()), "Took the tag vip off").await;
        check(
            Change::Resolve,
            "Resolved; the client can confirm or reopen it",
        )
        .await;
        check(Change::Close, "Closed").await;
        check(Change::Reopen, "Reopened").await;
        check(Change::MarkSpam, "Marked as spam").await;
        check(Change::UnmarkSpam, "Said this is not spam").await;
        let found = world.conversation(ticket).await.ticket;
        assert_eq!(
            (found.subject.as_str(), found.responsible),
            ("Plotter", noor)
        );
        assert_eq!(
            (found.priority, found.status),
            (Priority::High, Status::Open)
        );
        world
    });
}

#[test]
fn changing_nothing_records_nothing() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let before = world.rows("events").await;
        let (ines, queue) = (world.ines.person, world.queue().await);
        for change in [
            Change::Assign(ines),
            Change::Queue(queue),
            Change::Priority(Priority::Normal),
            Change::Subject("Printer 0".into()),
        ] {
            world.change(ticket, change).await;
        }
        assert_eq!(world.rows("events").await, before);
        world
    });
}

#[test]
fn what_can_not_be_done_says_why_and_does_nothing() {
    on_both(|world| async {
        let [spam, open, ended] = [
            opened(&world).await,
            opened(&world).await,
            opened(&world).await,
        ];
        world.change(spam, Change::MarkSpam).await;
        world.change(ended, Change::Close).await;
        let dana = world.conversation(open).await.requester.expect("Dana").id;
        let before = world.rows("events").await;
        let check = async |ticket: TicketId, change: Change, kind: ErrorKind, words: &str| {
            let error = world.try_change(ticket, change).await.expect_err(words);
            assert!(error.to_string().contains(words), "{error}");
            assert_eq!(error.kind(), kind, "{error}");
        };
        use ErrorKind::{Conflict, Invalid, NotFound};
        check(TicketId(4711), Change::Close, NotFound, "ticket #4711").await;
        check(open, Change::Assign(dana), Invalid, "works at this desk").await;
        check(
            open,
            Change::Assign(PersonId(4711)),
            Invalid,
            "works at this desk",
        )
        .await;
        check(
            open,
            Change::Queue(QueueId(4711)),
            Invalid,
            "a queue that exists",
        )
        .await;
        check(
            open,
            Change::Subject(" \n".into()),
            Conflict,
            "needs a subject",
        )
        .await;
        check(open, Change::Reopen, Conflict, "still open").await;
        check(open, Change::UnmarkSpam, Conflict, "not marked as spam").await;
        check(ended, Change::Close, Conflict, "already resolved or closed").await;
        check(
            ended,
            Change::Resolve,
            Conflict,
            "already resolved or closed",
        )
        .await;
        check(spam, Change::Close, Conflict, "say it is not spam first").await;
        check(spam, Change::MarkSpam, Conflict, "say it is not spam first").await;
        assert_eq!(world.rows("events").await, before);
        world
    });
}

async fn listed(world: &World, view: View) -> Vec<i64> {
    let page = reading::inbox(&world.desk, &world.ines, view, None)
        .await
        .expect("a page")
        .0;
    page.iter().map(|row| row.ticket.id.0).collect()
}

#[test]
fn the_inbox_and_its_counts_follow_every_change() {
    on_both(|world| async {
        let [a, b, c, d] = [
            opened(&world).await,
            opened(&world).await,
            opened(&world).await,
            opened(&world).await,
        ];
        world.change(b, Change::Resolve).await;
        world.change(c, Change::Close).await;
        world.change(d, Change::MarkSpam).await;
        assert_eq!(
            world.conversation(d).await.ticket.aside(),
            Some(Aside::Spam)
        );
        assert_eq!(world.conversation(d).await.ticket.turn(), Turn::Nobody);
        let views = [
            View::All,
            View::Mine,
            View::Resolved,
            View::Closed,
            View::Spam,
            View::Parked,
        ];
        let expected = [
            vec![a.0],
            vec![a.0],
            vec![b.0],
            vec![c.0],
            vec![d.0],
            vec![],
        ];
        for (view, expected) in views.into_iter().zip(expected) {
            assert_eq!(listed(&world, view).await, expected, "{view:?}");
        }
        let tally = reading::tally(&world.desk, world.ines.person)
            .await
            .expect("counts");
        let counts = (
            tally.open,
            tally.mine,
            tally.now,
            tally.resolved,
            tally.closed,
            tally.spam,
        );
        assert_eq!(counts, (1, 1, 1, 1, 1, 1));
        assert_eq!((tally.queued, tally.failed, tally.unsorted), (1, 0, 0));
        world
    });
}

fn call(queue: QueueId, subject: &str) -> NewTicket {
    NewTicket {
        subject: subject.into(),
        requester: Some(address("Dana@acme.example")),
        requester_name: "Dana Fox".into(),
        queue,
        priority: Priority::High,
        kind: Kind::Incident,
        text: "She called: it smells.".into(),
        files: vec![],
        tags: BTreeSet::new(),
        steps: vec![],
        fields: vec![],
        take: true,
    }
}

#[test]
fn an_agent_opens_a_ticket_for_somebody_on_the_phone() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let queue = world.queue().await;
        let ticket = open(&world.desk, &noor, call(queue, "Printer"))
            .await
            .expect("it opens");
        let found = world.conversation(ticket).await;
        assert_eq!(found.responsible, "Noor Haddad");
        assert_eq!(found.requester.map(|p| p.name).as_deref(), Some("Dana Fox"));
        assert_eq!(
            (found.ticket.priority, found.ticket.kind),
            (Priority::High, Kind::Incident)
        );
        assert_eq!(found.addressees.to[0].address, "dana@acme.example");
        assert_eq!(world.written().await, [], "nobody is told by itself");
        let refused = open(&world.desk, &noor, call(queue, " ")).await;
        assert!(refused.is_err());
        let refused = open(&world.desk, &noor, call(QueueId(4711), "x")).await;
        assert_eq!(refused.expect_err("no queue").kind(), ErrorKind::Invalid);
        assert_eq!(world.rows("tickets").await, 1);
        world
    });
}

#[test]
fn whoever_leaves_leaves_no_ticket_without_a_holder() {
    on_both(|world| async {
        let first = NewAgent {
            name: "Ines Moreau".into(),
            address: address("ines@desk.example"),
            role: Role::Admin,
            password: "a long enough one".into(),
        };
        agents::add_as(&world.desk, None, first)
            .await
            .expect("is added");
        let noor = world.agent("Noor Haddad", "noor@desk.example").await.person;
        let [open, ended, spam] = [
            opened(&world).await,
            opened(&world).await,
            opened(&world).await,
        ];
        for ticket in [open, ended, spam] {
            world.change(ticket, Change::Assign(noor)).await;
        }
        world.change(ended, Change::Resolve).await;
        world.change(spam, Change::MarkSpam).await;
        agents::leave(&world.desk, &world.ines, noor)
            .await
            .expect("she leaves");
        for ticket in [open, ended] {
            assert_eq!(world.conversation(ticket).await.responsible, "Ines Moreau");
        }
        let refused = agents::leave(&world.desk, &world.ines, world.ines.person).await;
        assert_eq!(
            refused.expect_err("she dispatches").kind(),
            ErrorKind::Conflict
        );
        // What comes back later has a holder, too.
        world.change(spam, Change::UnmarkSpam).await;
        world
    });
}

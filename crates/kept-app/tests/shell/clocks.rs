//! The clocks of a whole desk: what is owed is stored, rings at its time, and every step is taken once.

use kept_app::domain::clocks::{Outcome, Owed, Side};
use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Priority, Status};
use kept_app::domain::turn::Turn;
use kept_app::store::obligations::{self, Stored};
use kept_app::tickets::Change;
use kept_app::{Error, clocks};

use crate::support::{World, mail, monday, on_both};

/// Minutes of a day; the default agreement works Monday to Friday, nine to five, and the stories begin on a Monday at nine.
const DAY: u64 = 24 * 60;

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme"))
        .await
}

async fn owed(world: &World, ticket: TicketId) -> Vec<Stored> {
    let rows = world
        .desk
        .store()
        .read(move |tx| obligations::of_tickets(tx, &[ticket]));
    let rows: Result<_, Error> = rows.await.map_err(Error::from);
    rows.expect("they are read")
}

/// What became of each, such as `first-response met`.
async fn record(world: &World, ticket: TicketId) -> Vec<String> {
    let rows = owed(world, ticket).await;
    let said = |row: &Stored| {
        let outcome = row.settled.map_or(Outcome::Owed, |(_, outcome)| outcome);
        format!("{} {}", row.owed.as_str(), outcome.as_str())
    };
    let mut said: Vec<String> = rows.iter().map(said).collect();
    said.sort();
    said
}

async fn ring(world: &World) {
    clocks::ring_due(&world.desk)
        .await
        .expect("the clocks are looked at");
}

/// How often each of these steps stands in the history.
async fn steps(world: &World, ticket: TicketId) -> (usize, usize, usize) {
    let happened = world.conversation(ticket).await.happened;
    let count = |is: fn(&Event) -> bool| {
        happened
            .iter()
            .filter(|line| is(&line.recorded.event))
            .count()
    };
    (
        count(|event| matches!(event, Event::Reminded { .. })),
        count(|event| matches!(event, Event::Parked)),
        count(|event| matches!(event, Event::ClosedUnanswered)),
    )
}

#[test]
fn from_its_first_moment_a_ticket_owes_something() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let rows = owed(&world, ticket).await;
        let due = |owed: Owed| {
            rows.iter()
                .find(|row| row.owed == owed)
                .and_then(|row| row.due)
        };
        let at = |minutes: i64| Some(monday() + jiff::SignedDuration::from_mins(minutes));
        assert_eq!(due(Owed::FirstResponse), at(4 * 60));
        // 24 business hours are three days of eight.
        assert_eq!(due(Owed::Resolution), at(2 * 24 * 60 + 8 * 60));
        assert!(rows.iter().all(|row| row.side == Side::Desk));
        world
    });
}

#[test]
fn an_answer_in_time_is_met_and_a_late_one_is_on_the_record() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        world.later(60);
        world.reply(ticket, "I am on it", AndThen::Update).await;
        assert!(
            record(&world, ticket)
                .await
                .contains(&"first-response met".to_owned())
        );
        let other = world
            .opens(&mail("lee@acme.example", "Monitor", "It is dark.").id("2@acme"))
            .await;
        world.later(5 * 60);
        ring(&world).await;
        world.reply(other, "Sorry", AndThen::Update).await;
        assert!(
            record(&world, other)
                .await
                .contains(&"first-response missed".to_owned())
        );
        let told = world.told(other).await;
        assert!(
            told.iter().any(|line| line == "Late: a first response"),
            "{told:#?}"
        );
        world
    });
}

#[test]
fn a_priority_changes_the_due_time_from_the_beginning() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        world.later(10);
        world
            .change(ticket, Change::Priority(Priority::Urgent))
            .await;
        let rows = owed(&world, ticket).await;
        let first = rows.iter().find(|row| row.owed == Owed::FirstResponse);
        let expected = monday() + jiff::SignedDuration::from_mins(30);
        assert_eq!(first.and_then(|row| row.due), Some(expected));
        world
    });
}

#[test]
fn a_silent_client_is_reminded_parked_closed_and_woken_by_any_word() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        world
            .reply(ticket, "Which printer is it?", AndThen::Ask)
            .await;
        world.later(2 * DAY + 60);
        ring(&world).await;
        ring(&world).await;
        assert_eq!(steps(&world, ticket).await, (1, 0, 0));
        world.later(2 * DAY);
        ring(&world).await;
        assert_eq!(steps(&world, ticket).await, (2, 0, 0));
        world.later(5 * DAY);
        ring(&world).await;
        assert_eq!(steps(&world, ticket).await, (2, 1, 0));
        let parked = world.conversation(ticket).await.ticket;
        assert_eq!(
            (parked.status, parked.turn()),
            (Status::Parked, Turn::Client)
        );
        let mails = world.written().await;
        let last = mails.last().expect("they are told");
        assert!(last.text.contains("just answer this mail"), "{}", last.text);

        let answer = mail("dana@acme.example", "Re: Printer", "The one upstairs.");
        world
            .take(&answer.id("2@acme").with("In-Reply-To", "<1@acme>"))
            .await;
        let woken = world.conversation(ticket).await.ticket;
        assert_eq!((woken.status, woken.turn()), (Status::Open, Turn::Desk));
        assert!(
            record(&world, ticket)
                .await
                .contains(&"answer missed".to_owned())
        );

        world.reply(ticket, "And which floor?", AndThen::Ask).await;
        for _ in 0..40 {
            world.later(DAY);
            ring(&world).await;
        }
        assert_eq!(steps(&world, ticket).await, (4, 2, 1));
        let closed = world.conversation(ticket).await.ticket;
        assert_eq!(
            (closed.status, closed.turn()),
            (Status::Closed, Turn::Nobody)
        );
        world
    });
}

#[test]
fn what_the_client_neither_confirms_nor_rejects_is_closed() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        world.later(60);
        world
            .reply(ticket, "It was the fuser.", AndThen::Resolve)
            .await;
        world.later(7 * DAY);
        ring(&world).await;
        assert_eq!(
            world.conversation(ticket).await.ticket.status,
            Status::Resolved
        );
        world.later(1);
        ring(&world).await;
        assert_eq!(
            world.conversation(ticket).await.ticket.status,
            Status::Closed
        );
        assert_eq!(
            record(&world, ticket).await,
            [
                "confirmation missed",
                "first-response met",
                "resolution met"
            ]
        );
        world
    });
}

#[test]
fn who_is_responsible_and_who_dispatches_hear_of_what_is_late() {
    on_both(|world| async {
        opened(&world).await;
        world.later(3 * 60);
        ring(&world).await;
        assert_eq!(world.rows("notifications").await, 2, "new, and due soon");
        world.later(2 * 60);
        ring(&world).await;
        assert_eq!(
            world.rows("notifications").await,
            3,
            "late; the dispatcher is the same person"
        );
        world
    });
}

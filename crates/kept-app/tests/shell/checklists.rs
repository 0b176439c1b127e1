//! Checklists: added, ticked with who and what shows it, given to people, and the same after a start in between.

use jiff::{SignedDuration, Timestamp};
use kept_app::checklists::{self, Edit, Listed};
use kept_app::domain::checklists::NewStep;
use kept_app::domain::ids::TicketId;
use kept_app::reading::{self, View};
use kept_app::tickets::Change;
use kept_app::{Error, ErrorKind};

use crate::support::{World, mail, monday, on_both};

fn at(hours: i64) -> Timestamp {
    monday() + SignedDuration::from_hours(hours)
}

fn step(what: &str) -> NewStep {
    NewStep {
        what: what.into(),
        ..NewStep::default()
    }
}

async fn try_edit(world: &World, ticket: TicketId, edit: Edit) -> Result<(), Error> {
    checklists::edit(&world.desk, &world.ines, ticket, edit).await
}

async fn edit(world: &World, ticket: TicketId, edit: Edit) {
    try_edit(world, ticket, edit).await.expect("is edited");
}

async fn opened(world: &World) -> TicketId {
    let opened = mail(
        "Dana Fox <dana@acme.example>",
        "New colleague",
        "On Monday.",
    )
    .id("1@acme");
    let ticket = world.opens(&opened).await;
    let steps = ["Make the account", "Order a phone", "Show them around"].map(step);
    edit(world, ticket, Edit::Add(steps.to_vec())).await;
    ticket
}

async fn listed(world: &World, ticket: TicketId) -> Vec<Listed> {
    let all = checklists::of_ticket(&world.desk, &world.ines, ticket).await;
    all.expect("is listed")
}

async fn words(world: &World, ticket: TicketId) -> Vec<String> {
    let all = listed(world, ticket).await;
    all.into_iter().map(|it| it.step.what).collect()
}

#[test]
fn a_list_is_made_ticked_and_sorted_and_reads_the_same_after_a_start() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        world.later(5);
        edit(&world, ticket, Edit::Tick(2, "receipt.pdf".into())).await;
        edit(&world, ticket, Edit::Shift { step: 3, up: true }).await;
        edit(&world, ticket, Edit::Remove(1)).await;
        let all = listed(&world, ticket).await;
        let again = world.again(|_| {}).await;
        let after = checklists::of_ticket(&again, &world.ines, ticket).await;
        again.close().await;
        assert_eq!(after.expect("is listed"), all);
        assert_eq!(
            words(&world, ticket).await,
            ["Show them around", "Order a phone"]
        );
        let done = all[1].step.done.clone().expect("is done");
        assert_eq!(done.at, monday() + SignedDuration::from_mins(5));
        assert_eq!(done.evidence.as_deref(), Some("receipt.pdf"));
        assert_eq!(all[1].done_by.as_deref(), Some("Ines Moreau"));
        let page = reading::inbox(&world.desk, &world.ines, View::All, None).await;
        let progress = page.expect("the inbox").0[0].progress.expect("a list");
        assert_eq!((progress.done, progress.all), (1, 2));
        edit(&world, ticket, Edit::Restore(1)).await;
        let restored = ["Show them around", "Order a phone", "Make the account"];
        assert_eq!(words(&world, ticket).await, restored);
        let gone = try_edit(&world, ticket, Edit::Tick(1, String::new())).await;
        assert_eq!(
            gone.expect_err("is another now").kind(),
            ErrorKind::Conflict
        );
        world
    });
}

#[test]
fn a_task_stands_with_whose_it_is_by_its_day_until_it_is_done() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let task = |what: &str, due| NewStep {
            what: what.into(),
            person: Some(noor.person),
            due,
        };
        edit(
            &world,
            ticket,
            Edit::Change(1, task("Make the account", None)),
        )
        .await;
        edit(
            &world,
            ticket,
            Edit::Change(2, task("Order a phone", Some(at(48)))),
        )
        .await;
        edit(
            &world,
            ticket,
            Edit::Change(3, task("Show them around", Some(at(24)))),
        )
        .await;
        let tasks = || async {
            let all = checklists::tasks(&world.desk, &noor).await.expect("tasks");
            all.into_iter().map(|it| it.step.what).collect::<Vec<_>>()
        };
        let all = ["Show them around", "Order a phone", "Make the account"];
        assert_eq!(tasks().await, all);
        edit(&world, ticket, Edit::Tick(3, String::new())).await;
        assert_eq!(tasks().await, all[1..]);
        edit(&world, ticket, Edit::Untick(3)).await;
        assert_eq!(tasks().await, all);
        world.change(ticket, Change::Close).await;
        assert_eq!(tasks().await, [""; 0]);
        world
    });
}

#[test]
fn what_can_not_be_a_step_is_refused_with_words() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let dana = NewStep {
            person: world.conversation(ticket).await.ticket.requester,
            ..step("Order a phone")
        };
        for (wrong, says) in [
            (Edit::Add(vec![]), "Write what is to be done"),
            (Edit::Add(vec![step(" ")]), "Write what is to be done"),
            (Edit::Change(2, dana), "works at this desk"),
            (Edit::Tick(2, "a".repeat(501)), "too long"),
            (Edit::Untick(9), "not there any more"),
            (Edit::Restore(2), "not there any more"),
        ] {
            let refused = try_edit(&world, ticket, wrong).await;
            let words = refused.expect_err("is refused").to_string();
            assert!(words.contains(says), "{says}: {words}");
        }
        assert_eq!(
            checklists::open_steps(&world.desk, &world.ines, ticket)
                .await
                .ok(),
            Some(3)
        );
        world
    });
}

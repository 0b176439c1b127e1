//! Tickets that recur: each date is opened once, by whichever node, also when the desk was stopped meanwhile.

use std::collections::BTreeSet;

use jiff::civil::{date, time};
use kept_app::domain::ids::{RecurrenceId, TemplateId, TicketId};
use kept_app::domain::recurring::Recurrence;
use kept_app::domain::templates::Template;
use kept_app::domain::tickets::{Kind, Priority, Tag};
use kept_app::people::{ClientCard, add_client};
use kept_app::{Error, ErrorKind, checklists, recurring, templates, worker};

use crate::support::{World, on_both};

async fn template(world: &World) -> TemplateId {
    let template = Template {
        name: "Backups".into(),
        subject: "Look at the backups".into(),
        text: "Every one of them.".into(),
        queue: None,
        kind: Kind::Request,
        priority: Priority::High,
        tags: BTreeSet::from([Tag::parse("backup").expect("a tag")]),
        steps: vec!["Read the log".into(), "Restore a file".into()],
    };
    let id = templates::write(&world.desk, &world.ines, None, template).await;
    id.expect("is written")
}

/// From Monday noon on; the desk's clock stands on Monday 9:00.
async fn daily(world: &World, rule: &str) -> Result<RecurrenceId, Error> {
    let recurrence = Recurrence {
        name: "Daily backups".into(),
        template: template(world).await,
        client: None,
        queue: None,
        rule: rule.into(),
        first: date(2026, 11, 23),
        time: time(12, 0, 0, 0),
        zone: "UTC".into(),
    };
    recurring::write(&world.desk, &world.ines, None, recurrence).await
}

async fn opened(world: &World, id: RecurrenceId) -> Vec<(String, Option<TicketId>)> {
    let detail = recurring::one(&world.desk, &world.ines, id).await;
    let runs = detail.expect("is there").runs.into_iter().rev();
    runs.map(|run| (run.date.to_string(), run.ticket)).collect()
}

#[test]
fn a_ticket_is_opened_on_its_day_with_all_its_template_brings() {
    on_both(|world| async {
        let fox = ClientCard {
            name: "Fox".into(),
            domains: vec![],
            ..ClientCard::default()
        };
        let client = add_client(&world.desk, &world.ines, fox)
            .await
            .expect("a client");
        let id = daily(&world, "FREQ=DAILY").await.expect("recurs");
        let mut recurrence = recurring::one(&world.desk, &world.ines, id)
            .await
            .expect("is there")
            .stored
            .recurrence;
        recurrence.client = Some(client);
        let written = recurring::write(&world.desk, &world.ines, Some(id), recurrence).await;
        written.expect("is written anew");
        world.later(179);
        world.work().await;
        assert_eq!(opened(&world, id).await, []);
        world.later(1);
        world.work().await;
        let runs = opened(&world, id).await;
        let ticket = runs[0].1.expect("a ticket");
        let told = world.conversation(ticket).await.ticket;
        assert_eq!(told.subject, "Look at the backups, 23 Nov 2026");
        assert_eq!((told.client, told.priority), (Some(client), Priority::High));
        assert_eq!(told.tags.len(), 1);
        let steps = checklists::of_ticket(&world.desk, &world.ines, ticket).await;
        assert_eq!(steps.expect("steps").len(), 2);
        assert!(world.said(ticket).await[0].contains("Recurs: Daily backups"));
        world
    });
}

#[test]
fn each_date_is_opened_once_whoever_looks_and_whenever_it_was_stopped() {
    on_both(|world| async {
        let id = daily(&world, "FREQ=DAILY").await.expect("recurs");
        // Nobody runs for two days and a bit; then two nodes start.
        world.later(60 * 52);
        let other = world.again(|_| {}).await;
        worker::run_due(&other).await.expect("the worker works");
        world.work().await;
        other.close().await;
        let runs = opened(&world, id).await;
        let dates: Vec<&str> = runs.iter().map(|(date, _)| &**date).collect();
        assert_eq!(dates, ["2026-11-23", "2026-11-24", "2026-11-25"]);
        assert_eq!(world.rows("tickets").await, 3);
        // Written anew on the same day, it is not opened a second time.
        let stored = recurring::one(&world.desk, &world.ines, id)
            .await
            .expect("is there")
            .stored;
        let later = Recurrence {
            time: time(18, 0, 0, 0),
            ..stored.recurrence
        };
        let written = recurring::write(&world.desk, &world.ines, Some(id), later).await;
        written.expect("is written anew");
        world.later(60 * 6);
        world.work().await;
        assert_eq!(world.rows("tickets").await, 3);
        world
    });
}

#[test]
fn what_pauses_or_is_removed_opens_nothing_and_what_passed_is_left_out() {
    on_both(|world| async {
        let id = daily(&world, "FREQ=DAILY;COUNT=4").await.expect("recurs");
        let pause = |paused| recurring::pause(&world.desk, &world.ines, id, paused);
        pause(true).await.expect("pauses");
        world.later(60 * 28);
        world.work().await;
        assert_eq!(world.rows("tickets").await, 0);
        pause(false).await.expect("goes on");
        world.later(60 * 24);
        world.work().await;
        assert_eq!(opened(&world, id).await.len(), 1);
        let remove = |back| recurring::remove(&world.desk, &world.ines, id, back);
        remove(false).await.expect("is removed");
        world.later(60 * 24);
        world.work().await;
        remove(true).await.expect("is back");
        world.work().await;
        assert_eq!(world.rows("tickets").await, 1);
        let over = recurring::one(&world.desk, &world.ines, id)
            .await
            .expect("is there");
        assert_eq!((over.stored.next, over.coming), (None, vec![]));
        world
    });
}

#[test]
fn only_admins_plan_and_what_can_not_recur_is_said() {
    on_both(|world| async {
        let wrong = daily(&world, "FREQ=HOURLY").await.expect_err("is refused");
        assert_eq!(wrong.kind(), ErrorKind::Invalid);
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let denied = recurring::all(&world.desk, &noor).await;
        assert_eq!(denied.expect_err("may not").kind(), ErrorKind::Denied);
        let id = daily(&world, "FREQ=MONTHLY;BYDAY=1MO")
            .await
            .expect("recurs");
        let detail = recurring::one(&world.desk, &world.ines, id)
            .await
            .expect("is there");
        let days: Vec<String> = detail.coming.iter().map(ToString::to_string).collect();
        assert_eq!(days[..2], ["2026-12-07T12:00:00Z", "2027-01-04T12:00:00Z"]);
        assert_eq!(days.len(), 5);
        world
    });
}

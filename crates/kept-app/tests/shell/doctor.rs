//! The doctor finds what is not whole, and rebuilds what can be worked out again.

use kept_app::doctor::{examine, rebuild};
use kept_app::domain::tickets::AndThen;

use crate::support::{World, mail, on_both, on_both_damaged};

/// One ticket with everything on it, and a mail that waits.
async fn busy(world: &World) {
    let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
    let ticket = world.opens(&first).await;
    world.reply(ticket, "Which?", AndThen::Ask).await;
    let answer = mail("dana@acme.example", "Re: Printer", "That one").answering("1@acme");
    world.take(&answer).await;
    world
        .opens(&mail("lee@acme.example", "Plotter", "It sings."))
        .await;
    world
        .take(&mail("x", "From nobody", "?").without("From").sent_by(None))
        .await;
}

async fn findings(world: &World) -> Vec<String> {
    examine(&world.desk)
        .await
        .expect("the doctor looks")
        .findings
}

#[test]
fn a_whole_desk_is_counted_and_found_whole() {
    on_both(|world| async {
        busy(&world).await;
        let report = examine(&world.desk).await.expect("the doctor looks");
        assert!(report.is_content(), "{:?}", report.findings);
        let counts = (
            report.tickets,
            report.messages,
            report.originals,
            report.unsorted,
        );
        assert_eq!(counts, (2, 4, 4, 1));
        assert_eq!(report.events, 2 * 3 + 2);
        world
    });
}

/// Whatever a column was changed to, it is found, and is as before after rebuilding.
async fn check(world: &World, sql: &'static str, finding: &str) {
    let before = world
        .conversation(kept_app::domain::ids::TicketId(1))
        .await
        .ticket;
    world.tamper(sql).await;
    let found = findings(world).await;
    assert!(
        found.iter().any(|line| line.contains(finding)),
        "{sql}: {found:?}"
    );
    assert_eq!(rebuild(&world.desk).await.expect("rebuilds"), 2);
    assert_eq!(findings(world).await, Vec::<String>::new(), "{sql}");
    let after = world
        .conversation(kept_app::domain::ids::TicketId(1))
        .await
        .ticket;
    assert_eq!(after, before, "{sql}");
}

#[test]
fn columns_that_differ_from_the_history_are_found_and_rebuilt() {
    on_both(|world| async {
        busy(&world).await;
        for sql in [
            "UPDATE tickets SET status = 'closed' WHERE id = 1",
            "UPDATE tickets SET turn = 'client' WHERE id = 1",
            "UPDATE tickets SET subject = 'Other' WHERE id = 1",
            "UPDATE tickets SET turn_since_ms = 0 WHERE id = 1",
            "UPDATE tickets SET priority = 'urgent' WHERE id = 1",
            "UPDATE tickets SET requester_id = NULL WHERE id = 1",
            "UPDATE tickets SET spam_since_ms = 1 WHERE id = 1",
            "UPDATE tickets SET merged_into = 2 WHERE id = 1",
        ] {
            check(&world, sql, "#1 differs from what its events say").await;
        }
        world
    });
}

#[test]
fn a_ticket_that_lists_look_for_in_the_wrong_place_is_found_and_put_back() {
    on_both(|world| async {
        busy(&world).await;
        for sql in [
            "UPDATE tickets SET turn_rank = 2 WHERE id = 1",
            "UPDATE tickets SET shelf = 'closed' WHERE id = 1",
            "UPDATE tickets SET shelf = 'merged', turn_rank = 3 WHERE id = 2",
        ] {
            check(&world, sql, "stands in the wrong list").await;
        }
        world
    });
}

#[test]
fn counts_that_are_off_are_found_and_counted_again() {
    on_both(|world| async {
        busy(&world).await;
        world
            .desk
            .store()
            .write(kept_app::store::counts::fold)
            .await
            .expect("folds");
        check(
            &world,
            "UPDATE ticket_counts SET tickets = tickets + 1",
            "counts of the inbox",
        )
        .await;
        check(&world, "DELETE FROM ticket_counts", "counts of the inbox").await;
        world
    });
}

fn check_damage(sql: &'static str, finding: &'static str) {
    on_both_damaged(|world| async move {
        busy(&world).await;
        world.tamper(sql).await;
        let found = findings(&world).await;
        assert!(
            found.iter().any(|line| line.contains(finding)),
            "{sql}: {found:?}"
        );
        world
    });
}

#[test]
fn what_can_not_be_rebuilt_is_told() {
    check_damage(
        "DELETE FROM blobs WHERE sha256 = (SELECT raw_sha256 FROM messages WHERE id = 1)",
        "message 1 of #1",
    );
    check_damage("UPDATE blobs SET body = NULL", "is missing");
    check_damage(
        "DELETE FROM blobs WHERE sha256 = (SELECT raw_sha256 FROM unsorted)",
        "unsorted mail 1",
    );
    check_damage(
        "DELETE FROM events WHERE ticket_id = 2",
        "ticket #2 has no history",
    );
    check_damage("UPDATE people SET role = NULL", "no longer works here");
}

#[test]
fn a_file_that_is_gone_is_told_with_its_name() {
    on_both_damaged(|world| async {
        busy(&world).await;
        let note = kept_app::tickets::Note {
            text: "The plan".into(),
            files: vec![kept_app::tickets::Upload {
                filename: "plan.txt".into(),
                content_type: "text/plain".into(),
                content: "gone tomorrow".into(),
            }],
        };
        let ticket = kept_app::domain::ids::TicketId(1);
        kept_app::tickets::note(&world.desk, &world.ines, ticket, note)
            .await
            .expect("is noted");
        assert_eq!(findings(&world).await, Vec::<String>::new());
        world
            .tamper("DELETE FROM blobs WHERE sha256 IN (SELECT sha256 FROM attachments)")
            .await;
        let found = findings(&world).await;
        assert!(
            found.iter().any(|line| line.contains("plan.txt")),
            "{found:?}"
        );
        world
    });
}

//! The client says that it is done, from the link in the mail.

use kept_app::domain::clocks::{Outcome, Owed};
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::store::obligations;
use kept_app::tickets::{Change, Ended, confirm_by_link, resolution_by_link};
use kept_app::{Error, ErrorKind};

use crate::support::{World, mail, on_both};

const FROM: &str = "203.0.113.9";

async fn resolved(world: &World) -> (TicketId, String) {
    let ticket = world
        .opens(&mail("dana@acme.example", "Printer", "It smells.").id("1@acme"))
        .await;
    world
        .reply(ticket, "It has a new fan.", AndThen::Resolve)
        .await;
    let written = world.written().await;
    let text = &written.last().expect("a mail").text;
    let (_, rest) = text
        .split_once("https://desk.example/done/")
        .expect("a link");
    let in_token = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (ticket, rest.chars().take_while(in_token).collect())
}

async fn confirmation(world: &World, ticket: TicketId) -> Option<Outcome> {
    let rows = world
        .desk
        .store()
        .read(move |tx| obligations::of_tickets(tx, &[ticket]));
    let rows: Result<_, Error> = rows.await.map_err(Error::from);
    let rows = rows.expect("they are read");
    let row = rows.iter().rfind(|row| row.owed == Owed::Confirmation);
    row.map(|row| row.settled.map_or(Outcome::Owed, |(_, outcome)| outcome))
}

#[test]
fn s05_one_click_confirms_and_closes_and_a_second_changes_nothing() {
    on_both(|world| async {
        let (ticket, token) = resolved(&world).await;
        let seen = resolution_by_link(&world.desk, &token, FROM)
            .await
            .expect("a page");
        assert_eq!((seen.number, seen.ended), (ticket.0, Ended::Resolved));
        assert_eq!(confirmation(&world, ticket).await, Some(Outcome::Owed));
        world.later(60);
        for _ in 0..2 {
            confirm_by_link(&world.desk, &token, FROM)
                .await
                .expect("it is confirmed");
        }
        assert_eq!(confirmation(&world, ticket).await, Some(Outcome::Met));
        let told = world.told(ticket).await;
        let confirmed = told.iter().filter(|line| line.starts_with("Confirmed"));
        assert_eq!(confirmed.count(), 1, "{told:#?}");
        let seen = resolution_by_link(&world.desk, &token, FROM)
            .await
            .expect("a page");
        assert_eq!(seen.ended, Ended::Closed);
        world
    });
}

#[test]
fn what_is_worked_on_again_can_not_be_confirmed() {
    on_both(|world| async {
        let (ticket, token) = resolved(&world).await;
        world
            .take(
                &mail(
                    "dana@acme.example",
                    "Re: Printer",
                    "It still smells of burnt toast.",
                )
                .id("2@acme")
                .answering("1@acme"),
            )
            .await;
        let seen = resolution_by_link(&world.desk, &token, FROM)
            .await
            .expect("a page");
        assert_eq!(seen.ended, Ended::Not);
        let refused = confirm_by_link(&world.desk, &token, FROM).await;
        assert_eq!(refused.map_err(|e| e.kind()), Err(ErrorKind::Conflict));
        assert_eq!(world.conversation(ticket).await.ticket.status, Status::Open);
        world
    });
}

#[test]
fn a_link_of_another_ticket_or_none_leads_nowhere() {
    on_both(|world| async {
        let (ticket, token) = resolved(&world).await;
        world.change(ticket, Change::MarkSpam).await;
        for token in [token.as_str(), "nonsense", ""] {
            let found = confirm_by_link(&world.desk, token, FROM).await;
            assert_eq!(
                found.map_err(|e| e.kind()),
                Err(ErrorKind::NotFound),
                "{token}"
            );
        }
        world
    });
}

//! What lists and the search show: whole, in pages, and with a word about what can't be read.

use kept_app::domain::ids::PersonId;
use kept_app::domain::tickets::AndThen;
use kept_app::reading::{self, View};
use kept_app::store::outgoing::State;
use kept_app::{Error, ErrorKind};

use crate::support::{World, mail, on_both};

/// More tickets than two pages hold.
async fn many(world: &World) -> usize {
    for n in 0..120 {
        let from = format!("p{n}@acme.example");
        world
            .opens(&mail(&from, &format!("Printer {n}"), "It smells."))
            .await;
    }
    120
}

#[test]
fn pages_follow_each_other_until_everything_was_shown() {
    on_both(|world| async {
        let all = many(&world).await;
        let (desk, ines) = (&world.desk, &world.ines);
        let mut tickets = Vec::new();
        let mut after = None;
        loop {
            let (page, next) = reading::inbox(desk, ines, View::All, after)
                .await
                .expect("a page");
            assert!(page.iter().all(|row| row.turns.len() == 1));
            tickets.extend(page.into_iter().map(|row| row.ticket.id));
            after = next;
            if after.is_none() {
                break;
            }
        }
        let expected: Vec<_> = (1..=120).map(kept_app::domain::ids::TicketId).collect();
        assert_eq!(tickets, expected, "those who wait longest come first");
        let (mut mails, mut before) = (0, None);
        loop {
            let page = reading::outbox(desk, ines, State::Queued, before)
                .await
                .expect("a page");
            mails += page.0.len();
            before = page.1;
            if before.is_none() {
                break;
            }
        }
        let (mut people, mut after) = (0, Some(PersonId(0)));
        while let Some(from) = after {
            let page = reading::people(desk, ines, "ACME".into(), None, from)
                .await
                .expect("a page");
            people += page.0.len();
            after = page.1;
        }
        assert_eq!((mails, people), (all, all));
        world
    });
}

async fn found(world: &World, text: &str) -> Result<Vec<(i64, String)>, Error> {
    let zone = jiff::tz::TimeZone::UTC;
    let found = reading::search(&world.desk, &world.ines, text, zone).await?;
    let plain = found
        .found
        .into_iter()
        .map(|hit| (hit.listed.ticket.id.0, hit.excerpt));
    Ok(plain.collect())
}

#[test]
fn a_search_shows_the_words_where_they_stand_or_says_what_is_wrong() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "Smoke comes out."))
            .await;
        world
            .reply(ticket, "Pull the plug, please.", AndThen::Ask)
            .await;
        let one = |text: &str| vec![(1, text.to_owned())];
        assert_eq!(
            found(&world, "smok").await.expect("finds"),
            one("Smoke comes out.")
        );
        assert_eq!(
            found(&world, "plug").await.expect("finds"),
            one("Pull the plug, please.")
        );
        assert_eq!(found(&world, "is:open").await.expect("finds"), one(""));
        assert_eq!(found(&world, " ").await.expect("finds"), []);
        assert_eq!(found(&world, "-smoke").await.expect("finds"), []);
        let wrong = found(&world, "printer colour:red")
            .await
            .expect_err("no such field");
        assert_eq!(wrong.kind(), ErrorKind::Invalid);
        assert!(wrong.to_string().contains("(at character 9)"), "{wrong}");
        world
    });
}

#[test]
fn what_is_not_there_is_said_to_be_not_there() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        use kept_app::domain::ids::{ClientId, MessageId, OutgoingId, TicketId, UnsortedId};
        let lost =
            |error: Option<Error>| assert_eq!(error.map(|e| e.kind()), Some(ErrorKind::NotFound));
        lost(reading::conversation(desk, ines, TicketId(9)).await.err());
        lost(reading::person(desk, ines, PersonId(9)).await.err());
        lost(reading::client(desk, ines, ClientId(9)).await.err());
        lost(reading::outgoing(desk, ines, OutgoingId(9)).await.err());
        lost(
            reading::unsorted_mail(desk, ines, UnsortedId(9))
                .await
                .err(),
        );
        lost(
            reading::raw_of_message(desk, ines, MessageId(9))
                .await
                .err(),
        );
        lost(
            reading::raw_of_unsorted(desk, ines, UnsortedId(9))
                .await
                .err(),
        );
        lost(
            reading::safe_html(desk, ines, MessageId(9), false)
                .await
                .err(),
        );
        world
    });
}

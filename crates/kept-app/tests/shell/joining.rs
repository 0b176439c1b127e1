//! Two cards told as one: mail in between, two people at once, and the way back.

use kept_app::ErrorKind;
use kept_app::doctor::examine;
use kept_app::domain::cards::{CardOf, sentence};
use kept_app::domain::ids::{ClientId, PersonId, TicketId};
use kept_app::domain::people::Domain;
use kept_app::people::{ClientCard, add_client, alike, merge, part, person_with, preview};
use kept_app::reading::{self, Look};
use kept_app::tickets::remove_participant;

use crate::support::{World, mail, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";
const HOME: &str = "D. Fox <fox@home.example>";

fn look() -> Look {
    Look {
        before: None,
        zone: jiff::tz::TimeZone::UTC,
    }
}

async fn whose(world: &World, address: &str) -> PersonId {
    let found = person_with(&world.desk, address).await.expect("is read");
    found.expect("is known")
}

/// Their addresses, and the numbers of what is open.
async fn card(world: &World, person: PersonId) -> (Vec<String>, Vec<TicketId>) {
    let card = reading::person_card(&world.desk, &world.ines, person, look()).await;
    let card = card.expect("is there");
    let mut open: Vec<TicketId> = card.tickets.open.iter().map(|it| it.ticket.id).collect();
    open.sort();
    let addresses = card.person.addresses.iter().map(ToString::to_string);
    (addresses.collect(), open)
}

async fn is_whole(world: &World) {
    let report = examine(&world.desk).await.expect("looks");
    assert_eq!(report.findings, Vec::<String>::new());
}

#[test]
fn mail_that_comes_while_two_people_are_one_finds_its_way_home() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let first = world
            .opens(&mail(DANA, "Printer", "It jams.").id("1@acme"))
            .await;
        let second = world
            .opens(&mail(HOME, "Scanner", "It hums.").id("2@home"))
            .await;
        let dana = whose(&world, "dana@acme.example").await;
        let home = whose(&world, "fox@home.example").await;
        let (stays, goes) = (CardOf::Person(dana), CardOf::Person(home));
        let before = (card(&world, dana).await, card(&world, home).await);
        let shown = preview(desk, ines, goes, stays).await.expect("is shown");
        assert_eq!(shown.goes.tickets.open, 1);
        let id = merge(desk, ines, goes, stays).await.expect("are merged");
        is_whole(&world).await;
        assert_eq!(card(&world, home).await.1, [first, second]);
        // They answer from either address; nobody becomes a stranger to their own ticket.
        world
            .take(
                &mail(HOME, "Re: Printer", "Still jams.")
                    .id("3@home")
                    .answering("1@acme"),
            )
            .await;
        world
            .take(
                &mail(DANA, "Re: Scanner", "Still hums.")
                    .id("4@acme")
                    .answering("2@home"),
            )
            .await;
        let third = world
            .opens(&mail(HOME, "Mouse", "It is gone.").id("5@home"))
            .await;
        for ticket in [first, second, third] {
            let shown = world.conversation(ticket).await;
            assert_eq!(
                shown.requester.map(|it| it.name).as_deref(),
                Some("Dana Fox")
            );
            assert_eq!(shown.participants, [], "#{ticket}");
        }
        assert_eq!(whose(&world, "fox@home.example").await, dana);
        let known = reading::person_card(desk, ines, home, look())
            .await
            .expect("is there");
        assert_eq!(known.person.id, dana);
        assert_eq!(known.told.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
        is_whole(&world).await;
        let back = part(desk, ines, id).await.expect("comes apart");
        assert_eq!(back, goes);
        assert_eq!(card(&world, dana).await, before.0);
        assert_eq!(card(&world, home).await, (before.1.0, vec![second, third]));
        is_whole(&world).await;
        let again = part(desk, ines, id).await.map_err(|it| it.kind());
        assert_eq!(again, Err(ErrorKind::Conflict));
        let told = reading::person_card(desk, ines, dana, look())
            .await
            .expect("is there");
        let told: Vec<String> = told.changes.iter().map(|it| sentence(&it.event)).collect();
        assert_eq!(
            told,
            [
                "Took back that D. Fox was merged into this card",
                "Merged D. Fox into this card"
            ]
        );
        world
    });
}

#[test]
fn of_two_who_merge_each_into_the_other_one_wins_and_colleagues_are_never_merged() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        world.opens(&mail(DANA, "Printer", "It jams.")).await;
        world.opens(&mail(HOME, "Scanner", "It hums.")).await;
        let dana = CardOf::Person(whose(&world, "dana@acme.example").await);
        let home = CardOf::Person(whose(&world, "fox@home.example").await);
        let refused = merge(desk, ines, CardOf::Person(ines.person), dana).await;
        let refused = refused.expect_err("she works here");
        assert_eq!(refused.kind(), ErrorKind::Invalid);
        assert!(refused.to_string().contains("works here"), "{refused}");
        let same = merge(desk, ines, dana, dana).await.map_err(|it| it.kind());
        assert_eq!(same, Err(ErrorKind::Invalid));
        let (one, other) =
            tokio::join!(merge(desk, ines, dana, home), merge(desk, ines, home, dana));
        let mut kinds = [one, other].map(|done| done.map(|_| ()).map_err(|it| it.kind()));
        kinds.sort_by_key(Result::is_err);
        assert_eq!(kinds, [Ok(()), Err(ErrorKind::Conflict)]);
        is_whole(&world).await;
        world
    });
}

#[test]
fn whoever_takes_part_under_two_cards_is_taken_out_under_both() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let cc = "Dana Fox <dana@acme.example>, D. Fox <fox@home.example>";
        let asks = mail("Lee <lee@acme.example>", "Printer", "It jams.").with("Cc", cc);
        let ticket = world.opens(&asks).await;
        assert_eq!(world.conversation(ticket).await.participants.len(), 2);
        let dana = whose(&world, "dana@acme.example").await;
        let home = whose(&world, "fox@home.example").await;
        let (stays, goes) = (CardOf::Person(dana), CardOf::Person(home));
        merge(desk, ines, goes, stays).await.expect("are merged");
        let heard = world.conversation(ticket).await.participants;
        assert_eq!(heard.iter().map(|it| it.person).collect::<Vec<_>>(), [dana]);
        remove_participant(desk, ines, ticket, dana)
            .await
            .expect("is taken out");
        assert_eq!(world.conversation(ticket).await.participants, []);
        is_whole(&world).await;
        world
    });
}

async fn add(world: &World, name: &str, domain: &str) -> ClientId {
    let card = ClientCard {
        name: name.into(),
        domains: vec![Domain::parse(domain).expect("a domain")],
        ..ClientCard::default()
    };
    let added = add_client(&world.desk, &world.ines, card).await;
    added.expect("is added")
}

#[test]
fn two_clients_are_one_until_they_are_two_again() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let acme = add(&world, "Acme", "acme.example").await;
        let labs = add(&world, "Acme Labs", "home.example").await;
        let first = world.opens(&mail(DANA, "Printer", "It jams.")).await;
        let second = world.opens(&mail(HOME, "Scanner", "It hums.")).await;
        let (stays, goes) = (CardOf::Client(acme), CardOf::Client(labs));
        let (_, found) = alike(desk, ines, stays, String::new())
            .await
            .expect("finds");
        assert_eq!(found.iter().map(|it| it.card).collect::<Vec<_>>(), [goes]);
        let id = merge(desk, ines, goes, stays).await.expect("are merged");
        let card = reading::client_card(desk, ines, labs, look())
            .await
            .expect("is there");
        assert_eq!((card.client.id, card.people_count), (acme, 2));
        assert_eq!(card.tickets.tally.open, 2);
        let domains: Vec<String> = card
            .client
            .domains
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(domains, ["acme.example", "home.example"]);
        let third = world
            .opens(&mail("New <new@home.example>", "Mouse", "Gone."))
            .await;
        let shown = world.conversation(third).await;
        assert_eq!(shown.client.map(|it| it.name).as_deref(), Some("Acme"));
        is_whole(&world).await;
        part(desk, ines, id).await.expect("comes apart");
        let card = reading::client_card(desk, ines, labs, look())
            .await
            .expect("is there");
        assert_eq!((card.client.id, card.people_count), (labs, 2));
        let open: Vec<TicketId> = card.tickets.open.iter().map(|it| it.ticket.id).collect();
        assert_eq!(open, [second], "what came meanwhile was asked of Acme");
        let card = reading::client_card(desk, ines, acme, look())
            .await
            .expect("is there");
        let mut open: Vec<TicketId> = card.tickets.open.iter().map(|it| it.ticket.id).collect();
        open.sort();
        assert_eq!(open, [first, third]);
        is_whole(&world).await;
        world
    });
}

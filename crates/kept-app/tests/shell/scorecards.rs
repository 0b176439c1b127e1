//! A ticket's life and the exact scorecard of both sides; who may see whose; a client's by a private link.

use jiff::SignedDuration;
use kept_app::domain::clocks::{Owed, Side, Whose};
use kept_app::domain::ids::{ClientId, TicketId};
use kept_app::domain::people::Domain;
use kept_app::domain::scorecards::{Fate, Line, Of, Period};
use kept_app::domain::tickets::AndThen;
use kept_app::people::{ClientCard, add_client};
use kept_app::promises::{self, NewPromise, WithReply};
use kept_app::scorecards::{self, Scorecard};
use kept_app::store::scorecards::Wanted;
use kept_app::tickets::{self, Composed, Reply};
use kept_app::{Error, ErrorKind, clocks};

use crate::support::{World, mail, monday, on_both};

const MONTH: Period = Period::ThisMonth;

async fn acme(world: &World) -> ClientId {
    let card = ClientCard {
        name: "Acme".into(),
        domains: vec![Domain::parse("acme.example").expect("a domain")],
        ..ClientCard::default()
    };
    let added = add_client(&world.desk, &world.ines, card).await;
    added.expect("the client is added")
}

async fn asks(world: &World, from: &str, id: &str) -> TicketId {
    world
        .opens(&mail(from, "Printer", "It smells.").id(id))
        .await
}

/// Mon 9:00 Dana asks; 10:00 asked back; 12:00 answered; 13:00 promised for 15:00; 14:00 kept and resolved; it is 16:00. Lee of the
/// same client asks at 9:00 too and hears nothing. Somebody else's ticket is on nobody's card but the desk's.
async fn lived(world: &World) -> (ClientId, TicketId, TicketId) {
    let client = acme(world).await;
    let ticket = asks(world, "dana@acme.example", "1@acme").await;
    let silent = asks(world, "lee@acme.example", "2@acme").await;
    asks(world, "bo@home.example", "3@home").await;
    world.later(60);
    world.reply(ticket, "Which one is it?", AndThen::Ask).await;
    world.later(120);
    let answer = mail("dana@acme.example", "Re: Printer", "The second.").id("4@acme");
    world.take(&answer.to(&world.reply_address(ticket))).await;
    world.later(60);
    let new = NewPromise {
        what: "Clean it".into(),
        due: monday() + SignedDuration::from_hours(6),
        message: None,
    };
    let promise = promises::make(&world.desk, &world.ines, ticket, new).await;
    let promise = promise.expect("it is promised");
    world.later(60);
    ring(world).await;
    let reply = Reply {
        text: "It is clean.".into(),
        then: AndThen::Resolve,
        addressees: None,
        files: vec![],
    };
    let composed = Composed {
        promises: WithReply {
            keeps: vec![promise],
            ..WithReply::default()
        },
        ..Composed::default()
    };
    let said = tickets::reply_as(&world.desk, &world.ines, ticket, reply, composed).await;
    said.expect("it is resolved");
    world.later(120);
    ring(world).await;
    (client, ticket, silent)
}

async fn ring(world: &World) {
    clocks::ring_due(&world.desk)
        .await
        .expect("the clocks are looked at");
}

async fn card(world: &World, of: Of) -> Scorecard {
    let found = scorecards::scorecard(&world.desk, &world.ines, of, MONTH).await;
    found.expect("a scorecard")
}

fn line(card: &Scorecard, side: Side, owed: Owed) -> Option<Line> {
    let lines = &card.card.side(side).lines;
    lines.iter().find(|line| line.owed == owed).copied()
}

/// Met, missed, still owed, and the minutes half of it took.
fn figures(card: &Scorecard, side: Side, owed: Owed) -> (i64, i64, i64, Option<i64>) {
    let line = line(card, side, owed).expect("it was owed");
    let used = line.used.map(|used| used.median_ms / 60_000);
    (line.met, line.missed, line.still_owed, used)
}

#[test]
fn s20_both_sides_see_precisely_what_happened() {
    on_both(|world| async {
        let (client, ticket, silent) = lived(&world).await;
        let card = card(&world, Of::Client(client)).await;
        assert_eq!(card.name, "Acme");
        use Side::{Client, Desk};
        let check =
            |side, owed, expected| assert_eq!(figures(&card, side, owed), expected, "{owed:?}");
        check(Desk, Owed::FirstResponse, (1, 1, 0, Some(60)));
        check(Desk, Owed::NextResponse, (1, 0, 0, Some(120)));
        // An hour before it was asked back, and two after the answer; Lee's goes on.
        check(Desk, Owed::Resolution, (1, 0, 1, Some(180)));
        check(Client, Owed::Answer, (1, 0, 0, Some(120)));
        check(Client, Owed::Confirmation, (0, 0, 1, None));
        assert_eq!(
            (card.card.desk.promises.kept, card.card.desk.promises.broken),
            (1, 0)
        );
        assert_eq!(card.card.client.percent(), Some(100));
        let hours = |whose| card.times.ms(whose) / 3_600_000;
        assert_eq!(
            (
                hours(Whose::Desk),
                hours(Whose::Client),
                hours(Whose::Resolved)
            ),
            (3 + 7, 2, 2)
        );
        assert_eq!(card.times.sum(), 14 * 3_600_000);
        let missed = Wanted {
            side: Some(Desk),
            owed: None,
            fates: vec![Fate::Late, Fate::NotDone],
        };
        let behind = scorecards::behind(
            &world.desk,
            &world.ines,
            (Of::Client(client), MONTH),
            missed,
            9,
        )
        .await;
        let (name, behind) = behind.expect("they are listed");
        let told: Vec<_> = behind.iter().map(|it| (it.ticket, it.owed)).collect();
        assert_eq!(
            (name.as_str(), told),
            ("Acme", vec![(silent, Owed::FirstResponse)])
        );
        let held = scorecards::held(
            &world.desk,
            &world.ines,
            (Of::Client(client), MONTH),
            Whose::Desk,
            9,
        )
        .await;
        let held: Vec<_> = held
            .expect("they are listed")
            .1
            .iter()
            .map(|it| it.ticket)
            .collect();
        assert_eq!(held, [silent, ticket]);
        world
    });
}

#[test]
fn s20_the_desk_and_its_agent_count_every_client() {
    on_both(|world| async {
        lived(&world).await;
        let desk = card(&world, Of::Desk).await;
        assert_eq!(
            figures(&desk, Side::Desk, Owed::FirstResponse),
            (1, 2, 0, Some(60))
        );
        assert_eq!(desk.times.sum(), 21 * 3_600_000);
        let agent = card(&world, Of::Agent(world.ines.person)).await;
        let queue = card(&world, Of::Queue(world.queue().await)).await;
        assert_eq!((&agent.card, agent.times), (&desk.card, desk.times));
        assert_eq!((&queue.card, queue.times), (&desk.card, desk.times));
        let before =
            scorecards::scorecard(&world.desk, &world.ines, Of::Desk, Period::LastMonth).await;
        let before = before.expect("a scorecard");
        assert_eq!((before.card.desk.percent(), before.times.sum()), (None, 0));
        world
    });
}

fn kind(result: Result<impl std::fmt::Debug, Error>) -> ErrorKind {
    result.expect_err("it is refused").kind()
}

#[test]
fn a_colleagues_scorecard_is_for_those_who_manage() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let see = |of| scorecards::scorecard(&world.desk, &noor, of, MONTH);
        assert!(see(Of::Desk).await.is_ok());
        assert!(see(Of::Agent(noor.person)).await.is_ok());
        assert_eq!(
            kind(see(Of::Agent(world.ines.person)).await),
            ErrorKind::Denied
        );
        let others = (Of::Agent(world.ines.person), MONTH);
        let behind = scorecards::behind(&world.desk, &noor, others, Wanted::default(), 9).await;
        assert_eq!(kind(behind), ErrorKind::Denied);
        let held = scorecards::held(&world.desk, &noor, others, Whose::Desk, 9).await;
        assert_eq!(kind(held), ErrorKind::Denied);
        let client = acme(&world).await;
        assert!(see(Of::Client(client)).await.is_ok());
        assert_eq!(
            kind(scorecards::share(&world.desk, &noor, client).await),
            ErrorKind::Denied
        );
        assert_eq!(
            kind(see(Of::Client(ClientId(99))).await),
            ErrorKind::NotFound
        );
        world
    });
}

#[test]
fn a_clients_manager_sees_the_same_figures_by_a_link_until_it_is_withdrawn() {
    on_both(|world| async {
        let (client, _, silent) = lived(&world).await;
        let share = || scorecards::share(&world.desk, &world.ines, client);
        let first = share().await.expect("a link");
        let address = share().await.expect("another");
        let see = |address: String| {
            let desk = world.desk.clone();
            async move {
                let token = address.rsplit('/').next().unwrap_or_default();
                scorecards::shared(&desk, token, "192.0.2.1", MONTH).await
            }
        };
        assert!(
            address.starts_with("https://desk.example/scorecard/"),
            "{address}"
        );
        // A new link takes the place of the one before.
        assert_eq!(kind(see(first).await), ErrorKind::NotFound);
        let shared = see(address.clone()).await.expect("it is shown");
        assert_eq!(shared.scorecard, card(&world, Of::Client(client)).await);
        let missed: Vec<_> = shared
            .missed
            .iter()
            .map(|it| (it.ticket, it.responsible.as_str()))
            .collect();
        assert_eq!(missed, [(silent, "")]);
        let links = scorecards::links(&world.desk, &world.ines, client).await;
        let links = links.expect("they are listed");
        assert_eq!(links.len(), 1);
        let (link, maker) = &links[0];
        assert_eq!(
            (maker.as_str(), link.used_at),
            ("Ines Moreau", Some(world.desk.now()))
        );
        let other = ClientId(client.0 + 1);
        let wrong = scorecards::withdraw(&world.desk, &world.ines, other, link.id).await;
        assert_eq!(kind(wrong), ErrorKind::NotFound);
        let withdrawn = scorecards::withdraw(&world.desk, &world.ines, client, link.id).await;
        withdrawn.expect("it is withdrawn");
        assert_eq!(kind(see(address).await), ErrorKind::NotFound);
        world
    });
}

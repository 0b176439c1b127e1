//! Promises moved, handed over, made by the client's side, and read by calendar programs.

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::access::Viewer;
use kept_app::domain::clocks::Side;
use kept_app::domain::ids::{PromiseId, TicketId};
use kept_app::domain::people::Role;
use kept_app::domain::promises::State;
use kept_app::domain::tickets::AndThen;
use kept_app::handover::{self, NewHandover};
use kept_app::promises::{self, Listed, NewPromise};
use kept_app::settings::agents::{self, NewAgent};
use kept_app::store::handovers::Target;
use kept_app::{Error, ErrorKind, clocks};

use crate::support::{World, address, mail, monday, on_both};

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme"))
        .await
}

fn at(hours: i64) -> Timestamp {
    monday() + SignedDuration::from_hours(hours)
}

fn new(due: Timestamp) -> NewPromise {
    NewPromise {
        what: "Look at the printer".into(),
        due,
        message: None,
    }
}

async fn make(world: &World, who: &Viewer, ticket: TicketId, due: Timestamp) -> PromiseId {
    let made = promises::make(&world.desk, who, ticket, new(due)).await;
    made.expect("it is promised")
}

async fn listed(world: &World, ticket: TicketId) -> Vec<Listed> {
    let all = promises::of_ticket(&world.desk, &world.ines, ticket).await;
    all.expect("they are listed")
}

async fn move_to(world: &World, id: PromiseId, due: Timestamp, words: &str) -> Result<(), Error> {
    let moved = promises::move_to(&world.desk, &world.ines, id, due, words).await;
    moved.map(|_| ())
}

#[test]
fn s07_another_time_goes_out_in_a_reply_that_says_so() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let promise = make(&world, &world.ines, ticket, at(2)).await;
        let silent = move_to(&world, promise, at(5), " ").await;
        assert_eq!(silent.expect_err("refused").kind(), ErrorKind::Invalid);
        let over = move_to(&world, promise, at(-1), "Sorry").await;
        assert_eq!(over.expect_err("refused").kind(), ErrorKind::Invalid);
        assert_eq!(world.said(ticket).await.len(), 1, "nothing was written");
        let words = "The part comes later than we were told.";
        move_to(&world, promise, at(5), words).await.expect("moved");
        let it = &listed(&world, ticket).await[0].promise;
        assert_eq!((it.due, it.state), (at(5), State::Renegotiated));
        let (_, sent) = world.last_sent().await;
        for part in [
            words,
            "New time",
            "Look at the printer",
            "Monday, 23 November at 14:00",
        ] {
            assert!(sent.text.contains(part), "{part}: {}", sent.text);
        }
        world.later(6 * 60);
        clocks::ring_due(&world.desk).await.expect("rings");
        let late = move_to(&world, promise, at(9), words).await;
        assert_eq!(late.expect_err("too late").kind(), ErrorKind::Conflict);
        world
    });
}

#[test]
fn the_client_promises_too_and_nobody_at_the_desk_takes_it_over() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        let made = promises::make_for_client(&world.desk, &world.ines, ticket, new(at(2))).await;
        let promise = made.expect("written down");
        let it = listed(&world, ticket).await.remove(0);
        assert_eq!(
            (it.name.as_str(), it.promise.side),
            ("Dana Fox", Side::Client)
        );
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let taken = promises::hand_over(&world.desk, &world.ines, promise, noor.person).await;
        let why = taken.expect_err("refused").to_string();
        assert!(why.contains("promise of the client"), "{why}");
        world.later(3 * 60);
        clocks::ring_due(&world.desk).await.expect("rings");
        assert_eq!(listed(&world, ticket).await[0].promise.state, State::Broken);
        world
    });
}

#[test]
fn a_clients_mail_that_reads_like_a_promise_is_offered_until_somebody_says_yes_or_no() {
    on_both(|world| async {
        let offered = async |ticket| {
            let found = promises::offered_by_client(&world.desk, &world.ines, ticket).await;
            found.expect("is read")
        };
        let text = "Thank you. I will bring it in tomorrow.";
        let one = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Printer", text).id("1@acme"))
            .await;
        let (who, it) = offered(one).await.expect("it is offered");
        assert_eq!(
            (who.as_str(), it.what.as_str()),
            ("Dana Fox", "I will bring it in tomorrow.")
        );
        let accepted = NewPromise {
            what: it.what.clone(),
            due: it.due,
            message: Some(it.message),
        };
        let made = promises::make_for_client(&world.desk, &world.ines, one, accepted).await;
        made.expect("written down");
        assert_eq!(offered(one).await, None, "somebody said yes");
        let two = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Scanner", text).id("2@acme"))
            .await;
        let (_, it) = offered(two).await.expect("it is offered");
        let elsewhere = promises::dismiss(&world.desk, &world.ines, one, it.message).await;
        assert_eq!(elsewhere.expect_err("refused").kind(), ErrorKind::NotFound);
        let no = promises::dismiss(&world.desk, &world.ines, two, it.message).await;
        no.expect("taken");
        assert_eq!(offered(two).await, None, "somebody said no");
        let three = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Fax", text).id("3@acme"))
            .await;
        world.reply(three, "Fine.", AndThen::Update).await;
        assert_eq!(offered(three).await, None, "we spoke since");
        world
    });
}

#[test]
fn handing_over_takes_the_promises_along() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let mine = opened(&world).await;
        let theirs = world
            .opens(&mail("Dana Fox <dana@acme.example>", "Toner", "Low.").id("2@acme"))
            .await;
        make(&world, &world.ines, mine, at(200)).await;
        make(&world, &world.ines, theirs, at(200)).await;
        let kept = make(&world, &world.ines, theirs, at(201)).await;
        promises::keep(&world.desk, &world.ines, kept)
            .await
            .expect("kept");
        let new = NewHandover {
            from: world.ines.person,
            to: Target::Agent(noor.person),
            reason: "on holiday".into(),
            outright: true,
            away_until: None,
        };
        handover::begin(&world.desk, &world.ines, new)
            .await
            .expect("begins");
        world.work().await;
        for ticket in [mine, theirs] {
            assert_eq!(listed(&world, ticket).await[0].name, "Noor Haddad");
        }
        let done = &listed(&world, theirs).await[1];
        assert_eq!(done.name, "Ines Moreau", "what is kept stays theirs");
        world
    });
}

#[test]
fn whoever_leaves_leaves_no_promise_behind() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let ticket = opened(&world).await;
        make(&world, &noor, ticket, at(200)).await;
        let admin = NewAgent {
            name: "Aki Korhonen".into(),
            address: address("aki@desk.example"),
            role: Role::Admin,
            password: "nine lives and a half".into(),
        };
        agents::add_as(&world.desk, None, admin)
            .await
            .expect("somebody stays admin");
        agents::leave(&world.desk, &world.ines, noor.person)
            .await
            .expect("leaves");
        let holder = world.conversation(ticket).await.ticket.responsible;
        assert_eq!(listed(&world, ticket).await[0].promise.promiser, holder);
        assert_ne!(holder, noor.person);
        world
    });
}

#[test]
fn a_calendar_program_reads_ones_promises_until_the_address_is_withdrawn() {
    on_both(|world| async {
        let ticket = opened(&world).await;
        make(&world, &world.ines, ticket, at(2)).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        make(&world, &noor, ticket, at(3)).await;
        let make = async || {
            let address = promises::make_feed(&world.desk, &world.ines)
                .await
                .expect("made");
            let token = address
                .strip_prefix("https://desk.example/calendar/")
                .expect("ours");
            token.strip_suffix(".ics").expect("a calendar").to_owned()
        };
        let feed = async |token: &str| promises::feed(&world.desk, token, "192.0.2.7").await;
        let first = make().await;
        let text = feed(&first).await.expect("is read").text;
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "{text}");
        for line in [
            "UID:promise-1@desk.example\r\n",
            "DTSTART:20261123T110000Z\r\n",
            "SUMMARY:Look at the printer\r\n",
            "URL:https://desk.example/tickets/1\r\n",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        let second = make().await;
        assert_eq!(
            feed(&first).await.expect_err("replaced").kind(),
            ErrorKind::NotFound
        );
        feed(&second).await.expect("the new one is read");
        promises::withdraw_feed(&world.desk, &world.ines)
            .await
            .expect("withdrawn");
        assert_eq!(
            feed(&second).await.expect_err("withdrawn").kind(),
            ErrorKind::NotFound
        );
        let links = promises::feed_links(&world.desk, &world.ines)
            .await
            .expect("is read");
        assert_eq!(links, None);
        world
    });
}

//! How a ticket was sorted is taken back: by a line more, by whoever may, and not what somebody changed since.

use kept_app::delegation::{self, NewOffer, OfferTo};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::{EventId, QueueId, TicketId};
use kept_app::domain::people::Role;
use kept_app::domain::queues::Sender;
use kept_app::domain::tickets::{Kind, Priority, Tag, Ticket};
use kept_app::settings::agents::{self, NewAgent};
use kept_app::settings::queues;
use kept_app::store::queues::QueueSettings;
use kept_app::tickets::{self, Change, put_back};
use kept_app::{Error, ErrorKind};

use crate::support::{World, address, mail, on_both};

async fn opened(world: &World) -> TicketId {
    let subject = format!("Printer {}", world.rows("tickets").await);
    world
        .opens(&mail("dana@acme.example", &subject, "It smells."))
        .await
}

async fn sales(world: &World) -> QueueId {
    let new = QueueSettings {
        name: "Sales".into(),
        addresses: vec![address("sales@desk.example")],
        members: vec![],
        dispatcher: world.ines.person,
        zone: "Europe/Lisbon".into(),
        signature: String::new(),
        sender: Sender::default(),
    };
    let added = queues::add(&world.desk, &world.ines, new).await;
    added.expect("is added")
}

async fn done(world: &World, by: &Viewer, id: TicketId, change: Change) -> EventId {
    let line = tickets::change(&world.desk, by, id, change).await;
    line.expect("it changes").expect("and is in the history")
}

async fn back(world: &World, by: &Viewer, id: TicketId, line: EventId) -> Result<(), Error> {
    put_back(&world.desk, by, id, line).await.map(drop)
}

/// The ticket but for when it was touched last.
async fn stands(world: &World, id: TicketId) -> Ticket {
    let ticket = world.conversation(id).await.ticket;
    Ticket {
        touched_at: ticket.opened_at,
        ..ticket
    }
}

fn tag(text: &str) -> Tag {
    Tag::parse(text).expect("a tag")
}

#[test]
fn each_act_is_taken_back_by_a_line_of_its_own() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let sales = sales(&world).await;
        let id = opened(&world).await;
        world.change(id, Change::Tag(tag("old"))).await;
        let before = stands(&world, id).await;
        for (change, told) in [
            (
                Change::Assign(noor.person),
                "Made Ines Moreau responsible, before: Noor Haddad",
            ),
            (Change::Queue(sales), "Moved from Sales to Support"),
            (
                Change::Priority(Priority::Urgent),
                "Changed the priority from urgent to normal",
            ),
            (
                Change::Kind(Kind::Incident),
                "Changed the kind from incident to request",
            ),
            (
                Change::Subject("Plotter".into()),
                "Changed the subject, before: “Plotter”",
            ),
            (Change::Tag(tag("vip")), "Took the tag vip off"),
            (Change::Untag(tag("old")), "Tagged it old"),
        ] {
            let lines = world.rows("events").await;
            let line = done(&world, &world.ines, id, change).await;
            back(&world, &world.ines, id, line).await.expect(told);
            assert_eq!(stands(&world, id).await, before, "{told}");
            assert_eq!(world.told(id).await.pop().unwrap_or_default(), told);
            assert_eq!(world.rows("events").await, lines + 2, "{told}");
            let again = put_back(&world.desk, &world.ines, id, line).await;
            assert_eq!(again.expect("says so"), None, "{told}");
            assert_eq!(world.rows("events").await, lines + 2, "{told}");
        }
        let same = Change::Priority(Priority::Normal);
        let same = tickets::change(&world.desk, &world.ines, id, same).await;
        assert_eq!(same.expect("is so"), None, "nothing to take back");
        world
    });
}

#[test]
fn what_somebody_changed_since_stays_and_they_are_named() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let id = opened(&world).await;
        let urgent = Change::Priority(Priority::Urgent);
        let line = done(&world, &world.ines, id, urgent).await;
        done(&world, &noor, id, Change::Tag(tag("vip"))).await;
        done(&world, &noor, id, Change::Priority(Priority::High)).await;
        let refused = back(&world, &world.ines, id, line).await;
        let refused = refused.expect_err("Noor was there");
        assert_eq!(refused.kind(), ErrorKind::Conflict);
        assert_eq!(
            refused.to_string(),
            "Noor Haddad changed the priority since, so it stays as it is"
        );
        let hers = back(&world, &noor, id, line).await.expect_err("she was");
        assert!(hers.to_string().starts_with("you changed"), "{hers}");
        assert_eq!(stands(&world, id).await.priority, Priority::High);
        let other = opened(&world).await;
        let elsewhere = back(&world, &noor, other, line).await;
        let elsewhere = elsewhere.expect_err("it is of another ticket");
        assert_eq!(elsewhere.kind(), ErrorKind::NotFound);
        world
    });
}

#[test]
fn it_takes_the_same_right_as_the_act() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let omar = world.agent("Omar Aziz", "omar@desk.example").await;
        let id = opened(&world).await;
        let taken = done(&world, &noor, id, Change::Assign(noor.person)).await;
        let others = back(&world, &omar, id, taken).await;
        let others = others.expect_err("he may give it to nobody but himself");
        assert_eq!(others.kind(), ErrorKind::Denied);
        back(&world, &noor, id, taken).await.expect("it was hers");
        assert_eq!(stands(&world, id).await.responsible, world.ines.person);
        let taken = done(&world, &noor, id, Change::Assign(noor.person)).await;
        world.later(60 * 25);
        let late = back(&world, &noor, id, taken).await;
        let late = late.expect_err("a day later she asks whoever shall have it");
        assert_eq!(late.kind(), ErrorKind::Denied);
        let dispatcher = Viewer {
            role: Role::Dispatcher,
            ..omar.clone()
        };
        back(&world, &dispatcher, id, taken).await.expect("he may");
        let moved = Change::Priority(Priority::High);
        let moved = done(&world, &noor, id, moved).await;
        back(&world, &omar, id, moved).await.expect("anybody may");
        world
    });
}

#[test]
fn an_offer_and_its_acceptance_are_taken_back() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let id = opened(&world).await;
        let offer = NewOffer {
            to: OfferTo::Agent(noor.person),
            note: String::new(),
            due: None,
        };
        let offered = delegation::offer(&world.desk, &world.ines, id, offer.clone()).await;
        let (_, line) = offered.expect("is offered");
        let line = line.expect("a line");
        back(&world, &world.ines, id, line).await.expect("is back");
        assert_eq!(stands(&world, id).await.delegation, None);
        let again = delegation::offer(&world.desk, &world.ines, id, offer).await;
        again.expect("is offered");
        let stale = back(&world, &world.ines, id, line).await;
        assert_eq!(
            stale.expect_err("another offer stands").kind(),
            ErrorKind::Conflict
        );
        let taken = delegation::accept(&world.desk, &noor, id).await;
        let line = taken.expect("is taken").expect("a line");
        back(&world, &noor, id, line).await.expect("is back");
        assert_eq!(stands(&world, id).await.responsible, world.ines.person);
        world
    });
}

#[test]
fn nothing_goes_back_to_who_left() {
    on_both(|world| async {
        let admin = NewAgent {
            name: "Ines Moreau".into(),
            address: address("ines@desk.example"),
            role: Role::Admin,
            password: "a long enough one".into(),
        };
        let claims = agents::add_as(&world.desk, None, admin).await;
        claims.expect("the desk");
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let id = opened(&world).await;
        world.change(id, Change::Assign(noor.person)).await;
        let ines = Change::Assign(world.ines.person);
        let line = done(&world, &world.ines, id, ines).await;
        agents::leave(&world.desk, &world.ines, noor.person)
            .await
            .expect("she leaves");
        let gone = back(&world, &world.ines, id, line).await;
        let gone = gone.expect_err("she left").to_string();
        assert!(
            gone.starts_with("Noor Haddad no longer works here"),
            "{gone}"
        );
        world
    });
}

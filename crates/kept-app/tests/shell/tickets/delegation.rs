//! Offers: taken, declined, out of time, taken back; what becomes of them when other things happen.

use kept_app::delegation::{self, NewOffer, OfferTo};
use kept_app::doctor::examine;
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::domain::people::Role;
use kept_app::settings::agents::{self, NewAgent};
use kept_app::tickets::Change;
use kept_app::{ErrorKind, tickets};

use crate::support::{World, address, mail, on_both, on_both_damaged};

async fn opened(world: &World) -> TicketId {
    world
        .opens(&mail("dana@acme.example", "Printer", "It smells."))
        .await
}

async fn noor(world: &World) -> Viewer {
    world.agent("Noor Haddad", "noor@desk.example").await
}

fn to(person: PersonId) -> NewOffer {
    NewOffer {
        to: OfferTo::Agent(person),
        note: String::new(),
        due: None,
    }
}

/// Who is responsible, and to whom it is offered.
async fn held(world: &World, id: TicketId) -> (PersonId, Option<PersonId>) {
    let ticket = world.conversation(id).await.ticket;
    (ticket.responsible, ticket.delegation.map(|offer| offer.to))
}

async fn is_whole(world: &World) {
    let report = examine(&world.desk).await.expect("the doctor looks");
    assert!(report.is_content(), "{:?}", report.findings);
}

/// Subjects of what the desk wrote to `address`.
async fn written_to(world: &World, address: &str) -> Vec<String> {
    let all = world.written().await;
    let theirs = all
        .into_iter()
        .filter(|mail| mail.to.iter().any(|to| to.address == address))
        // The clocks run too; what they tell is tried elsewhere.
        .filter(|mail| !mail.subject.contains("Late: "));
    theirs.map(|mail| mail.subject).collect()
}

#[test]
fn whoever_offers_stays_responsible_until_it_is_taken() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let ines = world.ines.person;
        let offer = NewOffer {
            note: "you know this model".into(),
            ..to(noor.person)
        };
        delegation::offer(&world.desk, &world.ines, id, offer)
            .await
            .expect("is offered");
        world.work().await;
        assert_eq!(held(&world, id).await, (ines, Some(noor.person)));
        let told = world.told(id).await.pop();
        assert_eq!(
            told.as_deref(),
            Some("Asked Noor Haddad to take it: you know this model")
        );
        is_whole(&world).await;
        let not_hers = delegation::accept(&world.desk, &world.ines, id).await;
        assert_eq!(
            not_hers.expect_err("is not hers").kind(),
            ErrorKind::Conflict
        );
        delegation::accept(&world.desk, &noor, id)
            .await
            .expect("takes it");
        assert_eq!(held(&world, id).await, (noor.person, None));
        world.later(24 * 60);
        world.work().await;
        assert_eq!(held(&world, id).await, (noor.person, None));
        let subject = format!(
            "#{id} Printer: Ines Moreau asks you to take it until Mon 23 Nov 13:00: you know this model"
        );
        assert_eq!(written_to(&world, "noor@desk.example").await, [subject]);
        is_whole(&world).await;
        world
    });
}

#[test]
fn what_is_declined_goes_back_with_the_reason() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        delegation::offer(&world.desk, &world.ines, id, to(noor.person))
            .await
            .expect("is offered");
        let silent = delegation::decline(&world.desk, &noor, id, " ".into()).await;
        assert!(
            silent
                .expect_err("needs a reason")
                .to_string()
                .contains("write why")
        );
        let why = "never saw one of these".to_owned();
        delegation::decline(&world.desk, &noor, id, why)
            .await
            .expect("declines");
        assert_eq!(held(&world, id).await, (world.ines.person, None));
        let told = world.told(id).await.pop();
        assert_eq!(
            told.as_deref(),
            Some("Noor Haddad did not take it: never saw one of these")
        );
        world
    });
}

#[test]
fn what_nobody_answers_comes_back_in_time_and_both_are_told() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let due = world.desk.now() + jiff::SignedDuration::from_mins(60);
        let offer = NewOffer {
            due: Some(due),
            ..to(noor.person)
        };
        delegation::offer(&world.desk, &world.ines, id, offer)
            .await
            .expect("is offered");
        world.later(59);
        world.work().await;
        assert_eq!(held(&world, id).await.1, Some(noor.person));
        world.later(1);
        world.work().await;
        assert_eq!(held(&world, id).await, (world.ines.person, None));
        let told = world.told(id).await.pop();
        assert_eq!(
            told.as_deref(),
            Some("Noor Haddad did not answer in time; it stays with Ines Moreau")
        );
        let hers = written_to(&world, "noor@desk.example").await;
        assert_eq!(
            hers.last(),
            Some(&format!(
                "#{id} Printer: You did not answer in time; it stays with Ines Moreau"
            ))
        );
        let all: Vec<String> = world
            .written()
            .await
            .into_iter()
            .map(|it| it.subject)
            .collect();
        assert!(
            all.contains(&format!(
                "#{id} Printer: Noor Haddad did not answer in time; it stays with you"
            )),
            "{all:?}"
        );
        is_whole(&world).await;
        world
    });
}

#[test]
fn an_offer_made_anew_has_its_own_time() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let in_minutes = |minutes| NewOffer {
            due: Some(world.desk.now() + jiff::SignedDuration::from_mins(minutes)),
            ..to(noor.person)
        };
        for minutes in [10, 60] {
            let offer = in_minutes(minutes);
            delegation::offer(&world.desk, &world.ines, id, offer)
                .await
                .expect("is offered");
        }
        world.later(20);
        world.work().await;
        assert_eq!(held(&world, id).await.1, Some(noor.person));
        is_whole(&world).await;
        world.later(40);
        world.work().await;
        assert_eq!(held(&world, id).await.1, None);
        world
    });
}

#[test]
fn a_queue_is_asked_by_whom_is_on_duty_there() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let queue = world.queue().await;
        let only_ines = NewOffer {
            to: OfferTo::Queue(queue),
            ..to(noor.person)
        };
        let alone = delegation::offer(&world.desk, &world.ines, id, only_ines.clone()).await;
        let alone = alone.expect_err("nobody else is there").to_string();
        assert_eq!(alone, "Nobody else is on duty in Support");
        world.joins(&noor).await;
        let asked = delegation::offer(&world.desk, &world.ines, id, only_ines).await;
        assert_eq!(asked.expect("is offered").0, noor.person);
        world
    });
}

#[test]
fn agents_take_and_offer_while_dispatchers_assign_outright() {
    on_both(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        let ines = world.ines.person;
        let assign = async |by: &Viewer, to: PersonId| {
            let done = tickets::change(&world.desk, by, id, Change::Assign(to)).await;
            done.expect("is allowed");
        };
        assign(&noor, noor.person).await;
        assert_eq!(held(&world, id).await, (noor.person, None));
        assign(&noor, ines).await;
        assert_eq!(held(&world, id).await, (noor.person, Some(ines)));
        let dispatcher = Viewer {
            role: Role::Dispatcher,
            ..world.ines.clone()
        };
        assign(&dispatcher, ines).await;
        assert_eq!(held(&world, id).await, (ines, None));
        assign(&dispatcher, noor.person).await;
        assert_eq!(held(&world, id).await, (noor.person, None));
        world
    });
}

#[test]
fn nothing_is_offered_to_people_who_left_and_their_offers_come_back() {
    on_both(|world| async {
        let admin = NewAgent {
            name: "Ines Moreau".into(),
            address: address("ines@desk.example"),
            role: Role::Admin,
            password: "a long enough one".into(),
        };
        agents::add_as(&world.desk, None, admin)
            .await
            .expect("claims the desk");
        let (id, noor) = (opened(&world).await, noor(&world).await);
        delegation::offer(&world.desk, &world.ines, id, to(noor.person))
            .await
            .expect("is offered");
        agents::leave(&world.desk, &world.ines, noor.person)
            .await
            .expect("leaves");
        assert_eq!(held(&world, id).await, (world.ines.person, None));
        is_whole(&world).await;
        let late = delegation::offer(&world.desk, &world.ines, id, to(noor.person)).await;
        assert_eq!(late.expect_err("is gone").kind(), ErrorKind::Invalid);
        world
    });
}

#[test]
fn an_offer_is_over_when_the_ticket_ends_and_its_job_finds_nothing() {
    on_both(|world| async {
        let noor = noor(&world).await;
        for over in [
            Change::Resolve,
            Change::MarkSpam,
            Change::Assign(noor.person),
        ] {
            let id = world
                .opens(&mail("lee@acme.example", &format!("{over:?}"), "It sings."))
                .await;
            delegation::offer(&world.desk, &world.ines, id, to(noor.person))
                .await
                .expect("is offered");
            world.change(id, over).await;
            assert_eq!(held(&world, id).await.1, None);
        }
        is_whole(&world).await;
        world.later(7 * 24 * 60);
        world.work().await;
        is_whole(&world).await;
        world
    });
}

#[test]
fn the_doctor_finds_an_offer_that_nothing_looks_after() {
    on_both_damaged(|world| async {
        let (id, noor) = (opened(&world).await, noor(&world).await);
        delegation::offer(&world.desk, &world.ines, id, to(noor.person))
            .await
            .expect("is offered");
        world
            .tamper("DELETE FROM jobs WHERE kind = 'delegation'")
            .await;
        let found = examine(&world.desk).await.expect("looks").findings;
        assert!(
            found[0].contains("nothing will look when its time is over"),
            "{found:?}"
        );
        world
    });
}

//! Hand-overs: everything one agent holds goes to others, a part at a time; absences keep people out of it.

use kept_app::delegation::{self, NewOffer, OfferTo};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::handover::{self, NewAbsence, NewHandover};
use kept_app::store::handovers::{self, Handover, Target};
use kept_app::{Error, ErrorKind};

use crate::support::{World, mail, on_both, on_both_damaged};

async fn noor(world: &World) -> Viewer {
    world.agent("Noor Haddad", "noor@desk.example").await
}

async fn opened(world: &World, many: usize) -> Vec<TicketId> {
    let mut all = Vec::new();
    for n in 0..many {
        let subject = format!("Printer {n}");
        all.push(world.opens(&mail("dana@acme.example", &subject, "?")).await);
    }
    all
}

fn everything(from: &Viewer, to: Target) -> NewHandover {
    NewHandover {
        from: from.person,
        to,
        reason: "on holiday".into(),
        outright: false,
        away_until: None,
    }
}

async fn latest(world: &World) -> Handover {
    let all = world.desk.store().read(|tx| handovers::latest(tx, 1)).await;
    let all: Vec<Handover> = all.expect("is read");
    all.into_iter().next().expect("there is one")
}

async fn held(world: &World, id: TicketId) -> (PersonId, Option<PersonId>) {
    let ticket = world.conversation(id).await.ticket;
    (ticket.responsible, ticket.delegation.map(|offer| offer.to))
}

#[test]
fn everything_is_offered_and_stays_until_it_is_taken() {
    on_both(|world| async {
        let tickets = opened(&world, 3).await;
        let noor = noor(&world).await;
        let new = everything(&world.ines, Target::Agent(noor.person));
        handover::begin(&world.desk, &world.ines, new)
            .await
            .expect("begins");
        world.work().await;
        for id in &tickets {
            assert_eq!(
                held(&world, *id).await,
                (world.ines.person, Some(noor.person))
            );
        }
        let it = latest(&world).await;
        assert_eq!((it.moved, it.stayed, it.total), (3, 0, 3));
        assert!(it.ended.is_some());
        let written = world.written().await;
        let told = written
            .iter()
            .filter(|mail| mail.subject == "Tickets of Ines Moreau");
        assert_eq!(told.count(), 1, "one mail, not one a ticket");
        world
    });
}

#[test]
fn a_large_hand_over_goes_on_a_part_at_a_time() {
    on_both(|world| async {
        let tickets = opened(&world, 51).await;
        let noor = noor(&world).await;
        let new = NewHandover {
            outright: true,
            ..everything(&world.ines, Target::Agent(noor.person))
        };
        handover::begin(&world.desk, &world.ines, new)
            .await
            .expect("begins");
        world.work().await;
        for id in [tickets[0], tickets[50]] {
            assert_eq!(held(&world, id).await, (noor.person, None));
        }
        assert_eq!(latest(&world).await.moved, 51);
        world
    });
}

#[test]
fn a_queue_shares_it_among_whoever_is_on_duty_by_load() {
    on_both(|world| async {
        let tickets = opened(&world, 4).await;
        let (noor, lee) = (
            noor(&world).await,
            world.agent("Lee", "lee@desk.example").await,
        );
        world.joins(&noor).await;
        world.joins(&lee).await;
        let queue = world.queue().await;
        let new = everything(&world.ines, Target::Queue(queue));
        handover::begin(&world.desk, &world.ines, new)
            .await
            .expect("begins");
        world.work().await;
        let mut asked = Vec::new();
        for id in tickets {
            asked.extend(held(&world, id).await.1);
        }
        let of = |who: &Viewer| asked.iter().filter(|person| **person == who.person).count();
        assert_eq!((of(&noor), of(&lee)), (2, 2));
        world
    });
}

#[test]
fn whoever_is_away_is_asked_for_nothing_and_gets_nothing_new() {
    on_both(|world| async {
        let noor = noor(&world).await;
        let now = world.desk.now();
        let away = NewAbsence {
            person: noor.person,
            from: now,
            until: now + jiff::SignedDuration::from_hours(48),
            reason: "on holiday".into(),
            stand_in: None,
        };
        handover::add_absence(&world.desk, &noor, away.clone())
            .await
            .expect("is hers to say");
        let id = opened(&world, 1).await[0];
        let offer = NewOffer {
            to: OfferTo::Agent(noor.person),
            note: String::new(),
            due: None,
        };
        let asked = delegation::offer(&world.desk, &world.ines, id, offer).await;
        let error = asked.expect_err("she is away").to_string();
        assert!(error.contains("Noor Haddad is away until"), "{error}");
        let new = everything(&world.ines, Target::Agent(noor.person));
        let begun = handover::begin(&world.desk, &world.ines, new).await;
        assert_eq!(begun.expect_err("she is away").kind(), ErrorKind::Invalid);
        let backwards = NewAbsence {
            until: now - jiff::SignedDuration::from_hours(1),
            ..away
        };
        let wrong = handover::add_absence(&world.desk, &noor, backwards).await;
        assert_eq!(wrong.expect_err("ends before").kind(), ErrorKind::Invalid);
        world
    });
}

#[test]
fn only_dispatchers_hand_over_for_others_and_without_asking() {
    on_both(|world| async {
        let noor = noor(&world).await;
        let others = everything(&world.ines, Target::Agent(noor.person));
        let outright = NewHandover {
            outright: true,
            ..everything(&noor, Target::Agent(world.ines.person))
        };
        for new in [others, outright] {
            let begun = handover::begin(&world.desk, &noor, new).await;
            assert!(matches!(begun, Err(Error::Denied(_))), "{begun:?}");
        }
        let own = everything(&noor, Target::Agent(world.ines.person));
        handover::begin(&world.desk, &noor, own)
            .await
            .expect("is her own");
        world.work().await;
        assert_eq!(latest(&world).await.total, 0);
        world
    });
}

#[test]
fn the_doctor_finds_a_hand_over_that_stands_still() {
    on_both_damaged(|world| async {
        opened(&world, 1).await;
        let noor = noor(&world).await;
        let new = everything(&world.ines, Target::Agent(noor.person));
        handover::begin(&world.desk, &world.ines, new)
            .await
            .expect("begins");
        world
            .tamper("DELETE FROM jobs WHERE kind = 'handover'")
            .await;
        let found = kept_app::doctor::examine(&world.desk)
            .await
            .expect("looks")
            .findings;
        assert!(found[0].contains("stands still"), "{found:?}");
        world
    });
}

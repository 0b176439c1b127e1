//! Absences with somebody who stands in: what needs the desk goes over on the first day, once, and comes back on the last.

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::access::Viewer;
use kept_app::domain::ids::{PersonId, TicketId};
use kept_app::domain::tickets::AndThen;
use kept_app::handover::{self, NewAbsence};
use kept_app::promises::{self, NewPromise};
use kept_app::store::absences::StandIn;
use kept_app::tickets::Change;
use kept_app::{ErrorKind, delegation, worker};

use crate::support::{World, mail, on_both, on_both_damaged};

async fn opened(world: &World, subject: &str) -> TicketId {
    world.opens(&mail("dana@acme.example", subject, "?")).await
}

async fn held(world: &World, id: TicketId) -> (PersonId, Option<PersonId>) {
    let ticket = world.conversation(id).await.ticket;
    (ticket.responsible, ticket.delegation.map(|offer| offer.to))
}

/// From tomorrow at this time for two days.
fn holiday(world: &World, person: &Viewer, stand_in: &Viewer, outright: bool) -> NewAbsence {
    let from = world.desk.now() + SignedDuration::from_hours(24);
    NewAbsence {
        person: person.person,
        from,
        until: from + SignedDuration::from_hours(48),
        reason: "on holiday".into(),
        stand_in: Some(StandIn {
            person: stand_in.person,
            outright,
            gives_back: true,
        }),
    }
}

async fn add(world: &World, who: &Viewer, new: NewAbsence) {
    let added = handover::add_absence(&world.desk, who, new).await;
    added.expect("is written down");
}

async fn the_absence(world: &World) -> i64 {
    let (_, all) = handover::shown(&world.desk, &world.ines)
        .await
        .expect("is shown");
    all.first().expect("there is one").id
}

#[test]
fn our_turn_goes_over_on_the_first_day_and_comes_back_after_the_last() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let ours = opened(&world, "Printer").await;
        let ended = opened(&world, "Toner").await;
        let given_on = opened(&world, "Paper").await;
        add(
            &world,
            &world.ines,
            holiday(&world, &world.ines, &noor, true),
        )
        .await;
        world.work().await;
        assert_eq!(
            held(&world, ours).await.0,
            world.ines.person,
            "not before it begins"
        );
        world.later(24 * 60);
        // Two nodes look at once; it goes over once.
        let other = world.again(|_| {}).await;
        worker::run_due(&other).await.expect("the worker works");
        world.work().await;
        other.close().await;
        for id in [ours, ended, given_on] {
            assert_eq!(held(&world, id).await, (noor.person, None));
        }
        assert_eq!(world.rows("handovers").await, 1);
        world.change(ended, Change::Close).await;
        let omar = world.agent("Omar Diaz", "omar@desk.example").await;
        world.change(given_on, Change::Assign(omar.person)).await;
        world.later(48 * 60);
        world.work().await;
        assert_eq!(held(&world, ours).await, (world.ines.person, None));
        assert_eq!(held(&world, ended).await.0, noor.person, "what ended stays");
        assert_eq!(
            held(&world, given_on).await.0,
            omar.person,
            "what was given on stays"
        );
        assert_eq!(world.rows("absence_tickets").await, 0);
        world
    });
}

#[test]
fn what_waits_for_the_client_stays_and_promises_due_by_then_go() {
    on_both_damaged(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let promised = opened(&world, "Printer").await;
        let waits = opened(&world, "Wi-Fi").await;
        for id in [promised, waits] {
            world.reply(id, "Which one?", AndThen::Ask).await;
        }
        let due = world.desk.now() + SignedDuration::from_hours(30);
        let new = NewPromise {
            what: "a call".into(),
            due,
            message: None,
        };
        promises::make(&world.desk, &world.ines, promised, new)
            .await
            .expect("is made");
        // But for the promise nothing is due before she is back.
        world
            .tamper("UPDATE tickets SET due_at_ms = NULL, alarm_at_ms = NULL")
            .await;
        add(
            &world,
            &world.ines,
            holiday(&world, &world.ines, &noor, true),
        )
        .await;
        world.later(24 * 60);
        world.work().await;
        assert_eq!(held(&world, promised).await.0, noor.person);
        assert_eq!(held(&world, waits).await.0, world.ines.person);
        let keeper = promiser(&world).await;
        assert_eq!(keeper, noor.person);
        world.later(48 * 60);
        world.work().await;
        assert_eq!(promiser(&world).await, world.ines.person);
        world
    });
}

async fn promiser(world: &World) -> PersonId {
    let owed = world
        .desk
        .store()
        .read(|tx| kept_app::store::promises::due_by_agent(tx, Timestamp::MAX));
    owed.await.expect("is read")[0].0
}

#[test]
fn coming_back_early_gives_back_and_being_away_all_the_same_hands_over_again() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let id = opened(&world, "Printer").await;
        add(
            &world,
            &world.ines,
            holiday(&world, &world.ines, &noor, false),
        )
        .await;
        world.later(24 * 60);
        world.work().await;
        assert_eq!(
            held(&world, id).await,
            (world.ines.person, Some(noor.person))
        );
        let absence = the_absence(&world).await;
        let theirs = handover::remove_absence(&world.desk, &noor, absence).await;
        assert_eq!(theirs.expect_err("is not hers").kind(), ErrorKind::Denied);
        // Offered and not taken: the offer is withdrawn.
        handover::remove_absence(&world.desk, &world.ines, absence)
            .await
            .expect("is here");
        world.work().await;
        assert_eq!(held(&world, id).await, (world.ines.person, None));
        handover::restore_absence(&world.desk, &world.ines, absence)
            .await
            .expect("is away");
        world.work().await;
        assert_eq!(
            held(&world, id).await,
            (world.ines.person, Some(noor.person))
        );
        delegation::accept(&world.desk, &noor, id)
            .await
            .expect("is taken");
        // A day less than was said.
        let sooner = world.desk.now() + SignedDuration::from_hours(24);
        handover::end_absence_on(&world.desk, &world.ines, absence, sooner)
            .await
            .expect("is shorter");
        world.later(24 * 60);
        world.work().await;
        assert_eq!(held(&world, id).await, (world.ines.person, None));
        world
    });
}

#[test]
fn a_stand_in_who_is_away_too_is_asked_for_nothing() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let omar = world.agent("Omar Diaz", "omar@desk.example").await;
        for who in [&noor, &omar] {
            world.joins(who).await;
        }
        let id = opened(&world, "Printer").await;
        world.change(id, Change::Assign(noor.person)).await;
        let theirs = NewAbsence {
            stand_in: None,
            ..holiday(&world, &omar, &noor, false)
        };
        add(&world, &omar, theirs).await;
        add(&world, &noor, holiday(&world, &noor, &omar, false)).await;
        world.later(24 * 60);
        world.work().await;
        let (holder, asked) = held(&world, id).await;
        assert_eq!(holder, noor.person);
        assert!(asked.is_some_and(|asked| asked != omar.person), "{asked:?}");
        world
    });
}

#[test]
fn only_dispatchers_say_that_somebody_takes_over_unasked_and_nobody_stands_in_for_themselves() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let unasked = holiday(&world, &noor, &world.ines, true);
        let added = handover::add_absence(&world.desk, &noor, unasked).await;
        assert_eq!(added.expect_err("is refused").kind(), ErrorKind::Denied);
        let herself = holiday(&world, &noor, &noor, false);
        let added = handover::add_absence(&world.desk, &noor, herself).await;
        assert_eq!(added.expect_err("is refused").kind(), ErrorKind::Invalid);
        world
    });
}

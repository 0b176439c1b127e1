//! Snoozing: a ticket is out of one agent's lists, and back by its time, by what is due, or by what happens; once.

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::snoozes::{Until, Why};
use kept_app::domain::tickets::AndThen;
use kept_app::reading::{self, Listed, View};
use kept_app::tickets::{self, Change, Note};
use kept_app::{ErrorKind, snoozes, store, worker};

use crate::support::{World, mail, monday, on_both};

fn at(hours: i64) -> Timestamp {
    monday() + SignedDuration::from_hours(hours)
}

/// The client was asked something, so that for now the desk owes nothing.
async fn waits(world: &World) -> TicketId {
    let opened = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme");
    let ticket = world.opens(&opened).await;
    world.reply(ticket, "Since when?", AndThen::Ask).await;
    ticket
}

async fn put_off(world: &World, ticket: TicketId, until: Until) {
    let done = snoozes::snooze(&world.desk, &world.ines, ticket, until).await;
    done.expect("it is put off");
}

async fn listed(world: &World, view: View) -> Vec<Listed> {
    let found = reading::inbox(&world.desk, &world.ines, view, None).await;
    found.expect("the list").0
}

async fn shown(world: &World, view: View) -> Vec<TicketId> {
    let found = listed(world, view).await;
    found.iter().map(|it| it.ticket.id).collect()
}

async fn woken(world: &World, ticket: TicketId) -> Vec<Why> {
    let happened = world.conversation(ticket).await.happened;
    let woken = happened.iter().filter_map(|it| match it.recorded.event {
        Event::Woken { why, .. } => Some(why),
        _ => None,
    });
    woken.collect()
}

#[test]
fn what_is_put_off_is_in_its_own_tab_until_its_time_and_comes_back_once() {
    on_both(|world| async {
        let ticket = waits(&world).await;
        put_off(&world, ticket, Until::Time(at(2))).await;
        for view in [View::All, View::Mine, View::WaitingOnClient] {
            assert_eq!(shown(&world, view).await, [], "{view:?}");
        }
        assert_eq!(shown(&world, View::Snoozed).await, [ticket]);
        let tally = reading::tally(&world.desk, world.ines.person)
            .await
            .expect("counts");
        assert_eq!(
            (tally.snoozed, tally.open, tally.mine, tally.client),
            (1, 0, 0, 0)
        );
        let next = world.desk.store().read(store::snoozes::next_wake).await;
        assert_eq!(next.expect("a moment"), Some(at(2)));
        world.later(119);
        world.work().await;
        assert_eq!(woken(&world, ticket).await, []);
        world.later(1);
        // A node that starts in between does not wake it a second time.
        let other = world.again(|_| {}).await;
        worker::run_due(&other).await.expect("the worker works");
        other.close().await;
        world.work().await;
        assert_eq!(woken(&world, ticket).await, [Why::TimeCame]);
        let back = listed(&world, View::All).await;
        let why = back[0].snooze.as_ref().and_then(|it| it.woken);
        assert_eq!(why, Some((at(2), Why::TimeCame)));
        world.reply(ticket, "Any news?", AndThen::Ask).await;
        assert_eq!(listed(&world, View::All).await[0].snooze, None);
        world
    });
}

#[test]
fn what_becomes_due_brings_it_back_before_and_never_late() {
    on_both(|world| async {
        let opened = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&opened).await;
        put_off(&world, ticket, Until::Time(at(24 * 30))).await;
        let due = listed(&world, View::Snoozed).await[0].ticket.due;
        let due = due.expect("a first response is owed").at;
        let minutes = due.duration_since(world.desk.now()).as_mins();
        world.later(u64::try_from(minutes - 61).expect("it is hours away"));
        world.work().await;
        assert_eq!(shown(&world, View::Snoozed).await, [ticket]);
        world.later(1);
        world.work().await;
        assert_eq!(woken(&world, ticket).await, [Why::DueSoon]);
        assert_eq!(shown(&world, View::All).await, [ticket]);
        world
    });
}

#[test]
fn another_due_time_moves_the_moment_it_comes_back() {
    on_both(|world| async {
        let ticket = waits(&world).await;
        put_off(&world, ticket, Until::ClientWrites).await;
        let wakes = || async {
            listed(&world, View::Snoozed).await[0]
                .snooze
                .clone()
                .expect("asleep")
                .wakes
        };
        let before = wakes().await;
        let new = kept_app::promises::NewPromise {
            what: "Call back".into(),
            due: at(5),
            message: None,
        };
        let made = kept_app::promises::make(&world.desk, &world.ines, ticket, new).await;
        made.expect("is promised");
        assert_ne!(before, wakes().await);
        assert_eq!(wakes().await, Some((at(4), Why::DueSoon)));
        world
    });
}

#[test]
fn the_clients_word_wakes_it_whatever_it_waited_for() {
    on_both(|world| async {
        let ticket = waits(&world).await;
        put_off(&world, ticket, Until::Time(at(20))).await;
        let to = world.reply_address(ticket);
        let answer = mail(
            "Dana Fox <dana@acme.example>",
            "Re: Printer",
            "Since Friday.",
        );
        world.take(&answer.id("2@acme").to(&to)).await;
        assert_eq!(woken(&world, ticket).await, [Why::ClientWrote]);
        assert_eq!(shown(&world, View::Mine).await, [ticket]);
        world
    });
}

#[test]
fn what_a_colleague_does_wakes_only_who_waits_for_anything() {
    on_both(|world| async {
        let ticket = waits(&world).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        put_off(&world, ticket, Until::Time(at(20))).await;
        let noted = snoozes::snooze(&world.desk, &noor, ticket, Until::AnythingHappens).await;
        noted.expect("is put off");
        let note = Note {
            text: "The part is in the cellar.".into(),
            files: vec![],
        };
        tickets::note(&world.desk, &world.ines, ticket, note)
            .await
            .expect("a note");
        assert_eq!(woken(&world, ticket).await, [Why::SomethingHappened]);
        assert_eq!(shown(&world, View::Snoozed).await, [ticket]);
        world
    });
}

#[test]
fn it_is_woken_by_hand_and_what_has_ended_sleeps_no_more() {
    on_both(|world| async {
        let ticket = waits(&world).await;
        put_off(&world, ticket, Until::Time(at(20))).await;
        snoozes::wake(&world.desk, &world.ines, ticket)
            .await
            .expect("is woken");
        assert_eq!(shown(&world, View::All).await, [ticket]);
        let again = snoozes::wake(&world.desk, &world.ines, ticket).await;
        assert_eq!(again.expect_err("is awake").kind(), ErrorKind::Conflict);
        put_off(&world, ticket, Until::Time(at(20))).await;
        world.change(ticket, Change::Close).await;
        assert_eq!(world.rows("snoozes").await, 0);
        let ended = snoozes::snooze(&world.desk, &world.ines, ticket, Until::Time(at(20))).await;
        assert_eq!(ended.expect_err("has ended").kind(), ErrorKind::Conflict);
        world.change(ticket, Change::Reopen).await;
        let over = snoozes::snooze(&world.desk, &world.ines, ticket, Until::Time(at(-1))).await;
        assert_eq!(over.expect_err("is over").kind(), ErrorKind::Invalid);
        world
    });
}

#[test]
fn an_end_that_is_taken_back_puts_off_again_whom_it_let_go() {
    on_both(|world| async {
        let ticket = waits(&world).await;
        put_off(&world, ticket, Until::Time(at(4))).await;
        let before = listed(&world, View::Snoozed).await[0].snooze.clone();
        assert!(before.is_some());
        for end in [Change::Resolve, Change::Close] {
            world.change(ticket, end).await;
            assert_eq!(shown(&world, View::Snoozed).await, []);
            world.later(5);
            let back = tickets::take_end_back(&world.desk, &world.ines, ticket).await;
            back.expect("is taken back");
            assert_eq!(shown(&world, View::Snoozed).await, [ticket]);
            let again = listed(&world, View::Snoozed).await[0].snooze.clone();
            assert_eq!(again, before);
        }
        world.later(240);
        world.work().await;
        assert_eq!(woken(&world, ticket).await, [Why::TimeCame]);
        world
    });
}

#[test]
fn a_time_that_came_while_the_ticket_had_ended_is_over() {
    on_both(|world| async {
        let ticket = waits(&world).await;
        put_off(&world, ticket, Until::Time(at(2))).await;
        world.change(ticket, Change::Resolve).await;
        world.later(121);
        let back = tickets::take_end_back(&world.desk, &world.ines, ticket).await;
        back.expect("is taken back");
        assert_eq!(shown(&world, View::Snoozed).await, []);
        assert_eq!(shown(&world, View::All).await, [ticket]);
        world
    });
}

//! One act on many tickets: seen beforehand, done a part at a time whatever happens to the program, and taken back.

use jiff::tz::TimeZone;
use kept_app::bulk::{self, Progress, Scope};
use kept_app::domain::bulk::{BulkAct, Outcome};
use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Priority, Status, Tag};
use kept_app::domain::turn::Turn;
use kept_app::store::bulk::State;
use kept_app::tickets::Change;
use kept_app::{Desk, ErrorKind, worker};

use crate::support::{World, mail, on_both};

async fn opened(world: &World, many: usize) -> Vec<TicketId> {
    let mut all = Vec::new();
    for n in 0..many {
        let subject = format!("Printer {n}");
        all.push(world.opens(&mail("dana@acme.example", &subject, "?")).await);
    }
    all
}

fn found(search: &str) -> Scope {
    Scope::Found(search.to_owned(), TimeZone::UTC)
}

async fn progress(desk: &Desk, world: &World, id: i64) -> Progress {
    let it = bulk::progress(desk, &world.ines, id).await;
    it.expect("is read")
}

async fn begins(world: &World, scope: Scope, act: BulkAct) -> i64 {
    let begun = bulk::begin(&world.desk, &world.ines, scope, act).await;
    begun.expect("begins")
}

async fn closings(world: &World, id: TicketId) -> usize {
    let history = world.conversation(id).await.happened;
    let closed = history
        .iter()
        .filter(|line| line.recorded.event == Event::Closed);
    closed.count()
}

#[test]
fn a_look_says_what_would_be_and_changes_nothing() {
    on_both(|world| async {
        let all = opened(&world, 5).await;
        world.change(all[0], Change::Close).await;
        world.change(all[1], Change::MarkSpam).await;
        let urgent = Change::Priority(Priority::Urgent);
        world.change(all[2], urgent).await;
        let look = async |scope: Scope, act: BulkAct| {
            let seen = bulk::preview(&world.desk, &world.ines, scope, act).await;
            seen.expect("is seen")
        };
        let close = look(found("printer"), BulkAct::Close).await;
        assert_eq!((close.total, close.will, close.same), (4, 3, 0));
        let why = "they have ended already".to_owned();
        assert_eq!(close.cannot, [(why, 1, vec![all[0]])]);
        let to = Priority::Urgent;
        let hurry = look(found("printer"), BulkAct::Priority { to }).await;
        assert_eq!((hurry.total, hurry.will, hurry.same), (4, 3, 1));
        let ticked = look(Scope::Ticked(all.clone()), BulkAct::Reopen).await;
        assert_eq!((ticked.total, ticked.will), (5, 1));
        assert_eq!(ticked.cannot.len(), 2);
        assert_eq!(world.rows("bulk_acts").await, 0);
        world
    });
}

#[test]
fn many_are_closed_though_the_program_ends_half_way_and_all_are_put_back() {
    on_both(|world| async {
        let all = opened(&world, 120).await;
        world.reply(all[3], "Which floor?", AndThen::Ask).await;
        let id = begins(&world, found("printer is:open"), BulkAct::Close).await;
        assert!(bulk::part(&world.desk, id).await.expect("one part"));
        let half = progress(&world.desk, &world, id).await;
        assert_eq!(half.count(Outcome::Done), 50);
        assert_eq!(half.bulk.state, State::Doing);

        // Somebody closes one by hand meanwhile, and the program starts anew.
        world.change(all[110], Change::Close).await;
        let anew = world.again(|_| {}).await;
        worker::run_due(&anew).await.expect("goes on");
        let done = progress(&anew, &world, id).await;
        assert_eq!((done.total, done.bulk.state), (120, State::Done));
        assert_eq!(done.count(Outcome::Done), 119);
        assert_eq!(done.count(Outcome::Refused), 1);
        for ticket in [all[0], all[49], all[50], all[110], all[119]] {
            assert_eq!(closings(&world, ticket).await, 1, "{ticket}");
        }

        // One wakes up before all of it is taken back.
        world.change(all[7], Change::Reopen).await;
        bulk::undo(&anew, &world.ines, id).await.expect("is undone");
        worker::run_due(&anew).await.expect("goes on");
        let back = progress(&anew, &world, id).await;
        assert_eq!(back.bulk.state, State::Undone);
        assert_eq!(back.count(Outcome::Undone), 118);
        assert_eq!(back.count(Outcome::Stayed), 1);
        let asked = world.conversation(all[3]).await.ticket;
        assert_eq!(
            (asked.status, asked.turn()),
            (Status::Waiting, Turn::Client)
        );
        let closed = world.conversation(all[110]).await.ticket;
        assert_eq!(closed.status, Status::Closed, "that was not ours");
        let again = bulk::undo(&anew, &world.ines, id).await;
        assert_eq!(again.expect_err("only once").kind(), ErrorKind::Conflict);
        anew.close().await;
        world
    });
}

#[test]
fn few_are_done_at_once_and_each_has_its_own_line() {
    on_both(|world| async {
        let all = opened(&world, 2).await;
        let vip = Tag::parse("vip").expect("a tag");
        let act = BulkAct::Tag { tag: vip.clone() };
        let id = begins(&world, Scope::Ticked(all.clone()), act).await;
        let done = progress(&world.desk, &world, id).await;
        assert_eq!(done.bulk.state, State::Done);
        for ticket in &all {
            let seen = world.conversation(*ticket).await;
            assert!(seen.ticket.tags.contains(&vip));
            let last = seen.happened.last().expect("a line");
            assert_eq!(last.recorded.event, Event::TagAdded { tag: vip.clone() });
        }
        let undone = bulk::undo(&world.desk, &world.ines, id).await;
        undone.expect("is undone");
        assert!(world.conversation(all[0]).await.ticket.tags.is_empty());
        world
    });
}

#[test]
fn an_agent_asks_where_a_dispatcher_gives() {
    on_both(|world| async {
        let all = opened(&world, 2).await;
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let act = BulkAct::Assign {
            to: world.ines.person,
        };
        world.change(all[0], Change::Assign(noor.person)).await;
        let begun = bulk::begin(&world.desk, &noor, Scope::Ticked(all.clone()), act).await;
        let done = progress(&world.desk, &world, begun.expect("begins")).await;
        assert_eq!(done.count(Outcome::Done), 1);
        assert_eq!(done.count(Outcome::Same), 1, "she holds the other already");
        let asked = world.conversation(all[0]).await.ticket;
        assert_eq!(asked.responsible, noor.person);
        assert_eq!(asked.delegation.map(|it| it.to), Some(world.ines.person));
        let to = noor.person;
        let given = begins(&world, Scope::Ticked(all.clone()), BulkAct::Assign { to }).await;
        assert_eq!(world.conversation(all[1]).await.ticket.responsible, to);
        let others = bulk::undo(&world.desk, &noor, given).await;
        assert_eq!(others.expect_err("hers alone").kind(), ErrorKind::Denied);
        world
    });
}

#[test]
fn nothing_is_done_to_nothing_and_nobody_is_given_tickets_who_is_not_here() {
    on_both(|world| async {
        let all = opened(&world, 1).await;
        let to = kept_app::domain::ids::PersonId(4711);
        for (scope, act) in [
            (found("nothing"), BulkAct::Close),
            (found("is:opne"), BulkAct::Close),
            (found(""), BulkAct::Close),
            (Scope::Ticked(all.clone()), BulkAct::Assign { to }),
        ] {
            let refused = bulk::begin(&world.desk, &world.ines, scope, act).await;
            assert_eq!(refused.expect_err("is refused").kind(), ErrorKind::Invalid);
        }
        assert_eq!(world.rows("bulk_acts").await, 0);
        world
    });
}

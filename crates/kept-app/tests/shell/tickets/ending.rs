//! An end that is taken back, singly and of many: nothing that was owed, waited for or offered is lost on the way.

use jiff::SignedDuration;
use jiff::civil::date;
use kept_app::bulk::{self, Scope};
use kept_app::delegation::{self, NewOffer, OfferTo};
use kept_app::domain::access::Viewer;
use kept_app::domain::bulk::{BulkAct, Outcome};
use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Status, Ticket};
use kept_app::domain::turn::Turn as Whose;
use kept_app::domain::waits::NextDate;
use kept_app::promises::{self, Listed, NewPromise};
use kept_app::store::obligations::{self, Next, Stored};
use kept_app::store::turns::{self, Turn};
use kept_app::tickets::{
    Change, NewWait, take_end_back, take_end_of_reply_back, wait_for, withdraw,
};
use kept_app::{Error, ErrorKind};

use crate::support::{World, mail, monday, on_both};

/// All that is known of where a ticket stands and what is owed on it.
#[derive(Debug, PartialEq)]
struct Stand {
    ticket: Ticket,
    promises: Vec<Listed>,
    owed: Vec<Stored>,
    next: Option<Next>,
    turns: Vec<Turn>,
}

async fn stand(world: &World, id: TicketId) -> Stand {
    let promises = promises::of_ticket(&world.desk, &world.ines, id).await;
    let stored = world.desk.store().read(move |tx| {
        let owed = obligations::of_tickets(tx, &[id])?;
        let next = obligations::next_of_tickets(tx, &[id])?.get(&id).copied();
        Ok::<_, Error>((owed, next, turns::of_tickets(tx, &[id])?))
    });
    let (owed, next, turns) = stored.await.expect("is read");
    let mut ticket = world.conversation(id).await.ticket;
    ticket.touched_at = ticket.opened_at;
    Stand {
        ticket,
        promises: promises.expect("are listed"),
        owed,
        next,
        turns,
    }
}

async fn opened(world: &World, number: usize) -> TicketId {
    let first = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.");
    world.opens(&first.id(&format!("{number}@acme"))).await
}

/// One of which the client was asked something, one that waits for a third party and is offered, and one that is new; on each
/// something is promised.
async fn three(world: &World, noor: &Viewer) -> [TicketId; 3] {
    let mut all = [TicketId(0); 3];
    for (place, id) in all.iter_mut().enumerate() {
        *id = opened(world, place).await;
        let new = NewPromise {
            what: "Look at the printer".into(),
            due: monday() + SignedDuration::from_hours(30),
            message: None,
        };
        let made = promises::make(&world.desk, &world.ines, *id, new).await;
        made.expect("it is promised");
    }
    world.reply(all[0], "Which floor?", AndThen::Ask).await;
    let contoso = NewWait {
        party: "Contoso".into(),
        what: "a power supply".into(),
        tracking: "1Z 999".into(),
        next: NextDate::On(date(2026, 12, 4)),
    };
    let waits = wait_for(&world.desk, &world.ines, all[1], contoso).await;
    waits.expect("it waits");
    let offer = NewOffer {
        to: OfferTo::Agent(noor.person),
        note: String::new(),
        due: None,
    };
    let offered = delegation::offer(&world.desk, &world.ines, all[1], offer).await;
    offered.expect("it is offered");
    world.later(10);
    world.work().await;
    all
}

#[test]
fn a_single_end_is_taken_back_with_all_it_ended() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        for id in three(&world, &noor).await {
            let before = stand(&world, id).await;
            assert!(!before.owed.is_empty() && before.promises.len() == 1);
            for end in [Change::Resolve, Change::Close] {
                world.change(id, end.clone()).await;
                assert_ne!(stand(&world, id).await, before, "{end:?}");
                world.later(5);
                let back = take_end_back(&world.desk, &world.ines, id).await;
                back.expect("is taken back");
                assert_eq!(stand(&world, id).await, before, "{end:?} of #{id}");
                let told = world.told(id).await;
                assert_eq!(
                    told.last().map(String::as_str),
                    Some("Took the end back; it stands as before")
                );
            }
        }
        world
    });
}

#[test]
fn an_act_on_many_that_ended_them_leaves_nothing_behind_when_it_is_taken_back() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let all = three(&world, &noor).await;
        let mut before = vec![];
        for id in all {
            before.push(stand(&world, id).await);
        }
        for act in [BulkAct::Resolve, BulkAct::Close] {
            let scope = Scope::Ticked(all.to_vec());
            let id = bulk::begin(&world.desk, &world.ines, scope, act.clone()).await;
            world.later(5);
            let undone = bulk::undo(&world.desk, &world.ines, id.expect("begins")).await;
            let undone = bulk::progress(&world.desk, &world.ines, undone.expect("is undone")).await;
            assert_eq!(undone.expect("is read").count(Outcome::Undone), 3);
            for (id, before) in all.into_iter().zip(&before) {
                assert_eq!(&stand(&world, id).await, before, "{act:?} of #{id}");
                let happened = world.conversation(id).await.happened;
                let reopened = |it: &Event| matches!(it, Event::Reopened { .. });
                assert!(!happened.iter().any(|line| reopened(&line.recorded.event)));
            }
        }
        world
    });
}

#[test]
fn what_came_since_or_is_somebody_elses_is_not_taken_back() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let id = opened(&world, 1).await;
        world.change(id, Change::Resolve).await;
        let refused = async |who: &Viewer, why: &str| {
            let back = take_end_back(&world.desk, who, id).await;
            let error = back.expect_err(why);
            assert_eq!(error.kind(), ErrorKind::Conflict, "{error}");
            assert!(error.to_string().contains(why), "{error}");
        };
        refused(&noor, "by somebody else").await;
        let word = mail("Dana Fox <dana@acme.example>", "Re: Printer", "It burns!");
        world.take(&word.id("9@acme").answering("1@acme")).await;
        refused(&world.ines, "opened again since").await;
        world.change(id, Change::MarkSpam).await;
        refused(&world.ines, "marked as spam").await;
        world
    });
}

#[test]
fn a_reply_that_is_gone_stays_said_while_its_end_is_taken_back() {
    on_both(|world| async {
        let id = opened(&world, 1).await;
        let before = stand(&world, id).await.ticket;
        let message = world.reply(id, "It is mended.", AndThen::Resolve).await;
        world.work().await;
        let late = withdraw(&world.desk, &world.ines, message).await;
        assert_eq!(late.expect_err("is gone").kind(), ErrorKind::Conflict);
        world.later(5);
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let others = take_end_of_reply_back(&world.desk, &noor, message).await;
        assert_eq!(others.expect("looks"), None, "it is not hers");
        let back = take_end_of_reply_back(&world.desk, &world.ines, message).await;
        assert_eq!(back.expect("is taken back"), Some(id));
        let after = stand(&world, id).await.ticket;
        assert_eq!((after.status, after.turn()), (Status::Open, Whose::Desk));
        assert_eq!(after.turn_since, before.turn_since);
        assert_eq!(after.resolved_at, None);
        assert_eq!(world.said(id).await, ["It smells.", "It is mended."]);
        let again = take_end_of_reply_back(&world.desk, &world.ines, message).await;
        assert_eq!(again.expect("looks"), None);
        world
    });
}

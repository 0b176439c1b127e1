//! Custom fields: asked where they are for, kept when they are retired, found by the search, and asked for at the end.

use kept_app::bulk::{self, Scope};
use kept_app::domain::bulk::{BulkAct, Outcome};
use kept_app::domain::event::Event;
use kept_app::domain::fields::{Content, FieldKind, Value};
use kept_app::domain::ids::{FieldId, TicketId};
use kept_app::domain::tickets::{Kind, Priority, Status};
use kept_app::tickets::{Change, NewTicket, change, open};
use kept_app::{Error, ErrorKind, doctor, fields, reading};

use crate::support::{World, on_both};

async fn add(world: &World, name: &str, kind: FieldKind, with: Content) -> FieldId {
    let content = Content {
        name: name.to_owned(),
        ..with
    };
    let added = fields::add(&world.desk, &world.ines, kind, content).await;
    added.expect("is added")
}

async fn fill(world: &World, id: TicketId, field: FieldId, text: &str) -> Result<(), Error> {
    fields::fill(&world.desk, &world.ines, id, field, text.to_owned()).await
}

async fn opened(world: &World, own: Vec<(FieldId, String)>) -> Result<TicketId, Error> {
    let new = NewTicket {
        subject: "Printer".into(),
        requester: None,
        requester_name: String::new(),
        queue: world.queue().await,
        priority: Priority::Normal,
        kind: Kind::Incident,
        text: "It smokes.".into(),
        files: vec![],
        tags: std::collections::BTreeSet::new(),
        steps: vec![],
        fields: own,
        take: true,
    };
    open(&world.desk, &world.ines, new).await
}

async fn finds(world: &World, text: &str) -> Vec<i64> {
    let zone = jiff::tz::TimeZone::UTC;
    let results = reading::search(&world.desk, &world.ines, text, zone).await;
    let found = results.expect(text).found;
    found.iter().map(|it| it.listed.ticket.id.0).collect()
}

#[test]
fn what_is_filled_in_stands_in_the_history_and_is_found() {
    on_both(|world| async move {
        let serial = add(&world, "Serial number", FieldKind::Text, Content::default()).await;
        let cost = add(&world, "Cost", FieldKind::Number, Content::default()).await;
        let until = add(&world, "Until", FieldKind::Date, Content::default()).await;
        let owner = add(&world, "Owner", FieldKind::Person, Content::default()).await;
        let jonas = world.agent("Jonas Petit", "jonas@desk.example").await;
        let id = opened(&world, vec![(serial, "X100-Ä".to_owned())]).await;
        let id = id.expect("is opened");
        let other = opened(&world, vec![]).await.expect("is opened");
        for (field, text) in [
            (cost, "99,5"),
            (until, "2026-12-01"),
            (owner, &jonas.person.to_string()),
        ] {
            fill(&world, id, field, text).await.expect(text);
        }
        for (search, expected) in [
            ("field.serial-number:x100", vec![id.0]),
            ("field.serial-number:none", vec![other.0]),
            ("field.cost:>99", vec![id.0]),
            ("field.cost:>=99.5 field.cost:<100", vec![id.0]),
            ("field.cost:99.5", vec![id.0]),
            ("field.cost:9", vec![]),
            ("-field.cost:any", vec![other.0]),
            ("field.until:2026-11-01..2026-12-01", vec![id.0]),
            ("field.until:<2026-12-01", vec![]),
            ("field.owner:jonas", vec![id.0]),
            ("field.owner:me", vec![]),
            ("printer (field.cost:>500 or field.owner:jonas)", vec![id.0]),
        ] {
            assert_eq!(finds(&world, search).await, expected, "{search}");
        }
        fill(&world, id, cost, "").await.expect("is emptied");
        assert_eq!(finds(&world, "field.cost:any").await, Vec::<i64>::new());
        let told = world.conversation(id).await.happened;
        let filled = told
            .iter()
            .filter(|it| matches!(it.recorded.event, Event::FieldFilled { .. }));
        let says: Vec<&str> = filled.map(|it| it.sentence.as_str()).collect();
        assert_eq!(says[0], "Filled in Serial number: X100-Ä");
        assert_eq!(says[3], "Filled in Owner: Jonas Petit");
        assert_eq!(says[4], "Emptied Cost, before: 99.5");
        world
    });
}

#[test]
fn a_field_is_asked_of_its_type_only_and_what_was_filled_in_stays() {
    on_both(|world| async move {
        let of_incidents = Content {
            types: ["incident".to_owned()].into(),
            choices: vec!["Blue".into(), "Red".into()],
            ..Content::default()
        };
        let room = add(&world, "Room", FieldKind::Choice, of_incidents.clone()).await;
        let id = opened(&world, vec![(room, "Blue".to_owned())]).await;
        let id = id.expect("is opened");
        let wrong = fill(&world, id, room, "Green").await;
        assert_eq!(wrong.expect_err("no choice").kind(), ErrorKind::Invalid);
        let less = Content {
            name: "Room".into(),
            choices: vec!["Red".into()],
            ..of_incidents
        };
        let changed = fields::change(&world.desk, &world.ines, room, less).await;
        changed.expect("is changed");
        fill(&world, id, room, "Blue").await.expect("stays");
        let kind = Change::Kind(Kind::Request);
        let moved = change(&world.desk, &world.ines, id, kind).await;
        moved.expect("is a request");
        let refused = fill(&world, id, room, "Red").await;
        assert_eq!(refused.expect_err("not asked").kind(), ErrorKind::Conflict);
        let retired = fields::retire(&world.desk, &world.ines, room, false).await;
        retired.expect("is retired");
        let shown = fields::of_ticket(&world.desk, &world.ines, id).await;
        let shown = shown.expect("shown");
        assert_eq!(shown[0].value, Some(Value::Choice("Blue".to_owned())));
        assert!(!shown[0].is_asked);
        assert_eq!(finds(&world, "field.room:blue").await, vec![id.0]);
        world
    });
}

#[test]
fn what_resolving_needs_is_asked_for() {
    on_both(|world| async move {
        let needed = Content {
            required: true,
            ..Content::default()
        };
        let cause = add(&world, "Cause", FieldKind::Text, needed).await;
        let id = opened(&world, vec![]).await.expect("is opened");
        let resolve = || change(&world.desk, &world.ines, id, Change::Resolve);
        let refused = resolve().await.expect_err("something is missing");
        assert!(refused.to_string().contains("Cause"), "{refused}");
        fill(&world, id, cause, "Toner")
            .await
            .expect("is filled in");
        resolve().await.expect("is resolved");
        world
    });
}

async fn status(world: &World, id: TicketId) -> Status {
    world.conversation(id).await.ticket.status
}

/// Closing a ticket that was never resolved resolved it past what must be filled in, and so did an act on many.
#[test]
fn what_resolving_needs_holds_back_every_way_to_end_a_ticket() {
    on_both(|world| async move {
        let needed = Content {
            required: true,
            types: ["incident".to_owned()].into(),
            ..Content::default()
        };
        let cause = add(&world, "Cause", FieldKind::Text, needed).await;
        let id = opened(&world, vec![]).await.expect("is opened");
        for act in [Change::Resolve, Change::Close] {
            let refused = change(&world.desk, &world.ines, id, act).await;
            let refused = refused.expect_err("something is missing");
            assert_eq!(refused.kind(), ErrorKind::Conflict);
            assert!(refused.to_string().contains("Cause"), "{refused}");
        }
        fill(&world, id, cause, "Toner").await.expect("is filled");
        world.change(id, Change::Resolve).await;
        fill(&world, id, cause, "").await.expect("is emptied");
        world.change(id, Change::Close).await;
        assert_eq!(status(&world, id).await, Status::Closed);
        world
    });
}

#[test]
fn an_act_on_many_leaves_out_what_lacks_a_field_and_says_so() {
    on_both(|world| async move {
        let needed = Content {
            required: true,
            ..Content::default()
        };
        let cause = add(&world, "Cause", FieldKind::Text, needed).await;
        let mut all = Vec::new();
        for own in [vec![], vec![(cause, "Toner".to_owned())], vec![]] {
            all.push(opened(&world, own).await.expect("is opened"));
        }
        let why = "Cause is not filled in".to_owned();
        for act in [BulkAct::Resolve, BulkAct::Close] {
            let scope = || Scope::Ticked(all.clone());
            let seen = bulk::preview(&world.desk, &world.ines, scope(), act.clone()).await;
            let seen = seen.expect("is seen");
            assert_eq!((seen.total, seen.will), (3, 1), "{act:?}");
            assert_eq!(seen.cannot, [(why.clone(), 2, vec![all[0], all[2]])]);
            let id = bulk::begin(&world.desk, &world.ines, scope(), act).await;
            let id = id.expect("begins");
            let came = bulk::progress(&world.desk, &world.ines, id).await;
            let came = came.expect("is read");
            assert_eq!(came.count(Outcome::Done), 1);
            let refused = came
                .outcomes
                .iter()
                .find(|it| it.outcome == Outcome::Refused);
            let refused = refused.expect("two were left out");
            assert_eq!((refused.many, refused.why.as_ref()), (2, Some(&why)));
        }
        assert!(status(&world, all[0]).await.is_open());
        assert_eq!(status(&world, all[1]).await, Status::Closed);
        world
    });
}

#[test]
fn only_admins_say_what_is_asked_and_order_is_theirs() {
    on_both(|world| async move {
        let first = add(&world, "First", FieldKind::Text, Content::default()).await;
        let second = add(&world, "Second", FieldKind::Text, Content::default()).await;
        let content = Content {
            name: "Third".to_owned(),
            ..Content::default()
        };
        let jonas = world.agent("Jonas Petit", "jonas@desk.example").await;
        let refused = fields::add(&world.desk, &jonas, FieldKind::Text, content).await;
        assert_eq!(refused.expect_err("no admin").kind(), ErrorKind::Denied);
        let moved = fields::shift(&world.desk, &world.ines, second, true).await;
        moved.expect("is moved");
        let all = fields::all(&world.desk, &jonas).await.expect("all");
        let order: Vec<FieldId> = all.iter().map(|it| it.id).collect();
        assert_eq!(order, [second, first]);
        world
    });
}

#[test]
fn a_field_there_is_none_of_is_a_mistake_with_its_place() {
    on_both(|world| async move {
        add(&world, "Room", FieldKind::Text, Content::default()).await;
        let zone = jiff::tz::TimeZone::UTC;
        let text = "printer field.rom:5";
        let wrong = reading::search(&world.desk, &world.ines, text, zone).await;
        let Err(Error::Search(bad)) = wrong else {
            panic!("it is a mistake");
        };
        assert_eq!(bad.at, 8);
        let meant = bad.meant.expect("a guess");
        assert_eq!(meant.instead, "printer field.room:5");
        world
    });
}

#[test]
fn what_differs_from_the_history_is_found_and_filled_in_again() {
    on_both(|world| async move {
        let room = add(&world, "Room", FieldKind::Text, Content::default()).await;
        let cost = add(&world, "Cost", FieldKind::Number, Content::default()).await;
        let id = opened(&world, vec![(room, "B 12".to_owned())]).await;
        let id = id.expect("is opened");
        fill(&world, id, cost, "12").await.expect("is filled in");
        fill(&world, id, cost, "").await.expect("is emptied");
        for sql in [
            "UPDATE ticket_fields SET value = 'B 13'",
            "DELETE FROM ticket_fields",
        ] {
            world.tamper(sql).await;
            let found = doctor::examine(&world.desk).await.expect("looks").findings;
            let expected = format!("#{id} holds other fields than its events say; rebuild it");
            assert_eq!(found, [expected], "{sql}");
            doctor::rebuild(&world.desk).await.expect("rebuilds");
            let whole = doctor::examine(&world.desk).await.expect("looks");
            assert_eq!(whole.findings, Vec::<String>::new(), "{sql}");
            assert_eq!(finds(&world, "field.room:b").await, vec![id.0]);
        }
        world
    });
}

//! What a search that can't find anything says instead of showing nothing, on the search page, in views and in bulk acts.

use jiff::tz::TimeZone;
use kept_app::bulk::{self, Scope};
use kept_app::domain::bulk::BulkAct;
use kept_app::domain::fields::{Content, FieldKind};
use kept_app::domain::search::BadQuery;
use kept_app::domain::tickets::Tag;
use kept_app::domain::views::{Arranged, Grouping, Sort, Wish};
use kept_app::reading::{self, Results};
use kept_app::tickets::Change;
use kept_app::{Error, fields, views};

use crate::support::{World, mail, on_both};

async fn search(world: &World, text: &str) -> Result<Results, Error> {
    reading::search(&world.desk, &world.ines, text, TimeZone::UTC).await
}

async fn wrong(world: &World, text: &str) -> BadQuery {
    match search(world, text).await {
        Err(Error::Search(bad)) => bad,
        other => panic!("{text}: {other:?}"),
    }
}

/// A ticket tagged `vpn`, and a field with the choices Blue and Green.
async fn begun(world: &World) {
    let ticket = world
        .opens(&mail("dana@acme.example", "Printer", "Smoke."))
        .await;
    let vpn = Tag::parse("vpn").expect("a tag");
    world.change(ticket, Change::Tag(vpn)).await;
    let content = Content {
        name: "Room".to_owned(),
        choices: vec!["Blue".to_owned(), "Green".to_owned()],
        ..Content::default()
    };
    let added = fields::add(&world.desk, &world.ines, FieldKind::Choice, content).await;
    added.expect("is added");
}

#[test]
fn what_nobody_is_called_is_said_with_what_was_meant() {
    on_both(|world| async move {
        begun(&world).await;
        let check = async |text: &str, at: usize, says: &str, instead: Option<&str>| {
            let bad = wrong(&world, text).await;
            assert_eq!(bad.at, at, "{text}: {bad}");
            assert!(bad.problem.contains(says), "{text}: {bad}");
            let meant = bad.meant.map(|meant| meant.instead);
            assert_eq!(meant.as_deref(), instead, "{text}");
        };
        check("tag:vnp", 0, "No ticket has the tag “vnp”", Some("tag:vpn")).await;
        check("printer tag:vnp", 8, "the tag", Some("printer tag:vpn")).await;
        check("tag:vnp,xyz", 0, "“vnp”", Some("tag:vpn,xyz")).await;
        check("client:zzz", 0, "No client’s name contains “zzz”", None).await;
        check("agent:xyz", 0, "Nobody at the desk is called “xyz”", None).await;
        check("agent:dana", 0, "Nobody at the desk", None).await;
        check(
            "queue:foo",
            0,
            "No queue’s name contains “foo”; there are",
            None,
        )
        .await;
        check("from:nobody", 0, "Nobody’s name or address", None).await;
        check("asset:laptop", 0, "No asset’s name", None).await;
        let says = "“blu e” can’t be chosen for Room; there are Blue, Green";
        check("field.room:\"blu e\"", 0, says, Some("field.room:\"Blue\"")).await;
        check(
            "field.room:gren",
            0,
            "chosen for Room",
            Some("field.room:Green"),
        )
        .await;
        check(
            "opened:last week",
            0,
            "opened: needs",
            Some("opened:last-week"),
        )
        .await;
        let slip = search(&world, "agent:inse is:open").await.expect("is read");
        let instead = slip.instead.as_deref();
        assert_eq!(
            instead,
            Some("agent:ines is:open"),
            "names are seen through"
        );
        world
    });
}

#[test]
fn what_is_there_and_fits_nothing_is_no_mistake() {
    on_both(|world| async move {
        begun(&world).await;
        for text in [
            "tag:vpn is:ended",
            "-tag:vnp is:ended",
            "tag:vnp or tag:vpn is:ended",
            "agent:me is:ended",
            "agent:ines is:ended",
            "from:dana@acme.example is:ended",
            "client:#4711",
            "field.room:green",
            "field.room:none is:ended",
            "nothing of this kind",
        ] {
            let results = search(&world, text).await;
            let results = results.unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(results.count, 0, "{text}");
        }
        let found = search(&world, "tag:vnp or tag:vpn")
            .await
            .expect("is found");
        assert_eq!(found.count, 1);
        world
    });
}

#[test]
fn not_is_told_as_a_minus() {
    on_both(|world| async move {
        begun(&world).await;
        for (text, expected) in [
            ("not toner", Some("is:open -toner")),
            ("smoke not toner", Some("smoke -toner")),
            ("smoke NOT printer", Some("smoke -printer")),
            ("not tag:vpn", Some("-tag:vpn")),
            ("smoke", None),
        ] {
            let results = search(&world, text).await.expect(text);
            let meant = results.left_out.map(|meant| meant.instead);
            assert_eq!(meant.as_deref(), expected, "{text}");
        }
        world
    });
}

#[test]
fn views_and_bulk_acts_say_the_same() {
    on_both(|world| async move {
        begun(&world).await;
        let wish = |search: &str| Wish {
            name: "Some".to_owned(),
            search: search.to_owned(),
            shared: false,
            columns: vec![],
            fields: vec![],
            arranged: Arranged {
                sort: Sort::Oldest,
                grouping: Grouping::None,
            },
        };
        for (text, says) in [
            (
                "is:open tag:vnp",
                Some("“vnp” (at character 9). Did you mean vpn?"),
            ),
            ("queue:foo", Some("No queue’s name contains “foo”")),
            ("not tag:vpn", Some("Did you mean -tag:vpn?")),
            ("field.rom:5", Some("Did you mean field.room?")),
            // It may still come.
            ("tag:conference", None),
            ("client:zzz", None),
            ("not printer", None),
        ] {
            let made = views::create(&world.desk, &world.ines, wish(text)).await;
            let told = made.err().map(|error| error.to_string());
            match says {
                Some(says) => assert!(told.is_some_and(|told| told.contains(says)), "{text}"),
                None => assert_eq!(told, None, "{text}"),
            }
        }
        for (text, says) in [
            ("tag:conference", "No ticket has the tag “conference”"),
            ("client:zzz", "No client’s name contains “zzz”"),
            ("not tag:vpn", "Did you mean -tag:vpn?"),
            ("not toner", "Did you mean -toner?"),
        ] {
            let scope = Scope::Found(text.to_owned(), TimeZone::UTC);
            let seen = bulk::preview(&world.desk, &world.ines, scope, BulkAct::Close).await;
            let told = seen.expect_err(text).to_string();
            assert!(told.contains(says), "{text}: {told}");
        }
        world
    });
}

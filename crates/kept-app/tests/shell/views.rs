//! Saved views: one's own and everybody's, and the number of their tickets.

use jiff::tz::TimeZone;
use kept_app::domain::access::Viewer;
use kept_app::domain::fields::{Content, FieldKind};
use kept_app::domain::views::{Arranged, Column, Grouping, Sort, Wish};
use kept_app::views::{self, Counted};
use kept_app::{ErrorKind, fields, reading};

use crate::support::{World, mail, on_both};

fn wish(name: &str, search: &str, shared: bool) -> Wish {
    Wish {
        name: name.into(),
        search: search.into(),
        shared,
        columns: vec![Column::Due],
        fields: vec![],
        arranged: Arranged {
            sort: Sort::Oldest,
            grouping: Grouping::Client,
        },
    }
}

async fn counted(world: &World, who: &Viewer) -> Vec<(String, usize)> {
    let frame = reading::frame(&world.desk, who.person)
        .await
        .expect("a frame");
    let pair = |it: Counted| (it.name, it.count);
    frame.views.into_iter().map(pair).collect()
}

#[test]
fn a_view_is_its_owners_until_it_is_everybodys() {
    on_both(|world| async {
        let noor = world.agent("Noor Haddad", "noor@desk.example").await;
        let omar = world.agent("Omar Diaz", "omar@desk.example").await;
        let first = world
            .opens(&mail("dana@acme.example", "Printer", "?"))
            .await;
        let second = world.opens(&mail("dana@acme.example", "Wi-Fi", "?")).await;
        let own = wish("Mine", "printer", false);
        let id = views::create(&world.desk, &noor, own.clone())
            .await
            .expect("is made");
        assert_eq!(counted(&world, &noor).await, [("Mine".to_owned(), 1)]);
        assert_eq!(counted(&world, &omar).await, []);
        let theirs = views::show(&world.desk, &omar, id, 0, TimeZone::UTC).await;
        assert_eq!(theirs.expect_err("not there").kind(), ErrorKind::NotFound);

        let all = wish("All", "is:open", true);
        views::update(&world.desk, &noor, id, all)
            .await
            .expect("is changed");
        assert_eq!(counted(&world, &omar).await, [("All".to_owned(), 2)]);
        let seen = views::show(&world.desk, &omar, id, 0, TimeZone::UTC)
            .await
            .expect("is seen");
        let numbers: Vec<_> = seen.listed.iter().map(|it| it.ticket.id).collect();
        assert_eq!(numbers, [first, second]);
        let denied = views::update(&world.desk, &omar, id, own).await;
        assert_eq!(denied.expect_err("is hers").kind(), ErrorKind::Denied);

        views::remove(&world.desk, &world.ines, id, true)
            .await
            .expect("a dispatcher may");
        assert_eq!(counted(&world, &noor).await, []);
        views::remove(&world.desk, &noor, id, false)
            .await
            .expect("is back");
        assert_eq!(counted(&world, &noor).await, [("All".to_owned(), 2)]);
        world
    });
}

#[test]
fn a_view_that_asks_nothing_is_not_taken() {
    on_both(|world| async {
        for (name, search, field) in [
            ("", "is:open", "name"),
            ("x", "", "search"),
            ("x", "is:opne", "search"),
        ] {
            let made = views::create(&world.desk, &world.ines, wish(name, search, false)).await;
            match made {
                Err(kept_app::Error::Invalid { field: found, .. }) => assert_eq!(found, field),
                other => panic!("{other:?}"),
            }
        }
        world
    });
}

#[test]
fn a_view_shows_the_desks_own_fields_of_its_tickets() {
    on_both(|world| async {
        let named = |name: &str| Content {
            name: name.to_owned(),
            ..Content::default()
        };
        let add = |name: &str, kind| fields::add(&world.desk, &world.ines, kind, named(name));
        let room = add("Room", FieldKind::Text).await.expect("is added");
        let owner = add("Owner", FieldKind::Person).await.expect("is added");
        let cost = add("Cost", FieldKind::Number).await.expect("is added");
        let first = world
            .opens(&mail("dana@acme.example", "Printer", "?"))
            .await;
        let second = world.opens(&mail("dana@acme.example", "Wi-Fi", "?")).await;
        let ines = world.ines.person.to_string();
        for (ticket, field, text) in [
            (first, room, "B 12"),
            (first, owner, &*ines),
            (second, cost, "3"),
        ] {
            let filled =
                fields::fill(&world.desk, &world.ines, ticket, field, text.to_owned()).await;
            filled.expect(text);
        }
        let mut wish = wish("Rooms", "is:open", false);
        wish.fields = vec![owner, room];
        let id = views::create(&world.desk, &world.ines, wish).await;
        let id = id.expect("is made");
        let shown = views::show(&world.desk, &world.ines, id, 0, TimeZone::UTC).await;
        let shown = shown.expect("is shown");
        let names: Vec<&str> = shown.fields.iter().map(|it| &*it.content.name).collect();
        assert_eq!(names, ["Room", "Owner"]);
        let mut held: Vec<_> = shown.held.into_iter().collect();
        held.sort();
        let expected = [
            ((first, room), "B 12".to_owned()),
            ((first, owner), world.ines.name.clone()),
        ];
        assert_eq!(held, expected);
        world
    });
}

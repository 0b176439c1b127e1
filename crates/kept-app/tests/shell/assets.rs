//! Assets: an identifier once, no circles, tickets about them, and found by their name.

use kept_app::assets::{self, Asked, Known};
use kept_app::domain::assets::{Draft, Relation};
use kept_app::domain::cards::sentence;
use kept_app::domain::ids::AssetId;
use kept_app::reading::{self, Look};
use kept_app::{Error, ErrorKind, doctor};

use crate::support::{World, mail, on_both};

async fn add(world: &World, name: &str, identifier: &str) -> Result<AssetId, Error> {
    let draft = Draft {
        name: name.into(),
        identifier: identifier.into(),
        ..Draft::default()
    };
    assets::add(&world.desk, &world.ines, draft).await
}

#[test]
fn an_asset_s_card_tells_what_changed_and_circles_are_refused() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let server = add(&world, "Server", "SN-1").await.expect("is added");
        let rack = add(&world, "Rack", "").await.expect("is added");
        let twice = add(&world, "Other", "sn-1").await.expect_err("is taken");
        assert!(
            twice.to_string().contains("identifier of Server already"),
            "{twice}"
        );
        let part = |one, two| assets::relate(desk, ines, one, (Relation::PartOf, two), true);
        part(server, rack).await.expect("is written down");
        let circle = part(rack, server).await.expect_err("it would go round");
        assert_eq!(circle.kind(), ErrorKind::Invalid);
        assert_eq!(
            part(rack, rack).await.expect_err("itself").kind(),
            ErrorKind::Invalid
        );
        assets::retire(desk, ines, server, true)
            .await
            .expect("is retired");
        let look = Look {
            before: None,
            zone: jiff::tz::TimeZone::UTC,
        };
        let card = assets::asset_card(desk, ines, server, look)
            .await
            .expect("is there");
        let told: Vec<String> = card.changes.iter().map(|it| sentence(&it.event)).collect();
        assert_eq!(
            told,
            [
                "Retired it",
                "Said that it is part of Rack",
                "Added the card"
            ]
        );
        let today = jiff::civil::date(2026, 11, 23);
        let listed = |which| {
            let asked = Asked {
                which,
                ..Asked::default()
            };
            assets::assets(desk, ines, asked, today, None)
        };
        assert_eq!(listed(Known::InUse).await.expect("a list").0.len(), 1);
        assert_eq!(listed(Known::Retired).await.expect("a list").0.len(), 1);
        world
    });
}

#[test]
fn a_ticket_is_about_an_asset_that_was_named_and_is_found_by_it() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let letter = mail("Dana Fox <dana@acme.example>", "It hums", "All day.").id("1@acme");
        let ticket = world.opens(&letter).await;
        let server = add(&world, "Server", "SN-1").await.expect("is added");
        add(&world, "Twin", "").await.expect("is added");
        add(&world, "Twin", "").await.expect("is added");
        let link = |named: &str| assets::link(desk, ines, ticket, named.to_owned());
        link(" sn-1 ").await.expect("by its identifier");
        link(&format!("#{server} Server"))
            .await
            .expect("again is once");
        for (named, words) in [("Nothing", "No asset in use"), ("twin", "Several assets")] {
            let refused = link(named).await.expect_err("is refused").to_string();
            assert!(refused.contains(words), "{refused}");
        }
        let found = |text: &'static str| async move {
            let zone = jiff::tz::TimeZone::UTC;
            let found = reading::search(desk, ines, text, zone).await;
            found.expect("is understood").found.len()
        };
        assert_eq!(found("asset:server").await, 1);
        assert_eq!(found("asset:SN-1 has:asset").await, 1);
        assert_eq!(found("asset:twin").await, 0);
        assert_eq!(found("asset:none").await, 0);
        let report = doctor::examine(desk).await.expect("looks");
        assert!(report.is_content(), "{report:?}");
        assets::unlink(desk, ines, ticket, server)
            .await
            .expect("is taken off");
        assert_eq!(found("asset:server").await, 0);
        world
    });
}

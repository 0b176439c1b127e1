//! Cards: changed by two people at once, and who changed what.

use kept_app::ErrorKind;
use kept_app::domain::cards::{PersonDetails, sentence};
use kept_app::domain::people::EmailAddress;
use kept_app::people::{Card, ClientCard, add, add_client, edit, edit_client};
use kept_app::reading::{self, Look};

use crate::support::on_both;

fn card(phone: &str, seen: Option<i64>) -> Card {
    Card {
        name: "Dana Fox".into(),
        addresses: vec![EmailAddress::parse("dana@acme.example").expect("an address")],
        details: PersonDetails {
            phone: phone.into(),
            zone: "Europe/Lisbon".into(),
            ..PersonDetails::default()
        },
        seen,
        ..Card::default()
    }
}

fn look() -> Look {
    Look {
        before: None,
        zone: jiff::tz::TimeZone::UTC,
    }
}

#[test]
fn who_changed_what_of_a_card_is_told_and_the_second_of_two_looks_again() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let dana = add(desk, ines, card("1", None)).await.expect("is added");
        let seen = reading::person(desk, ines, dana)
            .await
            .expect("is there")
            .seen;
        edit(desk, ines, dana, card("2", Some(seen)))
            .await
            .expect("is changed");
        let late = edit(desk, ines, dana, card("3", Some(seen))).await;
        let late = late.expect_err("somebody was quicker");
        assert_eq!(late.kind(), ErrorKind::Conflict);
        assert!(late.to_string().starts_with("Ines"), "{late}");
        edit(desk, ines, dana, card("2", None))
            .await
            .expect("nothing is different");
        let known = reading::person_card(desk, ines, dana, look()).await;
        let known = known.expect("is there");
        assert_eq!(known.details.phone, "2");
        let told: Vec<String> = known.changes.iter().map(|it| sentence(&it.event)).collect();
        assert_eq!(told, ["Changed the phone from 1 to 2", "Added the card"]);
        assert_eq!(known.tickets.months.len(), 12);
        let nowhere = Card {
            details: PersonDetails {
                zone: "Mars/Olympus".into(),
                ..PersonDetails::default()
            },
            ..card("2", None)
        };
        let nowhere = edit(desk, ines, dana, nowhere).await;
        assert_eq!(nowhere.map_err(|it| it.kind()), Err(ErrorKind::Invalid));
        world
    });
}

#[test]
fn a_client_s_notes_keep_what_stood_there_before() {
    on_both(|world| async {
        let (desk, ines) = (&world.desk, &world.ines);
        let card = |notes: &str| ClientCard {
            name: "Acme".into(),
            notes: notes.into(),
            ..ClientCard::default()
        };
        let acme = add_client(desk, ines, card("Pays late.")).await;
        let acme = acme.expect("is added");
        edit_client(desk, ines, acme, card("Pays in time."))
            .await
            .expect("is changed");
        let known = reading::client_card(desk, ines, acme, look()).await;
        let known = known.expect("is there");
        assert_eq!(known.notes, "Pays in time.");
        let last = serde_json::to_string(&known.changes[0].event).expect("JSON");
        assert!(last.contains("Pays late."), "{last}");
        world
    });
}

//! E2: a ticket's number in the subject and nothing else.

use kept_app::domain::people::Domain;
use kept_app::intake::Taken;
use kept_app::people::{ClientCard, add_client};

use crate::support::{mail, on_both};

#[test]
fn e02_a_number_in_the_subject_counts_for_colleagues_and_never_for_strangers() {
    on_both(|world| async {
        let acme = ClientCard {
            name: "Acme".into(),
            domains: vec![Domain::parse("acme.example").expect("a domain")],
            ..ClientCard::default()
        };
        add_client(&world.desk, &world.ines, acme)
            .await
            .expect("is added");
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "It smells."))
            .await;
        let tagged = |from: &str| mail(from, &format!("Printer [#{ticket}]"), from);
        assert_eq!(
            world.take(&tagged("lee@acme.example")).await,
            Taken::Joined(ticket)
        );
        let apart = world.opens(&tagged("eve@evil.example")).await;
        let told = world.told(apart).await;
        let why = format!("New ticket: the subject names #{ticket}, but the sender is not on it");
        assert!(told.contains(&why), "{told:#?}");
        world
    });
}

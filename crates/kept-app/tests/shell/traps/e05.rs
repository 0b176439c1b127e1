//! E5: a correspondent's own desk strips every header and writes only its own ticket number.

use kept_app::domain::tickets::AndThen;
use kept_app::intake::Taken;

use crate::support::{mail, on_both};

#[test]
fn e05_a_foreign_desks_number_leads_back_for_the_same_house_only() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("dana@acme.example", "Router", "It is down."))
            .await;
        world
            .reply(ticket, "We ask the provider.", AndThen::Update)
            .await;
        let (_, ours) = world.last_sent().await;
        let id = ours.message_id.expect("an id");
        let noted = mail(
            "desk@provider.example",
            "[Ticket#20261123] Router",
            "We look.",
        );
        assert_eq!(
            world.take(&noted.answering(&id)).await,
            Taken::Joined(ticket)
        );
        let bare =
            |from: &str, n: i64| mail(from, "AW: [Ticket#20261123] anything", &format!("News {n}"));
        let colleague = world.take(&bare("other@provider.example", 1)).await;
        assert_eq!(colleague, Taken::Joined(ticket));
        let told = world.told(ticket).await;
        let why = format!("Joined #{ticket}: “ticket 20261123” is the sender’s own number for it");
        assert!(told.contains(&why), "{told:#?}");
        assert_ne!(world.opens(&bare("eve@evil.example", 2)).await, ticket);
        world
    });
}

#[test]
fn e05_a_shared_providers_people_are_not_one_house() {
    on_both(|world| async {
        let subject = "Case 4711: my site";
        let ticket = world.opens(&mail("dana@gmail.com", subject, "Down.")).await;
        let stranger = world
            .opens(&mail("eve@gmail.com", subject, "Mine too."))
            .await;
        assert_ne!(ticket, stranger);
        let same = world
            .take(&mail("dana+x@gmail.com", subject, "Still."))
            .await;
        assert_eq!(same, Taken::Joined(ticket));
        world
    });
}

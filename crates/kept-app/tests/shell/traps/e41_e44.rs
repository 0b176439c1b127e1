//! E41 to E44: what makes the same mail the same, and another another.

use kept_app::domain::ids::QueueId;
use kept_app::domain::people::EmailAddress;
use kept_app::intake::Taken;
use kept_app::store::queues::{self, QueueSettings};

use crate::support::{World, mail, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";

#[test]
fn e41_a_mail_delivered_again_after_a_crash_is_not_doubled() {
    on_both(|world| async {
        let first = mail(DANA, "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        // The server that never saw our answer tries again, at a desk that was started anew.
        let again = world.again(|_| {}).await;
        let taken = kept_app::intake::take_in(&again, first.bytes(), first.envelope()).await;
        assert_eq!(taken.expect("is taken"), Taken::Duplicate);
        assert_eq!(world.said(ticket).await, ["It smells."]);
        again.close().await;
        world
    });
}

#[test]
fn e42_a_mail_without_message_id_is_known_by_its_content() {
    on_both(|world| async {
        let bare = mail("scan@acme.example", "Scan", "Page 1").without("Message-ID");
        let ticket = world.opens(&bare).await;
        world.later(60 * 24 * 40);
        assert_eq!(
            world.take(&bare).await,
            Taken::Duplicate,
            "dated, so it stays the same"
        );
        let next = mail("scan@acme.example", "Scan", "Page 2").without("Message-ID");
        assert_ne!(world.opens(&next).await, ticket);
        world
    });
}

async fn sales(world: &World) -> QueueId {
    let dispatcher = world.ines.person;
    let added = world.desk.store().write(move |tx| {
        let settings = QueueSettings {
            name: "Sales".into(),
            addresses: vec![EmailAddress::parse("sales@desk.example").expect("an address")],
            members: vec![],
            dispatcher,
            zone: "UTC".into(),
            signature: String::new(),
            sender: kept_app::domain::queues::Sender::default(),
        };
        queues::insert(tx, &settings)
    });
    let added: Result<QueueId, kept_app::store::StoreError> = added.await;
    added.expect("is added")
}

#[test]
fn e43_one_mail_to_two_queues_is_one_ticket_that_tells_both() {
    on_both(|world| async {
        sales(&world).await;
        let told = "Sent to Sales as well; this one ticket does for both".to_owned();
        let both = mail(DANA, "Printer", "For you both.").id("1@acme");
        let both = both.with("Cc", "sales@desk.example");
        let ticket = world.opens(&both).await;
        assert!(
            world.told(ticket).await.contains(&told),
            "named in the mail"
        );
        assert_eq!(
            world.take(&both.clone().to("sales@desk.example")).await,
            Taken::Duplicate
        );
        let hidden = mail(DANA, "Toner", "By blind copy.").id("2@acme");
        let ticket = world.opens(&hidden).await;
        assert!(!world.told(ticket).await.contains(&told));
        for _ in 0..2 {
            let again = hidden.clone().to("sales@desk.example");
            assert_eq!(world.take(&again).await, Taken::Duplicate);
        }
        let lines = world.told(ticket).await;
        assert_eq!(
            lines.iter().filter(|line| **line == told).count(),
            1,
            "{lines:#?}"
        );
        world
    });
}

#[test]
fn e44_one_message_id_with_two_texts_is_two_messages() {
    on_both(|world| async {
        let first = mail(DANA, "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        let other = mail(DANA, "Printer", "Another matter.").id("1@acme");
        let second = world.opens(&other).await;
        assert_eq!(world.said(ticket).await, ["It smells."]);
        assert_eq!(world.said(second).await, ["Another matter."]);
        world
    });
}

//! The same mail, however often and by whatever way it comes, is one; another is never taken for it.

use kept_app::intake::{self, Taken};
use kept_app::reading::raw_of_message;

use crate::support::{mail, on_both};

const DANA: &str = "Dana Fox <dana@acme.example>";

#[test]
fn the_same_mail_twice_is_one_message() {
    on_both(|world| async {
        let first = mail(DANA, "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        for _ in 0..3 {
            assert_eq!(world.take(&first).await, Taken::Duplicate);
        }
        assert_eq!(world.said(ticket).await, ["It smells."]);
        assert_eq!(world.outbox().await.len(), 1, "acknowledged once");
        world
    });
}

#[test]
fn the_same_mail_by_another_way_is_kept_beside_the_first() {
    on_both(|world| async {
        let first = mail(DANA, "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        let again = first.clone().passed("backup.acme.example");
        assert_eq!(world.take(&again).await, Taken::Duplicate);
        let said = world.conversation(ticket).await.said.remove(0);
        let [copy] = said.copies.as_slice() else {
            panic!("{:?}", said.copies)
        };
        let kept = world
            .desk
            .blobs()
            .get(world.desk.store(), copy)
            .await
            .expect("reads");
        assert_eq!(kept, Some(again.bytes()));
        let original = raw_of_message(&world.desk, &world.ines, said.message.id).await;
        assert_eq!(original.expect("reads"), first.bytes());
        world
    });
}

#[test]
fn one_message_id_with_two_texts_is_two_messages() {
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

#[test]
fn a_mail_without_id_and_date_is_the_same_for_a_day() {
    on_both(|world| async {
        let alert = mail("cron@acme.example", "Disk full", "sda1").without("Date");
        let ticket = world.opens(&alert).await;
        assert_eq!(world.take(&alert).await, Taken::Duplicate);
        world.later(24 * 60);
        assert_ne!(world.opens(&alert).await, ticket);
        world
    });
}

#[test]
fn the_same_mail_at_several_doors_at_once_is_one_ticket() {
    on_both(|world| async {
        let first = mail(DANA, "Printer", "It smells.").id("1@acme");
        let node = world.again(|_| {}).await;
        let taking: Vec<_> = (0..8)
            .map(|n| {
                let desk = if n % 2 == 0 { &world.desk } else { &node };
                let (desk, raw, envelope) = (desk.clone(), first.bytes(), first.envelope());
                tokio::spawn(async move { intake::take_in(&desk, raw, envelope).await })
            })
            .collect();
        let mut opened = 0;
        for taken in taking {
            match taken.await.expect("it ends").expect("it is taken") {
                Taken::Opened(_) => opened += 1,
                other => assert_eq!(other, Taken::Duplicate),
            }
        }
        assert_eq!(opened, 1);
        assert_eq!(world.rows("tickets").await, 1);
        assert_eq!(world.outbox().await.len(), 1);
        node.close().await;
        world
    });
}

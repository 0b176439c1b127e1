//! E6: a Message-ID is known only once its mail is really queued.

use kept_app::domain::tickets::AndThen;
use kept_app::tickets::Addressees;

use crate::support::{mail, on_both};

#[test]
fn e06_a_reply_that_was_refused_leaves_no_id_behind() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "It smells."))
            .await;
        let before = (world.rows("message_refs").await, world.outbox().await.len());
        let nobody = Some(Addressees::default());
        let refused = world
            .try_reply(ticket, "Hello?", AndThen::Ask, nobody)
            .await;
        assert!(refused.is_err());
        let after = (world.rows("message_refs").await, world.outbox().await.len());
        assert_eq!(after, before);
        world.reply(ticket, "Which printer?", AndThen::Ask).await;
        assert_eq!(world.rows("message_refs").await, before.0 + 1);
        world
    });
}

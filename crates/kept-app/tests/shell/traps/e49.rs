//! E49: what Kept sends says truly what it is: from the desk's own domain, by a person or by a program.

use kept_app::domain::tickets::AndThen;

use crate::support::{mail, on_both};

#[test]
fn e49_a_reply_is_from_the_desk_and_an_acknowledgement_says_that_a_program_wrote_it() {
    on_both(|world| async move {
        let ticket = world
            .opens(&mail("Dana <dana@acme.example>", "VPN", "Help"))
            .await;
        let (_, acknowledged) = world.last_sent().await;
        assert_eq!(acknowledged.header("Auto-Submitted"), Some("auto-replied"));
        world
            .reply(ticket, "We look into it.", AndThen::Update)
            .await;
        let (_, replied) = world.last_sent().await;
        assert_eq!(replied.header("Auto-Submitted"), None);
        for sent in [acknowledged, replied] {
            assert_eq!(sent.from.len(), 1);
            assert_eq!(sent.from[0].address, "support@desk.example");
            assert_eq!(sent.sender, None);
            for list in [
                "List-Unsubscribe",
                "List-Unsubscribe-Post",
                "List-Id",
                "Precedence",
            ] {
                assert_eq!(sent.header(list), None, "{list}");
            }
        }
        let senders = world.written().await;
        let envelope: Vec<&str> = senders.iter().map(|mail| mail.envelope_sender()).collect();
        assert_eq!(envelope.first(), Some(&""));
        // Bounces come back to the desk's own address, with the ticket's mark in it.
        let (local, domain) = envelope[1].split_once('@').expect("an address");
        assert!(local.starts_with("support+k"), "{local}");
        assert_eq!(domain, "desk.example");
        world
    });
}

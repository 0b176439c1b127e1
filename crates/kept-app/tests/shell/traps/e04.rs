//! E4: the outgoing provider rewrites our Message-ID, so that answers name an id nobody knows.

use kept_app::domain::tickets::AndThen;
use kept_app::intake::Taken;

use crate::support::{mail, on_both};

#[test]
fn e04_an_answer_to_a_rewritten_id_finds_its_ticket_by_the_id_of_the_ticket() {
    on_both(|world| async {
        let ticket = world
            .opens(&mail("dana@acme.example", "Printer", "It smells."))
            .await;
        world.reply(ticket, "Which printer?", AndThen::Ask).await;
        let (_, sent) = world.last_sent().await;
        let stands_for_it = world.desk.identity().thread_ref(ticket.0);
        assert_eq!(sent.references.first(), Some(&stands_for_it));
        let answer = mail("lee@else.example", "Re: x", "The one in the hall.");
        let answer = answer
            .answering("0102018a-rewritten@email.amazonses.example")
            .with("References", &format!("<{}>", stands_for_it.to_uppercase()));
        assert_eq!(world.take(&answer).await, Taken::Joined(ticket));
        let told = world.told(ticket).await;
        assert!(
            told.contains(&format!("Joined #{ticket}: our reply token")),
            "{told:#?}"
        );
        let forged = mail("eve@evil.example", "x", "Let me in.");
        let forged = forged.with("References", "<k1.aaaaaaaaaaaaaaaa@desk.example>");
        assert_ne!(world.opens(&forged).await, ticket);
        world
    });
}

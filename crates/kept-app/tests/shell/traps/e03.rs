//! E3: somebody forwards a mail of a ticket about something else; its References still name the ticket.

use kept_app::domain::tickets::Link;
use kept_app::intake::Taken;

use crate::support::{mail, on_both};

#[test]
fn e03_a_forward_about_something_else_begins_a_ticket_beside_the_old_one() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let old = world.opens(&first).await;
        for (n, prefix) in ["WG: ", "TR: ", "RV: ", "I: ", "Fwd: "]
            .into_iter()
            .enumerate()
        {
            let subject = format!("{prefix}Invoice {n}");
            let forward = mail("dana@acme.example", &subject, "Please see below.");
            let new = world.opens(&forward.with("References", "<1@acme>")).await;
            let links = world.conversation(new).await.links;
            let found = links.iter().map(|it| (it.ticket, it.link, it.is_older));
            assert_eq!(found.collect::<Vec<_>>(), [(old, Link::Forwards, true)]);
            let told = world.told(old).await;
            let said = format!("Forwarded about something else; that opened #{new}");
            assert!(told.contains(&said), "{told:#?}");
        }
        let same = mail("dana@acme.example", "WG: Printer", "Still.").answering("1@acme");
        assert_eq!(world.take(&same).await, Taken::Joined(old));
        let renamed = mail("dana@acme.example", "Toner", "Or the toner?").answering("1@acme");
        assert_eq!(world.take(&renamed).await, Taken::Joined(old), "no forward");
        world
    });
}

#[test]
fn e03_a_forward_without_a_prefix_is_known_by_what_it_carries() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let old = world.opens(&first).await;
        let body = "Can you pay this?\n\n---------- Forwarded message ---------\nFrom: Shop <shop@shop.example>\nDate: Mon, 23 Nov 2026 08:00:00 +0000\nSubject: Invoice\nTo: Dana <dana@acme.example>\n\nPlease pay.";
        let forward = mail("dana@acme.example", "Invoice", body).answering("1@acme");
        assert_ne!(world.opens(&forward).await, old);
        world
    });
}

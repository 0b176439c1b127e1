//! E1: References name an id we only saw in somebody's mail.

use kept_app::intake::Taken;

use crate::support::{mail, on_both};

#[test]
fn e01_an_id_we_only_saw_leads_to_the_ticket_that_named_it() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Re: Printer", "It smells.").id("2@acme");
        let ticket = world
            .opens(&first.with("References", "<0@acme> <1@acme>"))
            .await;
        let other = mail("lee@acme.example", "Re: Printer", "Here too.").id("3@acme");
        let joined = world.take(&other.with("References", "<0@acme>")).await;
        assert_eq!(joined, Taken::Joined(ticket));
        world
    });
}

//! E8: mail to a closed ticket opens it again for a while; later it begins a linked one.

use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{Link, Status};
use kept_app::intake::Taken;
use kept_app::settings::closing;
use kept_app::tickets::Change;

use crate::support::{Mail, World, mail, on_both};

const A_DAY: u64 = 24 * 60;

async fn closed(world: &World) -> TicketId {
    let ticket = world
        .opens(&mail("dana@acme.example", "Printer", "It smells.").id("1@acme"))
        .await;
    world.change(ticket, Change::Close).await;
    ticket
}

fn answer(n: u32) -> Mail {
    let mail = mail("dana@acme.example", "Re: Printer", &format!("Again ({n})."));
    mail.id(&format!("again-{n}@acme")).answering("1@acme")
}

#[test]
fn e08_within_the_time_a_closed_ticket_opens_again() {
    on_both(|world| async {
        let ticket = closed(&world).await;
        world.later(14 * A_DAY);
        assert_eq!(world.take(&answer(1)).await, Taken::Joined(ticket));
        assert_eq!(world.conversation(ticket).await.ticket.status, Status::Open);
        world
    });
}

#[test]
fn e08_later_a_linked_ticket_begins_and_the_thread_goes_on_there() {
    on_both(|world| async {
        let old = closed(&world).await;
        world.later(15 * A_DAY);
        let new = world.opens(&answer(1)).await;
        let links = world.conversation(new).await.links;
        assert_eq!((links[0].ticket, links[0].link), (old, Link::Follows));
        let told = world.told(new).await;
        let why = format!("New ticket: #{old} was closed too long ago to reopen it");
        assert!(told.contains(&why), "{told:#?}");
        let links = world.conversation(old).await.links;
        assert_eq!((links[0].ticket, links[0].is_older), (new, false));
        assert_eq!(world.conversation(old).await.ticket.status, Status::Closed);
        // The old mail answered once more belongs where it goes on.
        assert_eq!(world.take(&answer(2)).await, Taken::Joined(new));
        world.change(new, Change::Close).await;
        world.later(20 * A_DAY);
        let newest = world.opens(&answer(3)).await;
        assert_ne!(newest, new);
        assert_eq!(world.take(&answer(4)).await, Taken::Joined(newest));
        world
    });
}

#[test]
fn e08_how_long_is_a_setting_and_a_program_never_opens_anything() {
    on_both(|world| async {
        assert_eq!(closing::current(&world.desk).await.expect("reads"), 14);
        let bad = closing::change(&world.desk, &world.ines, Some(-1)).await;
        assert!(
            bad.expect_err("less than none")
                .to_string()
                .contains("days")
        );
        closing::change(&world.desk, &world.ines, Some(0))
            .await
            .expect("changes");
        let ticket = closed(&world).await;
        world.later(1);
        let away = answer(1).with("Auto-Submitted", "auto-replied");
        assert_eq!(world.take(&away).await, Taken::Joined(ticket));
        assert_eq!(
            world.conversation(ticket).await.ticket.status,
            Status::Closed
        );
        assert_ne!(world.opens(&answer(2)).await, ticket);
        world
    });
}

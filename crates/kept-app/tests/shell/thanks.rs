//! Thanks and nothing else: heard, and nothing moves (S11).

use kept_app::domain::event::Event;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::domain::turn::Turn;

use crate::support::{World, mail, on_both};

async fn answered(world: &World, then: AndThen) -> TicketId {
    let asked = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id("1@acme");
    let ticket = world.opens(&asked).await;
    world.reply(ticket, "Please open a window", then).await;
    ticket
}

async fn says(world: &World, text: &str) {
    let answer = mail("Dana Fox <dana@acme.example>", "Re: Printer", text).answering("1@acme");
    world.take(&answer).await;
}

async fn heard_as_thanks(world: &World, ticket: TicketId) -> Vec<bool> {
    let happened = world.conversation(ticket).await.happened;
    let heard = happened
        .iter()
        .filter_map(|line| match line.recorded.event {
            Event::MessageReceived { thanks, .. } => Some(thanks),
            _ => None,
        });
    heard.collect()
}

#[test]
fn s11_thanks_alone_neither_reopen_nor_move_the_turn() {
    on_both(|world| async {
        let ticket = answered(&world, AndThen::Resolve).await;
        says(&world, "Thank you so much!").await;
        let it = world.conversation(ticket).await.ticket;
        assert_eq!((it.status, it.turn()), (Status::Resolved, Turn::Client));
        assert_eq!(heard_as_thanks(&world, ticket).await, [false, true]);
        assert_eq!(world.said(ticket).await.len(), 3, "it is kept all the same");
        world
    });
}

#[test]
fn s11_thanks_leave_the_turn_where_it_is() {
    on_both(|world| async {
        let ticket = answered(&world, AndThen::Ask).await;
        says(&world, "Vielen Dank!").await;
        let it = world.conversation(ticket).await.ticket;
        assert_eq!(it.turn(), Turn::Client);
        world
    });
}

#[test]
fn s11_thanks_and_more_are_a_word_like_any_other() {
    on_both(|world| async {
        let ticket = answered(&world, AndThen::Resolve).await;
        says(&world, "Thanks, but it still smells.").await;
        let it = world.conversation(ticket).await.ticket;
        assert_eq!((it.status, it.turn()), (Status::Open, Turn::Desk));
        assert_eq!(heard_as_thanks(&world, ticket).await, [false, false]);
        world
    });
}

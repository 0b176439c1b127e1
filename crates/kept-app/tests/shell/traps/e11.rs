//! E11 and E17: what may be written by a person and yet gets no automatic answer, and how ours say what they are.

use kept_app::domain::turn::Turn;

use crate::support::{mail, on_both};

#[test]
fn e11_what_a_person_writes_to_a_list_is_a_ticket_and_the_list_is_not_answered() {
    on_both(|world| async {
        let made = mail("Dana Fox <dana@acme.example>", "Printer", "It smokes.")
            .with("List-Id", "Staff <staff.acme.example>")
            .with("Precedence", "list");
        let ticket = world.opens(&made).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.ticket.turn(), Turn::Desk);
        assert!(
            !found.said[0].message.automatic,
            "a person may have written it"
        );
        assert_eq!(world.written().await, []);
        world
    });
}

#[test]
fn e17_what_kept_writes_by_itself_says_so_and_has_no_return_path() {
    on_both(|world| async {
        world
            .opens(&mail(
                "Dana Fox <dana@acme.example>",
                "Printer",
                "It smokes.",
            ))
            .await;
        let (_, told) = world.last_sent().await;
        assert_eq!(told.header("Auto-Submitted"), Some("auto-replied"));
        assert_eq!(told.header("X-Auto-Response-Suppress"), Some("All"));
        assert_eq!(world.written().await[0].envelope_sender(), "");
        world
    });
}

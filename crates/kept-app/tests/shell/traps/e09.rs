//! E9: the client writes under another subject.

use kept_app::intake::Taken;

use crate::support::{mail, on_both};

#[test]
fn e09_each_message_keeps_the_subject_it_came_with() {
    on_both(|world| async {
        let first = mail("dana@acme.example", "Printer", "It smells.").id("1@acme");
        let ticket = world.opens(&first).await;
        let renamed = mail("dana@acme.example", "Toner!", "Or the toner?").answering("1@acme");
        assert_eq!(world.take(&renamed).await, Taken::Joined(ticket));
        let read = world.conversation(ticket).await;
        assert_eq!(read.ticket.subject, "Printer");
        let subjects = read.said.iter().map(|said| said.message.subject.as_deref());
        assert_eq!(
            subjects.collect::<Vec<_>>(),
            [Some("Printer"), Some("Toner!")]
        );
        world
    });
}

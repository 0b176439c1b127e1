//! E15: a report is words from a stranger until it shows that it is one: it neither silences a client nor opens
//! what was ended.

use kept_app::domain::delivery::Setback;
use kept_app::domain::ids::{MessageId, TicketId};
use kept_app::domain::tickets::{AndThen, Status};
use kept_app::intake::Taken;
use kept_app::mail::Mailbox;
use kept_app::tickets::Addressees;

use super::reports::{bounce, plain_bounce};
use crate::support::{Mail, World, mail, on_both};

const DANA: &str = "dana@acme.example";
const LEE: &str = "lee@acme.example";
const NOBODY: &str = "550 5.1.1 User unknown";

/// A question to Dana and Lee, whom both it goes to: its ticket, its message, its id and where its bounces go.
async fn asked(world: &World) -> (TicketId, MessageId, String, String) {
    let id = format!("{}@acme", world.outbox().await.len());
    let first = mail("Dana Fox <dana@acme.example>", "Printer", "It smells.").id(&id);
    let ticket = world.opens(&first).await;
    let both = Addressees {
        to: vec![Mailbox::bare(DANA), Mailbox::bare(LEE)],
        cc: vec![],
        bcc: vec![],
    };
    let reply = world
        .try_reply(ticket, "Which one?", AndThen::Resolve, Some(both))
        .await;
    let message = reply.expect("is written");
    let id = world.last_sent().await.1.message_id.expect("an id");
    let mails = world.written().await;
    let returns = mails.last().expect("a mail").envelope_sender().to_owned();
    (ticket, message, id, returns)
}

async fn joins(world: &World, mail: &Mail, ticket: TicketId) {
    assert_eq!(world.take(mail).await, Taken::Joined(ticket), "{mail:?}");
}

async fn marked(world: &World) -> i64 {
    world.rows("bounced_addresses").await
}

async fn noted(world: &World, ticket: TicketId) -> Vec<(String, Setback)> {
    let found = world.conversation(ticket).await.said;
    let losses = found.into_iter().flat_map(|said| said.losses);
    losses.map(|loss| (loss.address, loss.kind)).collect()
}

#[test]
fn e15_a_report_found_by_its_recipient_opens_nothing_that_was_ended() {
    on_both(|world| async {
        let (ticket, _, _, _) = asked(&world).await;
        for address in [DANA, LEE] {
            joins(&world, &plain_bounce(address), ticket).await;
        }
        let found = world.conversation(ticket).await;
        assert_eq!(found.ticket.status, Status::Resolved);
        let expected = [
            (DANA.to_owned(), Setback::Hard),
            (LEE.to_owned(), Setback::Hard),
        ];
        assert_eq!(
            noted(&world, ticket).await,
            expected,
            "it is filed at the message"
        );
        assert_eq!(marked(&world).await, 0);
        world
    });
}

#[test]
fn e15_a_report_with_our_id_from_a_person_marks_nobody() {
    on_both(|world| async {
        let (ticket, _, ours, returns) = asked(&world).await;
        let forged = |mail: Mail| mail.sent_by(Some("mallory@acme.example"));
        joins(&world, &forged(bounce(&ours, LEE, "5.1.1", NOBODY)), ticket).await;
        joins(&world, &forged(plain_bounce(DANA).to(&returns)), ticket).await;
        assert_eq!(
            marked(&world).await,
            0,
            "no server sends reports as somebody"
        );
        joins(
            &world,
            &bounce(&ours, LEE, "5.1.1", NOBODY).id("2@mx"),
            ticket,
        )
        .await;
        assert_eq!(marked(&world).await, 1);
        world
    });
}

#[test]
fn e15_our_token_is_proof_in_the_address_only_and_only_soon() {
    on_both(|world| async {
        let (ticket, _, _, returns) = asked(&world).await;
        let quoting = plain_bounce(DANA).with("References", &format!("<{returns}>"));
        joins(&world, &quoting, ticket).await;
        assert_eq!(
            marked(&world).await,
            0,
            "everybody who was written to knows it"
        );
        joins(
            &world,
            &plain_bounce("else@acme.example").to(&returns).id("3@mx"),
            ticket,
        )
        .await;
        assert_eq!(marked(&world).await, 0, "nothing was sent there");
        world.later(8 * 24 * 60);
        let late = plain_bounce(DANA).to(&returns).id("4@mx");
        let late = late.with("Date", "Tue, 1 Dec 2026 09:00:00 +0000");
        joins(&world, &late, ticket).await;
        assert_eq!(marked(&world).await, 0, "no server tries that long");
        let (ticket, _, _, returns) = asked(&world).await;
        joins(&world, &plain_bounce(DANA).to(&returns).id("5@mx"), ticket).await;
        assert_eq!(marked(&world).await, 1);
        world
    });
}

//! E33: invitations are read, answered and found again; somebody's answer opens no ticket.

use kept_app::domain::messages::InvitationAnswer::{Accepted, Declined};
use kept_app::domain::turn::Turn;
use kept_app::intake::Taken;
use kept_app::mail::calendar::{Answer, Method};
use kept_app::reading::{Card, Invitation};
use kept_app::tickets::answer_invitation;

use crate::support::{Mail, World, mail, on_both};

/// A mail that carries a calendar object, as Outlook and Google write it.
fn about_a_meeting(subject: &str, text: &str, method: &str, more: &str) -> Mail {
    let object = format!(
        "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:move-7@acme.example\nSUMMARY:Move to Room 5\n\
         ORGANIZER;CN=Dana Fox:mailto:dana@acme.example\nDTSTART:20261201T090000Z\nDTEND:20261201T100000Z\n{more}END:VEVENT\nEND:VCALENDAR\n"
    );
    let body = format!(
        "--b\nContent-Type: text/plain\n\n{text}\n--b\n\
         Content-Type: text/calendar; charset=utf-8; method={method}\n\n{object}--b--"
    );
    mail("Dana Fox <dana@acme.example>", subject, &body)
        .with("MIME-Version", "1.0")
        .with("Content-Type", "multipart/alternative; boundary=b")
}

fn invitation() -> Mail {
    let asked = "ATTENDEE;RSVP=TRUE:mailto:support@desk.example\nSEQUENCE:0\n";
    about_a_meeting("Move to Room 5", "Please come.", "REQUEST", asked).id("1@acme.example")
}

async fn cards(world: &World, ticket: kept_app::domain::ids::TicketId) -> Vec<Invitation> {
    let said = world.conversation(ticket).await.said;
    let cards = said.into_iter().flat_map(|said| said.cards);
    cards
        .filter_map(|card| match card {
            Card::Invitation(it) => Some(*it),
            Card::Letter(_) => None,
        })
        .collect()
}

#[test]
fn e33_an_invitation_is_shown_and_answered() {
    on_both(|world| async move {
        let ticket = world.opens(&invitation()).await;
        let card = cards(&world, ticket).await.remove(0);
        assert_eq!(card.calendar.method, Some(Method::Request));
        assert_eq!(card.answered, None);
        let turn = world.conversation(ticket).await.ticket.turn();

        let on = answer_invitation(&world.desk, &world.ines, card.file, Accepted).await;
        assert_eq!(on.expect("it is answered"), ticket);
        let (_, sent) = world.last_sent().await;
        assert_eq!(sent.to[0].address, "dana@acme.example");
        assert_eq!(sent.from[0].address, "support@desk.example");
        assert_eq!(sent.subject.as_deref(), Some("Accepted: Move to Room 5"));
        assert_eq!(sent.in_reply_to, ["1@acme.example"]);
        let object = kept_app::mail::calendar::read(&sent).expect("an object");
        assert_eq!(object.method, Some(Method::Reply));
        let answered = &object.events[0].attendees[0];
        assert_eq!(answered.person.address, "support@desk.example");
        assert_eq!(answered.answer, Answer::Accepted);

        assert_eq!(cards(&world, ticket).await[0].answered, Some(Accepted));
        let told = world.told(ticket).await;
        let last = told.last().expect("a line");
        assert_eq!(last, "Accepted the invitation and told dana@acme.example");
        assert_eq!(world.conversation(ticket).await.ticket.turn(), turn);
        world
    });
}

#[test]
fn e33_a_change_and_a_cancellation_join_the_invitation() {
    on_both(|world| async move {
        let ticket = world.opens(&invitation()).await;
        let first = cards(&world, ticket).await.remove(0);
        answer_invitation(&world.desk, &world.ines, first.file, Declined)
            .await
            .expect("it is answered");
        world.later(5);
        let changed = about_a_meeting("Changed: Move", "Now later.", "REQUEST", "SEQUENCE:1\n");
        assert_eq!(
            world.take(&changed.id("2@acme.example")).await,
            Taken::Joined(ticket)
        );
        let both = cards(&world, ticket).await;
        assert_eq!(
            (both[0].superseded, both[0].answered),
            (true, Some(Declined))
        );
        assert_eq!((both[1].superseded, both[1].answered), (false, None));

        let cancelled =
            about_a_meeting("Cancelled: Move", "Sorry.", "CANCEL", "STATUS:CANCELLED\n");
        assert_eq!(
            world.take(&cancelled.id("3@acme.example")).await,
            Taken::Joined(ticket)
        );
        let all = cards(&world, ticket).await;
        assert!(all[1].superseded && !all[2].superseded);
        let refused = answer_invitation(&world.desk, &world.ines, all[2].file, Accepted).await;
        assert!(refused.is_err(), "nobody comes to what does not take place");
        world
    });
}

#[test]
fn e33_an_answer_opens_no_ticket() {
    on_both(|world| async move {
        let accepted = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:leo@acme.example\n";
        let answer = about_a_meeting("Accepted: Move", "", "REPLY", accepted);
        world.waits(&answer.clone().id("9@acme.example")).await;

        let ticket = world.opens(&invitation()).await;
        world
            .reply(ticket, "We will.", kept_app::domain::tickets::AndThen::Ask)
            .await;
        assert_eq!(
            world.take(&answer.id("10@acme.example")).await,
            Taken::Joined(ticket)
        );
        let conversation = world.conversation(ticket).await;
        assert_eq!(
            conversation.ticket.turn(),
            Turn::Client,
            "a calendar moves no turn"
        );

        let with_words = format!("{accepted}COMMENT:Can we start at 10?\n");
        let words = about_a_meeting("Accepted: Move", "", "REPLY", &with_words);
        assert_eq!(
            world.take(&words.id("11@acme.example")).await,
            Taken::Joined(ticket)
        );
        let conversation = world.conversation(ticket).await;
        assert_eq!(conversation.ticket.turn(), Turn::Desk, "a question does");
        world
    });
}

#[test]
fn e33_a_stored_calendar_joins_nothing() {
    on_both(|world| async move {
        world.opens(&invitation()).await;
        let stored = about_a_meeting("Our holidays", "See the file.", "PUBLISH", "");
        world.opens(&stored.id("5@acme.example")).await;
        world
    });
}

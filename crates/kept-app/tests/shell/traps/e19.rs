//! E19: a client's mail that a technician forwards becomes the client's ticket.

use kept_app::domain::messages::Audience;
use kept_app::domain::turn::Turn;
use kept_app::intake::{How, Taken};
use kept_app::tickets::{ForwardAnswer, answer_forward, undo_requester};

use crate::support::{Mail, World, mail, on_both};

const GMAIL: &str = "Please take this, it is urgent.\n\n---------- Forwarded message ---------\n\
    From: Dana Fox <dana@acme.example>\nDate: Mon, 2 Nov 2026 at 09:00\nSubject: Printer\n\
    To: <noor@desk.example>\nCc: Kim <kim@acme.example>\n\n\nIt smokes.\n";

async fn noor(world: &World) {
    world.agent("Noor Haddad", "noor@desk.example").await;
    world.trusts_its_server().await;
}

fn forwarded(from: &str) -> Mail {
    mail(from, "Fwd: Printer", GMAIL).id("f@desk").proven()
}

fn addresses(list: &[kept_app::mail::Mailbox]) -> Vec<&str> {
    list.iter().map(|it| it.address.as_str()).collect()
}

#[test]
fn e19_a_mail_forwarded_by_a_technician_is_its_writer_s_ticket() {
    on_both(|world| async {
        noor(&world).await;
        let ticket = world.opens(&forwarded("Noor <noor@desk.example>")).await;
        let found = world.conversation(ticket).await;
        let requester = found.requester.as_ref().expect("somebody");
        assert_eq!(requester.name, "Dana Fox");
        assert_eq!(found.ticket.subject, "Printer");
        assert_eq!(found.ticket.turn(), Turn::Desk);
        assert_eq!(
            world.said(ticket).await,
            ["It smokes.", "Please take this, it is urgent."]
        );
        let (first, note) = (&found.said[0], &found.said[1]);
        assert_eq!(first.message.author_address, "dana@acme.example");
        let origin = first.origin.as_ref().expect("an origin");
        assert_eq!(origin.how, How::HandedIn);
        assert_eq!(origin.sent_by.name.as_deref(), Some("Noor Haddad"));
        assert_eq!(
            origin.written_on.as_deref(),
            Some("Mon, 2 Nov 2026 at 09:00")
        );
        assert!(first.message.raw_sha256.is_some(), "the mail as it came");
        assert_eq!(note.message.audience, Audience::Desk);
        assert_eq!(note.message.author_address, "noor@desk.example");
        assert!(found.questions.is_empty());
        let taking: Vec<_> = found.participants.iter().map(|it| &*it.address).collect();
        assert_eq!(taking, ["kim@acme.example"], "whom the client copied");
        let told = world.written().await;
        assert_eq!(told.len(), 1, "the client is told, not the technician");
        assert_eq!(addresses(&told[0].to), ["dana@acme.example"]);
        assert_eq!(told[0].in_reply_to, None, "they never saw our forward");
        world
    });
}

#[test]
fn e19_the_client_s_next_mail_joins_the_ticket_the_forward_made() {
    on_both(|world| async {
        noor(&world).await;
        let ticket = world.opens(&attached("<1@acme>", "")).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.said[0].files.len(), 2, "the mail and what it carries");
        let next = mail("dana@acme.example", "Re: Printer", "Any news?").answering("1@acme");
        assert_eq!(world.take(&next).await, Taken::Joined(ticket));
        let late = mail("dana@acme.example", "Printer", "It smokes.").id("1@acme");
        assert_eq!(world.take(&late).await, Taken::Joined(ticket));
        world
    });
}

fn attached(id: &str, references: &str) -> Mail {
    let body = format!(
        "--b\n\nFor you.\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n\
         From: Dana Fox <dana@acme.example>\nTo: noor@desk.example\nSubject: Printer\n\
         Message-ID: {id}\n{references}Date: Mon, 2 Nov 2026 09:00:00 +0000\n\
         Content-Type: multipart/mixed; boundary=c\n\n--c\n\nIt smokes.\n--c\n\
         Content-Type: text/plain\nContent-Disposition: attachment; filename=log.txt\n\nlog\n--c--\n--b--"
    );
    mail("noor@desk.example", "Fwd: Printer", &body)
        .with("Content-Type", "multipart/mixed; boundary=b")
        .proven()
}

#[test]
fn e19_a_forward_of_a_known_thread_joins_it() {
    on_both(|world| async {
        noor(&world).await;
        let first = mail("dana@acme.example", "Printer", "It smokes.").id("1@acme");
        let ticket = world.opens(&first).await;
        let again = attached("<2@acme>", "References: <1@acme>\n");
        assert_eq!(world.take(&again).await, Taken::Joined(ticket));
        let told = world.told(ticket).await;
        let reason = format!("Joined #{ticket}: the mail it passes on");
        assert!(told.contains(&reason), "{told:?}");
        world
    });
}

#[test]
fn e19_a_stranger_who_forwards_another_client_s_mail_joins_nothing() {
    on_both(|world| async {
        use kept_app::domain::people::Domain;
        use kept_app::people::{ClientCard, add_client};
        for name in ["acme", "lab"] {
            let domains = vec![Domain::parse(&format!("{name}.example")).expect("a domain")];
            let card = ClientCard {
                name: name.into(),
                domains,
                ..ClientCard::default()
            };
            let added = add_client(&world.desk, &world.ines, card).await;
            added.expect("is added");
        }
        let first = mail("dana@acme.example", "Printer", "It smokes.").id("1@acme");
        world.opens(&first).await;
        let stolen = attached("<1@acme>", "").with("From", "eve@lab.example");
        world.opens(&stolen).await;
        world
    });
}

#[test]
fn e19_a_client_s_forward_stays_theirs_is_shown_in_full_and_can_be_given_away() {
    on_both(|world| async {
        let lee = forwarded("Lee <lee@acme.example>");
        let ticket = world.opens(&lee).await;
        let found = world.conversation(ticket).await;
        let requester = found.requester.as_ref().expect("somebody").id;
        assert_eq!(found.said[0].message.author_address, "lee@acme.example");
        let new = found.said[0].body.new_text();
        assert!(
            new.contains("It smokes.") && new.contains("From: Dana Fox"),
            "{new}"
        );
        assert_eq!(found.said[0].body.quoted(), "");
        let [question] = found.questions.as_slice() else {
            panic!("{:?}", found.questions)
        };
        assert!(!question.asks, "nobody is bothered with it");
        assert_eq!(question.writer.address, "dana@acme.example");
        let message = question.message;
        let give = answer_forward(
            &world.desk,
            &world.ines,
            ticket,
            message,
            ForwardAnswer::Writers,
        );
        give.await.expect("it is given");
        let given = world.conversation(ticket).await;
        assert_eq!(given.requester.as_ref().expect("somebody").name, "Dana Fox");
        assert_eq!(
            given.participants[0].address, "lee@acme.example",
            "hears still"
        );
        assert_eq!(addresses(&given.addressees.to), ["dana@acme.example"]);
        assert!(given.questions.is_empty());
        let undone = undo_requester(&world.desk, &world.ines, ticket).await;
        undone.expect("it is taken back");
        let back = world.conversation(ticket).await;
        assert_eq!(back.ticket.requester, Some(requester));
        assert!(
            back.participants.is_empty(),
            "the requester is no participant"
        );
        world
    });
}

#[test]
fn e19_an_unsure_forward_asks_and_the_answer_can_be_taken_back() {
    on_both(|world| async {
        noor(&world).await;
        let doubtful = "Look.\n\nFrom: Dana Fox <dana@acme.example>\nSent: Monday\n\
            To: noor@desk.example\nSubject: Printer\n\nIt smokes.\n";
        let ticket = world
            .opens(&mail("noor@desk.example", "A printer", doubtful))
            .await;
        let asks = async || {
            let found = world.conversation(ticket).await;
            found.questions[0].asks
        };
        let found = world.conversation(ticket).await;
        assert_eq!(found.said[0].message.author_address, "noor@desk.example");
        let message = found.questions[0].message;
        assert!(asks().await);
        let say = async |answer| {
            let said = answer_forward(&world.desk, &world.ines, ticket, message, answer).await;
            said.expect("it is said");
        };
        say(ForwardAnswer::Leave).await;
        assert!(!asks().await);
        say(ForwardAnswer::AskAgain).await;
        assert!(asks().await);
        world
    });
}

#[test]
fn e19_a_forward_of_a_robot_s_mail_or_of_our_own_is_the_technician_s() {
    on_both(|world| async {
        noor(&world).await;
        world.agent("Lee", "lee@desk.example").await;
        let check = async |from: &str, asks: Option<bool>| {
            let text = GMAIL.replace("Dana Fox <dana@acme.example>", from);
            let made = mail("noor@desk.example", "Fwd: Printer", &text);
            let ticket = world.opens(&made.id(from)).await;
            let found = world.conversation(ticket).await;
            let author = &found.said[0].message.author_address;
            assert_eq!(author, "noor@desk.example", "{from}");
            let asked = found.questions.first().map(|question| question.asks);
            assert_eq!(asked, asks, "{from}");
        };
        check("Shop <no-reply@shop.example>", Some(true)).await;
        check("Lee <lee@desk.example>", None).await;
        check("Support <support@desk.example>", None).await;
        check("Dana Fox", None).await;
        world
    });
}

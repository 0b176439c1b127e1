//! E12 and E22: mail that a mailbox's rule forwards or redirects, and mail resent by hand.

use kept_app::domain::turn::Turn;
use kept_app::intake::How;

use crate::support::{Mail, mail, on_both};

fn by_rule(made: Mail) -> Mail {
    made.with("Auto-Submitted", "auto-generated")
        .with("X-MS-Exchange-Inbox-Rules-Loop", "noor@desk.example")
}

#[test]
fn e12_a_rule_s_forward_opens_the_client_s_ticket_and_the_client_is_told() {
    on_both(|world| async {
        world.agent("Noor Haddad", "noor@desk.example").await;
        world.trusts_its_server().await;
        let text = "From: Dana Fox <dana@acme.example>\nSent: Monday, 2 November 2026 09:00\n\
            To: noor@desk.example\nSubject: Printer\n\nIt smokes.\n";
        let made = by_rule(mail("noor@desk.example", "FW: Printer", text)).proven();
        let ticket = world.opens(&made).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.requester.as_ref().expect("somebody").name, "Dana Fox");
        assert_eq!(found.ticket.turn(), Turn::Desk);
        assert!(!found.said[0].message.automatic);
        let told = world.written().await;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].to[0].address, "dana@acme.example");
        world
    });
}

#[test]
fn e12_whoever_owns_the_rule_is_never_answered() {
    on_both(|world| async {
        world.agent("Noor Haddad", "noor@desk.example").await;
        let made = by_rule(mail("noor@desk.example", "Printer", "It smokes."));
        let ticket = world.opens(&made).await;
        assert_eq!(world.conversation(ticket).await.ticket.turn(), Turn::Desk);
        assert_eq!(
            world.written().await,
            [],
            "the rule would send it here again"
        );
        world
    });
}

#[test]
fn e12_a_rule_s_redirect_is_the_client_s_and_they_are_told() {
    on_both(|world| async {
        let made = by_rule(mail(
            "Dana Fox <dana@acme.example>",
            "Printer",
            "It smokes.",
        ));
        let ticket = world.opens(&made).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.requester.as_ref().expect("somebody").name, "Dana Fox");
        assert_eq!(world.written().await[0].to[0].address, "dana@acme.example");
        world
    });
}

#[test]
fn e22_a_resent_mail_stays_its_writer_s_and_says_who_resent_it() {
    on_both(|world| async {
        world.agent("Noor Haddad", "noor@desk.example").await;
        let made = mail("Dana Fox <dana@acme.example>", "Printer", "It smokes.")
            .with("To", "noor@desk.example")
            .with("Resent-From", "Noor <noor@desk.example>")
            .with("Resent-To", "support@desk.example")
            .sent_by(Some("noor@desk.example"));
        let ticket = world.opens(&made).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.requester.as_ref().expect("somebody").name, "Dana Fox");
        let origin = found.said[0].origin.as_ref().expect("an origin");
        assert_eq!(
            (origin.how, &*origin.sent_by.address),
            (How::Redirected, "noor@desk.example")
        );
        assert!(found.participants.is_empty());
        assert_eq!(world.written().await[0].to[0].address, "dana@acme.example");
        world
    });
}

#[test]
fn e22_mail_to_an_alias_stays_its_writer_s() {
    on_both(|world| async {
        let made = mail("Dana Fox <dana@acme.example>", "Printer", "It smokes.")
            .with("To", "help@old-name.example")
            .with("Delivered-To", "support@desk.example");
        let ticket = world.opens(&made).await;
        let found = world.conversation(ticket).await;
        assert_eq!(found.requester.as_ref().expect("somebody").name, "Dana Fox");
        assert!(found.said[0].origin.is_none());
        world
    });
}

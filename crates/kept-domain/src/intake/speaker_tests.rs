//! Whose ticket a passed-on mail becomes, as a table.

use super::budget::{self, Answered};
use super::*;
use crate::people::EmailAddress;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("address")
}

fn writer(text: &str) -> Option<Writer> {
    Some(Writer {
        address: address(text),
        is_ours: text.ends_with("@desk.example"),
        is_noreply: text.starts_with("noreply"),
        answered: Answered::default(),
    })
}

fn facts(sender: &str, writer: Option<Writer>, sure: bool) -> Facts {
    let sender = Sender {
        address: address(sender),
        person: None,
        is_our_queue: sender.starts_with("support@"),
        works_here: sender.starts_with("noor@"),
        is_proven: true,
        has_our_domain: sender.ends_with("@desk.example"),
        is_noreply: false,
    };
    Facts {
        seen: None,
        kind: MailKind::Person,
        sender: Some(sender),
        referenced: vec![],
        token: None,
        tagged: None,
        meant: Meant {
            for_us: true,
            ..Meant::default()
        },
        threads: super::Threads::default(),
        carries_our_mark: false,
        queues: vec![],
        default_queue: crate::ids::QueueId(1),
        reported: None,
        answered: Answered::default(),
        limits: budget::Limits::default(),
        forward: Some(Forward { writer, sure }),
        by_mailbox_rule: false,
    }
}

#[test]
fn e19_whoever_hands_mail_in_speaks_for_its_writer() {
    let check = |sender: &str, from: &str, sure, expected| {
        let facts = facts(sender, writer(from), sure);
        assert_eq!(speaker(&facts), expected, "{sender} passes on {from}");
    };
    check(
        "noor@desk.example",
        "dana@acme.example",
        true,
        Speaker::Writer,
    );
    check(
        "noor@desk.example",
        "dana@acme.example",
        false,
        Speaker::AskWriter,
    );
    check(
        "noor@desk.example",
        "noreply@acme.example",
        true,
        Speaker::AskWriter,
    );
    check(
        "noor@desk.example",
        "lee@desk.example",
        true,
        Speaker::Sender,
    );
    check(
        "support@desk.example",
        "dana@acme.example",
        true,
        Speaker::Writer,
    );
    check(
        "guest@desk.example",
        "dana@acme.example",
        true,
        Speaker::AskWriter,
    );
    check(
        "lee@acme.example",
        "vendor@shop.example",
        true,
        Speaker::MayBeWriter,
    );
    check(
        "lee@acme.example",
        "lee+x@acme.example",
        true,
        Speaker::Sender,
    );
}

#[test]
fn e21_whoever_is_not_proven_hands_nothing_in() {
    let handed_in = |sender: &str| facts(sender, writer("dana@acme.example"), true);
    for by in ["noor@desk.example", "support@desk.example"] {
        let mut forged = handed_in(by);
        forged.sender.as_mut().expect("a sender").is_proven = false;
        assert_eq!(speaker(&forged), Speaker::AskWriter, "{by}");
        let replayed = Facts {
            meant: Meant::default(),
            ..handed_in(by)
        };
        assert_eq!(speaker(&replayed), Speaker::AskWriter, "{by}");
        assert_eq!(speaker(&handed_in(by)), Speaker::Writer, "{by}");
    }
    let mut forged = handed_in("support@desk.example");
    forged.sender.as_mut().expect("a sender").is_proven = false;
    assert_eq!(decide(&forged), Decision::Unsorted(Unsorted::FromOurselves));
}

#[test]
fn e19_a_forward_without_an_address_is_its_senders() {
    let nobody = facts("noor@desk.example", None, true);
    assert_eq!(speaker(&nobody), Speaker::Sender);
    let robot = Facts {
        kind: MailKind::Automatic,
        ..facts("noor@desk.example", writer("dana@acme.example"), true)
    };
    assert_eq!(speaker(&robot), Speaker::Sender);
}

#[test]
fn e12_a_mailbox_rule_is_not_answered_but_the_writer_is() {
    let acknowledged = |facts: &Facts| match decide(facts) {
        Decision::Open { acknowledge, .. } => acknowledge,
        other => panic!("{other:?}"),
    };
    let by_rule = |sure| Facts {
        by_mailbox_rule: true,
        ..facts("noor@desk.example", writer("dana@acme.example"), sure)
    };
    assert_eq!(acknowledged(&by_rule(true)), Ok(()));
    assert_eq!(acknowledged(&by_rule(false)), Err(Silence::ByMailboxRule));
    let mut spent = by_rule(true);
    let writer = spent.forward.as_mut().and_then(|it| it.writer.as_mut());
    writer.expect("a writer").answered.today = 5;
    assert_eq!(acknowledged(&spent), Err(Silence::BudgetSpent));
}

#[test]
fn e20_a_form_speaks_for_whoever_its_reply_to_names() {
    let check = |is_known_form, from_nobody, names_somebody, expected| {
        let signs = FormSigns {
            is_known_form,
            from_nobody,
            names_somebody,
        };
        assert_eq!(is_form(signs), expected, "{signs:?}");
    };
    check(true, false, true, true);
    check(false, true, true, true);
    check(true, true, false, false);
    check(false, false, true, false);
}

//! Intake as examples: facts on the left, what becomes of the mail on the right.

use super::budget::{Answered, Limits};
use jiff::SignedDuration;

use super::*;
use crate::people::EmailAddress;

fn person(address: &str) -> Sender {
    let address = EmailAddress::parse(address).expect("address");
    Sender {
        address,
        person: None,
        works_here: false,
        is_proven: false,
        is_our_queue: false,
        has_our_domain: false,
        is_noreply: false,
    }
}

fn facts() -> Facts {
    Facts {
        seen: None,
        kind: MailKind::Person,
        sender: Some(person("dana@acme.example")),
        referenced: vec![],
        token: None,
        tagged: None,
        meant: Meant::default(),
        threads: Threads::default(),
        carries_our_mark: false,
        queues: vec![],
        default_queue: QueueId(1),
        reported: None,
        answered: Answered::default(),
        limits: Limits::default(),
        forward: None,
        by_mailbox_rule: false,
    }
}

fn check(facts: Facts, expected: Decision) {
    assert_eq!(decide(&facts), expected, "{facts:?}");
}

fn joins(header: HeaderName, automatic: bool) -> Decision {
    let ticket = TicketId(7);
    Decision::Join {
        ticket,
        reason: Reason::Referenced { header, ticket },
        automatic,
    }
}

fn opens(acknowledge: Result<(), Silence>) -> Decision {
    let automatic = acknowledge == Err(Silence::WrittenByProgram);
    Decision::Open {
        queue: QueueId(1),
        speaker: Speaker::Sender,
        reason: Reason::NewThread,
        automatic,
        acknowledge,
    }
}

const REPLY: Candidate = Candidate {
    ticket: TicketId(7),
    header: HeaderName::InReplyTo,
};

#[test]
fn a_first_mail_opens_a_ticket_and_is_acknowledged() {
    check(facts(), opens(Ok(())));
    check(
        Facts {
            queues: vec![QueueId(3), QueueId(2)],
            ..facts()
        },
        Decision::Open {
            queue: QueueId(3),
            speaker: Speaker::Sender,
            reason: Reason::NewThread,
            automatic: false,
            acknowledge: Ok(()),
        },
    );
}

#[test]
fn an_answer_joins_by_header_then_token_then_tag() {
    let tagged = |sender_takes_part| {
        Some(Tagged {
            ticket: TicketId(9),
            sender_takes_part,
        })
    };
    let all = Facts {
        referenced: vec![REPLY],
        token: Some(TicketId(8)),
        tagged: tagged(true),
        ..facts()
    };
    check(all.clone(), joins(HeaderName::InReplyTo, false));
    check(
        Facts {
            referenced: vec![],
            ..all.clone()
        },
        Decision::Join {
            ticket: TicketId(8),
            reason: Reason::ReplyToken {
                ticket: TicketId(8),
            },
            automatic: false,
        },
    );
    check(
        Facts {
            tagged: tagged(true),
            ..facts()
        },
        Decision::Join {
            ticket: TicketId(9),
            reason: Reason::SubjectTag {
                ticket: TicketId(9),
            },
            automatic: false,
        },
    );
    check(
        Facts {
            tagged: tagged(false),
            ..facts()
        },
        Decision::Open {
            queue: QueueId(1),
            speaker: Speaker::Sender,
            reason: Reason::TagOfAStranger {
                ticket: TicketId(9),
            },
            automatic: false,
            acknowledge: Ok(()),
        },
    );
}

#[test]
fn what_programs_write_is_filed_and_never_answered() {
    for kind in [
        MailKind::Automatic,
        MailKind::VacationReply,
        MailKind::Bounce,
        MailKind::Receipt,
        MailKind::Report,
    ] {
        check(
            Facts {
                kind,
                referenced: vec![REPLY],
                ..facts()
            },
            joins(HeaderName::InReplyTo, true),
        );
    }
    for says_more in [false, true] {
        let kind = MailKind::InvitationAnswer { says_more };
        check(
            Facts { kind, ..facts() },
            Decision::Unsorted(Unsorted::UnknownAutomatic),
        );
        check(
            Facts {
                kind,
                referenced: vec![REPLY],
                ..facts()
            },
            joins(HeaderName::InReplyTo, !says_more),
        );
    }
    check(
        Facts {
            kind: MailKind::Automatic,
            ..facts()
        },
        opens(Err(Silence::WrittenByProgram)),
    );
    check(
        Facts {
            kind: MailKind::MailingList,
            ..facts()
        },
        opens(Err(Silence::MailingList)),
    );
    check(
        Facts {
            kind: MailKind::VacationReply,
            ..facts()
        },
        Decision::Unsorted(Unsorted::UnknownAutomatic),
    );
    check(
        Facts {
            kind: MailKind::Bounce,
            sender: None,
            ..facts()
        },
        Decision::Unsorted(Unsorted::UnknownBounce),
    );
}

#[test]
fn loops_end_here() {
    check(
        Facts {
            carries_our_mark: true,
            ..facts()
        },
        Decision::Unsorted(Unsorted::Loop),
    );
    let ourselves = Sender {
        is_our_queue: true,
        ..person("support@desk.example")
    };
    check(
        Facts {
            sender: Some(ourselves),
            ..facts()
        },
        Decision::Unsorted(Unsorted::FromOurselves),
    );
    let robot = Sender {
        is_noreply: true,
        ..person("no-reply@shop.example")
    };
    check(
        Facts {
            sender: Some(robot),
            ..facts()
        },
        opens(Err(Silence::NobodyReadsIt)),
    );
    check(
        Facts {
            answered: Answered {
                today: 5,
                ..Answered::default()
            },
            ..facts()
        },
        opens(Err(Silence::BudgetSpent)),
    );
}

#[test]
fn nothing_is_dropped_for_want_of_a_sender() {
    check(
        Facts {
            sender: None,
            ..facts()
        },
        Decision::Unsorted(Unsorted::NoSender),
    );
    check(
        Facts {
            sender: None,
            referenced: vec![REPLY],
            ..facts()
        },
        joins(HeaderName::InReplyTo, false),
    );
}

#[test]
fn the_same_mail_twice_is_one() {
    let seen = Seen::Message {
        message: MessageId(5),
        ticket: TicketId(7),
    };
    check(
        Facts {
            seen: Some(seen),
            carries_our_mark: true,
            ..facts()
        },
        Decision::Duplicate { of: seen },
    );
}

#[test]
fn a_report_about_our_mail_joins_that_mail_and_nothing_else() {
    let about = |reported| Facts {
        kind: MailKind::Bounce,
        sender: None,
        carries_our_mark: true,
        token: Some(TicketId(8)),
        referenced: vec![REPLY],
        reported: Some(reported),
        ..facts()
    };
    let joins = |reason| Decision::Join {
        ticket: TicketId(9),
        reason,
        automatic: true,
    };
    let ticket = TicketId(9);
    let found = |by| about(Reported::Mail { ticket, by });
    let header = HeaderName::Reported;
    check(
        found(FoundBy::MessageId),
        joins(Reason::Referenced { header, ticket }),
    );
    check(found(FoundBy::Token), joins(Reason::ReplyToken { ticket }));
    check(
        found(FoundBy::Recipient),
        joins(Reason::WrittenToRecipient { ticket }),
    );
    check(
        about(Reported::Notice),
        Decision::Unsorted(Unsorted::BounceOfNotice),
    );
}

#[test]
fn e08_a_person_who_answers_too_late_begins_a_ticket_and_a_program_does_not() {
    let closed = |days: i64| Threads {
        known: vec![KnownTicket {
            ticket: TicketId(7),
            closed_for: Some(SignedDuration::from_hours(24 * days)),
            another_subject: false,
        }],
        grace: SignedDuration::from_hours(24 * 14),
        ..Threads::default()
    };
    let answer = |days, kind| Facts {
        kind,
        referenced: vec![REPLY],
        threads: closed(days),
        ..facts()
    };
    check(
        answer(14, MailKind::Person),
        joins(HeaderName::InReplyTo, false),
    );
    check(
        answer(99, MailKind::Bounce),
        joins(HeaderName::InReplyTo, true),
    );
    let late = Decision::Open {
        queue: QueueId(1),
        reason: Reason::AfterTheEnd {
            ticket: TicketId(7),
        },
        automatic: false,
        speaker: Speaker::Sender,
        acknowledge: Ok(()),
    };
    check(answer(15, MailKind::Person), late);
}

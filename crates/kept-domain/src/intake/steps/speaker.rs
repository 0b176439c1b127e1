//! Whether a mail is the desk's own word: an agent answers a ticket from their own mail program.
//!
//! What it says goes out to the client, so From alone never suffices, and neither does our reply
//! token: it stands in every mail we send, and so in the hands of every client. The token decides
//! which ticket a mail joins, never who speaks in it. Nor does a signature alone: a signed mail can be
//! sent here again by whoever got it (see `meant`).

use crate::ids::PersonId;
use crate::intake::{Facts, MailKind, Reason, is_meant};

/// Decides for a mail that joins a ticket of `requester`'s for this reason. Whoever works here and asks for something
/// themselves is a requester like others.
pub fn speaks_for_desk(facts: &Facts, requester: Option<PersonId>, reason: &Reason) -> bool {
    let Some(sender) = &facts.sender else {
        return false;
    };
    // What somebody passes on, they tell the desk; it is never an answer to the client.
    let passes_on = facts.forward.is_some();
    let asked_themselves = sender.person.is_some() && sender.person == requester;
    facts.kind == MailKind::Person
        && sender.works_here
        && is_meant(facts, reason)
        && !asked_themselves
        && !passes_on
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{QueueId, TicketId};
    use crate::intake::Sender;
    use crate::people::EmailAddress;

    fn facts(kind: MailKind, works_here: bool, is_proven: bool) -> Facts {
        Facts {
            seen: None,
            kind,
            sender: Some(Sender {
                address: EmailAddress::parse("ines@desk.example").expect("address"),
                person: Some(PersonId(1)),
                works_here,
                is_proven,
                is_our_queue: false,
                has_our_domain: false,
                is_noreply: false,
            }),
            referenced: vec![],
            token: Some(TicketId(7)),
            tagged: None,
            meant: crate::intake::Meant {
                for_us: true,
                token: true,
                ..Default::default()
            },
            threads: crate::intake::Threads::default(),
            carries_our_mark: false,
            queues: vec![],
            default_queue: QueueId(1),
            reported: None,
            answered: Default::default(),
            limits: Default::default(),
            forward: None,
            by_mailbox_rule: false,
        }
    }

    #[test]
    fn only_a_person_who_works_here_and_is_proven_speaks_for_the_desk() {
        let check = |facts: &Facts, requester: Option<i64>, expected: bool| {
            let ticket = TicketId(7);
            let reason = Reason::ReplyToken { ticket };
            let speaks = speaks_for_desk(facts, requester.map(PersonId), &reason);
            assert_eq!(speaks, expected, "{facts:?}");
        };
        let ines = facts(MailKind::Person, true, true);
        check(&ines, None, true);
        check(&ines, Some(2), true);
        check(&ines, Some(1), false);
        check(&facts(MailKind::Person, true, false), None, false);
        check(&facts(MailKind::Person, false, true), None, false);
        check(&facts(MailKind::VacationReply, true, true), None, false);
        check(&facts(MailKind::MailingList, true, true), None, false);
        let replayed = Facts {
            meant: Default::default(),
            ..ines.clone()
        };
        check(&replayed, None, false);
        let passing_on = Facts {
            forward: Some(crate::intake::Forward {
                writer: None,
                sure: true,
            }),
            ..ines.clone()
        };
        check(&passing_on, None, false);
        let nobody = Facts {
            sender: None,
            ..ines
        };
        check(&nobody, None, false);
    }
}

//! What somebody who watches a ticket is told of what happened on it: what was said, and how it ended.

use crate::event::{Actor, Event, Reopening};
use crate::ids::PersonId;
use crate::intake::Reason;
use crate::tickets::Ticket;

/// In a line, of all that happened at once. `name` says what somebody is called.
///
/// `None` when nothing was said and nothing ended, or the ticket is set aside as spam.
pub fn watched(
    happened: &[Event],
    by: Actor,
    ticket: &Ticket,
    name: impl Fn(PersonId) -> String,
) -> Option<String> {
    if ticket.spam_since.is_some() {
        return None;
    }
    let all = happened.iter();
    let told: Vec<(Who, String)> = all.filter_map(|event| says(event, by)).collect();
    let ((who, first), rest) = told.split_first()?;
    let mut words = match who {
        Who::Named(person) => format!("{} {first}", named(name(*person))),
        Who::Unknown => format!("Somebody {first}"),
        Who::ARule => format!("A rule {first}"),
        Who::Nobody => capital(first),
    };
    for (_, says) in rest {
        words.push_str(" and ");
        words.push_str(says);
    }
    Some(words)
}

/// Who it is said of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Named(PersonId),
    Unknown,
    ARule,
    /// Time did it, or the client by a link: it is said by itself.
    Nobody,
}

impl Who {
    fn did(by: Actor) -> Self {
        match by {
            Actor::Person(person) => Who::Named(person),
            Actor::Rule(_) => Who::ARule,
            Actor::Kept => Who::Nobody,
        }
    }

    fn wrote(from: Option<PersonId>) -> Self {
        from.map_or(Who::Unknown, Who::Named)
    }
}

/// Who did it, and what in a verb.
fn says(event: &Event, by: Actor) -> Option<(Who, String)> {
    let who = Who::did(by);
    let (who, verb) = match event {
        Event::MessageReceived {
            from,
            automatic: false,
            reason,
            ..
        } if !matches!(reason, Reason::MovedFrom { .. }) => (Who::wrote(*from), "wrote"),
        Event::ForwardAnswered { from, .. } => (Who::wrote(*from), "answered what was forwarded"),
        Event::Replied { .. } => (who, "replied"),
        Event::AnsweredByRule { .. } => (Who::ARule, "answered"),
        Event::Noted { .. } => (who, "wrote a note"),
        Event::Forwarded { .. } => (who, "forwarded it"),
        Event::Called { .. } => (who, "logged a call"),
        Event::CallCorrected { .. } => (who, "corrected what was said in a call"),
        Event::Resolved => (who, ended(who, "resolved")),
        Event::Closed => (who, ended(who, "closed")),
        Event::Reopened {
            why: Reopening::ByHand,
        }
        | Event::EndingTakenBack { .. } => (who, "opened it again"),
        Event::Confirmed => (Who::Nobody, "confirmed as done"),
        Event::ClosedUnanswered => (Who::Nobody, "closed without an answer"),
        Event::MergedInto { ticket } => return Some((who, format!("merged it into #{ticket}"))),
        _ => return None,
    };
    Some((who, verb.to_owned()))
}

/// Without anybody who did it, the end is said by itself.
fn ended(who: Who, verb: &'static str) -> &'static str {
    match (who, verb) {
        (Who::Nobody, verb) => verb,
        (_, "resolved") => "resolved it",
        (..) => "closed it",
    }
}

fn named(name: String) -> String {
    match name.is_empty() {
        true => "Somebody".to_owned(),
        false => name,
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::ids::{MessageId, QueueId, RuleId, TicketId};
    use crate::queues::Chosen;
    use crate::tickets::{AndThen, Kind, Priority};

    const NOOR: PersonId = PersonId(2);
    const DANA: PersonId = PersonId(9);

    fn ticket() -> Ticket {
        let opened = Event::Opened {
            subject: "Printer".into(),
            kind: Kind::Incident,
            priority: Priority::Normal,
            queue: QueueId(1),
            requester: Some(DANA),
            client: None,
            responsible: PersonId(1),
            chosen: Chosen::OnDuty,
        };
        Ticket::opened(TicketId(7), Timestamp::UNIX_EPOCH, &opened).expect("opened")
    }

    fn wrote(reason: Reason, automatic: bool, from: Option<PersonId>) -> Event {
        Event::MessageReceived {
            message: MessageId(1),
            from,
            automatic,
            thanks: false,
            reason,
        }
    }

    fn check(happened: &[Event], by: Actor, expected: &str) {
        let name = |who| match who {
            NOOR => "Noor".to_owned(),
            DANA => "Dana".to_owned(),
            _ => String::new(),
        };
        let told = watched(happened, by, &ticket(), name).unwrap_or_default();
        assert_eq!(told, expected, "{happened:?}");
    }

    #[test]
    fn what_is_said_and_what_ends_is_told_and_nothing_else() {
        let noor = Actor::Person(NOOR);
        let dana = Actor::Person(DANA);
        let rule = Actor::Rule(RuleId(3));
        let new = Reason::NewThread;
        check(&[wrote(new.clone(), false, Some(DANA))], dana, "Dana wrote");
        check(
            &[wrote(new.clone(), false, None)],
            Actor::Kept,
            "Somebody wrote",
        );
        check(&[wrote(new, true, Some(DANA))], dana, "");
        let moved = Reason::MovedFrom {
            ticket: TicketId(3),
        };
        check(&[wrote(moved, false, Some(DANA))], dana, "");
        let message = MessageId(4);
        check(&[Event::Noted { message }], noor, "Noor wrote a note");
        let then = AndThen::Resolve;
        let replied = Event::Replied { message, then };
        check(
            &[replied, Event::Resolved],
            noor,
            "Noor replied and resolved it",
        );
        check(&[Event::Closed], noor, "Noor closed it");
        check(&[Event::Closed], Actor::Kept, "Closed");
        check(&[Event::Resolved], rule, "A rule resolved it");
        check(&[Event::Confirmed], dana, "Confirmed as done");
        check(
            &[Event::ClosedUnanswered],
            Actor::Kept,
            "Closed without an answer",
        );
        let priority = Event::PriorityChanged {
            from: Priority::Low,
            to: Priority::High,
        };
        check(&[priority], noor, "");
        check(&[], noor, "");
    }

    #[test]
    fn spam_is_told_to_nobody() {
        let spam = Ticket {
            spam_since: Some(Timestamp::UNIX_EPOCH),
            ..ticket()
        };
        let told = watched(&[Event::Closed], Actor::Kept, &spam, |_| String::new());
        assert_eq!(told, None);
    }
}

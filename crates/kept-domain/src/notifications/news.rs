//! Who at the desk is told of an event, and what. What the clocks say is told by the ladders; mentions are read from the note.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Kind;
use crate::event::{Actor, Event};
use crate::ids::PersonId;
use crate::intake::Reason;
use crate::tickets::Ticket;

/// Something one person is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub to: PersonId,
    pub kind: Kind,
    /// Whom it speaks of.
    pub who: Option<PersonId>,
    says: Says,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Says {
    New,
    MadeYours,
    HandedPromise,
    Wrote,
    AnsweredDesk,
    Thanked,
    Asked {
        due: Timestamp,
        note: Option<String>,
    },
    Took,
    Declined {
        why: String,
    },
    /// Whoever was asked did not answer.
    NoAnswer,
    /// The same, told to them.
    Missed,
    NotAskedAnyMore,
    AskedToWatch,
}

impl News {
    /// In a line; `name` is that of whom it speaks of, and times are those of `zone`.
    pub fn words(&self, name: &str, zone: &TimeZone) -> String {
        let name = match name.is_empty() {
            true => "Somebody",
            false => name,
        };
        match &self.says {
            Says::New => "New, and yours".to_owned(),
            Says::MadeYours if self.who.is_none() => "Yours now".to_owned(),
            Says::MadeYours => format!("{name} made it yours"),
            Says::HandedPromise if self.who.is_none() => "A promise here is yours now".to_owned(),
            Says::HandedPromise => format!("{name} handed you a promise"),
            Says::Wrote => format!("{name} wrote"),
            Says::AnsweredDesk => format!("{name} answered what was forwarded"),
            Says::Thanked => format!("{name} says thanks"),
            Says::Asked { due, note } => {
                let due = due.to_zoned(zone.clone()).strftime("%a %d %b %H:%M");
                let note = note
                    .as_ref()
                    .map_or_else(String::new, |it| format!(": {it}"));
                format!("{name} asks you to take it until {due}{note}")
            }
            Says::Took => format!("{name} took it"),
            Says::Declined { why } => format!("{name} did not take it: {why}"),
            Says::NoAnswer => format!("{name} did not answer in time; it stays with you"),
            Says::Missed => format!("You did not answer in time; it stays with {name}"),
            Says::AskedToWatch => format!("{name} asks you to watch it"),
            Says::NotAskedAnyMore => format!("{name} is not asked any more; it stays with you"),
        }
    }
}

/// What is told of `event`, done by `by`, on a ticket as it stands after it. Nobody is told what they did themselves.
pub fn news(event: &Event, by: Actor, ticket: &Ticket) -> Vec<News> {
    if ticket.spam_since.is_some() {
        return vec![];
    }
    let mut told = of_event(event, by, ticket);
    told.retain(|news| by != Actor::Person(news.to));
    told
}

fn of_event(event: &Event, by: Actor, ticket: &Ticket) -> Vec<News> {
    let news = |to, kind, who, says| News {
        to,
        kind,
        who,
        says,
    };
    match event {
        Event::Opened { responsible, .. } => {
            vec![news(*responsible, Kind::Assigned, None, Says::New)]
        }
        // Its own lines stand before this one and told nobody.
        Event::MovedIn { split: true, .. } => {
            vec![news(ticket.responsible, Kind::Assigned, None, Says::New)]
        }
        Event::Assigned { to, .. } => {
            vec![news(*to, Kind::Assigned, doer(by), Says::MadeYours)]
        }
        Event::PromiseHandedOver { to, .. } => {
            vec![news(*to, Kind::Assigned, doer(by), Says::HandedPromise)]
        }
        Event::MessageReceived {
            from,
            automatic: false,
            thanks,
            reason,
            ..
        } if !is_told_otherwise(reason, ticket) => {
            let says = match thanks {
                true => Says::Thanked,
                false => Says::Wrote,
            };
            vec![news(ticket.responsible, Kind::ClientWrote, *from, says)]
        }
        Event::ForwardAnswered { from, .. } => {
            let says = Says::AnsweredDesk;
            vec![news(ticket.responsible, Kind::ClientWrote, *from, says)]
        }
        Event::Delegated {
            from,
            to,
            due,
            note,
        } => {
            let says = Says::Asked {
                due: *due,
                note: note.clone(),
            };
            vec![news(*to, Kind::Offered, Some(*from), says)]
        }
        Event::DelegationAccepted { from, to } => {
            vec![news(*from, Kind::OfferAnswered, Some(*to), Says::Took)]
        }
        Event::DelegationDeclined { from, to, why } => {
            let says = Says::Declined { why: why.clone() };
            vec![news(*from, Kind::OfferAnswered, Some(*to), says)]
        }
        Event::DelegationTimedOut { from, to } => vec![
            news(*from, Kind::OfferAnswered, Some(*to), Says::NoAnswer),
            news(*to, Kind::Offered, Some(*from), Says::Missed),
        ],
        Event::DelegationWithdrawn { from, to } => {
            let says = Says::NotAskedAnyMore;
            vec![news(*from, Kind::OfferAnswered, Some(*to), says)]
        }
        Event::Watched { person } => {
            vec![news(*person, Kind::Watched, doer(by), Says::AskedToWatch)]
        }
        _ => vec![],
    }
}

fn doer(by: Actor) -> Option<PersonId> {
    match by {
        Actor::Person(person) => Some(person),
        Actor::Rule(_) | Actor::Kept => None,
    }
}

/// The mail a ticket begins with is told with the ticket, and one that is moved was told where it came from.
fn is_told_otherwise(reason: &Reason, ticket: &Ticket) -> bool {
    ticket.touched_at == ticket.opened_at || matches!(reason, Reason::MovedFrom { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{MessageId, PromiseId, QueueId, TicketId};
    use crate::queues::Chosen;
    use crate::tickets::{Kind as Sort, Priority};

    const INES: PersonId = PersonId(1);
    const NOOR: PersonId = PersonId(2);
    const DANA: PersonId = PersonId(9);

    fn at(text: &str) -> Timestamp {
        text.parse().expect("time")
    }

    fn opened() -> Event {
        Event::Opened {
            subject: "Printer".into(),
            kind: Sort::Incident,
            priority: Priority::Normal,
            queue: QueueId(1),
            requester: Some(DANA),
            client: None,
            responsible: INES,
            chosen: Chosen::OnDuty,
        }
    }

    fn wrote(reason: Reason, automatic: bool, thanks: bool) -> Event {
        Event::MessageReceived {
            message: MessageId(1),
            from: Some(DANA),
            automatic,
            thanks,
            reason,
        }
    }

    /// Who is told what of an event an hour after the ticket was opened, as `1 assigned: …`.
    fn check(event: &Event, by: Actor, expected: &[&str]) {
        let born = at("2026-11-23T09:00:00Z");
        let mut ticket = Ticket::opened(TicketId(7), born, &opened()).expect("opened");
        if !matches!(event, Event::Opened { .. }) {
            ticket.apply(at("2026-11-23T10:00:00Z"), event);
        }
        let name = |who: Option<PersonId>| match who {
            Some(INES) => "Ines",
            Some(NOOR) => "Noor",
            Some(DANA) => "Dana",
            _ => "",
        };
        let told = news(event, by, &ticket);
        let told: Vec<String> = told
            .iter()
            .map(|it| {
                let words = it.words(name(it.who), &TimeZone::UTC);
                format!("{} {}: {words}", it.to, it.kind.as_str())
            })
            .collect();
        assert_eq!(told, expected, "{event:?}");
    }

    #[test]
    fn everybody_hears_what_concerns_them_and_nobody_what_they_did() {
        let person = Actor::Person;
        check(&opened(), Actor::Kept, &["1 assigned: New, and yours"]);
        check(&opened(), person(INES), &[]);
        let assigned = Event::Assigned {
            from: INES,
            to: NOOR,
        };
        check(&assigned, person(INES), &["2 assigned: Ines made it yours"]);
        check(&assigned, person(NOOR), &[]);
        check(&assigned, Actor::Kept, &["2 assigned: Yours now"]);
        let watched = Event::Watched { person: NOOR };
        let asks = "2 watched: Ines asks you to watch it";
        check(&watched, person(INES), &[asks]);
        check(&watched, person(NOOR), &[]);
        let handed = Event::PromiseHandedOver {
            promise: PromiseId(4),
            to: NOOR,
        };
        check(
            &handed,
            person(INES),
            &["2 assigned: Ines handed you a promise"],
        );
        check(&handed, person(NOOR), &[]);
        check(
            &handed,
            Actor::Kept,
            &["2 assigned: A promise here is yours now"],
        );
        let reason = Reason::NewThread;
        check(
            &wrote(reason.clone(), false, false),
            person(DANA),
            &["1 client-wrote: Dana wrote"],
        );
        check(
            &wrote(reason.clone(), false, true),
            person(DANA),
            &["1 client-wrote: Dana says thanks"],
        );
        check(&wrote(reason, true, false), person(DANA), &[]);
        let moved = Reason::MovedFrom {
            ticket: TicketId(3),
        };
        check(&wrote(moved, false, false), person(DANA), &[]);
    }

    #[test]
    fn offers_are_told_to_whoever_is_asked_and_answers_to_whoever_asked() {
        let (from, to) = (INES, NOOR);
        let due = at("2026-11-23T13:00:00Z");
        let note = Some("you know this one".to_owned());
        let asked = Event::Delegated {
            from,
            to,
            due,
            note,
        };
        let said = "2 offered: Ines asks you to take it until Mon 23 Nov 13:00: you know this one";
        check(&asked, Actor::Person(from), &[said]);
        check(
            &Event::DelegationAccepted { from, to },
            Actor::Person(to),
            &["1 offer-answered: Noor took it"],
        );
        let why = "too busy".to_owned();
        check(
            &Event::DelegationDeclined { from, to, why },
            Actor::Person(to),
            &["1 offer-answered: Noor did not take it: too busy"],
        );
        check(
            &Event::DelegationTimedOut { from, to },
            Actor::Kept,
            &[
                "1 offer-answered: Noor did not answer in time; it stays with you",
                "2 offered: You did not answer in time; it stays with Ines",
            ],
        );
        let withdrawn = Event::DelegationWithdrawn { from, to };
        check(&withdrawn, Actor::Person(from), &[]);
        check(
            &withdrawn,
            Actor::Person(PersonId(5)),
            &["1 offer-answered: Noor is not asked any more; it stays with you"],
        );
    }
}

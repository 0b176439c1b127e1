//! The lines of a history in words.

use std::collections::BTreeSet;

use kept_domain::event::{Actor, Names, Recorded, sentence};
use kept_domain::fields::Value;
use kept_domain::ids::{PersonId, QueueId, RuleId};
use kept_domain::queues::Queue;
use kept_store::{Tx, people, rules};

use crate::Error;

/// One event with the sentence that says it.
#[derive(Debug, Clone)]
pub struct Happened {
    pub recorded: Recorded,
    pub by: String,
    pub sentence: String,
}

/// Names looked up once for all sentences.
struct Known {
    people: Vec<(PersonId, String)>,
    queues: Vec<(QueueId, String)>,
    rules: Vec<(RuleId, String)>,
}

impl Names for Known {
    fn person(&self, id: PersonId) -> String {
        find(&self.people, id, "somebody")
    }

    fn queue(&self, id: QueueId) -> String {
        find(&self.queues, id, "a queue")
    }
}

fn find<I: PartialEq>(known: &[(I, String)], id: I, otherwise: &str) -> String {
    known
        .iter()
        .find(|(known, _)| *known == id)
        .map_or(otherwise.into(), |(_, name)| name.clone())
}

/// Each line with the sentence that says it.
pub(super) fn happened(
    tx: &mut Tx<'_>,
    history: Vec<Recorded>,
    queues: &[Queue],
) -> Result<Vec<Happened>, Error> {
    let known = Known {
        people: people::names(tx, &involved(&history))?,
        queues: queues
            .iter()
            .map(|queue| (queue.id, queue.name.clone()))
            .collect(),
        rules: rule_names(tx, &history)?,
    };
    Ok(history
        .into_iter()
        .map(|recorded| Happened {
            by: match recorded.by {
                Actor::Person(person) => known.person(person),
                Actor::Rule(rule) => format!("Rule “{}”", find(&known.rules, rule, "gone")),
                Actor::Kept => "Kept".into(),
            },
            sentence: sentence(&recorded.event, &known),
            recorded,
        })
        .collect())
}

fn rule_names(
    tx: &mut Tx<'_>,
    history: &[Recorded],
) -> Result<Vec<(RuleId, String)>, kept_store::StoreError> {
    let rules = history.iter().filter_map(|line| match line.by {
        Actor::Rule(rule) => Some(rule),
        Actor::Person(_) | Actor::Kept => None,
    });
    let rules: BTreeSet<RuleId> = rules.collect();
    rules::names(tx, &rules)
}

/// Everybody a history speaks of.
fn involved(history: &[Recorded]) -> Vec<PersonId> {
    use kept_domain::event::Event;
    let mut people: Vec<PersonId> = Vec::new();
    for line in history {
        if let Actor::Person(person) = line.by {
            people.push(person);
        }
        match &line.event {
            Event::Opened { responsible, .. } => people.push(*responsible),
            Event::Assigned { from, to } => people.extend([*from, *to]),
            Event::Delegated { from, to, .. }
            | Event::DelegationAccepted { from, to }
            | Event::DelegationDeclined { from, to, .. }
            | Event::DelegationTimedOut { from, to }
            | Event::DelegationWithdrawn { from, to } => people.extend([*from, *to]),
            Event::Notified { person } => people.push(*person),
            Event::FieldFilled { from, to, .. } => {
                let values = from.iter().chain(to);
                people.extend(values.filter_map(|value| match value {
                    Value::Person(person) => Some(*person),
                    _ => None,
                }));
            }
            Event::ParticipantAdded { person, .. } | Event::ParticipantRemoved { person } => {
                people.push(*person);
            }
            Event::RequesterChanged { from, to, .. } => people.extend(from.iter().chain(to)),
            _ => {}
        }
    }
    people.sort_unstable();
    people.dedup();
    people
}

//! The lines of a history in words.

use std::cell::RefCell;
use std::collections::BTreeSet;

use kept_domain::event::{Actor, Names, Recorded, line, sentence};
use kept_domain::ids::{PersonId, QueueId, RuleId};
use kept_domain::queues::Queue;
use kept_store::{Tx, people, rules};

use crate::Error;

/// One event with the sentence that says it.
#[derive(Debug, Clone)]
pub struct Happened {
    pub recorded: Recorded,
    pub by: String,
    /// What happened, without who did it.
    pub sentence: String,
    /// The same with who did it, named once.
    pub line: String,
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
    let each = history.into_iter().map(|recorded| {
        let by = match recorded.by {
            Actor::Person(person) => known.person(person),
            Actor::Rule(rule) => format!("Rule “{}”", find(&known.rules, rule, "gone")),
            Actor::Kept => "Kept".into(),
        };
        Happened {
            sentence: sentence(&recorded.event, &known),
            line: line(&recorded.event, recorded.by, &by, &known),
            by,
            recorded,
        }
    });
    Ok(each.collect())
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

/// Everybody a history speaks of: whom its sentences ask for.
fn involved(history: &[Recorded]) -> Vec<PersonId> {
    let asked = AskedFor::default();
    for line in history {
        if let Actor::Person(person) = line.by {
            asked.person(person);
        }
        sentence(&line.event, &asked);
    }
    let people: BTreeSet<PersonId> = asked.people.into_inner();
    people.into_iter().collect()
}

#[derive(Default)]
struct AskedFor {
    people: RefCell<BTreeSet<PersonId>>,
}

impl Names for AskedFor {
    fn person(&self, id: PersonId) -> String {
        self.people.borrow_mut().insert(id);
        String::new()
    }

    fn queue(&self, _: QueueId) -> String {
        String::new()
    }
}

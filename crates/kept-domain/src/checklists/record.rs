//! The steps as the history of a ticket leaves them.

use super::{Done, Step};
use crate::event::{Actor, Event, Recorded};

/// Whether an event changes the checklist.
pub fn concerns(event: &Event) -> bool {
    matches!(
        event,
        Event::StepAdded { .. }
            | Event::StepChanged { .. }
            | Event::StepMoved { .. }
            | Event::StepRemoved { .. }
            | Event::StepTicked { .. }
            | Event::StepUnticked { .. }
    )
}

/// The steps in their order.
pub fn steps(history: &[Recorded]) -> Vec<Step> {
    let mut steps = Vec::new();
    for line in history {
        apply(&mut steps, line);
    }
    steps
}

/// How many are still to do.
pub fn open(steps: &[Step]) -> usize {
    steps.iter().filter(|step| step.done.is_none()).count()
}

fn apply(steps: &mut Vec<Step>, line: &Recorded) {
    let place = |steps: &[Step], number: u32| steps.iter().position(|it| it.number == number);
    match &line.event {
        Event::StepAdded {
            step,
            what,
            person,
            due,
        } => steps.push(Step {
            number: *step,
            what: what.clone(),
            person: *person,
            due: *due,
            done: None,
        }),
        Event::StepChanged {
            step,
            what,
            person,
            due,
        } => {
            if let Some(known) = steps.iter_mut().find(|it| it.number == *step) {
                (known.what, known.person, known.due) = (what.clone(), *person, *due);
            }
        }
        Event::StepMoved { step, up } => {
            let other = place(steps, *step).and_then(|at| match up {
                true => Some((at, at.checked_sub(1)?)),
                false => Some((at, at + 1)),
            });
            if let Some((at, other)) = other.filter(|(_, other)| *other < steps.len()) {
                steps.swap(at, other);
            }
        }
        Event::StepRemoved { step } => steps.retain(|it| it.number != *step),
        Event::StepTicked { step, evidence } => {
            let by = match line.by {
                Actor::Person(person) => Some(person),
                Actor::Rule(_) | Actor::Kept => None,
            };
            if let Some(known) = steps.iter_mut().find(|it| it.number == *step) {
                known.done = Some(Done {
                    by,
                    at: line.at,
                    evidence: evidence.clone(),
                });
            }
        }
        Event::StepUnticked { step } => {
            if let Some(known) = steps.iter_mut().find(|it| it.number == *step) {
                known.done = None;
            }
        }
        _ => {}
    }
}

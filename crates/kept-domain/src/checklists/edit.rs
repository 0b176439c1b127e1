//! What may be done with a checklist. Steps can be ticked on a ticket that has ended, too; not on one that is set aside.

use jiff::Timestamp;

use super::Step;
use crate::event::{Event, Recorded};
use crate::ids::PersonId;
use crate::tickets::{Refused, Ticket};

pub const LONGEST_STEP: usize = 300;
pub const LONGEST_EVIDENCE: usize = 500;
pub const MOST_STEPS: usize = 100;

/// Why the checklist stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadStep {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("Write what is to be done")]
    Nothing,
    #[error("A step has at most {LONGEST_STEP} characters; make two of it")]
    TooLong,
    #[error("That is too long; {LONGEST_EVIDENCE} characters are the most, a link is enough")]
    EvidenceTooLong,
    #[error("A checklist has at most {MOST_STEPS} steps")]
    TooMany,
    #[error("that step is not there any more")]
    Gone,
}

/// A step as somebody writes it down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewStep {
    pub what: String,
    pub person: Option<PersonId>,
    pub due: Option<Timestamp>,
}

/// Adds steps at the end, in their order. `history` is the ticket's own: no number is given out twice.
///
/// # Errors
/// When the ticket is set aside, a step says nothing or too much, or there would be too many.
pub fn add(ticket: &Ticket, history: &[Recorded], new: &[NewStep]) -> Result<Vec<Event>, BadStep> {
    ticket.must_be_in_sight()?;
    if new.is_empty() {
        return Err(BadStep::Nothing);
    }
    if super::steps(history).len() + new.len() > MOST_STEPS {
        return Err(BadStep::TooMany);
    }
    let given = history.iter().filter_map(|line| match line.event {
        Event::StepAdded { step, .. } => Some(step),
        _ => None,
    });
    let first = given.max().unwrap_or(0) + 1;
    let added = (first..).zip(new).map(|(step, new)| {
        Ok(Event::StepAdded {
            step,
            what: wording(&new.what)?,
            person: new.person,
            due: new.due,
        })
    });
    added.collect()
}

/// Says it otherwise, gives it to somebody else, or to another day.
///
/// # Errors
/// When the ticket is set aside, the step is gone, or it would say nothing or too much.
pub fn change(
    ticket: &Ticket,
    steps: &[Step],
    number: u32,
    new: &NewStep,
) -> Result<Vec<Event>, BadStep> {
    let step = find(ticket, steps, number)?;
    let what = wording(&new.what)?;
    if (&step.what, step.person, step.due) == (&what, new.person, new.due) {
        return Ok(vec![]);
    }
    Ok(vec![Event::StepChanged {
        step: number,
        what,
        person: new.person,
        due: new.due,
    }])
}

/// Moves it one place up or down; at the end of the list it stays.
///
/// # Errors
/// When the ticket is set aside or the step is gone.
pub fn shift(
    ticket: &Ticket,
    steps: &[Step],
    number: u32,
    up: bool,
) -> Result<Vec<Event>, BadStep> {
    find(ticket, steps, number)?;
    let end = if up { steps.first() } else { steps.last() };
    let stays = end.is_some_and(|step| step.number == number);
    let moved = Event::StepMoved { step: number, up };
    Ok(if stays { vec![] } else { vec![moved] })
}

/// # Errors
/// When the ticket is set aside or the step is gone.
pub fn remove(ticket: &Ticket, steps: &[Step], number: u32) -> Result<Vec<Event>, BadStep> {
    find(ticket, steps, number)?;
    Ok(vec![Event::StepRemoved { step: number }])
}

/// A step that was removed is there again, at the end and under another number, and is to do.
///
/// # Errors
/// When the ticket is set aside, or no such step was removed.
pub fn restore(ticket: &Ticket, history: &[Recorded], number: u32) -> Result<Vec<Event>, BadStep> {
    let removed = |line: &Recorded| line.event == Event::StepRemoved { step: number };
    let at = history.iter().position(removed).ok_or(BadStep::Gone)?;
    let before = super::steps(&history[..at]);
    let step = find(ticket, &before, number)?;
    let again = NewStep {
        what: step.what.clone(),
        person: step.person,
        due: step.due,
    };
    add(ticket, history, &[again])
}

/// It is done. Said again, nothing happens, unless there is more to show.
///
/// # Errors
/// When the ticket is set aside, the step is gone, or the evidence is too long.
pub fn tick(
    ticket: &Ticket,
    steps: &[Step],
    number: u32,
    evidence: &str,
) -> Result<Vec<Event>, BadStep> {
    let step = find(ticket, steps, number)?;
    let evidence = Some(one_line(evidence)).filter(|text| !text.is_empty());
    if evidence
        .as_ref()
        .is_some_and(|text| text.chars().count() > LONGEST_EVIDENCE)
    {
        return Err(BadStep::EvidenceTooLong);
    }
    match &step.done {
        Some(done) if evidence.is_none() || done.evidence == evidence => Ok(vec![]),
        _ => Ok(vec![Event::StepTicked {
            step: number,
            evidence,
        }]),
    }
}

/// It is to do again.
///
/// # Errors
/// When the ticket is set aside or the step is gone.
pub fn untick(ticket: &Ticket, steps: &[Step], number: u32) -> Result<Vec<Event>, BadStep> {
    let step = find(ticket, steps, number)?;
    let unticked = Event::StepUnticked { step: number };
    Ok(step.done.iter().map(|_| unticked.clone()).collect())
}

fn find<'a>(ticket: &Ticket, steps: &'a [Step], number: u32) -> Result<&'a Step, BadStep> {
    ticket.must_be_in_sight()?;
    let known = steps.iter().find(|step| step.number == number);
    known.ok_or(BadStep::Gone)
}

/// A step as it is kept: on one line.
///
/// # Errors
/// When it says nothing or too much.
pub fn wording(text: &str) -> Result<String, BadStep> {
    let text = one_line(text);
    match text.chars().count() {
        0 => Err(BadStep::Nothing),
        1..=LONGEST_STEP => Ok(text),
        _ => Err(BadStep::TooLong),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

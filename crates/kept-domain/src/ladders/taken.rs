//! The steps that a history already has.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Step;
use crate::clocks::Owed;
use crate::event::{Event, Recorded};
use crate::ids::EventId;

/// Which steps were taken, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    steps: BTreeMap<Step, Timestamp>,
    /// The line that parked it last.
    parked: Option<(EventId, Timestamp)>,
}

impl Taken {
    /// Reads them from a ticket's history, oldest first.
    pub fn of(history: &[Recorded]) -> Self {
        let mut taken = Self::default();
        for line in history {
            match &line.event {
                Event::Parked => taken.parked = Some((line.id, line.at)),
                event => {
                    if let Some(step) = step_of(event) {
                        taken.steps.entry(step).or_insert(line.at);
                    }
                }
            }
        }
        taken
    }

    /// When a step was taken.
    fn at(&self, step: Step) -> Option<Timestamp> {
        self.steps.get(&step).copied()
    }
}

/// What was told of one obligation before, in its own run and in those it goes on with.
pub(super) struct Before<'a> {
    pub taken: &'a Taken,
    pub runs: Vec<i64>,
}

impl Before<'_> {
    /// When the step of such a run was taken.
    pub fn at(&self, step: impl Fn(i64) -> Step) -> Option<Timestamp> {
        let runs = self.runs.iter();
        runs.filter_map(|run| self.taken.at(step(*run))).min()
    }

    /// Whether it was found missed, at whatever due time.
    pub fn missed(&self, asked: Owed) -> bool {
        self.taken.steps.keys().any(
            |step| matches!(step, Step::Miss { owed, run, .. } if *owed == asked && self.runs.contains(run)),
        )
    }

    /// When the ticket was parked after that line, if it was.
    pub fn parked_after(&self, began_by: EventId) -> Option<Timestamp> {
        let parked = self.taken.parked.filter(|(line, _)| *line > began_by);
        parked.map(|(_, at)| at)
    }
}

fn step_of(event: &Event) -> Option<Step> {
    match *event {
        Event::Warned { owed, run, .. } => Some(Step::Warn { owed, run }),
        Event::Missed { owed, run, due } => Some(Step::Miss { owed, run, due }),
        Event::Escalated {
            owed, run, step, ..
        } => Some(Step::Escalate { owed, run, step }),
        Event::Reminded {
            owed, run, step, ..
        } => Some(Step::Remind { owed, run, step }),
        _ => None,
    }
}

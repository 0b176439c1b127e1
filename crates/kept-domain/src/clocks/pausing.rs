//! Which stretches of a ticket's life stop which clock of the desk, and that of a duty. Two reasons at once stop it once.

use jiff::Timestamp;

use super::{Owed, Pause, Pauses, Standing, Terms};

const STOPPABLE: [Owed; 5] = [
    Owed::FirstResponse,
    Owed::NextResponse,
    Owed::NextUpdate,
    Owed::Resolution,
    Owed::Duty,
];

/// Runs from the first fact on, whether or not something is owed yet, so that changed terms find every pause (S17).
#[derive(Debug, Default)]
pub(super) struct Stopwatch([Vec<Pause>; STOPPABLE.len()]);

impl Stopwatch {
    /// From now on the ticket stands so, under these terms.
    pub fn stand(&mut self, at: Timestamp, standing: Standing, terms: Option<&Terms>) {
        let nothing = Pauses::none();
        let rules = terms.map_or(&nothing, |terms| &terms.pauses);
        for (owed, pauses) in STOPPABLE.into_iter().zip(&mut self.0) {
            let why = rules.stops(owed, standing).then_some(standing);
            change(pauses, at, why);
        }
    }

    pub fn is_stopped(&self, owed: Owed) -> bool {
        let last = self.pauses(owed).last();
        last.is_some_and(|pause| pause.to.is_none())
    }

    /// All there were. None for the client's other clocks: those never stop.
    pub fn pauses(&self, owed: Owed) -> &[Pause] {
        let place = STOPPABLE.iter().position(|it| *it == owed);
        place.map_or(&[], |place| self.0[place].as_slice())
    }
}

fn change(pauses: &mut Vec<Pause>, at: Timestamp, why: Option<Standing>) {
    let lasting = pauses.last_mut().filter(|pause| pause.to.is_none());
    if let Some(pause) = lasting {
        if Some(pause.why) == why {
            return;
        }
        pause.to = Some(at);
        if pause.from == at {
            pauses.pop();
        }
    }
    if let Some(why) = why {
        pauses.push(Pause {
            from: at,
            to: None,
            why,
        });
    }
}

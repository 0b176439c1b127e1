//! Whose turn it was, from the opening to now: what the turn strip draws and where the time went (S20).

use jiff::{SignedDuration, Timestamp};

use super::lives::{Life, told_here};
use crate::event::Recorded;
use crate::ids::EventId;
use crate::turn::Turn;

/// A stretch in which the turn was somebody's. The stretches of a ticket touch, from its opening to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub turn: Turn,
    pub from: Timestamp,
    pub to: Timestamp,
    /// The line of the history that began it.
    pub began_by: EventId,
}

impl Stretch {
    pub fn length(&self) -> SignedDuration {
        self.to.duration_since(self.from)
    }
}

/// How long it was whose turn. They sum to the whole time exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TurnTimes {
    pub desk: SignedDuration,
    pub client: SignedDuration,
    pub third_party: SignedDuration,
    pub nobody: SignedDuration,
}

impl TurnTimes {
    pub fn of(stretches: &[Stretch]) -> Self {
        stretches.iter().fold(Self::default(), |mut times, it| {
            let time = match it.turn {
                Turn::Desk => &mut times.desk,
                Turn::Client => &mut times.client,
                Turn::ThirdParty => &mut times.third_party,
                Turn::Nobody => &mut times.nobody,
            };
            *time += it.length();
            times
        })
    }

    pub fn sum(self) -> SignedDuration {
        self.desk + self.client + self.third_party + self.nobody
    }
}

/// The turns of a ticket and those merged into it, which count from when the earliest was opened (S19). None before the
/// opening. The last stretch ends at `now`.
pub fn turns(history: &[Recorded], others: &[&[Recorded]], now: Timestamp) -> Vec<Stretch> {
    let told = told_here(history, others);
    let histories = std::iter::once(history).chain(told);
    let (mut lives, mut lines) = (Vec::new(), Vec::new());
    for (place, history) in histories.enumerate() {
        let mut life = Life::of(history);
        let own = std::mem::take(&mut life.lines);
        lines.extend(own.into_iter().map(|line| (place, line)));
        lives.push(life);
    }
    lines.sort_by_key(|(place, line)| (line.at, line.id, *place));
    let mut stretches: Vec<Stretch> = Vec::new();
    for (place, line) in lines.iter().filter(|(_, line)| line.at <= now) {
        lives[*place].tell(line);
        if let Some(turn) = whose(&lives) {
            turns_to(&mut stretches, turn, line);
        }
    }
    if let Some(last) = stretches.last_mut() {
        last.to = now;
    }
    stretches
}

fn turns_to(stretches: &mut Vec<Stretch>, turn: Turn, line: &Recorded) {
    if let Some(last) = stretches.last_mut() {
        if last.turn == turn {
            return;
        }
        last.to = line.at;
        if last.from == line.at {
            stretches.pop();
        }
    }
    // What is popped can leave a neighbour with the same turn; it goes on.
    if stretches.last().is_some_and(|last| last.turn == turn) {
        return;
    }
    stretches.push(Stretch {
        turn,
        from: line.at,
        to: line.at,
        began_by: line.id,
    });
}

/// The desk's when any of the tickets is with the desk, then a third party's, then the client's.
fn whose(lives: &[Life]) -> Option<Turn> {
    let own = lives.first().and_then(|life| life.ticket.as_ref());
    if own.is_some_and(|ticket| ticket.aside().is_some()) {
        return Some(Turn::Nobody);
    }
    let turns = lives.iter().filter_map(|life| life.ticket.as_ref());
    turns
        .map(crate::tickets::Ticket::turn)
        .min_by_key(|turn| match turn {
            Turn::Desk => 0,
            Turn::ThirdParty => 1,
            Turn::Client => 2,
            Turn::Nobody => 3,
        })
}

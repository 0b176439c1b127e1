//! The figures of one side and of both.

use super::{Counting, Fate, Tally, Used, percent};
use crate::clocks::{Owed, Side};

/// What both sides owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub desk: SideCard,
    pub client: SideCard,
}

/// What one side owed, a line for each kind that came up, and all kinds together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideCard {
    pub side: Side,
    pub lines: Vec<Line>,
    pub promises: Promises,
}

/// One kind. What was owed was met, missed, or is still owed in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub owed: Owed,
    pub met: i64,
    /// Too late, whether it was done afterwards or not.
    pub missed: i64,
    pub still_owed: i64,
    /// The time it took when it was done, as its target counts time.
    pub used: Option<Used>,
}

/// What became of what was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Promises {
    pub kept: i64,
    pub late: i64,
    pub broken: i64,
    pub open: i64,
}

impl Card {
    pub fn of(tallies: &[Tally], used: &[Used]) -> Self {
        let side = |side| SideCard::of(side, tallies, used);
        Self {
            desk: side(Side::Desk),
            client: side(Side::Client),
        }
    }

    pub fn side(&self, side: Side) -> &SideCard {
        match side {
            Side::Desk => &self.desk,
            Side::Client => &self.client,
        }
    }
}

impl SideCard {
    fn of(side: Side, tallies: &[Tally], used: &[Used]) -> Self {
        let lines = Owed::ALL.into_iter().filter_map(|owed| {
            let sum = |fates: &[Fate]| {
                let those = tallies.iter().filter(|it| {
                    (it.side, it.owed, it.counting) == (side, owed, Counting::Once)
                        && fates.contains(&it.fate)
                });
                those.map(|it| it.count).sum()
            };
            let line = Line {
                owed,
                met: sum(&[Fate::Met]),
                missed: sum(&[Fate::Late, Fate::NotDone]),
                still_owed: sum(&[Fate::Owed]),
                used: used
                    .iter()
                    .find(|it| (it.side, it.owed) == (side, owed))
                    .copied(),
            };
            (line.owed_in_all() > 0).then_some(line)
        });
        Self {
            side,
            lines: lines.collect(),
            promises: Promises::of(side, tallies),
        }
    }

    pub fn met(&self) -> i64 {
        self.lines.iter().map(|line| line.met).sum()
    }

    pub fn missed(&self) -> i64 {
        self.lines.iter().map(|line| line.missed).sum()
    }

    pub fn still_owed(&self) -> i64 {
        self.lines.iter().map(|line| line.still_owed).sum()
    }

    /// Of what was decided; `None` when nothing was.
    pub fn percent(&self) -> Option<i64> {
        percent(self.met(), self.met() + self.missed())
    }
}

impl Line {
    pub fn owed_in_all(&self) -> i64 {
        self.met + self.missed + self.still_owed
    }

    pub fn percent(&self) -> Option<i64> {
        percent(self.met, self.met + self.missed)
    }
}

impl Promises {
    fn of(side: Side, tallies: &[Tally]) -> Self {
        let mut promises = Self::default();
        for it in tallies {
            if (it.side, it.owed, it.counting) != (side, Owed::Promise, Counting::Once) {
                continue;
            }
            match it.fate {
                Fate::Met => promises.kept += it.count,
                Fate::Late => promises.late += it.count,
                Fate::NotDone => promises.broken += it.count,
                Fate::Owed => promises.open += it.count,
            }
        }
        promises
    }
}

/// How a kind that can be reopened would look if each round counted for itself: met, and met or missed.
pub fn each_round(tallies: &[Tally], side: Side, owed: Owed) -> (i64, i64) {
    let those = tallies.iter().filter(|it| {
        (it.side, it.owed) == (side, owed)
            && it.counting != Counting::Never
            && it.fate != Fate::Owed
    });
    those.fold((0, 0), |(met, all), it| {
        let met = met + if it.fate == Fate::Met { it.count } else { 0 };
        (met, all + it.count)
    })
}

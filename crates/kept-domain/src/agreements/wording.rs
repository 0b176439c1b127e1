//! One wording of an agreement, as it is written down and stored.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{BadSilence, Duty, MOST_DUTIES, Silence};
use crate::clocks::{BadTarget, Owed, Pauses, Standing, Target, Terms};
use crate::hours::Calendar;
use crate::ids::PersonId;
use crate::tickets::{Kind, Priority};

/// Whole in itself: hours and holidays are in it, so that it means the same for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// When the desk works for this client.
    #[serde(with = "shared")]
    pub desk: Arc<Calendar>,
    /// When the client works.
    #[serde(with = "shared")]
    pub client: Arc<Calendar>,
    /// The first that fits a ticket counts; the last fits all.
    pub rows: Vec<Row>,
    /// While a third party has it, resolution stops too.
    pub third_party_pauses: bool,
    /// How much of a target may be used up before the side that owes is warned.
    pub warn_percent: u8,
    pub escalation: Option<Escalation>,
    pub silence: Silence,
    /// What the client does besides; only a client's own agreement has any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub duties: Vec<Duty>,
}

/// What is asked of tickets of a priority and a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// `None` fits every priority.
    pub priority: Option<Priority>,
    /// `None` fits every kind.
    pub kind: Option<Kind>,
    pub targets: Targets,
}

/// All six are asked, so that something is always owed (the no-cracks rule).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Targets {
    pub first_response: Target,
    pub next_response: Target,
    pub next_update: Target,
    pub resolution: Target,
    pub answer: Target,
    pub confirmation: Target,
}

/// Who else is told when the desk stays late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// After the due time, in the desk's hours.
    pub after: Target,
    /// `None`: the admins.
    pub to: Option<PersonId>,
}

/// Why a wording can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadWording {
    #[error("give at least one row of targets that fits every priority and kind")]
    NoCatchAll,
    #[error("row {0} is never reached: an earlier one fits all it fits")]
    NeverReached(usize),
    #[error("at most {MOST_ROWS} rows of targets")]
    TooManyRows,
    #[error("{}: {why}", owed.words())]
    Target { owed: Owed, why: BadTarget },
    #[error("warn between 1 and 99 percent")]
    Percent,
    #[error("silence: {0}")]
    Silence(#[from] BadSilence),
    #[error("at most {MOST_DUTIES} duties")]
    TooManyDuties,
    #[error("escalation: {0}")]
    Escalation(BadTarget),
}

/// More nobody can read, and a form has to hold them.
pub const MOST_ROWS: usize = 25;

impl Wording {
    /// # Errors
    /// When something in it can't be meant; nothing is saved then.
    pub fn check(&self) -> Result<(), BadWording> {
        if self.rows.len() > MOST_ROWS {
            return Err(BadWording::TooManyRows);
        }
        if !self.rows.last().is_some_and(Row::fits_all) {
            return Err(BadWording::NoCatchAll);
        }
        for (place, row) in self.rows.iter().enumerate() {
            if self.rows[..place].iter().any(|earlier| earlier.covers(row)) {
                return Err(BadWording::NeverReached(place + 1));
            }
            row.targets.check()?;
        }
        if !(1..=99).contains(&self.warn_percent) {
            return Err(BadWording::Percent);
        }
        if self.duties.len() > MOST_DUTIES {
            return Err(BadWording::TooManyDuties);
        }
        if let Some(escalation) = self.escalation {
            let checked = escalation.after.checked();
            checked.map_err(BadWording::Escalation)?;
        }
        Ok(self.silence.check()?)
    }

    /// What is asked of a ticket of this priority and kind, and by which row, from 0.
    pub fn terms(&self, priority: Priority, kind: Kind) -> (Terms, usize) {
        let fitting = self.rows.iter().position(|row| row.fits(priority, kind));
        let place = fitting.unwrap_or(self.rows.len().saturating_sub(1));
        let targets = self.rows.get(place).map(|row| row.targets);
        let asked = |of: fn(&Targets) -> Target| targets.as_ref().map(of);
        let terms = Terms {
            first_response: asked(|it| it.first_response),
            next_response: asked(|it| it.next_response),
            next_update: asked(|it| it.next_update),
            resolution: asked(|it| it.resolution),
            answer: asked(|it| it.answer),
            confirmation: asked(|it| it.confirmation),
            pauses: self.pauses(),
            warn_percent: self.warn_percent,
            desk: Arc::clone(&self.desk),
            client: Arc::clone(&self.client),
        };
        (terms, place)
    }

    fn pauses(&self) -> Pauses {
        match self.third_party_pauses {
            true => Pauses::default().stop(Owed::Resolution, &[Standing::WithThirdParty]),
            false => Pauses::default(),
        }
    }
}

impl Row {
    pub fn fits(&self, priority: Priority, kind: Kind) -> bool {
        self.priority.is_none_or(|it| it == priority) && self.kind.is_none_or(|it| it == kind)
    }

    fn fits_all(&self) -> bool {
        self.priority.is_none() && self.kind.is_none()
    }

    /// Whether all that fits `other` fits this one too.
    fn covers(&self, other: &Row) -> bool {
        (self.priority.is_none() || self.priority == other.priority)
            && (self.kind.is_none() || self.kind == other.kind)
    }
}

impl Targets {
    /// In the order in which people read them.
    pub fn all(&self) -> [(Owed, Target); 6] {
        [
            (Owed::FirstResponse, self.first_response),
            (Owed::NextResponse, self.next_response),
            (Owed::NextUpdate, self.next_update),
            (Owed::Resolution, self.resolution),
            (Owed::Answer, self.answer),
            (Owed::Confirmation, self.confirmation),
        ]
    }

    fn check(&self) -> Result<(), BadWording> {
        for (owed, target) in self.all() {
            let checked = target.checked();
            checked.map_err(|why| BadWording::Target { owed, why })?;
        }
        Ok(())
    }
}

/// A shared calendar is stored as the calendar it is.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use crate::hours::Calendar;

    pub fn serialize<S: Serializer>(calendar: &Arc<Calendar>, to: S) -> Result<S::Ok, S::Error> {
        calendar.as_ref().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<Calendar>, D::Error> {
        Calendar::deserialize(from).map(Arc::new)
    }
}

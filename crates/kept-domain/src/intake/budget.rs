//! How many automatic answers go out at most: the last line against loops that nobody marked as such.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::Silence;

/// The most automatic answers of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// To one address in a day.
    pub address_day: u32,
    /// To all addresses of one domain in an hour.
    pub domain_hour: u32,
    /// To everybody in an hour.
    pub desk_hour: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            address_day: 5,
            domain_hour: 1_000,
            desk_hour: 10_000,
        }
    }
}

/// What comes from an address this soon after we answered it by ourselves may be a robot's answer to
/// that. A person who writes twice within it knows already that we are there.
pub const PAUSE: SignedDuration = SignedDuration::from_mins(10);

/// Automatic answers that went out before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answered {
    /// To this address within [`PAUSE`].
    pub just_now: bool,
    /// To this address today, about the same subject.
    pub same_subject: bool,
    /// To this address in the last day.
    pub today: u32,
    /// To its domain in the last hour.
    pub domain_hour: u32,
    /// To everybody in the last hour.
    pub desk_hour: u32,
}

/// Whether one more may go out.
///
/// # Errors
/// The budget that is spent.
pub fn one_more(answered: Answered, limits: Limits) -> Result<(), Silence> {
    let spent = [
        (answered.just_now, Silence::JustAnswered),
        (answered.same_subject, Silence::SameSubject),
        (answered.today >= limits.address_day, Silence::BudgetSpent),
        (
            answered.domain_hour >= limits.domain_hour,
            Silence::DomainBudgetSpent,
        ),
        (
            answered.desk_hour >= limits.desk_hour,
            Silence::DeskBudgetSpent,
        ),
    ];
    let first = spent.iter().find(|(is_spent, _)| *is_spent);
    first.map_or(Ok(()), |(_, silence)| Err(*silence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_budget_that_is_spent_ends_the_answers() {
        let check = |answered, expected| {
            let may = one_more(answered, Limits::default());
            assert_eq!(may.err(), expected, "{answered:?}");
        };
        let none = Answered::default();
        check(none, None);
        check(Answered { today: 4, ..none }, None);
        check(Answered { today: 5, ..none }, Some(Silence::BudgetSpent));
        let just_now = Answered {
            just_now: true,
            ..none
        };
        check(just_now, Some(Silence::JustAnswered));
        let same = Answered {
            same_subject: true,
            ..none
        };
        check(same, Some(Silence::SameSubject));
        let domain = Answered {
            domain_hour: 1_000,
            ..none
        };
        check(domain, Some(Silence::DomainBudgetSpent));
        let desk = Answered {
            desk_hour: 10_000,
            ..none
        };
        check(desk, Some(Silence::DeskBudgetSpent));
    }
}

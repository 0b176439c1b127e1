//! Dashboards: a few cards with figures, one's own or everybody's. Pure; who may see and change one is asked here too.

mod chart;
mod schedule;

pub use chart::Chart;
pub use schedule::{BadSchedule, Every, Schedule};

use serde::{Deserialize, Serialize};

use crate::access::Viewer;
use crate::ids::PersonId;
use crate::people::Role;
use crate::reports::Report;

/// A dashboard as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dashboard {
    pub id: i64,
    pub owner: PersonId,
    pub wish: Wish,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    pub name: String,
    /// Everybody at the desk sees it; otherwise only its owner.
    pub shared: bool,
    /// In the order in which they stand. Those that were taken away can be brought back.
    pub cards: Vec<Card>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its number on this dashboard.
    pub id: u32,
    /// What its owner calls it; empty for its own name.
    #[serde(default)]
    pub title: String,
    pub shows: Shows,
    #[serde(default)]
    pub removed: bool,
}

/// What a card shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shows {
    Chart(Chart),
    Report(Report),
    /// How many tickets a saved view finds, by its number.
    View(i64),
}

/// What can't be done with a dashboard, and the field it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadDashboard {
    #[error("Give the dashboard a name of up to {LONGEST_NAME} characters")]
    Name,
    #[error("A title has at most {LONGEST_TITLE} characters")]
    Title,
    #[error("A dashboard has at most {MOST_CARDS} cards; take one away first")]
    Full,
    #[error("This card is not there any more; look at the dashboard as it is now")]
    NoCard,
}

pub const LONGEST_NAME: usize = 40;
pub const LONGEST_TITLE: usize = 80;
/// More are read by nobody.
pub const MOST_CARDS: usize = 12;
/// Cards that were taken away and can come back.
const MOST_REMOVED: usize = 20;
/// Dashboards of one person.
pub const MOST: usize = 20;

/// What everybody begins with.
pub fn overview() -> Wish {
    let charts = [
        Chart::Arrivals,
        Chart::Clients,
        Chart::Turns,
        Chart::Age,
        Chart::Load,
        Chart::Promises,
        Chart::Hours,
    ];
    let cards = (1..).zip(charts).map(|(id, chart)| Card {
        id,
        title: String::new(),
        shows: Shows::Chart(chart),
        removed: false,
    });
    Wish {
        name: "Overview".to_owned(),
        shared: true,
        cards: cards.collect(),
    }
}

impl Wish {
    /// # Errors
    /// When it has no name, or one that is too long.
    pub fn named(mut self, name: &str) -> Result<Wish, BadDashboard> {
        self.name = tidy(name);
        let long = self.name.chars().count() > LONGEST_NAME;
        match self.name.is_empty() || long {
            true => Err(BadDashboard::Name),
            false => Ok(self),
        }
    }

    /// The cards that are there.
    pub fn shown(&self) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(|card| !card.removed)
    }

    pub fn card(&self, id: u32) -> Option<&Card> {
        self.shown().find(|card| card.id == id)
    }

    /// Puts a card at the end and says which number it has.
    ///
    /// # Errors
    /// When there are too many, or its title is too long.
    pub fn add(&mut self, title: &str, shows: Shows) -> Result<u32, BadDashboard> {
        let title = tidy(title);
        if title.chars().count() > LONGEST_TITLE {
            return Err(BadDashboard::Title);
        }
        if self.shown().count() >= MOST_CARDS {
            return Err(BadDashboard::Full);
        }
        let id = self.cards.iter().map(|card| card.id).max().unwrap_or(0);
        let id = id.saturating_add(1);
        self.cards.push(Card {
            id,
            title,
            shows,
            removed: false,
        });
        Ok(id)
    }

    /// Moves a card before the one that stands before it, or behind the one after it; at either end it stays.
    ///
    /// # Errors
    /// When it is not there.
    pub fn shift(&mut self, id: u32, forward: bool) -> Result<(), BadDashboard> {
        let places = self.cards.iter().enumerate();
        let shown: Vec<usize> = places
            .filter(|(_, card)| !card.removed)
            .map(|(at, _)| at)
            .collect();
        let place = shown.iter().position(|at| self.cards[*at].id == id);
        let place = place.ok_or(BadDashboard::NoCard)?;
        let other = match forward {
            true => place.checked_sub(1),
            false => Some(place + 1),
        };
        if let Some(other) = other.and_then(|other| shown.get(other)) {
            self.cards.swap(shown[place], *other);
        }
        Ok(())
    }

    /// Takes a card away, or brings it back to where it stood.
    ///
    /// # Errors
    /// When it is not there, or no room is left for it.
    pub fn set_removed(&mut self, id: u32, removed: bool) -> Result<(), BadDashboard> {
        if !removed && self.shown().count() >= MOST_CARDS {
            return Err(BadDashboard::Full);
        }
        let card = self.cards.iter_mut().find(|card| card.id == id);
        card.ok_or(BadDashboard::NoCard)?.removed = removed;
        let gone = self.cards.iter().filter(|card| card.removed).count();
        if gone > MOST_REMOVED
            && let Some(oldest) = self
                .cards
                .iter()
                .position(|card| card.removed && card.id != id)
        {
            self.cards.remove(oldest);
        }
        Ok(())
    }
}

fn tidy(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .chars()
        .filter(|letter| !letter.is_control())
        .collect()
}

impl Dashboard {
    pub fn is_seen_by(&self, viewer: &Viewer) -> bool {
        self.wish.shared || self.owner == viewer.person
    }

    /// Its owner changes it; what everybody sees dispatchers change too.
    pub fn is_changed_by(&self, viewer: &Viewer) -> bool {
        self.owner == viewer.person || (self.wish.shared && viewer.role >= Role::Dispatcher)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(wish: &Wish) -> Vec<u32> {
        wish.shown().map(|card| card.id).collect()
    }

    #[test]
    fn cards_move_past_those_that_are_shown() {
        let mut wish = overview();
        wish.cards.truncate(4);
        wish.set_removed(2, true).expect("it is there");
        wish.shift(3, true).expect("it is there");
        assert_eq!(order(&wish), [3, 1, 4]);
        wish.shift(3, true).expect("it stays first");
        wish.shift(4, false).expect("it stays last");
        assert_eq!(order(&wish), [3, 1, 4]);
        wish.set_removed(2, false).expect("it comes back");
        assert_eq!(order(&wish), [3, 2, 1, 4]);
        assert_eq!(wish.shift(9, true), Err(BadDashboard::NoCard));
    }

    #[test]
    fn a_dashboard_takes_so_many_cards_and_forgets_the_oldest_that_are_gone() {
        let mut wish = overview();
        for _ in 0..60 {
            if let Ok(id) = wish.add("Late", Shows::Chart(Chart::Age)) {
                wish.set_removed(id, true).expect("it is there");
            }
        }
        assert_eq!(wish.shown().count(), 7);
        assert!(wish.cards.len() <= 7 + MOST_REMOVED);
        while wish.add("Late", Shows::View(1)).is_ok() {}
        assert_eq!(wish.shown().count(), MOST_CARDS);
        let long = "x".repeat(LONGEST_TITLE + 1);
        wish.set_removed(1, true).expect("it is there");
        assert_eq!(wish.add(&long, Shows::View(1)), Err(BadDashboard::Title));
        assert_eq!(wish.named("  "), Err(BadDashboard::Name));
    }

    #[test]
    fn everybodys_is_changed_by_its_owner_and_by_dispatchers() {
        let who = |person, role| Viewer {
            person: PersonId(person),
            name: "Ines".into(),
            role,
        };
        let of = |shared| Dashboard {
            id: 1,
            owner: PersonId(1),
            wish: Wish {
                shared,
                ..overview()
            },
        };
        let check = |shared, viewer: &Viewer, sees, changes| {
            let it = of(shared);
            assert_eq!(
                (it.is_seen_by(viewer), it.is_changed_by(viewer)),
                (sees, changes)
            );
        };
        check(false, &who(1, Role::Agent), true, true);
        check(false, &who(2, Role::Admin), false, false);
        check(true, &who(2, Role::Agent), true, false);
        check(true, &who(2, Role::Dispatcher), true, true);
    }
}

//! The figures of a report in the order in which people read them, and as rows and columns for a chart.

use std::collections::HashMap;

use super::groups::{condition, label, rank};
use super::{By, Key, Order};

/// The tickets that share these groups, one of each field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub keys: Vec<Key>,
    pub tickets: i64,
}

/// A report's figures.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    pub by: Vec<By>,
    pub lines: Vec<Line>,
    /// Lines that are not here, for there were too many.
    pub more: i64,
    /// All that was counted, also in lines that are not here. A ticket with two tags counts under both.
    pub tickets: i64,
}

/// One group with its name and the search for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub key: Key,
    pub label: String,
    pub condition: String,
}

/// Places on an axis; of more the latest are shown.
const MOST_PLACES: usize = 120;

impl Cell {
    pub fn of(by: By, key: &Key) -> Cell {
        Cell {
            key: key.clone(),
            label: label(by, key),
            condition: condition(by, key),
        }
    }
}

impl Table {
    /// Lines with the same groups become one, and all stand in order: names by size, the rest as it follows.
    pub fn arranged(by: Vec<By>, lines: Vec<Line>, (more, tickets): (i64, i64)) -> Table {
        let mut sums: HashMap<Vec<Key>, i64> = HashMap::new();
        for line in lines {
            *sums.entry(line.keys).or_default() += line.tickets;
        }
        let mut totals: HashMap<Vec<Key>, i64> = HashMap::new();
        for (keys, tickets) in &sums {
            for level in 1..=keys.len() {
                *totals.entry(keys[..level].to_vec()).or_default() += tickets;
            }
        }
        let mut lines: Vec<Line> = sums
            .into_iter()
            .map(|(keys, tickets)| Line { keys, tickets })
            .collect();
        lines.sort_by_cached_key(|line| places(&by, &line.keys, &totals));
        Table {
            by,
            lines,
            more,
            tickets,
        }
    }

    /// The groups of the first field, in order; those of time without gaps.
    pub fn axis(&self) -> Vec<Cell> {
        let Some(by) = self.by.first() else {
            return vec![];
        };
        let mut keys: Vec<Key> = Vec::new();
        for line in &self.lines {
            if let Some(key) = line.keys.first()
                && keys.last() != Some(key)
            {
                keys.push(key.clone());
            }
        }
        let mut keys = match (by.all_ranks(), by.order()) {
            (Some(many), _) => (0..many).map(Key::Number).collect(),
            (None, Order::Time) => without_gaps(keys),
            _ => keys,
        };
        let from = keys.len().saturating_sub(MOST_PLACES);
        keys.drain(..from);
        keys.iter().map(|key| Cell::of(*by, key)).collect()
    }

    /// The groups of the second field, in order; of names the largest first.
    pub fn series(&self) -> Vec<Cell> {
        let Some(by) = self.by.get(1) else {
            return vec![];
        };
        if let Some(many) = by.all_ranks() {
            let keys = (0..many).map(Key::Number);
            return keys.map(|key| Cell::of(*by, &key)).collect();
        }
        let mut totals: Vec<(Key, i64)> = Vec::new();
        for line in &self.lines {
            let Some(key) = line.keys.get(1) else {
                continue;
            };
            match totals.iter_mut().find(|(known, _)| known == key) {
                Some((_, total)) => *total += line.tickets,
                None => totals.push((key.clone(), line.tickets)),
            }
        }
        totals.sort_by_cached_key(|(key, total)| place(*by, key, *total));
        totals.iter().map(|(key, _)| Cell::of(*by, key)).collect()
    }

    /// How many tickets are in both groups; `None` for any of the second field.
    pub fn at(&self, first: &Key, second: Option<&Key>) -> i64 {
        let fits = |line: &&Line| {
            line.keys.first() == Some(first)
                && second.is_none_or(|second| line.keys.get(1) == Some(second))
        };
        self.lines.iter().filter(fits).map(|it| it.tickets).sum()
    }
}

fn places(by: &[By], keys: &[Key], totals: &HashMap<Vec<Key>, i64>) -> Vec<(i64, i64, String)> {
    let each = by.iter().zip(keys).enumerate();
    each.map(|(at, (by, key))| {
        let total = totals.get(&keys[..=at]).copied().unwrap_or(0);
        place(*by, key, total)
    })
    .collect()
}

fn place(by: By, key: &Key, total: i64) -> (i64, i64, String) {
    let by_size = by.order() == Order::Size;
    let rank = if by_size { 0 } else { rank(by, key) };
    (rank, -total, label(by, key).to_lowercase())
}

/// Every number from the first to the last; what has none stays at the end.
fn without_gaps(keys: Vec<Key>) -> Vec<Key> {
    let number = |key: &Key| match key {
        Key::Number(number) => Some(*number),
        _ => None,
    };
    let numbers = keys.iter().filter_map(number);
    let (Some(first), Some(last)) = (numbers.clone().min(), numbers.max()) else {
        return keys;
    };
    let most = i64::try_from(MOST_PLACES).unwrap_or(i64::MAX);
    let first = first.max(last.saturating_sub(most));
    let odd = keys.into_iter().filter(|key| number(key).is_none());
    (first..=last).map(Key::Number).chain(odd).collect()
}

//! Whose scorecard and of which days, as addresses say it.

use kept_app::Error;
use kept_app::domain::clocks::{Owed, Side, Whose};
use kept_app::domain::ids::{ClientId, PersonId, QueueId};
use kept_app::domain::scorecards::{Fate, Of, Period};
use kept_app::store::scorecards::Wanted;
use serde::Deserialize;

/// What the address asks for; anything unknown is left out.
#[derive(Debug, Clone, Deserialize, Default)]
pub(crate) struct Wish {
    #[serde(default)]
    pub of: String,
    #[serde(default)]
    pub period: String,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub side: String,
    #[serde(default)]
    pub owed: String,
    #[serde(default)]
    pub fate: String,
    #[serde(default)]
    pub whose: String,
}

impl Wish {
    pub fn of(&self) -> Of {
        let (kind, id) = self.of.split_once('-').unwrap_or_default();
        match (kind, id.parse::<i64>()) {
            ("client", Ok(id)) => Of::Client(ClientId(id)),
            ("agent", Ok(id)) => Of::Agent(PersonId(id)),
            ("queue", Ok(id)) => Of::Queue(QueueId(id)),
            _ => Of::Desk,
        }
    }

    pub fn period(&self) -> Result<Period, Error> {
        Period::read(&self.period, &self.from, &self.to)
            .map_err(|bad| Error::invalid("period", bad.to_string()))
    }

    pub fn wanted(&self) -> Wanted {
        Wanted {
            side: Side::from_text(&self.side),
            owed: Owed::from_text(&self.owed),
            fates: fates(&self.fate),
        }
    }

    pub fn whose(&self) -> Whose {
        Whose::from_text(&self.whose).unwrap_or(Whose::Desk)
    }
}

/// `missed` is both that came late and what was not done.
fn fates(text: &str) -> Vec<Fate> {
    if text == "missed" {
        return vec![Fate::Late, Fate::NotDone];
    }
    let all = [Fate::Met, Fate::Late, Fate::NotDone, Fate::Owed];
    all.into_iter().filter(|it| it.as_str() == text).collect()
}

/// `client-3`, `desk`.
pub(crate) fn word(of: Of) -> String {
    match of {
        Of::Desk => "desk".to_owned(),
        Of::Client(client) => format!("client-{client}"),
        Of::Agent(person) => format!("agent-{person}"),
        Of::Queue(queue) => format!("queue-{queue}"),
    }
}

/// `of=client-3&period=days&from=2026-11-01&to=2026-11-30`
pub(crate) fn query(of: Of, period: Period) -> String {
    let days = match period {
        Period::Days(first, last) => format!("&from={first}&to={last}"),
        _ => String::new(),
    };
    format!("of={}&period={}{days}", word(of), period.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_and_when_survive_the_address() {
        let days = Period::read("days", "2026-11-01", "2026-11-30").unwrap();
        for (of, period) in [
            (Of::Desk, Period::Quarter),
            (Of::Client(ClientId(3)), days),
            (Of::Agent(PersonId(4)), Period::LastMonth),
            (Of::Queue(QueueId(5)), Period::Year),
        ] {
            let query = query(of, period);
            let field = |name: &str| {
                let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                let found = pairs
                    .filter(|(key, _)| *key == name)
                    .map(|(_, value)| value);
                found.collect::<String>()
            };
            let wish = Wish {
                of: field("of"),
                period: field("period"),
                from: field("from"),
                to: field("to"),
                ..Wish::default()
            };
            assert_eq!((wish.of(), wish.period().unwrap()), (of, period));
        }
    }

    #[test]
    fn what_is_missed_came_late_or_never() {
        assert_eq!(fates("missed"), [Fate::Late, Fate::NotDone]);
        assert_eq!(fates("late"), [Fate::Late]);
        assert_eq!(fates("anything"), []);
    }
}

//! Holidays of a file beside a calendar: which of them change something, before anybody takes one over.

use super::{Holiday, as_days};
use crate::hours::{Calendar, Day, DayHours};

/// A day of the file as an exception of the calendar, and what taking it over would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    pub day: Day,
    pub brings: Brings,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Brings {
    /// A day that is worked would be closed.
    Closed,
    /// Some of its hours are left.
    Half,
    /// It is not worked anyway, or the holiday is outside its hours.
    Nothing,
    /// The calendar has it already, with the same hours.
    Known,
    /// The calendar has other hours for this date; they would be replaced.
    Instead(DayHours),
}

impl Brings {
    /// Whether it is worth taking over without a second thought: it closes something, and overwrites nothing.
    pub fn is_new(&self) -> bool {
        matches!(self, Brings::Closed | Brings::Half)
    }
}

/// Each date once, in order.
pub fn offered(holidays: &[Holiday], calendar: &Calendar) -> Vec<Offered> {
    let days = as_days(holidays, calendar).into_iter();
    let plain = days.map(|day| {
        // A comma first would read as more hours.
        let name = day.name.trim_start_matches([',', ';', ' ']);
        Day::new(day.date, day.hours.clone(), name)
    });
    plain
        .map(|day| Offered {
            brings: brings(&day, calendar),
            day,
        })
        .collect()
}

fn brings(day: &Day, calendar: &Calendar) -> Brings {
    let known = calendar.exceptions().get(&day.date);
    match known {
        Some(hours) if *hours == day.hours => Brings::Known,
        Some(hours) => Brings::Instead(hours.clone()),
        None if *calendar.weekly_hours(day.date) == day.hours => Brings::Nothing,
        None if day.hours.is_closed() => Brings::Closed,
        None => Brings::Half,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::Closed;
    use super::*;

    fn calendar() -> Calendar {
        let hours = |text: &str| DayHours::parse(text).expect("hours");
        let week = ["9-17", "9-17", "9-17", "9-17", "9-17", "", ""].map(hours);
        let days = [("2026-12-25", ""), ("2026-12-31", "9-12")];
        let days = days.map(|(day, text)| (day.parse().expect("a date"), hours(text)));
        Calendar::new("UTC", week, BTreeMap::from(days)).expect("a calendar")
    }

    #[test]
    fn each_day_says_what_it_brings() {
        let check = |date: &str, closed: Option<(u32, u32)>, expected: Brings, line: &str| {
            let holiday = Holiday {
                date: date.parse().expect("a date"),
                name: ", Feast".to_owned(),
                closed: closed.map(|(from, to)| Closed {
                    from: from * 3600,
                    to: to * 3600,
                }),
            };
            let found = offered(&[holiday], &calendar());
            assert_eq!(found.len(), 1, "{date}");
            assert_eq!(found[0].brings, expected, "{date}");
            assert_eq!(found[0].day.to_string(), line);
            let back = crate::hours::read_days(line).expect("a line");
            assert_eq!(back, vec![found[0].day.clone()]);
        };
        let half = DayHours::parse("9-12").expect("hours");
        check(
            "2026-12-24",
            None,
            Brings::Closed,
            "2026-12-24 closed Feast",
        );
        let afternoon = Some((13, 24));
        check(
            "2026-12-24",
            afternoon,
            Brings::Half,
            "2026-12-24 09:00–13:00 Feast",
        );
        check(
            "2026-12-26",
            None,
            Brings::Nothing,
            "2026-12-26 closed Feast",
        );
        let evening = Some((20, 24));
        check(
            "2026-12-24",
            evening,
            Brings::Nothing,
            "2026-12-24 09:00–17:00 Feast",
        );
        check("2026-12-25", None, Brings::Known, "2026-12-25 closed Feast");
        check(
            "2026-12-31",
            None,
            Brings::Instead(half),
            "2026-12-31 closed Feast",
        );
    }

    #[test]
    fn what_overwrites_or_changes_nothing_is_not_new() {
        for (brings, new) in [
            (Brings::Closed, true),
            (Brings::Half, true),
            (Brings::Nothing, false),
            (Brings::Known, false),
            (Brings::Instead(DayHours::closed()), false),
        ] {
            assert_eq!(brings.is_new(), new, "{brings:?}");
        }
    }
}

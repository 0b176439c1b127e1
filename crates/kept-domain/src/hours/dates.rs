//! Dated exceptions as people type them, one a line: `2026-12-24 09:00–13:00 Christmas Eve`, `2026-12-25 closed Christmas`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{BadHours, Calendar, DayHours};

/// Dates a calendar may have exceptions on: ten years of every holiday in three countries.
pub const MOST_DAYS: usize = 500;
/// Characters of a day's name.
const LONGEST_NAME: usize = 80;

/// The hours of one date, and what the day is called; the name may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub hours: DayHours,
    pub name: String,
}

/// Why a line can't be used; lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadDay {
    #[error("line {line}: “{given}” is not a date; write it like 2026-12-24")]
    Date { line: usize, given: String },
    #[error(
        "line {line}: say “closed” or hours after the date, like 2026-12-24 09:00–13:00 Christmas Eve"
    )]
    NoHours { line: usize },
    #[error("line {line}: {why}")]
    Hours { line: usize, why: BadHours },
    #[error("line {line}: {date} is there twice")]
    Twice { line: usize, date: Date },
    #[error("at most {MOST_DAYS} dates")]
    TooMany,
}

/// Every line of `text` that is not empty, by date.
///
/// # Errors
/// When a line can't be meant, with its number.
pub fn read_days(text: &str) -> Result<Vec<Day>, BadDay> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (line, text) in (1..).zip(text.lines()) {
        if text.trim().is_empty() {
            continue;
        }
        let day = read_day(line, text.trim())?;
        let date = day.date;
        if days.insert(date, day).is_some() {
            return Err(BadDay::Twice { line, date });
        }
        if days.len() > MOST_DAYS {
            return Err(BadDay::TooMany);
        }
    }
    Ok(days.into_values().collect())
}

fn read_day(line: usize, text: &str) -> Result<Day, BadDay> {
    let (given, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let date: Date = given.parse().map_err(|_| BadDay::Date {
        line,
        given: given.to_owned(),
    })?;
    let (hours, name) = split(rest.trim());
    if hours.is_empty() {
        return Err(BadDay::NoHours { line });
    }
    let hours = DayHours::parse(hours).map_err(|why| BadDay::Hours { line, why })?;
    Ok(Day {
        date,
        hours,
        name: clean(name),
    })
}

/// The hours and the name of what follows a date.
fn split(rest: &str) -> (&str, &str) {
    for word in ["closed", "all day"] {
        let head = rest.get(..word.len());
        if head.is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            return (&rest[..word.len()], &rest[word.len()..]);
        }
    }
    let mut end = 0;
    while let Some(next) = span_end(&rest[end..]) {
        end += next;
        let more = rest[end..].trim_start();
        if !more.starts_with([',', ';']) {
            break;
        }
        end = rest.len() - more.len() + 1;
    }
    (rest[..end].trim_end_matches([',', ';', ' ']), &rest[end..])
}

/// Where the span at the beginning of `text` ends; `None` when there is none.
fn span_end(text: &str) -> Option<usize> {
    let time = |from: usize| {
        let rest = text.get(from..)?;
        let start = from + (rest.len() - rest.trim_start().len());
        let long = text[start..]
            .find(|c: char| !(c.is_ascii_digit() || c == ':'))
            .unwrap_or(text.len() - start);
        (long > 0).then_some(start + long)
    };
    let first = time(0)?;
    let gap = text[first..].trim_start();
    let dash = gap
        .chars()
        .next()
        .filter(|c| matches!(c, '–' | '—' | '-' | '‑'))?;
    time(text.len() - gap.len() + dash.len_utf8())
}

/// One line without controls.
fn clean(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST_NAME)
        .collect();
    plain.trim().to_owned()
}

impl Day {
    /// A named day, its name cut to what a calendar keeps.
    pub fn new(date: Date, hours: DayHours, name: &str) -> Self {
        Self {
            date,
            hours,
            name: clean(name),
        }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.date, self.hours)?;
        match self.name.is_empty() {
            true => Ok(()),
            false => write!(f, " {}", self.name),
        }
    }
}

impl Calendar {
    /// Its dated exceptions with their names, in order.
    pub fn days(&self) -> Vec<Day> {
        let day = |(date, hours): (&Date, &DayHours)| Day {
            date: *date,
            hours: hours.clone(),
            name: self.name_of(*date).unwrap_or_default().to_owned(),
        };
        self.exceptions().iter().map(day).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_printed_back() {
        let check = |typed: &str, printed: &str| {
            let days = read_days(typed).expect(typed);
            let lines: Vec<String> = days.iter().map(ToString::to_string).collect();
            assert_eq!(lines.join("\n"), printed, "{typed}");
            assert_eq!(read_days(printed), Ok(days), "{printed}");
        };
        check(
            "2026-12-25 closed Christmas\n\n2026-12-24 09:00–13:00 Christmas Eve",
            "2026-12-24 09:00–13:00 Christmas Eve\n2026-12-25 closed Christmas",
        );
        check("2026-12-24 9-13", "2026-12-24 09:00–13:00");
        check(
            "2026-05-01 09:00 – 12:00, 13:00-15:00  1st of May",
            "2026-05-01 09:00–12:00, 13:00–15:00 1st of May",
        );
        check(
            "2026-12-24 closed 24. Dezember",
            "2026-12-24 closed 24. Dezember",
        );
        check(
            "2027-02-06 all day moving house",
            "2027-02-06 00:00–24:00 moving house",
        );
        check("", "");
    }

    #[test]
    fn what_is_wrong_with_a_day_is_named_with_its_line() {
        let check = |typed: &str, says: &str| {
            let error = read_days(typed).expect_err(typed);
            assert_eq!(error.to_string(), says, "{typed}");
        };
        check(
            "2026-12-24 closed\n24.12.2026 closed",
            "line 2: “24.12.2026” is not a date; write it like 2026-12-24",
        );
        check(
            "2026-02-30 closed",
            "line 1: “2026-02-30” is not a date; write it like 2026-12-24",
        );
        let no_hours =
            "say “closed” or hours after the date, like 2026-12-24 09:00–13:00 Christmas Eve";
        check("2026-12-24", &format!("line 1: {no_hours}"));
        check("2026-12-24 Christmas Eve", &format!("line 1: {no_hours}"));
        check(
            "2026-12-24 13:00–09:00",
            "line 1: the hours end before they begin: 13:00–09:00",
        );
        check(
            "2026-12-24 closed\n2026-12-24 closed",
            "line 2: 2026-12-24 is there twice",
        );
        let many: String = (0..600)
            .map(|it| format!("{:04}-01-01 closed\n", 2000 + it))
            .collect();
        check(&many, "at most 500 dates");
    }
}

//! One event of a file, and the dates it closes.

use std::collections::BTreeSet;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::lines::Line;
use super::{BadHolidays, Closed, Holiday};
use crate::hours::recurrence::{BadRule, Rule, Series};

/// An event that lasts longer is no holiday.
const MOST_DAYS_LONG: i32 = 370;
const MOST_NAME_CHARS: usize = 200;
const DAY: u32 = 24 * 60 * 60;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum What {
    #[error("“{0}” is no date")]
    NotADate(String),
    #[error("“{0}” is no length of time")]
    NotALength(String),
    #[error("the event does not say when it begins (DTSTART)")]
    NoStart,
    #[error("the event ends before it begins")]
    Backwards,
    #[error("the event is longer than a year")]
    TooLong,
    #[error("the event does not end (END:VEVENT)")]
    NoEnd,
    #[error("{0}")]
    Rule(#[from] BadRule),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// The line it begins at.
    line: usize,
    pub uid: String,
    name: String,
    start: DateTime,
    /// Without it.
    end: DateTime,
    whole_days: bool,
    rule: Option<Rule>,
    more: Vec<Date>,
    except: BTreeSet<Date>,
    /// The date of a recurring event that it stands for.
    pub instead_of: Option<Date>,
}

/// A moment of the file: a date, or a time by the clock of the place.
#[derive(Debug, Clone, Copy)]
struct Moment {
    at: DateTime,
    whole_day: bool,
}

/// The events of a file; cancelled ones are left out.
pub(super) fn events(lines: &[Line], zone: &TimeZone) -> Result<Vec<Event>, BadHolidays> {
    let mut found = Vec::new();
    let mut open: Option<Vec<&Line>> = None;
    let mut inner = 0_usize;
    for line in lines {
        let is =
            |name: &str, value: &str| line.name == name && line.value.eq_ignore_ascii_case(value);
        match &mut open {
            None if is("BEGIN", "VEVENT") => open = Some(vec![line]),
            Some(_) if is("END", "VEVENT") => {
                found.extend(
                    open.take()
                        .map(|lines| read(&lines, zone))
                        .transpose()?
                        .flatten(),
                );
                inner = 0;
            }
            // An alarm inside has lines of the same names.
            Some(_) if line.name == "BEGIN" => inner += 1,
            Some(_) if line.name == "END" => inner = inner.saturating_sub(1),
            Some(lines) if inner == 0 => lines.push(line),
            _ => {}
        }
    }
    match open.and_then(|lines| lines.first().map(|line| line.number)) {
        Some(line) => Err(BadHolidays::Line {
            line,
            what: What::NoEnd,
        }),
        None => Ok(found),
    }
}

fn read(lines: &[&Line], zone: &TimeZone) -> Result<Option<Event>, BadHolidays> {
    let line_of = |name: &str| lines.iter().find(|line| line.name == name).copied();
    let number = lines.first().map_or(0, |line| line.number);
    let cancelled =
        line_of("STATUS").is_some_and(|line| line.value.eq_ignore_ascii_case("CANCELLED"));
    if cancelled {
        return Ok(None);
    }
    let begins = line_of("DTSTART").ok_or(BadHolidays::Line {
        line: number,
        what: What::NoStart,
    })?;
    let start = moment(begins, &begins.value, zone).map_err(|what| at(begins, what))?;
    let end = end(line_of("DTEND"), line_of("DURATION"), start, zone)?;
    let length = (end.date() - start.at.date()).get_days();
    let wrong = match () {
        () if end < start.at => Some(What::Backwards),
        () if length > MOST_DAYS_LONG => Some(What::TooLong),
        () => None,
    };
    if let Some(what) = wrong {
        return Err(at(begins, what));
    }
    let rule = line_of("RRULE")
        .map(|line| Rule::from_str(&line.value).map_err(|bad| at(line, bad.into())))
        .transpose()?;
    let instead_of = line_of("RECURRENCE-ID")
        .map(|line| dates(&[line], zone))
        .transpose()?;
    Ok(Some(Event {
        line: line_of("RRULE").map_or(number, |line| line.number),
        uid: line_of("UID")
            .map(|line| line.value.clone())
            .unwrap_or_default(),
        name: line_of("SUMMARY")
            .map(|line| name(&line.value))
            .unwrap_or_default(),
        start: start.at,
        end,
        whole_days: start.whole_day,
        rule,
        more: dates(&named(lines, "RDATE"), zone)?,
        except: dates(&named(lines, "EXDATE"), zone)?.into_iter().collect(),
        instead_of: instead_of.and_then(|dates| dates.first().copied()),
    }))
}

fn at(line: &Line, what: What) -> BadHolidays {
    BadHolidays::Line {
        line: line.number,
        what,
    }
}

fn named<'l>(lines: &[&'l Line], name: &str) -> Vec<&'l Line> {
    lines
        .iter()
        .filter(|line| line.name == name)
        .copied()
        .collect()
}

fn dates(lines: &[&Line], zone: &TimeZone) -> Result<Vec<Date>, BadHolidays> {
    let all = lines
        .iter()
        .flat_map(|line| line.value.split(',').map(move |value| (line, value)));
    // A period is its beginning and its end.
    let all = all.map(|(line, value)| (line, value.split('/').next().unwrap_or(value)));
    all.map(|(line, value)| {
        moment(line, value, zone)
            .map(|moment| moment.at.date())
            .map_err(|what| at(line, what))
    })
    .collect()
}

/// The end as the file says it; a day when it does not say.
fn end(
    ends: Option<&Line>,
    lasts: Option<&Line>,
    start: Moment,
    zone: &TimeZone,
) -> Result<DateTime, BadHolidays> {
    let after = |span: jiff::Span| start.at.checked_add(span).ok();
    if let Some(line) = ends {
        let end = moment(line, &line.value, zone).map_err(|what| at(line, what))?;
        // Some programs write the same date twice for one day.
        let same = start.whole_day && end.at == start.at;
        return Ok(if same {
            after(1.day()).unwrap_or(end.at)
        } else {
            end.at
        });
    }
    let bad = |line: &Line| at(line, What::NotALength(shown(&line.value)));
    match lasts {
        Some(line) => {
            let span = line.value.parse::<jiff::Span>().map_err(|_| bad(line))?;
            after(span).ok_or_else(|| bad(line))
        }
        None => {
            let midnight = start.at.date().tomorrow().map(|date| date.at(0, 0, 0, 0));
            Ok(midnight.unwrap_or(start.at))
        }
    }
}

fn moment(line: &Line, value: &str, zone: &TimeZone) -> Result<Moment, What> {
    let value = value.trim();
    let bad = || What::NotADate(shown(value));
    if value.len() == 8 {
        let date = Date::strptime("%Y%m%d", value).map_err(|_| bad())?;
        return Ok(Moment {
            at: date.at(0, 0, 0, 0),
            whole_day: true,
        });
    }
    let (local, utc) = match value.strip_suffix('Z') {
        Some(local) => (local, true),
        None => (value, false),
    };
    let wall = DateTime::strptime("%Y%m%dT%H%M%S", local).map_err(|_| bad())?;
    let theirs = match utc {
        true => Some(TimeZone::UTC),
        false => line
            .parameter("TZID")
            .and_then(|name| TimeZone::get(name).ok()),
    };
    let here = theirs.and_then(|theirs| theirs.to_timestamp(wall).ok());
    let here = here.map(|at: Timestamp| at.to_zoned(zone.clone()).datetime());
    Ok(Moment {
        at: here.unwrap_or(wall),
        whole_day: false,
    })
}

fn shown(value: &str) -> String {
    value.chars().take(40).collect()
}

/// The text of a summary without its backslashes, on one line.
fn name(value: &str) -> String {
    let mut found = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => found.push(' '),
                Some(other) => found.push(other),
                None => {}
            },
            letter if letter.is_control() => found.push(' '),
            letter => found.push(letter),
        }
    }
    found.trim().chars().take(MOST_NAME_CHARS).collect()
}

impl Event {
    pub fn recurs(&self) -> bool {
        self.rule.is_some() || !self.more.is_empty()
    }

    /// The days it closes from `from` to `to`, but for the occurrences on the dates `replaced`; `most` and one more at most.
    pub fn holidays(
        &self,
        from: Date,
        to: Date,
        replaced: &BTreeSet<Date>,
        most: usize,
    ) -> Result<Vec<Holiday>, BadHolidays> {
        let days = self.days();
        let begins = self.begins(from.saturating_sub(i64::from(days).days()), to, most)?;
        let kept = begins
            .into_iter()
            .filter(|date| !self.except.contains(date) && !replaced.contains(date));
        let closed = kept.flat_map(|begin| (0..days).filter_map(move |n| self.on(begin, n, days)));
        Ok(closed
            .filter(|day| (from..=to).contains(&day.date))
            .take(most + 1)
            .collect())
    }

    /// How many dates one occurrence touches.
    fn days(&self) -> i32 {
        let last = if self.end.time() == jiff::civil::Time::midnight() {
            0
        } else {
            1
        };
        ((self.end.date() - self.start.date()).get_days() + last).max(1)
    }

    /// The dates on which it begins.
    fn begins(&self, from: Date, to: Date, most: usize) -> Result<Vec<Date>, BadHolidays> {
        let mut found = self.more.clone();
        match &self.rule {
            Some(rule) => {
                let series = Series::new(rule.clone(), self.start, TimeZone::UTC);
                let series = series.map_err(|bad| BadHolidays::Line {
                    line: self.line,
                    what: bad.into(),
                })?;
                found.extend(series.dates_within(from, to, most + 1));
            }
            None => found.push(self.start.date()),
        }
        found.retain(|date| (from..=to).contains(date));
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Its day `n` of `days`, begun on `begin`.
    fn on(&self, begin: Date, n: i32, days: i32) -> Option<Holiday> {
        let date = begin.checked_add(i64::from(n).days()).ok()?;
        let from = if n == 0 { seconds(self.start) } else { 0 };
        let to = match seconds(self.end) {
            0 => DAY,
            to if n == days - 1 => to,
            _ => DAY,
        };
        let whole = self.whole_days || from == 0 && to == DAY;
        // A moment without length closes nothing.
        (whole || from < to).then(|| Holiday {
            date,
            name: self.name.clone(),
            closed: (!whole).then_some(Closed { from, to }),
        })
    }
}

fn seconds(at: DateTime) -> u32 {
    let time = at.time();
    let seconds =
        i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second());
    u32::try_from(seconds).unwrap_or(0)
}

//! The rota of a queue as people read and write it: days and hours, one line for each stretch somebody has.

use kept_app::domain::ids::PersonId;
use kept_app::domain::queues::{Duty, Member};
use kept_app::{Error, domain::queues::Queue};

use super::queues::{DAYS, Shift};
use crate::forms::Fields;

/// The same hours on several days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hours {
    pub person: PersonId,
    pub from_minute: i16,
    pub to_minute: i16,
}

impl Hours {
    fn of(person: PersonId, duty: Duty) -> Self {
        Self {
            person,
            from_minute: duty.from_minute,
            to_minute: duty.to_minute,
        }
    }

    fn id(self) -> String {
        format!("{}-{}-{}", self.person, self.from_minute, self.to_minute)
    }

    /// Reads what [`Hours::id`] wrote.
    pub fn read(id: &str) -> Option<Self> {
        let mut parts = id.splitn(3, '-');
        Some(Self {
            person: PersonId(parts.next()?.parse().ok()?),
            from_minute: parts.next()?.parse().ok()?,
            to_minute: parts.next()?.parse().ok()?,
        })
    }

    /// Whether a stretch of somebody's is one of these.
    pub fn covers(self, person: PersonId, duty: Duty) -> bool {
        self == Self::of(person, duty)
    }
}

/// The lines of the rota, each with all its days.
pub(super) fn shifts(queue: &Queue, name: impl Fn(PersonId) -> String) -> Vec<Shift> {
    let lines = queue.members.iter().flat_map(lines);
    let mut lines: Vec<(Hours, Vec<i8>)> = lines.collect();
    lines.sort_by_key(|(hours, days)| (days.first().copied(), hours.from_minute));
    let shift = |(hours, days): (Hours, Vec<i8>)| Shift {
        id: hours.id(),
        days: days_in_words(&days),
        hours: format!("{}–{}", clock(hours.from_minute), clock(hours.to_minute)),
        agent: name(hours.person),
    };
    lines.into_iter().map(shift).collect()
}

fn lines(member: &Member) -> Vec<(Hours, Vec<i8>)> {
    let mut lines: Vec<(Hours, Vec<i8>)> = Vec::new();
    for duty in &member.duties {
        let hours = Hours::of(member.person, *duty);
        match lines.iter_mut().find(|(known, _)| *known == hours) {
            Some((_, days)) => days.push(duty.weekday),
            None => lines.push((hours, vec![duty.weekday])),
        }
    }
    lines.iter_mut().for_each(|(_, days)| days.sort_unstable());
    lines
}

fn clock(minute: i16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `Mon–Fri`, `Mon, Wed`, `every day`.
fn days_in_words(days: &[i8]) -> String {
    let name = |day: i8| {
        usize::try_from(day - 1)
            .ok()
            .and_then(|at| DAYS.get(at))
            .map_or("?", |(_, name)| name)
    };
    match days {
        [1, 2, 3, 4, 5, 6, 7] => "every day".to_owned(),
        [first, .., last]
            if days.len() > 2 && usize::try_from(last - first) == Ok(days.len() - 1) =>
        {
            format!("{}–{}", name(*first), name(*last))
        }
        _ => days
            .iter()
            .map(|day| name(*day))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// What the form adds: somebody's hours on some days.
pub(super) fn read(fields: &Fields) -> Result<(PersonId, Vec<Duty>), Error> {
    let person = fields.number("agent").map(PersonId);
    let person = person.ok_or_else(|| Error::invalid("agent", "Choose who is on duty"))?;
    let (from_minute, to_minute) = (minute(fields.get("from"))?, minute(fields.get("to"))?);
    let chosen = |day: &str| fields.all("day").any(|given| given == day);
    let days = (1i8..).zip(DAYS).filter(|(_, (day, _))| chosen(day));
    let duties: Vec<Duty> = days
        .map(|(weekday, _)| Duty {
            weekday,
            from_minute,
            to_minute,
        })
        .collect();
    if duties.is_empty() {
        return Err(Error::invalid("day", "Tick at least one day"));
    }
    Ok((person, duties))
}

/// `09:30` in minutes from midnight.
fn minute(text: &str) -> Result<i16, Error> {
    let time = text.trim().split_once(':').and_then(|(hour, minute)| {
        let (hour, minute): (i16, i16) = (hour.parse().ok()?, minute.parse().ok()?);
        ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some(hour * 60 + minute)
    });
    time.ok_or_else(|| {
        Error::invalid(
            "from",
            format!("“{text}” is not a time of day; write it like 09:30"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_said_shortly() {
        for (days, words) in [
            (&[1, 2, 3, 4, 5][..], "Mon–Fri"),
            (&[1, 3], "Mon, Wed"),
            (&[6, 7], "Sat, Sun"),
            (&[1, 2, 3, 4, 5, 6, 7], "every day"),
            (&[1, 2, 3, 7], "Mon, Tue, Wed, Sun"),
            (&[4], "Thu"),
        ] {
            assert_eq!(days_in_words(days), words);
        }
    }

    #[test]
    fn a_line_of_the_rota_survives_its_address() {
        let hours = Hours {
            person: PersonId(3),
            from_minute: 540,
            to_minute: 1020,
        };
        assert_eq!(Hours::read(&hours.id()), Some(hours));
        for broken in ["", "3-540", "x-1-2", "3-540-1020-7"] {
            assert_eq!(Hours::read(broken), None, "{broken}");
        }
    }

    #[test]
    fn times_of_day_are_checked() {
        assert_eq!(minute("09:30").ok(), Some(570));
        assert_eq!(minute("00:00").ok(), Some(0));
        for broken in ["", "24:00", "9", "-1:00", "12:60"] {
            assert!(minute(broken).is_err(), "{broken}");
        }
    }
}

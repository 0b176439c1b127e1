//! A wording as people type it, field by field, and the way back. What is wrong is said for each field, all at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    BadSilence, BadWording, Duty, Escalation, Row, Silence, Targets, Wording, WrittenDuty,
};
use crate::clocks::{BadLength, Owed, Target};
use crate::hours::{BadDay, Calendar, Day, DayHours, read_days};
use crate::ids::PersonId;
use crate::tickets::{Kind, Priority};

/// The days of the week as fields name them, Monday first.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// What is asked in each row, in the order of [`Targets::all`].
pub const ASKED: [Owed; 6] = [
    Owed::FirstResponse,
    Owed::NextResponse,
    Owed::NextUpdate,
    Owed::Resolution,
    Owed::Answer,
    Owed::Confirmation,
];

/// All fields as texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    pub desk: WrittenHours,
    pub client: WrittenHours,
    /// For some priorities and kinds, in the order in which they are looked at. Empty ones are left out.
    pub rows: Vec<WrittenRow>,
    /// For everything else.
    pub rest: [String; 6],
    pub third_party_pauses: bool,
    pub warn_percent: String,
    /// Nothing: nobody else is told.
    pub escalate_after: String,
    /// A person's number; nothing: the admins.
    pub escalate_to: String,
    /// With commas between them.
    pub reminders: String,
    pub park_after: String,
    pub close_after: String,
    /// Empty ones are left out.
    pub duties: Vec<WrittenDuty>,
}

/// One side's hours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenHours {
    pub zone: String,
    /// Monday first.
    pub week: [String; 7],
    /// One a line.
    pub days: String,
}

/// Targets for some tickets; one left empty is as for everything else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenRow {
    pub priority: String,
    pub kind: String,
    pub targets: [String; 6],
}

/// What is wrong with one field: `desk-zone`, `client-fri`, `desk-days`, `row-0-answer`, `rest-resolution`, `reminders`, …
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub field: String,
    pub problem: String,
}

impl Written {
    pub fn of(wording: &Wording) -> Self {
        let (rest, rows) = wording
            .rows
            .split_last()
            .map_or((None, &[][..]), |(last, rows)| (Some(last), rows));
        let short = |target: Option<Target>| target.map(|it| it.written()).unwrap_or_default();
        let reminders = wording.silence.reminders.iter().map(Target::written);
        Self {
            desk: WrittenHours::of(&wording.desk),
            client: WrittenHours::of(&wording.client),
            rows: rows.iter().map(WrittenRow::of).collect(),
            rest: rest.map(|row| targets(&row.targets)).unwrap_or_default(),
            third_party_pauses: wording.third_party_pauses,
            warn_percent: wording.warn_percent.to_string(),
            escalate_after: short(wording.escalation.map(|it| it.after)),
            escalate_to: wording
                .escalation
                .and_then(|it| it.to)
                .map(|to| to.to_string())
                .unwrap_or_default(),
            reminders: reminders.collect::<Vec<_>>().join(", "),
            park_after: short(wording.silence.park_after),
            close_after: short(wording.silence.close_after),
            duties: wording.duties.iter().map(WrittenDuty::of).collect(),
        }
    }

    /// # Errors
    /// Everything that can't be meant, each with its field.
    pub fn read(&self) -> Result<Wording, Vec<Wrong>> {
        let mut wrong = Reading::default();
        let desk = wrong.hours("desk", &self.desk);
        let client = wrong.hours("client", &self.client);
        let rest = wrong.targets("rest", &self.rest, None);
        let (places, rows) = wrong.rows(&self.rows, rest.as_ref());
        let escalation = wrong.escalation(self);
        let silence = wrong.silence(self);
        let warn_percent = wrong.percent(&self.warn_percent);
        let duties = wrong.duties(&self.duties);
        let (Some(desk), Some(client), Some(rest), true) = (desk, client, rest, wrong.is_empty())
        else {
            return Err(wrong.found);
        };
        let all = Row {
            priority: None,
            kind: None,
            targets: rest,
        };
        let wording = Wording {
            desk: Arc::new(desk),
            client: Arc::new(client),
            rows: rows.into_iter().chain([all]).collect(),
            third_party_pauses: self.third_party_pauses,
            warn_percent,
            escalation,
            silence,
            duties,
        };
        match wording.check() {
            Ok(()) => Ok(wording),
            Err(why) => Err(vec![blamed(&why, &places)]),
        }
    }
}

/// The field that a wording as a whole is refused for.
fn blamed(why: &BadWording, places: &[usize]) -> Wrong {
    let field = match why {
        BadWording::NeverReached(row) => {
            let place = places.get(row.saturating_sub(1)).copied();
            place.map_or_else(
                || "rows".to_owned(),
                |place| format!("row-{place}-priority"),
            )
        }
        BadWording::NoCatchAll | BadWording::TooManyRows | BadWording::Target { .. } => {
            "rows".to_owned()
        }
        BadWording::Percent => "warn-percent".to_owned(),
        BadWording::Silence(BadSilence::ClosedUnparked) => "park-after".to_owned(),
        BadWording::Silence(_) => "reminders".to_owned(),
        BadWording::Escalation(_) => "escalate-after".to_owned(),
        BadWording::TooManyDuties => "duty-0-what".to_owned(),
    };
    Wrong {
        field,
        problem: why.to_string(),
    }
}

impl WrittenHours {
    pub fn of(calendar: &Calendar) -> Self {
        let days: Vec<String> = calendar.days().iter().map(ToString::to_string).collect();
        Self {
            zone: calendar.zone_name().to_owned(),
            week: calendar.week().each_ref().map(ToString::to_string),
            days: days.join("\n"),
        }
    }

    /// The calendar they say; `side` begins the names of the fields.
    ///
    /// # Errors
    /// Everything that can't be meant, each with its field.
    pub fn read(&self, side: &str) -> Result<Calendar, Vec<Wrong>> {
        let mut wrong = Reading::default();
        let calendar = wrong.hours(side, self);
        calendar.ok_or(wrong.found)
    }

    /// The same with these days, in place of what the list says of their dates.
    ///
    /// # Errors
    /// When a line that is there already can't be meant.
    pub fn with_days(&self, more: &[Day]) -> Result<Self, BadDay> {
        let known = read_days(&self.days)?;
        let all = known.into_iter().chain(more.iter().cloned());
        let all: BTreeMap<_, _> = all.map(|day| (day.date, day.to_string())).collect();
        let lines: Vec<String> = all.into_values().collect();
        Ok(Self {
            days: lines.join("\n"),
            ..self.clone()
        })
    }
}

impl WrittenRow {
    fn of(row: &Row) -> Self {
        Self {
            priority: row
                .priority
                .map(|it| it.as_str().to_owned())
                .unwrap_or_default(),
            kind: row
                .kind
                .map(|it| it.as_str().to_owned())
                .unwrap_or_default(),
            targets: targets(&row.targets),
        }
    }

    /// Left alone: nothing was typed.
    pub fn is_empty(&self) -> bool {
        let blank = |text: &String| text.trim().is_empty();
        blank(&self.priority) && blank(&self.kind) && self.targets.iter().all(blank)
    }
}

fn targets(targets: &Targets) -> [String; 6] {
    targets.all().map(|(_, target)| target.written())
}

/// What was found to be wrong so far.
#[derive(Default)]
struct Reading {
    found: Vec<Wrong>,
}

impl Reading {
    fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    fn blame(&mut self, field: impl Into<String>, problem: impl ToString) {
        self.found.push(Wrong {
            field: field.into(),
            problem: problem.to_string(),
        });
    }

    /// The value, or its error beside the field.
    fn take<T, E: ToString>(&mut self, field: impl Into<String>, value: Result<T, E>) -> Option<T> {
        value.map_err(|why| self.blame(field, why)).ok()
    }

    fn hours(&mut self, side: &str, written: &WrittenHours) -> Option<Calendar> {
        let read = |(day, text): (&str, &String)| (format!("{side}-{day}"), DayHours::parse(text));
        let days = DAYS.into_iter().zip(&written.week).map(read);
        let week: Vec<Option<DayHours>> =
            days.map(|(field, hours)| self.take(field, hours)).collect();
        let days = self.take(format!("{side}-days"), read_days(&written.days))?;
        let week: Vec<DayHours> = week.into_iter().collect::<Option<_>>()?;
        let week: [DayHours; 7] = week.try_into().ok()?;
        let names: BTreeMap<_, _> = days
            .iter()
            .map(|day| (day.date, day.name.clone()))
            .collect();
        let exceptions = days.into_iter().map(|day| (day.date, day.hours)).collect();
        let calendar = Calendar::new(written.zone.trim(), week, exceptions);
        let field = match &calendar {
            Err(crate::hours::BadCalendar::NeverOpen) => format!("{side}-mon"),
            _ => format!("{side}-zone"),
        };
        self.take(field, calendar)
            .map(|calendar| calendar.named(names))
    }

    /// The rows that say something, and where each of them stands in the form.
    fn rows(&mut self, written: &[WrittenRow], rest: Option<&Targets>) -> (Vec<usize>, Vec<Row>) {
        let told = written
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.is_empty());
        told.filter_map(|(place, row)| Some((place, self.row(place, row, rest)?)))
            .unzip()
    }

    fn row(&mut self, place: usize, written: &WrittenRow, rest: Option<&Targets>) -> Option<Row> {
        let name = format!("row-{place}");
        let priority = chosen(&written.priority, Priority::from_text);
        let kind = chosen(&written.kind, Kind::from_text);
        let (priority, kind) = match (priority, kind) {
            (Some(None), Some(None)) => {
                self.blame(
                    format!("{name}-priority"),
                    "choose a priority or a kind; what is for all tickets stands in the last row",
                );
                return None;
            }
            (Some(priority), Some(kind)) => (priority, kind),
            _ => {
                self.blame(format!("{name}-priority"), "choose one from the list");
                return None;
            }
        };
        let targets = self.targets(&name, &written.targets, rest)?;
        Some(Row {
            priority,
            kind,
            targets,
        })
    }

    /// The six targets of a row; an empty one is that of `rest`.
    fn targets(
        &mut self,
        row: &str,
        texts: &[String; 6],
        rest: Option<&Targets>,
    ) -> Option<Targets> {
        let known = rest.map(Targets::all);
        let mut read = [None; 6];
        for (place, (owed, text)) in ASKED.into_iter().zip(texts).enumerate() {
            let field = format!("{row}-{}", owed.as_str());
            let same = known.and_then(|all| all.get(place).map(|(_, target)| *target));
            let blank = text.trim().is_empty();
            let target = match (blank, same) {
                (true, Some(same)) => Ok(same),
                // The row it would be taken from is at fault, and says so itself.
                (true, None) if row != "rest" => return None,
                _ => Target::parse(text),
            };
            read[place] = self.take(field, target);
        }
        let [
            first_response,
            next_response,
            next_update,
            resolution,
            answer,
            confirmation,
        ] = read;
        Some(Targets {
            first_response: first_response?,
            next_response: next_response?,
            next_update: next_update?,
            resolution: resolution?,
            answer: answer?,
            confirmation: confirmation?,
        })
    }

    fn percent(&mut self, text: &str) -> u8 {
        let percent = text.trim().trim_end_matches('%').trim().parse();
        let percent = percent.map_err(|_| BadWording::Percent);
        self.take("warn-percent", percent).unwrap_or_default()
    }

    fn escalation(&mut self, written: &Written) -> Option<Escalation> {
        let after = self.optional("escalate-after", &written.escalate_after)?;
        let to = match written.escalate_to.trim() {
            "" => None,
            number => {
                let known = number.parse().map(PersonId);
                Some(self.take("escalate-to", known.map_err(|_| "choose one from the list"))?)
            }
        };
        Some(Escalation { after, to })
    }

    fn silence(&mut self, written: &Written) -> Silence {
        let reminders = written
            .reminders
            .split(',')
            .filter(|it| !it.trim().is_empty());
        let reminders: Result<Vec<Target>, BadLength> = reminders.map(Target::parse).collect();
        Silence {
            reminders: self.take("reminders", reminders).unwrap_or_default(),
            park_after: self.optional("park-after", &written.park_after),
            close_after: self.optional("close-after", &written.close_after),
        }
    }

    fn duties(&mut self, written: &[WrittenDuty]) -> Vec<Duty> {
        let told = written.iter().enumerate().filter(|(_, it)| !it.is_empty());
        let mut found = vec![];
        for (place, duty) in told {
            match duty.read(place) {
                Ok(duty) => found.push(duty),
                Err(wrong) => self.found.extend(wrong),
            }
        }
        found
    }

    fn optional(&mut self, field: &str, text: &str) -> Option<Target> {
        match text.trim() {
            "" => None,
            text => self.take(field, Target::parse(text)),
        }
    }
}

/// `Some(None)` for “all of them”, `None` for what is none.
fn chosen<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    match text.trim() {
        "" => Some(None),
        text => read(text).map(Some),
    }
}

//! Reads a case written as a sentence: `Mon 16:30 client writes; open 9–17; 1 h`.
//!
//! Parts come in any order, apart by semicolons. The week is that of Monday, 23 November 2026; `next Tue` is in the one after.
//! Both sides work Monday to Friday, around the clock in Berlin unless the case says otherwise. A target without a name is the
//! first response's. It is asked at the last thing that happens, or `at` another time.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::clocks::{
    CountFrom, Fact, How, Key, Obligation, OutOfHours, Outcome, Owed, Pauses, Side, Standing,
    Target, Terms, What, run,
};
use crate::hours::{Calendar, DayHours, Span};
use crate::ids::EventId;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const NAMES: [(&str, Owed); 8] = [
    ("first response", Owed::FirstResponse),
    ("next response", Owed::NextResponse),
    ("update", Owed::NextUpdate),
    ("resolution", Owed::Resolution),
    ("answer", Owed::Answer),
    ("confirmation", Owed::Confirmation),
    ("promise", Owed::Promise),
    ("acceptance", Owed::Acceptance),
];

/// What the case expects: `Tue 09:30` is when the first target of the case is due; else parts such as `resolution: paused` or
/// `update #0: met Tue 10:00`.
pub fn check(case: &str, expected: &str) {
    let case = Case::read(case);
    let all = run(&case.facts, case.now);
    let told: Vec<String> = expected
        .split(';')
        .map(|part| case.tell(&all, part.trim()))
        .collect();
    assert_eq!(told.join("; "), expected, "at {}", case.shown(case.now));
}

pub struct Case {
    pub facts: Vec<Fact>,
    pub now: Timestamp,
    pub zone: TimeZone,
    main: Owed,
}

/// What both sides agreed on, part by part.
#[derive(Clone)]
struct Agreed {
    hours: [(String, String); 2],
    holidays: BTreeMap<Date, DayHours>,
    targets: Vec<(Owed, Target)>,
    pauses: Pauses,
}

impl Case {
    pub fn read(text: &str) -> Self {
        let text = text.replace('–', "-");
        let parts: Vec<&str> = text.split(';').map(str::trim).collect();
        let mut agreed = Agreed::new();
        parts.iter().for_each(|part| agreed.read(part));
        let zone = TimeZone::get(&agreed.hours[0].0).expect("a zone");
        let happened: Vec<&str> = parts
            .into_iter()
            .filter(|part| day(part).is_some())
            .collect();
        let mut case = Self {
            facts: Vec::new(),
            now: Timestamp::MIN,
            main: agreed
                .targets
                .first()
                .map_or(Owed::FirstResponse, |it| it.0),
            zone,
        };
        for (place, part) in happened.into_iter().enumerate() {
            case.happens(place, part, &agreed);
        }
        if let Some(at) = text
            .split(';')
            .find_map(|part| part.trim().strip_prefix("at "))
        {
            case.now = case.time(at).0;
        }
        case
    }

    fn happens(&mut self, place: usize, part: &str, agreed: &Agreed) {
        let (at, what) = self.time(part);
        let what = what.to_owned();
        let line = EventId(place as i64 + 1);
        self.now = self.now.max(at);
        if place == 0 {
            let terms = agreed.terms();
            self.say(
                at,
                line,
                What::Terms {
                    terms,
                    from: CountFrom::Start,
                },
            );
        }
        for what in self.means(&what, agreed) {
            self.say(at, line, what);
        }
    }

    fn say(&mut self, at: Timestamp, line: EventId, what: What) {
        self.facts.push(Fact { at, line, what });
    }

    fn means(&self, text: &str, agreed: &Agreed) -> Vec<What> {
        let stands = |it| vec![What::Standing(it)];
        let key = Key::Line(EventId(1000));
        let offer = Key::Line(EventId(2000));
        let due = |text: &str| self.time(text).0;
        let opened = self
            .facts
            .iter()
            .any(|fact| matches!(fact.what, What::Opened { .. }));
        let agreement = |changed: &str, from| {
            let mut agreed = agreed.clone();
            agreed.targets.clear();
            changed.split(',').for_each(|part| agreed.read(part.trim()));
            vec![What::Terms {
                terms: agreed.terms(),
                from,
            }]
        };
        if let Some(rest) = text.strip_prefix("agreed from the start: ") {
            return agreement(rest, CountFrom::Start);
        }
        if let Some(rest) = text.strip_prefix("agreed from now: ") {
            return agreement(rest, CountFrom::Now);
        }
        if let Some(rest) = text.strip_prefix("desk promises by ") {
            let (owed, side, due) = (Owed::Promise, Side::Desk, due(rest));
            return vec![What::Due {
                key,
                owed,
                side,
                due,
            }];
        }
        if let Some(rest) = text.strip_prefix("offered until ") {
            let (key, owed, side, due) = (offer, Owed::Acceptance, Side::Desk, due(rest));
            return vec![What::Due {
                key,
                owed,
                side,
                due,
            }];
        }
        if let Some(rest) = text.strip_prefix("promise moved to ") {
            return vec![What::Moved {
                key,
                due: due(rest),
            }];
        }
        if let Some(rest) = text.strip_prefix("third party until ") {
            let (key, owed, side, due) = (
                Key::Line(EventId(3000)),
                Owed::NextUpdate,
                Side::Desk,
                due(rest),
            );
            let due = What::Due {
                key,
                owed,
                side,
                due,
            };
            return vec![due, What::Standing(Standing::WithThirdParty)];
        }
        match text {
            "client writes" if !opened => vec![What::Opened { by: Side::Client }, What::ClientSaid],
            "client writes" => vec![What::ClientSaid, What::Standing(Standing::Open)],
            "client thanks" | "desk notes" => vec![],
            "client confirms" => vec![What::Confirmed, What::Standing(Standing::Closed)],
            "desk opens" => vec![What::Opened { by: Side::Desk }],
            "desk logs a call to know" => {
                vec![
                    What::Opened { by: Side::Desk },
                    What::OnlyToKnow,
                    What::DeskSaid,
                ]
            }
            "client corrects the call" => vec![What::Asked, What::ClientSaid],
            "desk answers" | "desk calls" => vec![What::DeskSaid],
            "desk asks" => vec![What::DeskSaid, What::Standing(Standing::WithClient)],
            "desk resolves" => vec![What::DeskSaid, What::Standing(Standing::Resolved)],
            "silently resolved" => stands(Standing::Resolved),
            "client's turn" => stands(Standing::WithClient),
            "third party" => stands(Standing::WithThirdParty),
            "third party done" => {
                let key = Key::Line(EventId(3000));
                let done = What::Done {
                    key,
                    how: How::Dropped,
                };
                vec![done, What::Standing(Standing::Open)]
            }
            "desk's turn" | "reopened" | "in sight again" => stands(Standing::Open),
            "parked" => stands(Standing::Parked),
            "closed" => stands(Standing::Closed),
            "closed unanswered" => vec![What::ClosedUnanswered],
            "set aside" => stands(Standing::Aside),
            "promise kept" => vec![
                What::DeskSaid,
                What::Done {
                    key,
                    how: How::Done,
                },
            ],
            "accepted" => vec![What::Done {
                key: offer,
                how: How::Done,
            }],
            "withdrawn" => vec![What::Done {
                key: offer,
                how: How::Dropped,
            }],
            unknown => panic!("what is “{unknown}”?"),
        }
    }

    /// The time at the front of a text, and what follows it.
    fn time<'a>(&self, text: &'a str) -> (Timestamp, &'a str) {
        let (mut date, rest) = day(text).unwrap_or_else(|| panic!("no day in “{text}”"));
        let (clock, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let (hour, minute) = clock.split_once(':').expect("a time of day");
        let hour: i8 = hour.parse().expect("an hour");
        if hour == 24 {
            date = date.tomorrow().expect("a day");
        }
        let wall = date.at(hour % 24, minute.parse().expect("minutes"), 0, 0);
        let at = wall
            .to_zoned(self.zone.clone())
            .expect("a time")
            .timestamp();
        (at, rest)
    }

    pub fn shown(&self, at: Timestamp) -> String {
        let wall = at.to_zoned(self.zone.clone());
        let monday: Date = "2026-11-23".parse().expect("a date");
        let days = (wall.date() - monday).get_days();
        let name = DAYS[usize::try_from(days.rem_euclid(7)).expect("a weekday")];
        let week = match days.div_euclid(7) {
            0 => "",
            1 => "next ",
            _ => "far ",
        };
        format!("{week}{name} {}", wall.strftime("%H:%M"))
    }

    fn tell(&self, all: &[Obligation], part: &str) -> String {
        let Some((name, _)) = part.split_once(": ") else {
            let found = all.iter().rfind(|it| it.owed == self.main);
            let due = found.and_then(|it| it.due);
            return due.map_or("nothing".to_owned(), |due| self.shown(due));
        };
        let (word, run) = name.split_once(" #").map_or((name, None), |(word, run)| {
            (word, Some(run.parse::<u32>().expect("a number")))
        });
        let owed = NAMES
            .iter()
            .find(|it| it.0 == word)
            .expect("an obligation")
            .1;
        let of = |it: &&Obligation| it.owed == owed && run.is_none_or(|run| it.run == run);
        let found = all.iter().rfind(of);
        format!(
            "{name}: {}",
            found.map_or("none".to_owned(), |it| self.state(it))
        )
    }

    fn state(&self, it: &Obligation) -> String {
        let at = |at: Option<Timestamp>| at.map_or("never".to_owned(), |at| self.shown(at));
        match (it.outcome(), it.end) {
            (Outcome::Owed, _) if it.due.is_none() => {
                format!("paused, {} if resumed", at(it.due_if_resumed))
            }
            (Outcome::Owed, _) => format!("due {}", at(it.due)),
            (Outcome::Met, end) => format!("met {}", at(end.map(|end| end.at))),
            (Outcome::Dropped, end) => format!("dropped {}", at(end.map(|end| end.at))),
            (Outcome::Missed, None) => format!("missed {}", at(it.missed_at)),
            (Outcome::Missed, Some(end)) => {
                let how = end.how.as_str();
                format!("missed {}, {how} {}", at(it.missed_at), self.shown(end.at))
            }
        }
    }
}

impl Agreed {
    fn new() -> Self {
        let always = ("Europe/Berlin".to_owned(), "0-24".to_owned());
        Self {
            hours: [always.clone(), always],
            holidays: BTreeMap::new(),
            targets: Vec::new(),
            pauses: Pauses::default(),
        }
    }

    fn read(&mut self, part: &str) {
        let (side, rest) = match part.strip_prefix("client ") {
            Some(rest) => (1, rest),
            None => (0, part),
        };
        if let Some(hours) = rest.strip_prefix("open ") {
            hours.clone_into(&mut self.hours[side].1);
        } else if let Some(zone) = rest.strip_prefix("in ") {
            zone.clone_into(&mut self.hours[side].0);
        } else if let Some((date, _)) = part.strip_prefix("closed on ").and_then(day) {
            self.holidays.insert(date, DayHours::closed());
        } else if let Some(standing) = part.strip_suffix(" stops everything") {
            let standing = match standing {
                "third party" => Standing::WithThirdParty,
                _ => Standing::WithClient,
            };
            for owed in [
                Owed::Resolution,
                Owed::NextUpdate,
                Owed::FirstResponse,
                Owed::NextResponse,
            ] {
                self.pauses = self.pauses.clone().stop(owed, &[standing]);
            }
        } else if part == "third party stops resolution" {
            let there = [Standing::WithThirdParty];
            self.pauses = self.pauses.clone().stop(Owed::Resolution, &there);
        } else if part == "nothing stops" {
            self.pauses = Pauses::none();
        } else if day(part).is_none() {
            self.targets.extend(target(part));
        }
    }

    fn terms(&self) -> Arc<Terms> {
        let [desk, client] = self.hours.clone().map(|(zone, hours)| {
            let open = day_hours(&hours);
            let week = std::array::from_fn(|day| match day < 5 || hours == "0-24" {
                true => open.clone(),
                false => DayHours::closed(),
            });
            let calendar = Calendar::new(&zone, week, self.holidays.clone());
            Arc::new(calendar.expect("a calendar"))
        });
        let target = |owed| self.targets.iter().rfind(|it| it.0 == owed).map(|it| it.1);
        Arc::new(Terms {
            first_response: target(Owed::FirstResponse),
            next_response: target(Owed::NextResponse),
            next_update: target(Owed::NextUpdate),
            resolution: target(Owed::Resolution),
            answer: target(Owed::Answer),
            confirmation: target(Owed::Confirmation),
            pauses: self.pauses.clone(),
            ..Terms::none(desk, client)
        })
    }
}

fn day_hours(text: &str) -> DayHours {
    let spans = text.split(',').map(|span| {
        let (from, to) = span.trim().split_once('-').expect("from-to");
        let full = |it: &str| {
            if it.contains(':') {
                it.to_owned()
            } else {
                format!("{it}:00")
            }
        };
        Span::parse(&full(from), &full(to)).expect("times of day")
    });
    DayHours::new(spans.collect()).expect("hours")
}

/// The date of a weekday at the front of a text, and what follows.
fn day(text: &str) -> Option<(Date, &str)> {
    let (weeks, rest) = match text.strip_prefix("next ") {
        Some(rest) => (1, rest),
        None => (0, text),
    };
    let place = DAYS.iter().position(|day| rest.starts_with(day))?;
    let monday: Date = "2026-11-23".parse().ok()?;
    let date = monday.checked_add((weeks * 7 + place as i64).days()).ok()?;
    Some((date, rest[3..].trim_start()))
}

/// `resolution 4 h`, `2 days`, `1 h round the clock`, `1 h then 30 min round the clock`, `1 h, and 30 min more at night`.
fn target(part: &str) -> Option<(Owed, Target)> {
    let named = NAMES.iter().find_map(|(name, owed)| {
        let rest = part.strip_prefix(name)?.strip_prefix(' ')?;
        Some((*owed, rest))
    });
    let (owed, text) = named.unwrap_or((Owed::FirstResponse, part));
    let (text, night) = match text.split_once(" and ") {
        Some((text, more)) => (text, more.strip_suffix(" more at night")),
        None => (text, None),
    };
    let target = match text.split_once(" then ") {
        Some((first, then)) => amount(first)?.then_real(amount(then)?.real_minutes),
        None => amount(text)?,
    };
    let night = night.and_then(amount).map(|more| OutOfHours {
        business_minutes: more.business_minutes,
        real_minutes: more.real_minutes,
    });
    Some((
        owed,
        match night {
            Some(night) => target.out_of_hours(night),
            None => target,
        },
    ))
}

fn amount(text: &str) -> Option<Target> {
    let (text, real) = match text.strip_suffix(" round the clock") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (number, unit) = text.split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let minutes = match unit {
        "h" => number * 60,
        "min" => number,
        "days" | "day" => return Some(Target::days(number)),
        _ => return None,
    };
    Some(match real {
        true => Target::real(minutes),
        false => Target::business(minutes),
    })
}

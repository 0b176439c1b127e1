//! An obligation in plain words, for whoever asks why it was due then: what began it, which hours counted, what paused it.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::count::running;
use super::{Asked, How, Obligation, Owed, Side, Standing};

/// Most stretches told one by one; a longer life is told by its sum.
const MOST_TOLD: usize = 6;

/// Sentences about `it` as it stands at `now`, each a fact of its own. Times are those of the calendar of the side that owes,
/// whose zone is named; `zone` is used when a time was given by hand.
pub fn why(it: &Obligation, now: Timestamp, zone: &TimeZone) -> Vec<String> {
    let told = Told {
        it,
        until: it.end.map_or(now, |end| end.at.min(now)),
        now,
        zone: calendar(it).map_or(zone, |calendar| calendar.zone()),
    };
    let mut sentences = vec![told.beginning()];
    sentences.extend(told.allowance());
    sentences.extend(told.counted());
    sentences.extend(told.paused());
    sentences.extend(told.ending());
    sentences
}

struct Told<'a> {
    it: &'a Obligation,
    /// Its end, or now.
    until: Timestamp,
    now: Timestamp,
    zone: &'a TimeZone,
}

fn calendar(it: &Obligation) -> Option<&crate::hours::Calendar> {
    match &it.asked {
        Asked::Target { terms, .. } => Some(terms.calendar(it.side)),
        Asked::Given { .. } => None,
    }
}

impl Told<'_> {
    fn beginning(&self) -> String {
        let (began, by) = (self.day(self.it.began), began_with(self.it));
        match self.it.goes_on {
            true => format!("Began {began} {by}, and goes on since the ticket was reopened."),
            false => format!("Began {began} {by}."),
        }
    }

    fn allowance(&self) -> Vec<String> {
        match &self.it.asked {
            Asked::Given { due, .. } => vec![format!("{} was named as its time.", self.day(*due))],
            Asked::Target {
                target,
                since,
                used_before,
                at_latest,
                ..
            } => {
                let mut told = vec![capital(&format!("{target}."))];
                if *since != self.it.began {
                    told.push(format!(
                        "Another agreement counts since {}; {} had been used by then.",
                        self.day(*since),
                        length(*used_before)
                    ));
                }
                if let Some(date) = at_latest.filter(|date| *date > self.it.began) {
                    told.push(format!(
                        "Due by {} at the latest: the date we wait for.",
                        self.day(date)
                    ));
                }
                told
            }
        }
    }

    /// The hours that counted, by the clock of the side that owes.
    fn counted(&self) -> Option<String> {
        let Asked::Target {
            target,
            terms,
            since,
            ..
        } = &self.it.asked
        else {
            return None;
        };
        let calendar = terms.calendar(self.it.side);
        let until = self.last_counted();
        let stretches = running(*since, &self.it.pauses).map(|(from, to)| (from, to.min(until)));
        let stretches = stretches.filter(|(from, to)| from < to);
        let in_business = target.business_days > 0 || target.business_minutes > 0;
        let open: Vec<(Timestamp, Timestamp)> = match in_business && target.real_minutes == 0 {
            false => stretches.take(MOST_TOLD + 1).collect(),
            true => stretches
                .flat_map(|(from, to)| {
                    let open = calendar
                        .open_from(from)
                        .take_while(move |open| open.from < to);
                    open.map(move |open| (open.from, open.to.min(to)))
                })
                .take(MOST_TOLD + 1)
                .collect(),
        };
        let zone = calendar.zone_name();
        match open.len() {
            0 => None,
            1..=MOST_TOLD => {
                let told: Vec<String> = open
                    .into_iter()
                    .map(|(from, to)| self.stretch(from, to))
                    .collect();
                Some(format!("Counted {} ({zone}).", listed(&told)))
            }
            _ => Some(format!(
                "Counted {} between {} and {} ({zone}).",
                length(self.it.used),
                self.day(*since),
                self.day(until)
            )),
        }
    }

    /// What is due later is told up to its due time, so that the sum is seen to be the target.
    fn last_counted(&self) -> Timestamp {
        match (self.it.end, self.it.due) {
            (None, Some(due)) => due,
            _ => self.until,
        }
    }

    fn paused(&self) -> Vec<String> {
        let pauses = &self.it.pauses;
        let skipped = pauses.len().saturating_sub(MOST_TOLD);
        let told = pauses[skipped..].iter().map(|pause| {
            let why = while_it_stood(pause.why);
            match pause.to {
                Some(to) => format!("Paused {} {why}.", self.stretch(pause.from, to)),
                None => format!("Paused since {} {why}.", self.day(pause.from)),
            }
        });
        let before = (skipped > 0).then(|| format!("Paused {skipped} more times before."));
        before.into_iter().chain(told).collect()
    }

    fn ending(&self) -> Vec<String> {
        let it = self.it;
        let mut told = Vec::new();
        match (it.due, it.due_if_resumed, it.end) {
            (Some(due), _, None) if due < self.now => {
                told.push(format!("Was due {}.", self.day(due)))
            }
            (Some(due), _, None) => told.push(format!("Due {}.", self.day(due))),
            (None, Some(due), None) => told.push(format!(
                "It would be due {} if it went on now.",
                self.day(due)
            )),
            (None, None, None) => {
                told.push("No hours are left in which it could fall due.".to_owned())
            }
            (Some(due), _, Some(_)) => told.push(format!("Was due {}.", self.day(due))),
            (None, _, Some(_)) => {}
        }
        if let Some(missed) = it.missed_at.filter(|missed| Some(*missed) != it.due) {
            told.push(format!(
                "Late since {}, by what was asked then.",
                self.day(missed)
            ));
        }
        told.extend(it.end.map(|end| {
            let late = if it.missed_at.is_some() {
                "too late"
            } else {
                "in time"
            };
            match end.how {
                How::Done => format!("Done {}, {late}.", self.day(end.at)),
                How::NotDone => format!("Not done, as was said {}.", self.day(end.at)),
                How::Dropped => format!("Not owed any more since {}.", self.day(end.at)),
            }
        }));
        told
    }

    /// `Mon 23 Nov 16:30`; the year when it is another than now's.
    fn day(&self, at: Timestamp) -> String {
        let (wall, now) = (self.zone.to_datetime(at), self.zone.to_datetime(self.now));
        let format = match wall.year() == now.year() {
            true => "%a %-d %b %H:%M",
            false => "%a %-d %b %Y %H:%M",
        };
        wall.strftime(format).to_string()
    }

    /// `Mon 23 Nov 16:30–17:00`.
    fn stretch(&self, from: Timestamp, to: Timestamp) -> String {
        let (first, last) = (self.zone.to_datetime(from), self.zone.to_datetime(to));
        match first.date() == last.date() {
            true => format!("{}–{}", self.day(from), last.strftime("%H:%M")),
            false => format!("{} – {}", self.day(from), self.day(to)),
        }
    }
}

fn began_with(it: &Obligation) -> &'static str {
    match (it.owed, it.side) {
        (Owed::FirstResponse | Owed::NextResponse, _) => "with the client’s message",
        (Owed::NextUpdate, _) => "with the desk’s last word to the client",
        (Owed::Resolution, _) => "with the request",
        (Owed::Acceptance, _) => "when it was offered",
        (Owed::Answer, _) => "when the turn became the client’s",
        (Owed::Confirmation, _) => "when it was resolved",
        (Owed::Approval, _) => "when it was asked for",
        (Owed::Duty, _) => "when it was asked for, as agreed",
        (Owed::Promise, Side::Desk) => "when the desk promised it",
        (Owed::Promise, Side::Client) => "when the client promised it",
    }
}

fn while_it_stood(standing: Standing) -> &'static str {
    match standing {
        Standing::Open => "while it was the desk’s turn",
        Standing::WithClient => "while it was the client’s turn",
        Standing::WithThirdParty => "while a third party was waited for",
        Standing::Parked => "while it was parked",
        Standing::Resolved => "while it was resolved",
        Standing::Closed => "while it was closed",
        Standing::Aside => "while it was set aside",
    }
}

/// `2 h 5 min`; seconds are too fine for an agreement.
fn length(time: SignedDuration) -> String {
    match (time.as_mins() / 60, time.as_mins() % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn listed(parts: &[String]) -> String {
    match parts {
        [all @ .., one, last] => {
            let before = all.iter().map(|it| format!("{it}, ")).collect::<String>();
            format!("{before}{one} and {last}")
        }
        _ => parts.concat(),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|it| it.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

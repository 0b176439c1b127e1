//! Events, tasks and the like within a calendar object (RFC 5545 §3.6).
//!
//! Alarms and definitions of zones within are not events.

use serde::Serialize;

use super::lines::Line;
use super::when::{self, When};
use super::zone::Zones;
use super::{MAX_ATTENDEES, MAX_EVENTS};
use crate::address;

/// What kind of component it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Component {
    #[serde(rename = "VEVENT")]
    Event,
    #[serde(rename = "VTODO")]
    Task,
    #[serde(rename = "VJOURNAL")]
    Journal,
    #[serde(rename = "VFREEBUSY")]
    FreeBusy,
}

/// Somebody named in an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub name: Option<String>,
    /// The mail address, without `mailto:`.
    pub address: String,
}

/// Whether an attendee comes (`PARTSTAT`, RFC 5545 §3.2.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    NeedsAction,
    Accepted,
    Declined,
    Tentative,
    Delegated,
    Completed,
    InProcess,
}

/// Somebody invited, with the answer so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attendee {
    #[serde(flatten)]
    pub person: Person,
    pub answer: Answer,
    /// An answer is asked for.
    pub asked: bool,
    /// `ROLE` as written, such as `OPT-PARTICIPANT`.
    pub role: Option<String>,
}

/// One component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    pub component: Component,
    pub uid: Option<String>,
    /// Which version of the event this is; a higher one replaces a lower one.
    pub sequence: Option<u32>,
    pub organizer: Option<Person>,
    pub attendees: Vec<Attendee>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub location: Option<String>,
    pub start: Option<When>,
    /// When it ends, or is due.
    pub end: Option<When>,
    /// `CONFIRMED`, `CANCELLED` and the like, in upper case.
    pub status: Option<String>,
    /// Where to click to take part.
    pub link: Option<String>,
    /// How it repeats, as written (RFC 5545 §3.3.10).
    pub recurrence: Option<String>,
    /// Which one of a series this is about.
    pub recurrence_of: Option<When>,
    /// What somebody answering wrote.
    pub comment: Option<String>,
}

/// Every component of an object, in order.
pub fn all(lines: &[Line]) -> Vec<Event> {
    let zones = Zones::of(lines);
    let mut events = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at).filter(|_| events.len() < MAX_EVENTS) {
        at += 1;
        if let Some(component) = begins(line) {
            let inside = lines.get(at..).unwrap_or_default();
            let length = inside
                .iter()
                .take_while(|line| !ends(line, component))
                .count();
            let own = own_lines(inside.get(..length).unwrap_or_default());
            events.push(event(component, &own, &zones));
            at += length;
        }
    }
    events
}

fn begins(line: &Line) -> Option<Component> {
    let kinds = [
        ("VEVENT", Component::Event),
        ("VTODO", Component::Task),
        ("VJOURNAL", Component::Journal),
        ("VFREEBUSY", Component::FreeBusy),
    ];
    let found = kinds.iter().find(|(name, _)| line.is("BEGIN", name));
    found.map(|(_, component)| *component)
}

fn ends(line: &Line, component: Component) -> bool {
    let name = match component {
        Component::Event => "VEVENT",
        Component::Task => "VTODO",
        Component::Journal => "VJOURNAL",
        Component::FreeBusy => "VFREEBUSY",
    };
    line.is("END", name) || line.is("END", "VCALENDAR")
}

/// Without the alarms within.
fn own_lines(lines: &[Line]) -> Vec<&Line> {
    let mut depth = 0usize;
    let own = lines.iter().filter(|line| {
        depth += usize::from(line.name == "BEGIN");
        let outside = depth == 0;
        depth = depth.saturating_sub(usize::from(line.name == "END"));
        outside
    });
    own.collect()
}

fn event(component: Component, lines: &[&Line], zones: &Zones) -> Event {
    let first = |name: &str| lines.iter().find(|line| line.name == name).copied();
    let text = |name: &str| first(name).map(Line::text).filter(|text| !text.is_empty());
    let time = |name: &str| first(name).and_then(|line| when::of(line, zones));
    let start = time("DTSTART");
    let lasts = first("DURATION").and_then(|line| when::duration(&line.value));
    let end = time("DTEND")
        .or_else(|| time("DUE"))
        .or_else(|| start.as_ref()?.plus(lasts?));
    Event {
        component,
        uid: text("UID"),
        sequence: first("SEQUENCE").and_then(|line| line.value.trim().parse().ok()),
        organizer: first("ORGANIZER").map(person),
        attendees: attendees(lines),
        summary: text("SUMMARY"),
        description: text("DESCRIPTION"),
        location: text("LOCATION"),
        start,
        end,
        status: text("STATUS").map(|status| status.to_uppercase()),
        link: link(lines),
        recurrence: text("RRULE"),
        recurrence_of: time("RECURRENCE-ID"),
        comment: text("COMMENT"),
    }
}

fn attendees(lines: &[&Line]) -> Vec<Attendee> {
    let named = lines.iter().filter(|line| line.name == "ATTENDEE");
    named
        .take(MAX_ATTENDEES)
        .map(|line| attendee(line))
        .collect()
}

fn attendee(line: &Line) -> Attendee {
    let yes = |value: &str| value.eq_ignore_ascii_case("true");
    Attendee {
        person: person(line),
        answer: answer(line.parameter("PARTSTAT").unwrap_or_default()),
        asked: line.parameter("RSVP").is_some_and(yes),
        role: line.parameter("ROLE").map(str::to_uppercase),
    }
}

fn answer(word: &str) -> Answer {
    match word.to_ascii_uppercase().as_str() {
        "ACCEPTED" => Answer::Accepted,
        "DECLINED" => Answer::Declined,
        "TENTATIVE" => Answer::Tentative,
        "DELEGATED" => Answer::Delegated,
        "COMPLETED" => Answer::Completed,
        "IN-PROCESS" => Answer::InProcess,
        _ => Answer::NeedsAction,
    }
}

/// `mailto:` in any case, or the address in `EMAIL` where the value is some other link (RFC 7986 §6.2).
fn person(line: &Line) -> Person {
    let value = line.value.trim();
    let mailto = value
        .get(..7)
        .is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let written = match mailto {
        true => value.get(7..).unwrap_or_default(),
        false => line.parameter("EMAIL").unwrap_or(value),
    };
    let name = line.parameter("CN").map(address::clean_name);
    Person {
        name: name.filter(|name| !name.is_empty()),
        address: address::clean_address(written),
    }
}

/// The link of a meeting: the fields made for it first, then any in the place or the description.
fn link(lines: &[&Line]) -> Option<String> {
    const NAMES: [&str; 6] = [
        "X-MICROSOFT-SKYPETEAMSMEETINGURL",
        "X-GOOGLE-CONFERENCE",
        "CONFERENCE",
        "URL",
        "LOCATION",
        "DESCRIPTION",
    ];
    let lines_of = |name: &'static str| lines.iter().filter(move |line| line.name == name);
    NAMES
        .into_iter()
        .flat_map(lines_of)
        .find_map(|line| link_in(&line.text()))
}

fn link_in(text: &str) -> Option<String> {
    const LONGEST_BYTES: usize = 2_000;
    let start = text.find("https://").or_else(|| text.find("http://"))?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']');
    let link = text
        .get(start..)?
        .split(ends)
        .next()?
        .trim_end_matches(['.', ',', ';']);
    (link.len() <= LONGEST_BYTES).then(|| link.to_owned())
}

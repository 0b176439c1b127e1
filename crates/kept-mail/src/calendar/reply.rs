//! Writes the answer to an invitation (RFC 5546 §3.2.3): one attendee, whether they come, nothing else.
//!
//! Whatever the invitation said is escaped again; nothing in it can add a line.

use jiff::Timestamp;

use super::event::{Answer, Event, Person};
use super::when::When;
use crate::address;

/// Octets of one line before it must be folded (RFC 5545 §3.1).
const LONGEST_LINE: usize = 74;

/// The object that tells the organizer whether `attendee` comes. `None` when there is nobody to tell or
/// nothing to tell about: no organizer with an address, or no UID.
pub fn reply(event: &Event, attendee: &Person, answer: Answer, now: Timestamp) -> Option<String> {
    let organizer = event.organizer.as_ref()?;
    let uid = event.uid.as_deref()?;
    if !address::is_valid(&organizer.address) || !address::is_valid(&attendee.address) {
        return None;
    }
    let stamp = now.strftime("%Y%m%dT%H%M%SZ");
    let sequence = event.sequence.unwrap_or(0);
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "PRODID:-//Kept//Kept//EN".to_owned(),
        "VERSION:2.0".to_owned(),
        "METHOD:REPLY".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(uid)),
        format!("DTSTAMP:{stamp}"),
        format!("SEQUENCE:{sequence}"),
        format!("ORGANIZER{}:mailto:{}", named(organizer), organizer.address),
        format!(
            "ATTENDEE;PARTSTAT={}{}:mailto:{}",
            word(answer),
            named(attendee),
            attendee.address
        ),
    ];
    lines.extend(time("RECURRENCE-ID", event.recurrence_of.as_ref()));
    lines.extend(time("DTSTART", event.start.as_ref()));
    lines.extend(time("DTEND", event.end.as_ref()));
    let summary = event.summary.as_deref();
    lines.extend(summary.map(|summary| format!("SUMMARY:{}", escaped(summary))));
    lines.extend(["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()]);
    Some(lines.iter().map(|line| folded(line)).collect())
}

fn word(answer: Answer) -> &'static str {
    match answer {
        Answer::Accepted => "ACCEPTED",
        Answer::Declined => "DECLINED",
        Answer::Tentative => "TENTATIVE",
        Answer::Delegated => "DELEGATED",
        Answer::NeedsAction | Answer::Completed | Answer::InProcess => "NEEDS-ACTION",
    }
}

/// A day, or the instant in UTC. A time in a zone nobody knows is left out.
fn time(name: &str, when: Option<&When>) -> Option<String> {
    let when = when?;
    if when.all_day {
        return Some(format!(
            "{name};VALUE=DATE:{}",
            when.local.strftime("%Y%m%d")
        ));
    }
    let instant = when.instant?;
    Some(format!("{name}:{}", instant.strftime("%Y%m%dT%H%M%SZ")))
}

/// `;CN="Dana Fox"`, without what would end the quotes (RFC 5545 §3.2).
fn named(person: &Person) -> String {
    let name = person.name.as_deref().unwrap_or_default();
    let kept = name.chars().filter(|c| !c.is_control() && *c != '"');
    let name: String = kept.take(100).collect();
    match name.is_empty() {
        true => String::new(),
        false => format!(";CN=\"{name}\""),
    }
}

/// A text value (RFC 5545 §3.3.11).
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars().take(1_000) {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// The line with its end, folded between characters.
pub(super) fn folded(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + 8);
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST_LINE {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(c);
        length += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

//! Writes a calendar that programs fetch again and again (RFC 5545): an entry for each moment, all times in UTC.

use jiff::Timestamp;

use super::reply::{escaped, folded};

/// One moment worth knowing of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The same for as long as it is the same thing.
    pub uid: String,
    pub at: Timestamp,
    pub summary: String,
    pub description: String,
    /// An address of ours.
    pub url: String,
}

/// The whole calendar. Whatever the entries say is escaped; nothing in them can add a line.
pub fn feed(name: &str, entries: &[Entry], now: Timestamp) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "PRODID:-//Kept//Kept//EN".to_owned(),
        "VERSION:2.0".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(name)),
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H".to_owned(),
        "X-PUBLISHED-TTL:PT1H".to_owned(),
    ];
    for entry in entries {
        lines.extend(event(entry, now));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn event(entry: &Entry, now: Timestamp) -> [String; 10] {
    let utc = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    let url = entry.url.chars().filter(|letter| !letter.is_control());
    [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped(&entry.uid)),
        format!("DTSTAMP:{}", utc(now)),
        format!("DTSTART:{}", utc(entry.at)),
        "DURATION:PT15M".to_owned(),
        // It is a moment to keep something by, and takes no time of the day.
        "TRANSP:TRANSPARENT".to_owned(),
        format!("SUMMARY:{}", escaped(&entry.summary)),
        format!("DESCRIPTION:{}", escaped(&entry.description)),
        format!("URL:{}", url.collect::<String>()),
        "END:VEVENT".to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::of_text;

    fn entry(summary: &str) -> Entry {
        Entry {
            uid: "promise-1@desk.example".into(),
            at: "2026-11-23T10:00:00Z".parse().expect("a time"),
            summary: summary.into(),
            description: "#7 Printer".into(),
            url: "https://desk.example/tickets/7".into(),
        }
    }

    fn written(summary: &str) -> String {
        let now = "2026-11-23T09:00:00Z".parse().expect("a time");
        feed("Promises", &[entry(summary)], now)
    }

    #[test]
    fn it_reads_back_as_it_was_meant() {
        let summary = "Bring toner; paper, and “ink”\nthen \\ call";
        let calendar = of_text(&written(summary)).expect("it is a calendar");
        let event = &calendar.events[0];
        assert_eq!(event.uid.as_deref(), Some("promise-1@desk.example"));
        assert_eq!(event.summary.as_deref(), Some(summary));
        let start = event.start.as_ref().and_then(|when| when.instant);
        assert_eq!(start, Some(entry("").at));
    }

    #[test]
    fn lines_are_short_and_nothing_in_an_entry_adds_one() {
        let text = written(&format!("{}\r\nEND:VEVENT\r\nX:1", "ä".repeat(300)));
        assert_eq!(text.matches("END:VEVENT\r\n").count(), 1, "{text}");
        assert!(!text.contains("\r\nX:1"), "{text}");
        for line in text.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
    }
}

//! Times as people say them, in the reader's zone and against one fixed "now". It never reads a clock itself, so a page
//! rendered twice is the same page.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use maud::{Markup, html};

/// The moment a page is rendered at and the zone its reader lives in.
#[derive(Debug, Clone)]
pub struct Clock {
    pub now: Timestamp,
    pub zone: TimeZone,
}

impl Clock {
    /// `11:30` today, `yesterday 11:30`, `Fri 14:00` within six days, `12 Oct` this year, `3 Mar 2025` before.
    pub fn short(&self, at: Timestamp) -> String {
        let there = self.local(at);
        match self.days_from_today(there.date()) {
            0 => there.strftime("%H:%M").to_string(),
            -1 => there.strftime("yesterday %H:%M").to_string(),
            1 => there.strftime("tomorrow %H:%M").to_string(),
            -6..=6 => there.strftime("%a %H:%M").to_string(),
            _ if there.year() == self.local(self.now).year() => {
                there.strftime("%-d %b").to_string()
            }
            _ => there.strftime("%-d %b %Y").to_string(),
        }
    }

    /// The whole of it, for tooltips and print: `Mon 23 November 2026, 11:30`.
    pub fn full(&self, at: Timestamp) -> String {
        self.local(at).strftime("%a %-d %B %Y, %H:%M").to_string()
    }

    /// A `<time>` with the short absolute time; the tooltip has the whole of it.
    pub fn at(&self, at: Timestamp) -> Markup {
        html! { time datetime=(at) title=(self.full(at)) { (self.short(at)) } }
    }

    /// How long ago: `now`, `5 min`, `3 h`, `2 days`, then the date. Kept fresh in the browser by `<local-time>`.
    pub fn ago(&self, at: Timestamp) -> Markup {
        let passed = self.now.duration_since(at);
        let says = if passed < SignedDuration::from_hours(24 * 7) {
            span(passed)
        } else {
            self.short(at)
        };
        html! { local-time { time datetime=(at) title=(self.full(at)) { (says) } } }
    }

    /// Both ways, for conversations: `11:30 · 2 h ago`.
    pub fn both(&self, at: Timestamp) -> Markup {
        let passed = self.now.duration_since(at);
        let recent = passed < SignedDuration::from_hours(24 * 7);
        html! {
            (self.at(at))
            @if recent { span.dim { " · " local-time data-suffix=" ago" { time datetime=(at) { (ago(passed)) } } } }
        }
    }

    /// Both ways, for what is to come: `in 42 min (14:20)`, `25 min late (13:00)`.
    pub fn due(&self, at: Timestamp) -> Markup {
        let left = at.duration_since(self.now);
        let says = if left.is_negative() {
            format!("{} late", span(left.abs()))
        } else {
            format!("in {}", span(left))
        };
        html! { time datetime=(at) title=(self.full(at)) { (says) " (" (self.short(at)) ")" } }
    }

    /// Time left or time overdue in words without a direction: `42 min`.
    pub fn distance(&self, at: Timestamp) -> String {
        span(at.duration_since(self.now).abs())
    }

    /// The heading of a day in a list: `Today`, `Yesterday`, `Friday 20 November`.
    pub fn day(&self, at: Timestamp) -> String {
        let there = self.local(at);
        match self.days_from_today(there.date()) {
            0 => "Today".to_owned(),
            -1 => "Yesterday".to_owned(),
            1 => "Tomorrow".to_owned(),
            _ => there.strftime("%A %-d %B").to_string(),
        }
    }

    /// A day in a line: `today`, `yesterday`, `Fri` within six days, `12 Oct` this year, `3 Mar 2025` before.
    pub fn date(&self, day: Date) -> String {
        match self.days_from_today(day) {
            0 => "today".to_owned(),
            -1 => "yesterday".to_owned(),
            -6..=6 => day.strftime("%a").to_string(),
            _ if day.year() == self.local(self.now).year() => day.strftime("%-d %b").to_string(),
            _ => day.strftime("%-d %b %Y").to_string(),
        }
    }

    /// When the reader's next day begins.
    pub fn tomorrow(&self) -> Timestamp {
        let next = self
            .local(self.now)
            .tomorrow()
            .and_then(|day| day.start_of_day());
        next.map_or(Timestamp::MAX, |day| day.timestamp())
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    fn days_from_today(&self, date: Date) -> i64 {
        let today = self.local(self.now).date();
        date.duration_since(today).as_hours() / 24
    }
}

fn ago(passed: SignedDuration) -> String {
    match span(passed).as_str() {
        "now" => "now".to_owned(),
        words => format!("{words} ago"),
    }
}

/// A length of time in one unit, for nobody plans by "2 days 3 h 12 min".
pub fn span(length: SignedDuration) -> String {
    let minutes = length.as_mins();
    match minutes {
        ..1 => "now".to_owned(),
        1..90 => format!("{minutes} min"),
        90..2_160 => format!("{} h", (minutes + 30) / 60),
        _ => format!("{} days", (minutes + 720) / 1_440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mon 23 November 2026, 13:38 in Lisbon.
    fn clock() -> Clock {
        Clock {
            now: "2026-11-23T13:38:00Z".parse().unwrap(),
            zone: TimeZone::get("Europe/Lisbon").unwrap(),
        }
    }

    fn check(at: &str, short: &str, due: &str) {
        let at: Timestamp = at.parse().unwrap();
        assert_eq!(clock().short(at), short);
        let markup = clock().due(at).into_string();
        let text = markup.split('>').nth(1).unwrap().trim_end_matches("</time");
        assert_eq!(text, due);
    }

    #[test]
    fn times_are_said_both_ways() {
        check("2026-11-23T14:20:00Z", "14:20", "in 42 min (14:20)");
        check("2026-11-23T13:13:00Z", "13:13", "25 min late (13:13)");
        check(
            "2026-11-24T09:00:00Z",
            "tomorrow 09:00",
            "in 19 h (tomorrow 09:00)",
        );
        check(
            "2026-11-22T09:00:00Z",
            "yesterday 09:00",
            "29 h late (yesterday 09:00)",
        );
        check("2026-11-27T12:00:00Z", "Fri 12:00", "in 4 days (Fri 12:00)");
        check("2026-03-02T12:00:00Z", "2 Mar", "266 days late (2 Mar)");
        check(
            "2025-03-02T12:00:00Z",
            "2 Mar 2025",
            "631 days late (2 Mar 2025)",
        );
    }

    #[test]
    fn today_is_the_readers_today() {
        let evening: Timestamp = "2026-11-22T22:30:00Z".parse().unwrap();
        let auckland = Clock {
            zone: TimeZone::get("Pacific/Auckland").unwrap(),
            ..clock()
        };
        assert_eq!(clock().day(evening), "Yesterday");
        assert_eq!(auckland.day(evening), "Yesterday");
        let night: Timestamp = "2026-11-23T11:30:00Z".parse().unwrap();
        assert_eq!(auckland.day(night), "Today");
        assert_eq!(
            Clock {
                zone: TimeZone::get("Pacific/Auckland").unwrap(),
                ..clock()
            }
            .short(evening),
            "yesterday 11:30"
        );
    }
}

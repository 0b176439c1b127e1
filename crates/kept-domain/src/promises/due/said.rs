//! How a time was read, in words for the screen.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Instant, Now, Why};

impl Now<'_> {
    /// `tomorrow → Tue 24 Nov, 17:00, end of your working day`.
    pub(super) fn reading(&self, said: &str, instant: &Instant, zone: Option<&str>) -> String {
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let why = match instant.why {
            Why::Stated => match zone {
                Some(zone) => format!(", from the time in {zone}"),
                None => self.outside(instant.at),
            },
            Why::EndOfDay => ", end of your working day".to_owned(),
            Why::WorkingTime => ", counted in your working hours".to_owned(),
            Why::Closed(date) => format!(", as you don't work on {}", self.date(date)),
            Why::DayOver => ", end of the day; you don't work then".to_owned(),
        };
        format!("{said} → {}{why}", self.time(instant.at))
    }

    fn outside(&self, at: Timestamp) -> String {
        let before = at
            .checked_sub(jiff::SignedDuration::from_secs(1))
            .unwrap_or(at);
        let inside = self.calendar.is_open(at) || self.calendar.is_open(before);
        if inside {
            String::new()
        } else {
            ", outside your working hours".to_owned()
        }
    }

    fn time(&self, at: Timestamp) -> String {
        let zoned = at.to_zoned(self.calendar.zone().clone());
        format!("{}, {}", self.date(zoned.date()), zoned.strftime("%H:%M"))
    }

    fn date(&self, date: Date) -> String {
        let form = if date.year() == self.today.year() {
            "%a %-d %b"
        } else {
            "%a %-d %b %Y"
        };
        date.strftime(form).to_string()
    }
}

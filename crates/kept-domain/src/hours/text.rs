//! Hours as people type them: `09:00–12:30, 13:30–17:00`, `closed`, `all day`. Prints back what it reads.

use super::day::{BadHours, DayHours, Span};

/// Spans a day may have; more is a slip of the finger.
const MOST_SPANS: usize = 12;

/// What stands between two times.
const TO: [char; 4] = ['–', '—', '-', '‑'];

impl DayHours {
    /// Hours of one day: spans with a comma between them, `closed` or nothing, `all day`.
    ///
    /// # Errors
    /// When a part is no span of time, or two overlap.
    pub fn parse(text: &str) -> Result<Self, BadHours> {
        let text = text.trim();
        match text.to_lowercase().as_str() {
            "" | "closed" | "–" | "-" => return Ok(Self::closed()),
            "all day" | "24 h" | "24h" | "around the clock" => return Ok(Self::around_the_clock()),
            _ => {}
        }
        let parts: Vec<&str> = text.split([',', ';']).map(str::trim).collect();
        if parts.len() > MOST_SPANS {
            return Err(BadHours::TooMany);
        }
        let spans = parts.into_iter().map(span).collect::<Result<_, _>>()?;
        Self::new(spans)
    }
}

impl std::fmt::Display for DayHours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.is_closed() {
            return f.write_str("closed");
        }
        let spans: Vec<String> = self.spans().iter().map(ToString::to_string).collect();
        f.write_str(&spans.join(", "))
    }
}

fn span(part: &str) -> Result<Span, BadHours> {
    let ends = part.split_once(TO).or_else(|| part.split_once(" to "));
    let (from, to) = ends.ok_or_else(|| BadHours::NotASpan(part.to_owned()))?;
    Span::parse(&whole(from), &whole(to))
}

/// `9` means 09:00.
fn whole(time: &str) -> String {
    let time = time.trim();
    match !time.is_empty() && time.chars().all(|c| c.is_ascii_digit()) {
        true => format!("{time}:00"),
        false => time.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_and_printed_back() {
        let check = |typed: &str, printed: &str| {
            let hours = DayHours::parse(typed).expect(typed);
            assert_eq!(hours.to_string(), printed, "{typed}");
            assert_eq!(DayHours::parse(printed), Ok(hours), "{printed}");
        };
        check("09:00–12:30, 13:30–17:00", "09:00–12:30, 13:30–17:00");
        check("13:30-17:00; 9-12:30", "09:00–12:30, 13:30–17:00");
        check(" 8 to 12 ", "08:00–12:00");
        check("22:00–24:00", "22:00–24:00");
        check("", "closed");
        check("Closed", "closed");
        check("all day", "00:00–24:00");
        check("24 h", "00:00–24:00");
    }

    #[test]
    fn what_is_wrong_with_hours_is_named() {
        let check = |typed: &str, says: &str| {
            let error = DayHours::parse(typed).expect_err(typed);
            assert!(error.to_string().contains(says), "{typed}: {error}");
        };
        check("noon", "“noon” is not a stretch of time");
        check("09:00–25:00", "“25:00” is not a time of day");
        check("17:00–09:00", "end before they begin: 17:00–09:00");
        check(
            "09:00–13:00, 12:00–17:00",
            "09:00–13:00 and 12:00–17:00 overlap",
        );
        check("09:00–", "“” is not a time of day");
        check(&"1-2,".repeat(20), "at most 12");
    }
}

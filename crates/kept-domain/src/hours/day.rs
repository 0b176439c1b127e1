//! The hours of one day, as a person writes them: `09:00–12:30, 13:30–18:00`.

use serde::{Deserialize, Serialize};

/// Seconds in a day that has no change of clocks; also how `24:00` is written.
const DAY: u32 = 24 * 60 * 60;

/// From one wall-clock time to a later one of the same day, in seconds after midnight. Open at its start, closed at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub from: u32,
    pub to: u32,
}

/// The open spans of a day, in order and apart. None: closed all day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Vec<Span>", into = "Vec<Span>")]
pub struct DayHours(Vec<Span>);

/// Why hours can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    #[error(
        "“{0}” is not a time of day; write it like 09:00 or 17:30, the end of the day as 24:00"
    )]
    NotATime(String),
    #[error("“{0}” is not a stretch of time; write it like 09:00–17:00, or “closed”")]
    NotASpan(String),
    #[error("at most 12 stretches a day")]
    TooMany,
    #[error("the hours end before they begin: {from}–{to}")]
    Backwards { from: String, to: String },
    #[error("the hours {0} and {1} overlap")]
    Overlap(String, String),
}

impl Span {
    /// From `09:00` or `09:00:30` to a later time; `24:00` is the end of the day.
    ///
    /// # Errors
    /// When one is no time of day, or the second is not later.
    pub fn parse(from: &str, to: &str) -> Result<Self, BadHours> {
        let span = Self {
            from: clock(from)?,
            to: clock(to)?,
        };
        span.checked()
    }

    fn checked(self) -> Result<Self, BadHours> {
        if self.to > DAY {
            return Err(BadHours::NotATime(shown(self.to)));
        }
        if self.from >= self.to {
            return Err(BadHours::Backwards {
                from: shown(self.from),
                to: shown(self.to),
            });
        }
        Ok(self)
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}–{}", shown(self.from), shown(self.to))
    }
}

impl DayHours {
    /// Spans in any order; ones that touch stay two.
    ///
    /// # Errors
    /// When a span is none, or two overlap.
    pub fn new(mut spans: Vec<Span>) -> Result<Self, BadHours> {
        for span in &spans {
            span.checked()?;
        }
        spans.sort_by_key(|span| span.from);
        let clash = spans.windows(2).find(|pair| pair[0].to > pair[1].from);
        match clash {
            Some(pair) => Err(BadHours::Overlap(pair[0].to_string(), pair[1].to_string())),
            None => Ok(Self(spans)),
        }
    }

    pub fn closed() -> Self {
        Self::default()
    }

    pub fn around_the_clock() -> Self {
        Self(vec![Span { from: 0, to: DAY }])
    }

    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    pub fn spans(&self) -> &[Span] {
        &self.0
    }
}

impl TryFrom<Vec<Span>> for DayHours {
    type Error = BadHours;

    fn try_from(spans: Vec<Span>) -> Result<Self, BadHours> {
        Self::new(spans)
    }
}

impl From<DayHours> for Vec<Span> {
    fn from(hours: DayHours) -> Self {
        hours.0
    }
}

fn clock(text: &str) -> Result<u32, BadHours> {
    let not = || BadHours::NotATime(text.to_owned());
    let mut parts = text.trim().split(':').map(|part| part.parse::<u32>().ok());
    let (hour, minute) = (
        parts.next().flatten().ok_or_else(not)?,
        parts.next().flatten().ok_or_else(not)?,
    );
    let second = parts.next().map_or(Some(0), |part| part).ok_or_else(not)?;
    let within = hour <= 24 && minute < 60 && second < 60 && parts.next().is_none();
    let seconds = within.then(|| hour * 3600 + minute * 60 + second);
    seconds.filter(|seconds| *seconds <= DAY).ok_or_else(not)
}

fn shown(seconds: u32) -> String {
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    }
}

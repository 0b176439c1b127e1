//! Targets as people type them: `30 min`, `4 h`, `2 d`, `1 h around the clock`, `4 h then 2 h around the clock`,
//! `1 h plus 30 min out of hours`. Prints back what it reads.

use super::{BadTarget, OutOfHours, Target};

/// Why a text is no target. `at` counts characters from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadLength {
    #[error("write how long, like 30 min, 4 h or 2 d")]
    Empty,
    #[error("“{given}” (character {at}) is not a number; write a length like 30 min, 4 h or 2 d")]
    NoNumber { at: usize, given: String },
    #[error("{number} of what (character {at})? Write min, h or d after it")]
    NoUnit { at: usize, number: String },
    #[error("“{given}” (character {at}) is no unit; write min, h or d")]
    Unit { at: usize, given: String },
    #[error(
        "“{given}” (character {at}) comes too late: first days, then hours, then what passes around the clock"
    )]
    Order { at: usize, given: String },
    #[error(
        "what comes after “plus” (character {at}) is for what begins out of hours; write it like 1 h plus 30 min out of hours"
    )]
    Plus { at: usize },
    #[error(transparent)]
    Target(#[from] BadTarget),
}

/// A word or a number and where it stands.
#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    at: usize,
    text: &'a str,
}

const CLOCK: [&str; 3] = ["around", "the", "clock"];
const OUT: [&str; 3] = ["out", "of", "hours"];

impl Target {
    /// Reads what [`Target::written`] prints, and a little more: `4h`, `2 days`, `90 minutes`.
    ///
    /// # Errors
    /// When it can't be meant, saying where.
    pub fn parse(text: &str) -> Result<Self, BadLength> {
        let words = words(text);
        let Some(first) = words.first() else {
            return Err(BadLength::Empty);
        };
        let plus = words.iter().position(|word| is(word, "plus"));
        let (time, more) = words.split_at(plus.unwrap_or(words.len()));
        if time.is_empty() {
            return Err(BadLength::Plus { at: first.at });
        }
        let mut target = Target::default();
        for part in time.split(|word| is(word, "then")) {
            add(&mut target, part, first.at)?;
        }
        if let Some((plus, more)) = more.split_first() {
            target.out_of_hours = Some(allowance(*plus, more)?);
        }
        Ok(target.checked()?)
    }

    /// Shortly, as it is typed: `1 h 30 min`, `2 d`, `4 h then 2 h around the clock`.
    pub fn written(&self) -> String {
        let days = (self.business_days > 0).then(|| format!("{} d", self.business_days));
        let parts = [
            days,
            minutes(self.business_minutes),
            minutes(self.real_minutes).map(|it| format!("{it} around the clock")),
        ];
        let text = parts
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" then ");
        match self.out_of_hours.and_then(written_allowance) {
            Some(more) => format!("{text} plus {more} out of hours"),
            None => text,
        }
    }
}

fn written_allowance(more: OutOfHours) -> Option<String> {
    let parts = [
        minutes(more.business_minutes),
        minutes(more.real_minutes).map(|it| format!("{it} around the clock")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" then "))
}

fn minutes(minutes: u32) -> Option<String> {
    match (minutes / 60, minutes % 60) {
        (0, 0) => None,
        (0, minutes) => Some(format!("{minutes} min")),
        (hours, 0) => Some(format!("{hours} h")),
        (hours, minutes) => Some(format!("{hours} h {minutes} min")),
    }
}

/// Adds one part between two “then”s.
fn add(target: &mut Target, part: &[Word<'_>], start: usize) -> Result<(), BadLength> {
    let Some(first) = part.first() else {
        return Err(BadLength::NoNumber {
            at: start,
            given: "then".into(),
        });
    };
    let late = || BadLength::Order {
        at: first.at,
        given: part.iter().map(|it| it.text).collect::<Vec<_>>().join(" "),
    };
    let (lengths, real) = ending(part, CLOCK);
    let (days, minutes) = sum(lengths, first)?;
    if target.real_minutes > 0 {
        return Err(late());
    }
    if real {
        let days = days.checked_mul(24 * 60).ok_or(BadTarget::TooLong)?;
        target.real_minutes = days.checked_add(minutes).ok_or(BadTarget::TooLong)?;
        return Ok(());
    }
    if target.business_minutes > 0 || (days > 0 && target.business_days > 0) {
        return Err(late());
    }
    target.business_days += days;
    target.business_minutes = minutes;
    Ok(())
}

fn allowance(plus: Word<'_>, more: &[Word<'_>]) -> Result<OutOfHours, BadLength> {
    let wrong = || BadLength::Plus { at: plus.at };
    let (time, named) = ending(more, OUT);
    if !named || time.is_empty() {
        return Err(wrong());
    }
    let mut target = Target::default();
    for part in time.split(|word| is(word, "then")) {
        add(&mut target, part, plus.at)?;
    }
    match target.business_days {
        0 => Ok(OutOfHours {
            business_minutes: target.business_minutes,
            real_minutes: target.real_minutes,
        }),
        _ => Err(wrong()),
    }
}

/// The words before `phrase`, and whether they end in it.
fn ending<'a, 'b>(words: &'b [Word<'a>], phrase: [&str; 3]) -> (&'b [Word<'a>], bool) {
    let Some(rest) = words.len().checked_sub(phrase.len()) else {
        return (words, false);
    };
    let (before, last) = words.split_at(rest);
    let same = last.iter().zip(phrase).all(|(word, known)| is(word, known));
    if same { (before, true) } else { (words, false) }
}

/// Days and minutes of `1 d 2 h 30 min`.
fn sum(words: &[Word<'_>], first: &Word<'_>) -> Result<(u32, u32), BadLength> {
    let (mut days, mut minutes) = (0_u32, 0_u32);
    let mut rest = words.iter();
    if words.is_empty() {
        return Err(BadLength::NoNumber {
            at: first.at,
            given: first.text.to_owned(),
        });
    }
    while let Some(number) = rest.next() {
        let amount = amount(number)?;
        let unit = rest.next().ok_or_else(|| BadLength::NoUnit {
            at: number.at,
            number: number.text.to_owned(),
        })?;
        let each = match unit.text.to_lowercase().as_str() {
            "min" | "m" | "minute" | "minutes" | "mins" => Some(1),
            "h" | "hour" | "hours" | "hr" | "hrs" => Some(60),
            "d" | "day" | "days" => None,
            _ => {
                return Err(BadLength::Unit {
                    at: unit.at,
                    given: unit.text.to_owned(),
                });
            }
        };
        let sum = match each {
            Some(_) => &mut minutes,
            None => &mut days,
        };
        let more = amount.checked_mul(each.unwrap_or(1));
        let total = more.and_then(|more| sum.checked_add(more));
        *sum = total.ok_or(BadTarget::TooLong)?;
    }
    Ok((days, minutes))
}

fn amount(word: &Word<'_>) -> Result<u32, BadLength> {
    if !word.text.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(BadLength::NoNumber {
            at: word.at,
            given: word.text.to_owned(),
        });
    }
    Ok(word.text.parse().map_err(|_| BadTarget::TooLong)?)
}

fn is(word: &Word<'_>, known: &str) -> bool {
    word.text.eq_ignore_ascii_case(known)
}

/// Numbers and words, `4h` in two; commas count as spaces.
fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start: Option<(usize, usize, bool)> = None;
    for (at, (byte, c)) in text.char_indices().enumerate() {
        let digit = c.is_ascii_digit();
        let space = c.is_whitespace() || c == ',';
        if let Some((begun, from, digits)) = start
            && (space || digit != digits)
        {
            let text = &text[from..byte];
            found.push(Word { at: begun, text });
            start = None;
        }
        if start.is_none() && !space {
            start = Some((at + 1, byte, digit));
        }
    }
    if let Some((begun, from, _)) = start {
        let text = &text[from..];
        found.push(Word { at: begun, text });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_and_printed_back() {
        let check = |typed: &str, target: Target, printed: &str| {
            assert_eq!(Target::parse(typed), Ok(target), "{typed}");
            assert_eq!(target.written(), printed, "{typed}");
            assert_eq!(Target::parse(printed), Ok(target), "{printed}");
        };
        check("30 min", Target::business(30), "30 min");
        check("4h", Target::business(240), "4 h");
        check("1 h 30 min", Target::business(90), "1 h 30 min");
        check("90 minutes", Target::business(90), "1 h 30 min");
        check("2 d", Target::days(2), "2 d");
        check(" 2  Days ", Target::days(2), "2 d");
        check(
            "1 h around the clock",
            Target::real(60),
            "1 h around the clock",
        );
        check(
            "2 d around the clock",
            Target::real(2880),
            "48 h around the clock",
        );
        check(
            "4 h, then 2 h around the clock",
            Target::business(240).then_real(120),
            "4 h then 2 h around the clock",
        );
        let mixed = Target {
            business_days: 1,
            business_minutes: 120,
            real_minutes: 5,
            out_of_hours: None,
        };
        check(
            "1 d 2 h then 5 min around the clock",
            mixed,
            "1 d then 2 h then 5 min around the clock",
        );
        let night = OutOfHours {
            business_minutes: 30,
            real_minutes: 60,
        };
        check(
            "1 h plus 30 min then 1 h around the clock out of hours",
            Target::business(60).out_of_hours(night),
            "1 h plus 30 min then 1 h around the clock out of hours",
        );
    }

    #[test]
    fn what_is_wrong_with_a_target_is_named_with_its_place() {
        let check = |typed: &str, says: &str| {
            let error = Target::parse(typed).expect_err(typed).to_string();
            assert!(error.starts_with(says), "{typed}: {error}");
        };
        check("", "write how long");
        check("soon", "“soon” (character 1) is not a number");
        check("4", "4 of what (character 1)?");
        check("4 h 30", "30 of what (character 5)?");
        check("4 w", "“w” (character 3) is no unit");
        check("4 h or so", "“or” (character 5) is not a number");
        check("½ h", "“½” (character 1) is not a number");
        check("-4 h", "“-” (character 1) is not a number");
        check("4 h then", "“then” (character 1) is not a number");
        check("around the clock", "“around” (character 1) is not a number");
        check(
            "1 h around the clock then 4 h",
            "“4 h” (character 27) comes too late",
        );
        check("2 h then 1 d", "“1 d” (character 10) comes too late");
        check("1 h plus 30 min", "what comes after “plus” (character 5)");
        check("plus 30 min out of hours", "what comes after “plus”");
        check(
            "1 h plus 1 d out of hours",
            "what comes after “plus” (character 5)",
        );
        check("0 min", "a target needs some time");
        check("99999999999 h", "this target is longer than ten years");
        check("4000 d", "this target is longer than ten years");
    }
}

//! How an event repeats, in words (RFC 5545 §3.3.10).
//!
//! A rule with parts that need more than a line to say is said as far as it is sure; it is never guessed.

use super::when;

/// `every 2 weeks on Monday and Thursday, 10 times`. `None` for what is no rule.
pub fn in_words(rule: &str) -> Option<String> {
    let parts: Vec<(String, &str)> = rule
        .split(';')
        .take(20)
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.trim().to_ascii_uppercase(), value.trim()))
        .collect();
    let part = |name: &str| {
        let found = parts.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| *value)
    };
    let unit = unit(part("FREQ")?)?;
    let interval: u32 = part("INTERVAL")
        .and_then(|number| number.parse().ok())
        .unwrap_or(1);
    let mut words = match interval {
        0 | 1 => format!("every {unit}"),
        2 => format!("every second {unit}"),
        many => format!("every {many} {unit}s"),
    };
    words.extend(days(part("BYDAY"), part("BYSETPOS")));
    words.extend(part("BYMONTHDAY").and_then(month_days));
    words.extend(part("COUNT").and_then(times));
    words.extend(part("UNTIL").and_then(until));
    Some(words)
}

fn unit(freq: &str) -> Option<&'static str> {
    Some(match freq.to_ascii_uppercase().as_str() {
        "YEARLY" => "year",
        "MONTHLY" => "month",
        "WEEKLY" => "week",
        "DAILY" => "day",
        "HOURLY" => "hour",
        "MINUTELY" => "minute",
        _ => return None,
    })
}

fn days(by_day: Option<&str>, by_position: Option<&str>) -> Option<String> {
    let position = by_position.and_then(|position| position.parse().ok());
    let named: Option<Vec<String>> = by_day?
        .split(',')
        .map(|day| day_of(day.trim(), position))
        .collect();
    let named = named.filter(|named| !named.is_empty() && named.len() <= 7)?;
    let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
    if named == weekdays {
        return Some(" from Monday to Friday".to_owned());
    }
    Some(format!(" on {}", listed(&named)))
}

/// `MO`, `-1FR`: a weekday, perhaps the how-manieth.
fn day_of(day: &str, position: Option<i32>) -> Option<String> {
    let at = day.len().checked_sub(2)?;
    let (number, code) = (day.get(..at)?, day.get(at..)?);
    let name = match code.to_ascii_uppercase().as_str() {
        "MO" => "Monday",
        "TU" => "Tuesday",
        "WE" => "Wednesday",
        "TH" => "Thursday",
        "FR" => "Friday",
        "SA" => "Saturday",
        "SU" => "Sunday",
        _ => return None,
    };
    let which = match number {
        "" => position,
        number => Some(number.parse().ok()?),
    };
    match which {
        None => Some(name.to_owned()),
        Some(which) => Some(format!("the {} {name}", ordinal(which)?)),
    }
}

fn ordinal(which: i32) -> Option<&'static str> {
    Some(match which {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        -1 => "last",
        -2 => "last but one",
        _ => return None,
    })
}

fn month_days(by: &str) -> Option<String> {
    let days: Option<Vec<i32>> = by.split(',').take(31).map(|day| day.parse().ok()).collect();
    match days?.as_slice() {
        [] => None,
        [-1] => Some(" on its last day".to_owned()),
        days if days.iter().any(|day| *day < 1) => None,
        [day] => Some(format!(" on day {day}")),
        days => {
            let days: Vec<String> = days.iter().map(ToString::to_string).collect();
            Some(format!(" on days {}", listed(&days)))
        }
    }
}

fn times(count: &str) -> Option<String> {
    let count: u32 = count.parse().ok()?;
    Some(match count {
        1 => ", once".to_owned(),
        count => format!(", {count} times"),
    })
}

fn until(time: &str) -> Option<String> {
    let last = when::local(time.trim_end_matches(['Z', 'z']))?;
    Some(format!(" until {}", last.strftime("%-d %B %Y")))
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn rules_are_said_in_words() {
        for (rule, words) in [
            ("FREQ=DAILY", "every day"),
            (
                "FREQ=WEEKLY;BYDAY=MO,TH;INTERVAL=2;COUNT=10",
                "every second week on Monday and Thursday, 10 times",
            ),
            (
                "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                "every week from Monday to Friday",
            ),
            ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
            (
                "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
                "every month on the second Tuesday",
            ),
            (
                "FREQ=MONTHLY;BYMONTHDAY=15;UNTIL=20270331T000000Z",
                "every month on day 15 until 31 March 2027",
            ),
            ("FREQ=YEARLY;INTERVAL=3", "every 3 years"),
            ("FREQ=MONTHLY;BYDAY=9FR", "every month"),
        ] {
            assert_eq!(in_words(rule).as_deref(), Some(words), "{rule}");
        }
        assert_eq!(in_words("every other day"), None);
        assert_eq!(in_words("FREQ=SOMETIMES"), None);
    }
}

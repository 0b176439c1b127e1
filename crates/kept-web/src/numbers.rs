//! Numbers on their way between the desk and a page.

/// A stored number as a page counts; nothing stored is below zero.
pub(crate) fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A ticket's number, or an id, as people write it: `1042` or `#1042`.
pub(crate) fn number(text: &str) -> Option<i64> {
    let digits = text.trim();
    let digits = digits.strip_prefix('#').unwrap_or(digits);
    digits.parse().ok().filter(|number| *number > 0)
}

/// `4,998`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && at % 3 == first {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_numbers_are_read_in_threes() {
        for (number, expected) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (4_998_123, "4,998,123"),
        ] {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in [
            ("1042", Some(1042)),
            (" #1042 ", Some(1042)),
            ("#", None),
            ("-3", None),
            ("0", None),
            ("ten", None),
        ] {
            assert_eq!(number(text), expected, "{text}");
        }
    }
}

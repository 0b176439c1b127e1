//! Days as tables write them.

use jiff::civil::Date;

/// `2027-03-31`, `31.03.2027`, `31.3.27`, `31/03/2027`; the day comes before the month unless the year comes first.
pub fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.trim().split(['-', '.', '/', ' ']).collect();
    let number = |text: &str| text.parse::<i16>().ok();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    let (first, month, last) = (number(first)?, number(month)?, number(last)?);
    let (year, day) = if parts[0].len() == 4 {
        (first, last)
    } else {
        (last, first)
    };
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_are_read_as_tables_write_them() {
        let check = |text: &str, expected: Option<&str>| {
            let expected = expected.map(|text| text.parse().expect("a day"));
            assert_eq!(day(text), expected, "{text}");
        };
        for text in ["2027-03-31", "31.03.2027", "31.3.27", " 31/03/2027 "] {
            check(text, Some("2027-03-31"));
        }
        for text in [
            "",
            "31.02.2027",
            "tomorrow",
            "2027-03",
            "1-2-3-4",
            "99999-1-1",
        ] {
            check(text, None);
        }
    }
}

//! How a thing stands to its warranty on a day.

use jiff::civil::Date;

/// So many days before its end somebody should see it.
pub const SOON_DAYS: i32 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Warranty {
    /// None, or nobody knows.
    Unknown,
    Holds,
    /// It ends in so many days, today included as 0.
    EndsIn(i32),
    Over,
}

impl Warranty {
    pub fn on(today: Date, until: Option<Date>) -> Self {
        let Some(until) = until else {
            return Warranty::Unknown;
        };
        let left = today.until(until).map_or(i32::MAX, |span| span.get_days());
        match left {
            ..0 => Warranty::Over,
            0..=SOON_DAYS => Warranty::EndsIn(left),
            _ => Warranty::Holds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_still_holds() {
        let today = jiff::civil::date(2026, 11, 23);
        let check = |until: &str, expected| {
            let until = until.parse().ok();
            assert_eq!(Warranty::on(today, until), expected, "{until:?}");
        };
        check("", Warranty::Unknown);
        check("2026-11-22", Warranty::Over);
        check("2026-11-23", Warranty::EndsIn(0));
        check("2027-01-22", Warranty::EndsIn(60));
        check("2027-01-23", Warranty::Holds);
        check("2030-01-01", Warranty::Holds);
    }
}

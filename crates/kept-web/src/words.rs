//! Words that several pages share.

use jiff::SignedDuration;
use kept_app::domain::clocks::Owed;

/// What is owed, as a title.
pub(crate) fn kind(owed: Owed) -> &'static str {
    match owed {
        Owed::FirstResponse => "First response",
        Owed::NextResponse => "Next response",
        Owed::NextUpdate => "Next update",
        Owed::Resolution => "Resolution",
        Owed::Acceptance => "Acceptance",
        Owed::Answer => "Answer",
        Owed::Confirmation => "Confirmation",
        Owed::Approval => "Approval",
        Owed::Duty => "Duty",
        Owed::Promise => "Promise",
    }
}

/// Milliseconds in hours and minutes: `4 min`, `2 h 5 min`, `1042 h`. What is over at once took less than a minute.
pub(crate) fn long_ms(ms: i64) -> String {
    let minutes = SignedDuration::from_millis(ms).as_mins();
    match (minutes / 60, minutes % 60) {
        (0, 0) => "under 1 min".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours @ 1..100, minutes) => format!("{hours} h {minutes} min"),
        (hours, minutes) => format!("{} h", hours + minutes / 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_as_finely_as_it_matters() {
        for (minutes, expected) in [
            (0, "under 1 min"),
            (59, "59 min"),
            (120, "2 h"),
            (125, "2 h 5 min"),
            (62_525, "1042 h"),
            (15_899, "265 h"),
        ] {
            assert_eq!(long_ms(minutes * 60_000), expected);
        }
    }
}

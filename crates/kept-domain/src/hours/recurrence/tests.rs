//! What goes wrong around clocks, and rules that can't be used.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{BadRule, Rule, Series};

pub(super) fn series(rule: &str, start: &str, zone: &str) -> Result<Series, BadRule> {
    let start: DateTime = start.parse().expect("a time");
    Series::new(rule.parse()?, start, TimeZone::get(zone).expect("a zone"))
}

/// The next instants after `after`, as the zone's clock shows them.
fn next(rule: &str, start: &str, zone: &str, after: &str, expected: &[&str]) {
    let series = series(rule, start, zone).expect("a rule that matches");
    let found = series.next_after(after.parse().expect("an instant"), expected.len());
    let expected: Vec<Timestamp> = expected
        .iter()
        .map(|at| at.parse().expect("an instant"))
        .collect();
    assert_eq!(found, expected, "{rule} in {zone}");
}

#[test]
fn the_clock_of_the_place_stays_when_it_changes() {
    let sundays = [
        "2026-03-22T01:30:00Z",
        "2026-03-29T01:30:00Z",
        "2026-04-05T00:30:00Z",
    ];
    // 02:30 on 29 March does not exist: it counts with the offset before the jump.
    next(
        "FREQ=WEEKLY",
        "2026-03-22T02:30",
        "Europe/Berlin",
        "2026-03-21T00:00:00Z",
        &sundays,
    );
    // 02:30 on 25 October comes twice: the first counts.
    next(
        "FREQ=DAILY",
        "2026-10-24T02:30",
        "Europe/Berlin",
        "2026-10-24T01:00:00Z",
        &["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
    );
    next(
        "FREQ=MONTHLY;BYDAY=1MO",
        "2026-01-05T09:00",
        "Europe/Berlin",
        "2026-11-23T12:00:00Z",
        &["2026-12-07T08:00:00Z", "2027-01-04T08:00:00Z"],
    );
    next(
        "FREQ=WEEKLY;COUNT=2",
        "2026-01-05T09:00",
        "UTC",
        "2026-01-12T09:00:00Z",
        &[],
    );
    // Samoa had no 30 December 2011.
    next(
        "FREQ=DAILY;COUNT=3",
        "2011-12-29T09:00",
        "Pacific/Apia",
        "2011-12-29T00:00:00Z",
        &["2011-12-29T19:00:00Z", "2011-12-30T19:00:00Z"],
    );
}

#[test]
fn what_cannot_be_used_is_refused_in_words() {
    let refused = |rule: &str| {
        series(rule, "2026-01-01T09:00", "UTC")
            .expect_err(rule)
            .to_string()
    };
    assert_eq!(
        refused("FREQ=HOURLY"),
        "“HOURLY” is too often; what recurs does so by days, weeks, months or years"
    );
    assert_eq!(
        refused("FREQ=DAILY;BYHOUR=9,10"),
        "“BYHOUR=9,10” is too often; what recurs does so by days, weeks, months or years"
    );
    assert_eq!(
        refused("BYDAY=MO"),
        "a rule begins with how often, such as FREQ=MONTHLY"
    );
    assert_eq!(
        refused("FREQ=SOMETIMES"),
        "“SOMETIMES” is not understood in a rule"
    );
    assert_eq!(
        refused("FREQ=YEARLY;BYWEEKNO=20"),
        "“BYWEEKNO=20” is not understood in a rule"
    );
    assert_eq!(
        refused("FREQ=DAILY;INTERVAL=0"),
        "“INTERVAL=0” is not understood in a rule"
    );
    assert_eq!(
        refused("FREQ=DAILY;COUNT=3;UNTIL=20270101"),
        "COUNT and UNTIL can't both end a rule"
    );
    assert_eq!(
        refused("FREQ=DAILY;COUNT=3;COUNT=4"),
        "“COUNT” stands twice in the rule"
    );
    assert_eq!(
        refused("FREQ=WEEKLY;BYDAY=1MO"),
        "“BYDAY” can't be used with this frequency"
    );
    assert_eq!(
        refused("FREQ=WEEKLY;BYMONTHDAY=1"),
        "“BYMONTHDAY” can't be used with this frequency"
    );
    assert_eq!(
        refused("FREQ=MONTHLY;BYMONTHDAY=0"),
        "“BYMONTHDAY=0” is not understood in a rule"
    );
    assert_eq!(refused(&"FREQ=DAILY;".repeat(200)), "the rule is too long");
    for never in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=DAILY;UNTIL=20250101",
    ] {
        assert_eq!(refused(never), "this rule never matches a date", "{never}");
    }
}

fn rules() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "INTERVAL=2",
        "INTERVAL=999",
        "COUNT=7",
        "UNTIL=20300101",
        "UNTIL=20300101T000000Z",
        "BYMONTH=2,12",
        "BYMONTHDAY=31,-1,29",
        "BYDAY=MO,SU",
        "BYDAY=1MO,-1FR",
        "BYDAY=5SA",
        "BYSETPOS=1,-1",
        "BYSETPOS=-366",
        "WKST=SU",
        "x",
        "=",
        "BYDAY=",
        "COUNT=99999999999",
        "BYDAY=ÄMO",
    ]);
    let frequency = prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
    (frequency, prop::collection::vec(part, 0..4))
        .prop_map(|(frequency, parts)| format!("FREQ={frequency};{}", parts.join(";")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn instants_only_go_forward_and_lie_after(rule in rules(), day in 0_i32..4000, after in 0_i64..4_000_000_000) {
        let start: Date = "2020-01-31".parse().expect("a date");
        let start = start.checked_add(jiff::ToSpan::days(day)).expect("a date").at(2, 30, 0, 0);
        let rule = rule.parse::<Rule>();
        if let Ok(series) = rule.and_then(|rule| Series::new(rule, start, TimeZone::get("Europe/Berlin").expect("a zone"))) {
            let after = Timestamp::from_second(after).expect("an instant");
            let found = series.next_after(after, 20);
            prop_assert!(found.len() <= 20);
            prop_assert!(found.iter().all(|at| *at > after));
            prop_assert!(found.is_sorted() && found.windows(2).all(|pair| pair[0] < pair[1]));
            // Beginning later finds the same ones.
            if let [first, rest @ ..] = &found[..] {
                prop_assert_eq!(series.next_after(*first, 19), rest);
            }
        }
    }

    #[test]
    fn any_text_is_no_rule_or_one(text in any::<String>()) {
        let read = text.parse::<Rule>();
        prop_assert!(read.is_err() || text.contains("FREQ"));
    }
}

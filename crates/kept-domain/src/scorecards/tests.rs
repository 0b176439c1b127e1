//! Figures as people read them: what counts, what is left over by rounding, which days a period has.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{
    BadPeriod, Card, Counting, Fate, Period, Promises, Tally, Times, Used, each_round, percent,
};
use crate::clocks::{Owed, Side, Whose};

fn tally(side: Side, owed: Owed, fate: Fate, count: i64) -> Tally {
    Tally {
        side,
        owed,
        counting: Counting::Once,
        fate,
        count,
    }
}

#[test]
fn s20_what_was_owed_is_met_missed_or_still_owed() {
    use Side::{Client, Desk};
    let used = Used {
        side: Desk,
        owed: Owed::FirstResponse,
        median_ms: 60_000,
        most_ms: 90_000,
    };
    let card = Card::of(
        &[
            tally(Desk, Owed::FirstResponse, Fate::Met, 7),
            tally(Desk, Owed::FirstResponse, Fate::Late, 2),
            tally(Desk, Owed::FirstResponse, Fate::NotDone, 1),
            tally(Desk, Owed::FirstResponse, Fate::Owed, 4),
            tally(Desk, Owed::Resolution, Fate::Owed, 1),
            tally(Client, Owed::Answer, Fate::Met, 1),
            tally(Client, Owed::Answer, Fate::NotDone, 19),
        ],
        &[used],
    );
    let first = card.desk.lines[0];
    assert_eq!((first.met, first.missed, first.still_owed), (7, 3, 4));
    assert_eq!((first.owed_in_all(), first.percent()), (14, Some(70)));
    assert_eq!(first.used, Some(used));
    // What nobody could be late with yet says nothing about anybody.
    assert_eq!(card.desk.lines[1].percent(), None);
    assert_eq!(card.desk.percent(), Some(70));
    assert_eq!(
        (card.desk.met(), card.desk.missed(), card.desk.still_owed()),
        (7, 3, 5)
    );
    assert_eq!(card.side(Client).percent(), Some(5));
    assert_eq!(card.client.lines.len(), 1);
}

#[test]
fn s20_only_nothing_missed_is_a_hundred_percent() {
    for (met, all, expected) in [
        (0, 0, None),
        (0, 3, Some(0)),
        (2, 3, Some(66)),
        (999, 1000, Some(99)),
        (1000, 1000, Some(100)),
    ] {
        assert_eq!(percent(met, all), expected, "{met} of {all}");
    }
}

#[test]
fn s12_a_clock_that_went_on_counts_once_and_each_round_when_asked() {
    let again = |fate, count| Tally {
        counting: Counting::Earlier,
        ..tally(Side::Desk, Owed::Resolution, fate, count)
    };
    let aside = Tally {
        counting: Counting::Never,
        ..tally(Side::Desk, Owed::Resolution, Fate::Late, 50)
    };
    let tallies = [
        again(Fate::Met, 3),
        aside,
        tally(Side::Desk, Owed::Resolution, Fate::Met, 2),
        tally(Side::Desk, Owed::Resolution, Fate::Late, 2),
        tally(Side::Desk, Owed::Resolution, Fate::Owed, 9),
    ];
    let card = Card::of(&tallies, &[]);
    assert_eq!(card.desk.percent(), Some(50));
    assert_eq!(each_round(&tallies, Side::Desk, Owed::Resolution), (5, 7));
}

#[test]
fn promises_are_kept_late_or_broken_on_either_side() {
    let card = Card::of(
        &[
            tally(Side::Desk, Owed::Promise, Fate::Met, 5),
            tally(Side::Desk, Owed::Promise, Fate::Late, 2),
            tally(Side::Client, Owed::Promise, Fate::NotDone, 3),
            tally(Side::Client, Owed::Promise, Fate::Owed, 1),
            tally(Side::Client, Owed::Answer, Fate::Late, 9),
        ],
        &[],
    );
    let promises = |kept, late, broken, open| Promises {
        kept,
        late,
        broken,
        open,
    };
    assert_eq!(card.desk.promises, promises(5, 2, 0, 0));
    assert_eq!(card.client.promises, promises(0, 0, 3, 1));
}

#[test]
fn s20_the_parts_of_the_time_sum_to_the_whole() {
    let times = |all: [i64; 3]| {
        Times::of([
            (Whose::Desk, all[0]),
            (Whose::Client, all[1]),
            (Whose::Nobody, all[2]),
        ])
    };
    for (all, expected) in [
        ([0, 0, 0], [0, 0, 0, 0, 0, 0]),
        ([1, 1, 1], [34, 33, 0, 0, 0, 33]),
        ([2, 1, 0], [67, 33, 0, 0, 0, 0]),
        ([999, 1, 0], [100, 0, 0, 0, 0, 0]),
        ([i64::MAX / 4, i64::MAX / 4, 0], [50, 50, 0, 0, 0, 0]),
    ] {
        assert_eq!(times(all).percents(), expected, "{all:?}");
        assert_eq!(times(all).sum(), all.iter().sum::<i64>());
    }
    let twice = Times::of([(Whose::Parked, 2), (Whose::Parked, 3)]);
    assert_eq!((twice.ms(Whose::Parked), twice.ms(Whose::Desk)), (5, 0));
}

#[test]
fn a_period_is_whole_days_of_the_desk() {
    let check = |period: Period, zone: &str, now: &str, from: &str, to: &str, days: &str| {
        let zone = TimeZone::get(zone).expect("a zone");
        let now: Timestamp = now.parse().expect("a time");
        let found = period.within(now, &zone).expect("a period");
        let told = (found.from.to_string(), found.to.to_string());
        assert_eq!(told, (from.to_owned(), to.to_owned()), "{period:?}");
        assert_eq!(format!("{} {}", found.first, found.last), days);
    };
    // Summer time ends in Berlin on 25 October; the month is an hour longer.
    let now = "2026-10-31T23:30:00Z";
    check(
        Period::ThisMonth,
        "UTC",
        now,
        "2026-10-01T00:00:00Z",
        "2026-11-01T00:00:00Z",
        "2026-10-01 2026-10-31",
    );
    check(
        Period::LastMonth,
        "Europe/Berlin",
        now,
        "2026-09-30T22:00:00Z",
        "2026-10-31T23:00:00Z",
        "2026-10-01 2026-10-31",
    );
    check(
        Period::Quarter,
        "UTC",
        "2027-01-03T12:00:00Z",
        "2027-01-01T00:00:00Z",
        "2027-04-01T00:00:00Z",
        "2027-01-01 2027-03-31",
    );
    check(
        Period::Year,
        "UTC",
        now,
        "2026-01-01T00:00:00Z",
        "2027-01-01T00:00:00Z",
        "2026-01-01 2026-12-31",
    );
    let days = Period::read("days", "2026-11-02", " 2026-11-02 ").expect("days");
    check(
        days,
        "UTC",
        now,
        "2026-11-02T00:00:00Z",
        "2026-11-03T00:00:00Z",
        "2026-11-02 2026-11-02",
    );
}

#[test]
fn days_that_are_none_are_refused() {
    let within = |first: &str, last: &str| {
        let period = Period::read("days", first, last)?;
        period.within(Timestamp::UNIX_EPOCH, &TimeZone::UTC)
    };
    assert_eq!(within("yesterday", "2026-11-02"), Err(BadPeriod::NoDay));
    assert_eq!(within("2026-11-02", ""), Err(BadPeriod::NoDay));
    assert_eq!(
        within("2026-11-02", "2026-11-01"),
        Err(BadPeriod::Backwards)
    );
    assert_eq!(within("2000-01-01", "2026-11-01"), Err(BadPeriod::TooLong));
    assert_eq!(within("9999-12-31", "9999-12-31"), Err(BadPeriod::TooLong));
    assert_eq!(Period::read("soon", "", ""), Ok(Period::ThisMonth));
}

//! Business time told in sentences, then for any calendar.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::prelude::*;

use super::{BadCalendar, BadHours, BadSum, Calendar, DayHours, Span};

fn day(text: &str) -> DayHours {
    let spans = text.split(',').filter(|span| !span.trim().is_empty());
    let spans = spans.map(|span| {
        let (from, to) = span.trim().split_once('-').expect("from-to");
        Span::parse(from, to).expect("times of day")
    });
    DayHours::new(spans.collect()).expect("hours")
}

/// Monday to Friday alike, the weekend closed.
fn weekdays(zone: &str, hours: &str) -> Calendar {
    with_exceptions(zone, hours, &[])
}

fn with_exceptions(zone: &str, hours: &str, exceptions: &[(&str, &str)]) -> Calendar {
    let week = std::array::from_fn(|n| {
        if n < 5 {
            day(hours)
        } else {
            DayHours::closed()
        }
    });
    let exceptions = exceptions.iter().map(|(date, hours)| {
        let date: Date = date.parse().expect("a date");
        (date, day(hours))
    });
    Calendar::new(zone, week, exceptions.collect()).expect("a calendar")
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// `start` and minutes of open time lead to `due`, and the same way back is that much.
fn check(calendar: &Calendar, start: &str, minutes: i64, due: &str) {
    let amount = SignedDuration::from_mins(minutes);
    let found = calendar.add(at(start), amount).expect("a due time");
    assert_eq!(found, at(due), "{start} and {minutes} min");
    assert_eq!(
        calendar.between(at(start), found),
        amount,
        "back from {due}"
    );
}

#[test]
fn an_hour_asked_for_at_the_end_of_the_day_is_due_the_next_morning() {
    let calendar = weekdays("Europe/Berlin", "09:00-17:00");
    check(
        &calendar,
        "2026-11-23T16:30:00+01:00",
        60,
        "2026-11-24T09:30:00+01:00",
    );
    check(
        &calendar,
        "2026-11-27T16:30:00+01:00",
        60,
        "2026-11-30T09:30:00+01:00",
    );
    check(
        &calendar,
        "2026-11-28T12:00:00+01:00",
        60,
        "2026-11-30T10:00:00+01:00",
    );
}

#[test]
fn used_up_at_closing_time_is_due_at_closing_time() {
    let calendar = weekdays("Europe/Berlin", "09:00-12:00, 13:00-17:00");
    check(
        &calendar,
        "2026-11-23T09:00:00+01:00",
        180,
        "2026-11-23T12:00:00+01:00",
    );
    check(
        &calendar,
        "2026-11-23T09:00:00+01:00",
        181,
        "2026-11-23T13:01:00+01:00",
    );
    check(
        &calendar,
        "2026-11-23T12:30:00+01:00",
        0,
        "2026-11-23T12:30:00+01:00",
    );
}

#[test]
fn holidays_half_days_and_extra_days_replace_the_weekly_hours() {
    let dates = [
        ("2026-12-24", "09:00-12:00"),
        ("2026-12-25", ""),
        ("2026-12-26", "10:00-11:00"),
    ];
    let calendar = with_exceptions("Europe/Berlin", "09:00-17:00", &dates);
    check(
        &calendar,
        "2026-12-24T11:00:00+01:00",
        60,
        "2026-12-24T12:00:00+01:00",
    );
    check(
        &calendar,
        "2026-12-24T11:00:00+01:00",
        90,
        "2026-12-26T10:30:00+01:00",
    );
    check(
        &calendar,
        "2026-12-25T11:00:00+01:00",
        120,
        "2026-12-28T10:00:00+01:00",
    );
}

#[test]
fn when_the_clocks_change_hours_are_as_long_as_they_really_were() {
    let night = weekdays("Europe/Berlin", "00:00-24:00");
    let always = {
        let week = std::array::from_fn(|_| DayHours::around_the_clock());
        Calendar::new("Europe/Berlin", week, BTreeMap::new()).expect("a calendar")
    };
    // Sunday 29 March 2026 has 23 hours, Sunday 25 October 25.
    check(
        &always,
        "2026-03-28T12:00:00+01:00",
        24 * 60,
        "2026-03-29T13:00:00+02:00",
    );
    check(
        &always,
        "2026-10-24T12:00:00+02:00",
        24 * 60,
        "2026-10-25T11:00:00+01:00",
    );
    check(
        &night,
        "2026-03-27T12:00:00+01:00",
        24 * 60,
        "2026-03-30T12:00:00+02:00",
    );
}

#[test]
fn what_can_not_be_is_refused() {
    assert_eq!(
        Span::parse("25:00", "17:00"),
        Err(BadHours::NotATime("25:00".into()))
    );
    assert_eq!(
        Span::parse("9", "17:00"),
        Err(BadHours::NotATime("9".into()))
    );
    assert!(matches!(
        Span::parse("17:00", "09:00"),
        Err(BadHours::Backwards { .. })
    ));
    let overlap = vec![Span { from: 0, to: 20 }, Span { from: 10, to: 30 }];
    assert!(matches!(DayHours::new(overlap), Err(BadHours::Overlap(..))));
    let never = std::array::from_fn(|_| DayHours::closed());
    assert_eq!(
        Calendar::new("UTC", never, BTreeMap::new()),
        Err(BadCalendar::NeverOpen)
    );
    let week = std::array::from_fn(|_| DayHours::around_the_clock());
    assert_eq!(
        Calendar::new("Mars/Base", week, BTreeMap::new()),
        Err(BadCalendar::Zone("Mars/Base".into()))
    );
    let calendar = weekdays("UTC", "09:00-17:00");
    let start = at("2026-11-23T09:00:00Z");
    assert_eq!(
        calendar.add(start, SignedDuration::from_mins(-1)),
        Err(BadSum::Negative)
    );
}

#[test]
fn a_calendar_of_single_days_ends() {
    let date: Date = "2026-11-23".parse().expect("a date");
    let never = std::array::from_fn(|_| DayHours::closed());
    let calendar =
        Calendar::new("UTC", never, [(date, day("09:00-10:00"))].into()).expect("a calendar");
    check(
        &calendar,
        "2026-01-01T00:00:00Z",
        60,
        "2026-11-23T10:00:00Z",
    );
    let more = calendar.add(at("2026-01-01T00:00:00Z"), SignedDuration::from_mins(61));
    assert_eq!(more, Err(BadSum::NeverOpen));
    assert_eq!(calendar.next_open(at("2026-11-23T10:00:00Z")), None);
}

#[test]
fn open_from_the_first_instant_until_before_the_last() {
    let calendar = weekdays("UTC", "09:00-17:00");
    let is_open = |text: &str| calendar.is_open(at(text));
    assert!(is_open("2026-11-23T09:00:00Z") && is_open("2026-11-23T16:59:59Z"));
    assert!(!is_open("2026-11-23T08:59:59Z") && !is_open("2026-11-23T17:00:00Z"));
    let next = |text: &str| calendar.next_open(at(text));
    assert_eq!(
        next("2026-11-23T12:00:00Z"),
        Some(at("2026-11-23T12:00:00Z"))
    );
    assert_eq!(
        next("2026-11-27T17:00:00Z"),
        Some(at("2026-11-30T09:00:00Z"))
    );
    let close = |text: &str| calendar.next_close(at(text));
    assert_eq!(
        close("2026-11-23T17:00:00Z"),
        Some(at("2026-11-24T17:00:00Z"))
    );
}

#[test]
fn a_calendar_comes_back_from_its_stored_form() {
    let calendar = with_exceptions(
        "Asia/Tehran",
        "08:00-12:00, 13:00-16:00",
        &[("2026-12-25", "")],
    );
    let stored = serde_json::to_string(&calendar).expect("plain data");
    assert_eq!(
        serde_json::from_str::<Calendar>(&stored).expect("the same"),
        calendar
    );
    let never = stored.replace("\"from\":28800", "\"from\":90000");
    assert!(serde_json::from_str::<Calendar>(&never).is_err());
}

fn any_day() -> impl Strategy<Value = DayHours> {
    let cuts = proptest::collection::btree_set(0u32..=86_400, 0..5);
    cuts.prop_map(|cuts| {
        let cuts: Vec<u32> = cuts.into_iter().collect();
        let spans = cuts.chunks_exact(2).map(|pair| Span {
            from: pair[0],
            to: pair[1],
        });
        DayHours::new(spans.collect()).expect("cuts in order")
    })
}

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let zones = prop_oneof![
        Just("UTC"),
        Just("Europe/Berlin"),
        Just("America/Sao_Paulo"),
        Just("Asia/Kathmandu"),
        Just("Australia/Lord_Howe")
    ];
    let days = proptest::collection::vec(any_day(), 7);
    let exceptions = proptest::collection::btree_map(0i64..400, any_day(), 0..4);
    (zones, days, exceptions).prop_filter_map("opens", |(zone, days, exceptions)| {
        let week = days.try_into().ok()?;
        let first: Date = "2018-01-01".parse().ok()?;
        let dated = exceptions
            .into_iter()
            .filter_map(|(n, hours)| Some((first.checked_add(n.days()).ok()?, hours)));
        Calendar::new(zone, week, dated.collect()).ok()
    })
}

/// Within the years in which São Paulo still changed its clocks at midnight.
fn any_instant() -> impl Strategy<Value = Timestamp> {
    (1_514_764_800i64..1_546_300_800)
        .prop_map(|second| Timestamp::from_second(second).expect("a time"))
}

proptest! {
    #[test]
    fn adding_and_counting_agree(calendar in any_calendar(), start in any_instant(), minutes in 0i64..5_000) {
        let amount = SignedDuration::from_mins(minutes);
        if let Ok(due) = calendar.add(start, amount) {
            prop_assert!(due >= start);
            prop_assert_eq!(calendar.between(start, due), amount);
        }
    }

    #[test]
    fn the_way_back_takes_as_long(calendar in any_calendar(), end in any_instant(), minutes in 0i64..5_000) {
        let amount = SignedDuration::from_mins(minutes);
        if let Ok(start) = calendar.subtract(end, amount) {
            prop_assert!(start <= end);
            prop_assert_eq!(calendar.between(start, end), amount);
        }
    }

    #[test]
    fn parts_sum_to_the_whole(calendar in any_calendar(), mut times in proptest::collection::vec(any_instant(), 3)) {
        times.sort();
        let parts = calendar.between(times[0], times[1]) + calendar.between(times[1], times[2]);
        prop_assert_eq!(parts, calendar.between(times[0], times[2]));
    }

    #[test]
    fn more_is_never_due_earlier(calendar in any_calendar(), start in any_instant(), few in 0i64..2_000, more in 0i64..2_000) {
        let due = |minutes| calendar.add(start, SignedDuration::from_mins(minutes));
        if let (Ok(first), Ok(second)) = (due(few), due(few + more)) {
            prop_assert!(first <= second);
        }
    }

    #[test]
    fn whole_weeks_at_once_count_like_day_by_day(calendar in any_calendar(), start in any_instant(), days in 0i64..900, minutes in 0i64..200_000) {
        let end = start.checked_add(SignedDuration::from_hours(days * 24)).expect("a time");
        let walked = calendar.open_from(start).take_while(|open| open.from < end);
        let walked = walked.fold(SignedDuration::ZERO, |sum, open| sum + open.to.min(end).duration_since(open.from));
        prop_assert_eq!(calendar.between(start, end), walked);
        let amount = SignedDuration::from_mins(minutes);
        if let Ok(due) = calendar.add(start, amount) {
            prop_assert_eq!(calendar.between(start, due), amount);
            let before = due.checked_sub(1.nanosecond()).expect("a time");
            prop_assert!(calendar.between(start, before) < amount || amount.is_zero());
        }
    }

    #[test]
    fn open_now_means_that_time_passes(calendar in any_calendar(), instant in any_instant()) {
        let later = instant.checked_add(1.millisecond()).expect("a time");
        prop_assert_eq!(calendar.is_open(instant), !calendar.between(instant, later).is_zero());
    }
}

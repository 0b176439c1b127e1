//! The examples of RFC 5545 §3.8.5.3, then leap days and ends of months.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::tests::series;

/// `1997 9/2 9/3 1998 1/1`.
fn dates(text: &str) -> Vec<Date> {
    let mut year = 0;
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        match word.split_once('/') {
            None => year = word.parse().expect("a year"),
            Some((month, day)) => {
                let date = Date::new(
                    year,
                    month.parse().expect("a month"),
                    day.parse().expect("a day"),
                );
                found.push(date.expect("a date"));
            }
        }
    }
    found
}

/// The rule from `start`, 9:00 in New York, picks these dates; `…` at the end: and more.
fn check_from(start: &str, rule: &str, expected: &str) {
    let series =
        series(rule, &format!("{start}T09:00"), "America/New_York").expect("a rule that matches");
    let (expected, goes_on) = match expected.strip_suffix(" …") {
        Some(expected) => (dates(expected), true),
        None => (dates(expected), false),
    };
    let found = series.next_after(Timestamp::MIN, expected.len() + 1);
    let found: Vec<Date> = found
        .into_iter()
        .map(|at| {
            at.to_zoned(TimeZone::get("America/New_York").expect("a zone"))
                .date()
        })
        .collect();
    assert_eq!(found.len() > expected.len(), goes_on, "{rule}: {found:?}");
    assert_eq!(found[..expected.len()], expected, "{rule}");
    let from = *expected.last().expect("a date");
    assert_eq!(
        series.dates_within(from, from, 5),
        [from],
        "{rule} alone on {from}"
    );
}

fn check(rule: &str, expected: &str) {
    check_from("1997-09-02", rule, expected);
}

#[test]
fn rfc_5545_by_days_and_weeks() {
    check(
        "FREQ=DAILY;COUNT=10",
        "1997 9/2 9/3 9/4 9/5 9/6 9/7 9/8 9/9 9/10 9/11",
    );
    check("FREQ=DAILY;UNTIL=19970905T000000Z", "1997 9/2 9/3 9/4");
    check("FREQ=DAILY;INTERVAL=2", "1997 9/2 9/4 9/6 9/8 …");
    check(
        "FREQ=DAILY;INTERVAL=10;COUNT=5",
        "1997 9/2 9/12 9/22 10/2 10/12",
    );
    check_from(
        "1998-01-01",
        "FREQ=DAILY;UNTIL=19980103T140000Z;BYMONTH=1",
        "1998 1/1 1/2 1/3",
    );
    check_from(
        "1998-01-30",
        "FREQ=DAILY;BYMONTH=1",
        "1998 1/30 1/31 1999 1/1 1/2 …",
    );
    check(
        "FREQ=WEEKLY;COUNT=10",
        "1997 9/2 9/9 9/16 9/23 9/30 10/7 10/14 10/21 10/28 11/4",
    );
    check(
        "FREQ=WEEKLY;UNTIL=19971007T000000Z",
        "1997 9/2 9/9 9/16 9/23 9/30",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "1997 9/2 9/16 9/30 10/14 10/28 …",
    );
    check(
        "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
        "1997 9/2 9/4 9/9 9/11 9/16 9/18 9/23 9/25 9/30 10/2",
    );
    check_from(
        "1997-09-01",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971007T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "1997 9/1 9/3 9/5 9/15 9/17 9/19 9/29 10/1 10/3",
    );
    check(
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        "1997 9/2 9/4 9/16 9/18 9/30 10/2 10/14 10/16",
    );
    check_from(
        "1997-08-05",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "1997 8/5 8/10 8/19 8/24",
    );
    check_from(
        "1997-08-05",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "1997 8/5 8/17 8/19 8/31",
    );
}

#[test]
fn rfc_5545_by_months() {
    check_from(
        "1997-09-05",
        "FREQ=MONTHLY;COUNT=4;BYDAY=1FR",
        "1997 9/5 10/3 11/7 12/5",
    );
    check_from(
        "1997-09-05",
        "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
        "1997 9/5 10/3 11/7 12/5",
    );
    check_from(
        "1997-09-07",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=6;BYDAY=1SU,-1SU",
        "1997 9/7 9/28 11/2 11/30 1998 1/4 1/25",
    );
    check_from(
        "1997-09-22",
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        "1997 9/22 10/20 11/17 12/22 1998 1/19 2/16",
    );
    check_from(
        "1997-09-28",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "1997 9/28 10/29 11/28 12/29 1998 1/29 2/26 …",
    );
    check(
        "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=2,15",
        "1997 9/2 9/15 10/2 10/15 11/2 11/15",
    );
    check_from(
        "1997-09-30",
        "FREQ=MONTHLY;COUNT=6;BYMONTHDAY=1,-1",
        "1997 9/30 10/1 10/31 11/1 11/30 12/1",
    );
    check_from(
        "1997-09-10",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=4;BYMONTHDAY=10,11,12",
        "1997 9/10 9/11 9/12 1999 3/10",
    );
    check(
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "1997 9/2 9/9 9/16 9/23 9/30 11/4 11/11 …",
    );
    check(
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "1998 2/13 3/13 11/13 1999 8/13 2000 10/13 …",
    );
    check_from(
        "1997-09-13",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997 9/13 10/11 11/8 12/13 1998 1/10 …",
    );
    check_from(
        "1997-09-04",
        "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
        "1997 9/4 10/7 11/6",
    );
    check_from(
        "1997-09-29",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997 9/29 10/30 11/27 12/30 1998 1/29 …",
    );
    check_from(
        "2007-01-15",
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
        "2007 1/15 1/30 2/15 3/15 3/30",
    );
}

#[test]
fn rfc_5545_by_years() {
    check_from(
        "1997-06-10",
        "FREQ=YEARLY;COUNT=6;BYMONTH=6,7",
        "1997 6/10 7/10 1998 6/10 7/10 1999 6/10 7/10",
    );
    check_from(
        "1997-03-10",
        "FREQ=YEARLY;INTERVAL=2;COUNT=5;BYMONTH=1,2,3",
        "1997 3/10 1999 1/10 2/10 3/10 2001 1/10",
    );
    check_from(
        "1997-05-19",
        "FREQ=YEARLY;BYDAY=20MO",
        "1997 5/19 1998 5/18 1999 5/17 …",
    );
    check_from(
        "1997-03-13",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "1997 3/13 3/20 3/27 1998 3/5 3/12 3/19 3/26 …",
    );
    check_from(
        "1997-06-05",
        "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8;COUNT=5",
        "1997 6/5 6/12 6/19 6/26 7/3",
    );
    check_from(
        "1996-11-05",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996 11/5 2000 11/7 2004 11/2 …",
    );
    check_from(
        "1998-01-01",
        "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=MO;BYSETPOS=1",
        "1998 1/5 1999 1/4 2000 1/3",
    );
    check_from(
        "1997-11-27",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        "1997 11/27 1998 11/26 1999 11/25 …",
    );
}

#[test]
fn leap_days_and_ends_of_months_are_left_out_where_there_are_none() {
    check_from(
        "2024-02-29",
        "FREQ=YEARLY",
        "2024 2/29 2028 2/29 2032 2/29 …",
    );
    check_from("2096-02-29", "FREQ=YEARLY", "2096 2/29 2104 2/29 …");
    check_from("2026-01-31", "FREQ=MONTHLY", "2026 1/31 3/31 5/31 7/31 …");
    check_from(
        "2026-01-31",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "2026 1/31 2/28 3/31 4/30 …",
    );
    check_from(
        "2027-12-31",
        "FREQ=MONTHLY;BYMONTHDAY=-1;INTERVAL=2",
        "2027 12/31 2028 2/29 4/30 …",
    );
    check_from(
        "2026-01-01",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
        "2028 2/29 2032 2/29 …",
    );
}

//! Files as calendar programs write them, and what is wrong with others.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::{Closed, MOST_BYTES, as_days, holidays};
use crate::hours::{Calendar, DayHours, Span};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn file(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    file(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"))
}

/// The days of 2026 and 2027, in Berlin: `2026-12-24 12:00–24:00 Christmas Eve`.
fn read(text: &str) -> Result<Vec<String>, String> {
    let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
    let found = holidays(
        text.as_bytes(),
        date("2026-01-01"),
        date("2027-12-31"),
        &berlin,
    );
    let found = found.map_err(|bad| bad.to_string())?;
    let shown = found.into_iter().map(|day| {
        let hours = day.closed.map(|closed| Span {
            from: closed.from,
            to: closed.to,
        });
        let hours = hours.map(|hours| format!(" {hours}")).unwrap_or_default();
        format!("{}{hours} {}", day.date, day.name)
    });
    Ok(shown.collect())
}

fn check(lines: &str, expected: &[&str]) {
    let expected: Vec<String> = expected.iter().map(|day| (*day).to_owned()).collect();
    assert_eq!(read(&event(lines)), Ok(expected), "{lines}");
}

fn refused(text: &str) -> String {
    read(text).expect_err("it can't be read")
}

#[test]
fn days_stretches_of_days_and_hours_are_closed() {
    check(
        "SUMMARY:Labour Day\nDTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260502",
        &["2026-05-01 Labour Day"],
    );
    check(
        "SUMMARY:Labour Day\nDTSTART;VALUE=DATE:20260501",
        &["2026-05-01 Labour Day"],
    );
    check(
        "SUMMARY:One\nDTSTART;VALUE=DATE:20260501\nDTEND;VALUE=DATE:20260501",
        &["2026-05-01 One"],
    );
    check(
        "SUMMARY:Break\nDTSTART;VALUE=DATE:20261230\nDURATION:P3D",
        &["2026-12-30 Break", "2026-12-31 Break", "2027-01-01 Break"],
    );
    check(
        "SUMMARY:Eve\nDTSTART:20261224T120000",
        &["2026-12-24 12:00–24:00 Eve"],
    );
    check(
        "SUMMARY:Eve\nDTSTART:20261224T120000\nDURATION:PT2H",
        &["2026-12-24 12:00–14:00 Eve"],
    );
    check(
        "SUMMARY:UTC\nDTSTART:20260701T100000Z\nDTEND:20260701T120000Z",
        &["2026-07-01 12:00–14:00 UTC"],
    );
    check(
        "SUMMARY:Tokyo\nDTSTART;TZID=Asia/Tokyo:20260701T200000\nDTEND;TZID=\"Asia/Tokyo\":20260701T210000",
        &["2026-07-01 13:00–14:00 Tokyo"],
    );
    check(
        "SUMMARY:Move\nDTSTART:20260703T150000\nDTEND:20260705T100000",
        &[
            "2026-07-03 15:00–24:00 Move",
            "2026-07-04 Move",
            "2026-07-05 00:00–10:00 Move",
        ],
    );
}

#[test]
fn recurring_ones_are_written_out() {
    check(
        "SUMMARY:New Year\nDTSTART;VALUE=DATE:20000101\nRRULE:FREQ=YEARLY",
        &["2026-01-01 New Year", "2027-01-01 New Year"],
    );
    check(
        "SUMMARY:Thanksgiving\nDTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        &["2026-11-26 Thanksgiving", "2027-11-25 Thanksgiving"],
    );
    check(
        "SUMMARY:Old\nDTSTART;VALUE=DATE:20000101\nRRULE:FREQ=YEARLY;UNTIL=20251231",
        &[],
    );
    check(
        "SUMMARY:Twice\nDTSTART;VALUE=DATE:20260105\nRDATE;VALUE=DATE:20260302,20270105",
        &["2026-01-05 Twice", "2026-03-02 Twice", "2027-01-05 Twice"],
    );
    check(
        "SUMMARY:Not now\nDTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20260101",
        &["2027-01-01 Not now"],
    );
    check(
        "SUMMARY:Across\nDTSTART;VALUE=DATE:20251231\nDTEND;VALUE=DATE:20260102\nRRULE:FREQ=YEARLY;COUNT=2",
        &[
            "2026-01-01 Across",
            "2026-12-31 Across",
            "2027-01-01 Across",
        ],
    );
}

#[test]
fn one_of_a_series_can_be_moved_or_cancelled() {
    let text = file(
        "BEGIN:VEVENT\nUID:1\nSUMMARY:Team day\nDTSTART;VALUE=DATE:20250302\nRRULE:FREQ=YEARLY\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:1\nRECURRENCE-ID;VALUE=DATE:20260302\nSUMMARY:Team day\nDTSTART;VALUE=DATE:20260309\nEND:VEVENT\n\
         BEGIN:VEVENT\nUID:2\nSTATUS:CANCELLED\nSUMMARY:Gone\nDTSTART;VALUE=DATE:20260401\nEND:VEVENT\n",
    );
    assert_eq!(
        read(&text),
        Ok(vec![
            "2026-03-09 Team day".to_owned(),
            "2027-03-02 Team day".to_owned()
        ])
    );
}

#[test]
fn names_are_unfolded_and_plain() {
    check(
        "SUMMARY;LANGUAGE=de:Tag der Deut\n schen Einheit\\, frei\\nüberall\nDTSTART;VALUE=DATE:20261003",
        &["2026-10-03 Tag der Deutschen Einheit, frei überall"],
    );
    check(
        "DTSTART;VALUE=DATE:20261003\nBEGIN:VALARM\nSUMMARY:Alarm\nTRIGGER:-P1D\nEND:VALARM\nSUMMARY:Own",
        &["2026-10-03 Own"],
    );
    let marked = format!(
        "\u{feff}{}",
        event("SUMMARY:Marked\nDTSTART;VALUE=DATE:20261003")
    );
    assert_eq!(read(&marked), Ok(vec!["2026-10-03 Marked".to_owned()]));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_line() {
    assert_eq!(
        refused(""),
        "this is no iCalendar file; it should begin with BEGIN:VCALENDAR"
    );
    assert_eq!(
        refused("<html>"),
        "this is no iCalendar file; it should begin with BEGIN:VCALENDAR"
    );
    assert_eq!(
        refused(&event("SUMMARY:x\nDTSTART;VALUE=DATE:20261341")),
        "line 5: “20261341” is no date"
    );
    assert_eq!(
        refused(&event("SUMMARY:x")),
        "line 3: the event does not say when it begins (DTSTART)"
    );
    assert_eq!(
        refused(&event("DTSTART:20260101T090000\nDTEND:20260101T080000")),
        "line 4: the event ends before it begins"
    );
    assert_eq!(
        refused(&event(
            "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20290101"
        )),
        "line 4: the event is longer than a year"
    );
    assert_eq!(
        refused(&event("DTSTART;VALUE=DATE:20260101\nDURATION:often")),
        "line 5: “often” is no length of time"
    );
    assert_eq!(
        refused(&event("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=HOURLY")),
        "line 5: “HOURLY” is too often; what recurs does so by days, weeks, months or years"
    );
    assert_eq!(
        refused(&event(
            "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
        )),
        "line 5: this rule never matches a date"
    );
    assert_eq!(
        refused(&file("BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\n")),
        "line 3: the event does not end (END:VEVENT)"
    );
    assert_eq!(
        refused(&" ".repeat(MOST_BYTES + 1)),
        "the file is larger than 2 MB; holidays need less"
    );
    assert_eq!(
        refused(&file(
            &"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\nEND:VEVENT\n".repeat(5001)
        )),
        "there are more than 5000 events in the file"
    );
    let daily =
        "BEGIN:VEVENT\nSUMMARY:A\nDTSTART;VALUE=DATE:20260101\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
            .repeat(8);
    assert_eq!(
        refused(&file(&daily)),
        "the events fill more than 5000 days of these years; this looks like somebody's appointments"
    );
}

#[test]
fn closed_hours_are_taken_from_the_usual_ones() {
    let berlin = TimeZone::get("Europe/Berlin").expect("a zone");
    let text = event("SUMMARY:Eve\nDTSTART:20261224T120000\nDTEND:20261224T150000");
    let found = holidays(
        text.as_bytes(),
        date("2026-01-01"),
        date("2026-12-31"),
        &berlin,
    )
    .expect("holidays");
    let usual = DayHours::new(vec![Span::parse("09:00", "17:00").expect("hours")]).expect("hours");
    let left = found[0].left_of(&usual);
    let left: Vec<String> = left.spans().iter().map(ToString::to_string).collect();
    assert_eq!(left, ["09:00–12:00", "15:00–17:00"]);
    let all_day = super::Holiday {
        closed: None,
        ..found[0].clone()
    };
    assert!(all_day.left_of(&usual).is_closed());

    let evening = Closed {
        from: 16 * 3600,
        to: 24 * 3600,
    };
    let evening = super::Holiday {
        name: "Party".to_owned(),
        closed: Some(evening),
        ..found[0].clone()
    };
    let week = std::array::from_fn(|_| usual.clone());
    let calendar = Calendar::new("Europe/Berlin", week, [].into()).expect("a calendar");
    let days = as_days(&[found[0].clone(), evening], &calendar);
    assert_eq!(days.len(), 1);
    assert_eq!(
        (days[0].hours.to_string().as_str(), days[0].name.as_str()),
        ("09:00–12:00, 15:00–16:00", "Eve, Party")
    );
}

proptest! {
    #[test]
    fn any_bytes_are_a_calendar_or_not(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in "(DTSTART|DTEND|DURATION|RRULE|EXDATE|RDATE|RECURRENCE-ID|SUMMARY|BEGIN|END)[:;][0-9TZP=:,;A-Z-]{0,24}") {
        let (from, to) = (date("2026-01-01"), date("2026-12-31"));
        let mut text = event(&format!("DTSTART:20260101\n{lines}")).into_bytes();
        text.extend(&bytes);
        for file in [bytes, text] {
            let found = holidays(&file, from, to, &TimeZone::UTC).unwrap_or_default();
            prop_assert!(found.iter().all(|day| (from..=to).contains(&day.date)));
            prop_assert!(found.is_sorted());
        }
    }
}

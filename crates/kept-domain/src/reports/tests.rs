//! What groups are called, that their searches read, and that figures stand in order.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{By, Cell, Key, Line, Report, Shape, Table, ages, condition, label};
use crate::search::{Asker, Condition, Query, parse};

fn word(text: &str) -> Key {
    Key::Word(text.to_owned())
}

#[test]
fn a_group_has_a_name_and_a_search() {
    let check = |by, key: Key, name: &str, search: &str| {
        assert_eq!((&*label(by, &key), &*condition(by, &key)), (name, search));
        let read = parse(search).expect("it reads");
        assert!(!read.is_empty(), "{search}");
    };
    check(By::Client, word("Acme"), "Acme", "client:\"=Acme\"");
    check(
        By::Client,
        word("Fox & Sons"),
        "Fox & Sons",
        "client:\"=Fox & Sons\"",
    );
    check(By::Client, Key::Nothing, "No client", "-has:client");
    check(By::Tag, word("vip"), "vip", "tag:vip");
    check(By::Tag, Key::Nothing, "No tag", "-has:tag");
    check(By::Status, word("open"), "Open", "status:open");
    check(
        By::Turn,
        Key::Number(2),
        "A third party’s",
        "turn:third-party",
    );
    check(
        By::Age,
        Key::Number(1),
        "1 to 3 days",
        "opened:>1d opened:<3d",
    );
    check(
        By::OpenedDay,
        Key::Number(20_780),
        "Mon 23 Nov",
        "opened:2026-11-23",
    );
    check(
        By::OpenedWeek,
        Key::Number(2_969),
        "23 Nov",
        "opened:2026-11-23..2026-11-29",
    );
    check(
        By::ResolvedMonth,
        Key::Number(2026 * 12 + 10),
        "Nov 2026",
        "resolved:2026-11",
    );
    check(
        By::ResolvedMonth,
        Key::Nothing,
        "Not resolved",
        "-resolved:>=1970-01-01",
    );
    check(By::Weekday, Key::Number(0), "Monday", "weekday:mon");
    check(By::Hour, Key::Number(9), "9 h", "hour:9");
}

#[test]
fn ages_end_where_their_searches_end() {
    let now: Timestamp = "2026-11-23T09:00:00Z".parse().expect("a time");
    let zone = TimeZone::get("Europe/Lisbon").expect("a zone");
    let limits = ages(now, &zone).map(Timestamp::as_millisecond);
    let mut from_searches = Vec::new();
    for place in 0..5 {
        let search = condition(By::Age, &Key::Number(place));
        let query: Query = parse(&search).expect("it reads");
        let Some(Condition::Time(moment, when)) = query.conditions.last() else {
            panic!("{search} asks for no time");
        };
        let asker = Asker {
            me: None,
            now,
            zone: &zone,
        };
        from_searches.extend(when.bounds(*moment, asker.now, asker.zone).from_ms);
    }
    assert_eq!(from_searches, limits);
}

#[test]
fn names_stand_by_size_and_times_as_they_follow() {
    let line = |month, client: &str, tickets| Line {
        keys: vec![Key::Number(month), word(client)],
        tickets,
    };
    let lines = vec![
        line(14, "Fox", 5),
        line(12, "Acme", 2),
        line(12, "Fox", 3),
        line(12, "Acme", 4),
    ];
    let table = Table::arranged(vec![By::OpenedMonth, By::Client], lines, (0, 14));
    let read: Vec<i64> = table.lines.iter().map(|line| line.tickets).collect();
    assert_eq!(read, [6, 3, 5]);
    let names = |cells: Vec<Cell>| cells.into_iter().map(|it| it.label).collect::<Vec<_>>();
    assert_eq!(names(table.axis()), ["Jan 0001", "Feb 0001", "Mar 0001"]);
    assert_eq!(names(table.series()), ["Fox", "Acme"]);
    assert_eq!(table.at(&Key::Number(13), None), 0);
    assert_eq!(table.at(&Key::Number(12), None), 9);
    assert_eq!(table.at(&Key::Number(12), Some(&word("Acme"))), 6);
}

#[test]
fn a_report_takes_three_fields_each_once() {
    let report = Report {
        search: " is:open or tag:vip ".into(),
        by: vec![By::Client, By::Client, By::Turn, By::Kind, By::Tag],
        shape: Shape::Table,
    };
    let (report, _) = report.checked().expect("it reads");
    assert_eq!(report.by, [By::Client, By::Turn, By::Kind]);
    let search = report.search_with(&["turn:desk".into()]);
    assert_eq!(search, "(is:open or tag:vip) turn:desk");
}

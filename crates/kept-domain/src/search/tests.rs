//! The language as people type it: what is read, what is refused and where, and what comes out when it is written again.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::ids::TicketId;
use crate::turn::Turn;

fn read(text: &str) -> Query {
    parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))
}

#[test]
fn words_phrases_and_fields_go_together() {
    let query = read("printer client:acme is:open turn:client \"paper jam\" -toner subject:x");
    assert_eq!(query.words, ["printer"]);
    assert_eq!(query.phrases, ["paper jam"]);
    assert_eq!(query.without, ["toner"]);
    assert_eq!(
        query.conditions,
        [
            Condition::Client("acme".into()),
            Condition::Is(Is::Open),
            Condition::Turn(Turn::Client),
            Condition::Subject("x".into()),
        ]
    );
}

#[test]
fn what_is_read_is_written_the_same_way_again() {
    let check = |text: &str, expected: &str| {
        let query = read(text);
        assert_eq!(query.to_string(), expected, "{text:?}");
        assert_eq!(read(expected), query, "{expected:?}");
    };
    let same = |text: &str| check(text, text);
    same("printer \"paper jam\" -toner client:acme");
    same("-client:\"fox & sons\"");
    same("#1042");
    same("1042");
    same("watching:me -watching:noor");
    same("-(#12)");
    same("printer or scanner");
    same("client:acme (is:late or due:today)");
    same("-(printer jam)");
    same("-(is:open or is:late)");
    same("(a or b) or c d");
    same("opened:2026-10 due:<2d changed:>=last-week closed:2025 turned:>30min");
    same("resolved:2026-10-01..yesterday");
    same("from:o'neil");
    check("CLIENT:Acme requester:Dana", "client:acme from:dana");
    same(
        "blocks:#12 blocked:#3 parent:#12 -part:#4 duplicates:#1 duplicated:#2 refers:#5 referred:#6",
    );
    same("is:blocked has:links");
    check(
        "blocked:yes -blocked:no parent:12",
        "is:blocked is:blocked parent:#12",
    );
    check("is:closed", "is:ended");
    check("is:mine", "agent:me");
    check("turn:ours -turn:theirs", "turn:desk -turn:client");
    check("before:2026-10-01", "opened:<2026-10-01");
    check(
        "after:yesterday since:2026",
        "opened:>=yesterday opened:>=2026",
    );
    check("client:none -tag:none", "-has:client has:tag");
    check("opened:7d", "opened:<7d");
    check("status:new,open", "status:new or status:open");
    check(
        "-priority:high,urgent x",
        "x -(priority:high or priority:urgent)",
    );
    check("(urgent) (b is:open)", "urgent b is:open");
    check("-(-client:acme)", "client:acme");
    check("a OR b", "a or b");
    check(
        "-\"is:open\" -\"paper jam\" - : )",
        "-\"is:open\" -\"paper jam\"",
    );
    same("call(now) (f(x) or y)");
    check("all good :) x)", "all good x");
}

#[test]
fn what_only_looks_like_a_field_is_a_word() {
    assert_eq!(
        read("https://intranet.example/x 10:30").words,
        ["https://intranet.example/x", "10:30"]
    );
    assert!(read(" - ").is_empty());
    assert_eq!(read("\"re: this\"").phrases, ["re: this"]);
}

#[test]
fn mistakes_are_named_with_their_place_and_with_what_was_meant() {
    let check = |text: &str, at: usize, hint: &str, instead: Option<&str>| {
        let error = parse(text).expect_err(text);
        assert_eq!(error.at, at, "{text}: {error}");
        assert!(error.to_string().contains(hint), "{text}: {error}");
        let meant = error.meant.map(|meant| meant.instead);
        assert_eq!(meant.as_deref(), instead, "{text}");
        if let Some(instead) = instead {
            parse(instead).unwrap_or_else(|e| panic!("{instead}: {e}"));
        }
    };
    check(
        "printer colour:red",
        8,
        "no field “colour”; in quotes",
        None,
    );
    check(
        "printer clinet:acme x",
        8,
        "Did you mean client:?",
        Some("printer client:acme x"),
    );
    check(
        "-Stauts:open",
        0,
        "Did you mean status:?",
        Some("-status:open"),
    );
    check("is:lost", 0, "open, ended", None);
    check("x is:opne", 2, "Did you mean open?", Some("x is:open"));
    check(
        "status:open,waitng",
        0,
        "Did you mean waiting?",
        Some("status:open,waiting"),
    );
    check(
        "due:tomorow",
        0,
        "Did you mean tomorrow?",
        Some("due:tomorrow"),
    );
    check("opened:32d1", 0, "a day like", None);
    for (text, at, instead) in [
        ("opened:last week", 0, "opened:last-week"),
        (
            "x opened:Last Week printer",
            2,
            "x opened:last-week printer",
        ),
        (
            "(is:open or closed:this month)",
            12,
            "(is:open or closed:this-month)",
        ),
        ("opened:\"last week\" x", 0, "opened:\"last-week\" x"),
        ("-after:last year", 0, "-after:last-year"),
        ("changed:7 days", 0, "changed:7d"),
        ("changed:2 weeks ago x", 0, "changed:2w x"),
        ("changed:<7 days x", 0, "changed:<7d x"),
    ] {
        check(text, at, "Did you mean", Some(instead));
    }
    check("opened:last printer", 0, "a day like", None);
    check("opened:2026-13-01", 0, "a day like", None);
    check("a \"no end", 2, "closing quote", None);
    check("client:", 0, "needs a value", None);
    check("status:open,", 0, "needs a value", None);
    check("a (b or c", 2, "never closed", None);
    check("a () b", 2, "nothing to look for", None);
    check("or b", 0, "before it and after it", None);
    check("a or", 2, "before it and after it", None);
    check("(a or or b)", 3, "before it and after it", None);
    check("((((((( x )))))))", 6, "Too many parentheses", None);
    check("tag:,", 0, "needs a value", None);
    check(&"x ".repeat(600), 1000, "at most", None);
    check(&"x ".repeat(41), 80, "parts", None);
    let many = format!("tag:{}", vec!["a"; 42].join(","));
    check(&many, 0, "parts", None);
}

#[test]
fn times_are_those_of_the_asker() {
    // Wednesday in Lisbon, already Thursday in Auckland.
    let now: Timestamp = "2026-11-25T12:00:00Z".parse().expect("a time");
    let check = |text: &str, zone: &str, from: Option<&str>, until: Option<&str>| {
        let query = read(text);
        let [Condition::Time(moment, when)] = query.conditions.as_slice() else {
            panic!("{text} is no time");
        };
        let zone = TimeZone::get(zone).expect("a zone");
        let bounds = when.bounds(*moment, now, &zone);
        let ms = |at: Option<&str>| {
            at.map(|at| at.parse::<Timestamp>().expect("a time").as_millisecond())
        };
        assert_eq!(
            (bounds.from_ms, bounds.until_ms),
            (ms(from), ms(until)),
            "{text}"
        );
    };
    let lisbon = "Europe/Lisbon";
    let some = Some;
    check(
        "opened:today",
        lisbon,
        some("2026-11-25T00:00Z"),
        some("2026-11-26T00:00Z"),
    );
    check(
        "opened:today",
        "Pacific/Auckland",
        some("2026-11-25T11:00Z"),
        some("2026-11-26T11:00Z"),
    );
    check(
        "closed:last-week",
        lisbon,
        some("2026-11-16T00:00Z"),
        some("2026-11-23T00:00Z"),
    );
    check(
        "due:this-month",
        lisbon,
        some("2026-11-01T00:00Z"),
        some("2026-12-01T00:00Z"),
    );
    check(
        "opened:last-month",
        lisbon,
        some("2026-09-30T23:00Z"),
        some("2026-11-01T00:00Z"),
    );
    check(
        "opened:2025",
        lisbon,
        some("2025-01-01T00:00Z"),
        some("2026-01-01T00:00Z"),
    );
    check(
        "opened:2026-07",
        lisbon,
        some("2026-06-30T23:00Z"),
        some("2026-07-31T23:00Z"),
    );
    check("before:yesterday", lisbon, None, some("2026-11-24T00:00Z"));
    check("after:2026-11-24", lisbon, some("2026-11-24T00:00Z"), None);
    check(
        "opened:>2026-11-24",
        lisbon,
        some("2026-11-25T00:00Z"),
        None,
    );
    check(
        "opened:<=2026-11-24",
        lisbon,
        None,
        some("2026-11-25T00:00Z"),
    );
    check("changed:<7d", lisbon, some("2026-11-18T12:00Z"), None);
    check("changed:>36h", lisbon, None, some("2026-11-24T00:00Z"));
    check("changed:<6mo", lisbon, some("2026-05-25T11:00Z"), None);
    check("due:<2d", lisbon, None, some("2026-11-27T12:00Z"));
    check("due:>2d", lisbon, some("2026-11-27T12:00Z"), None);
    check(
        "opened:2026-10-01..2026-10-02",
        lisbon,
        some("2026-09-30T23:00Z"),
        some("2026-10-02T23:00Z"),
    );
}

#[test]
fn every_example_of_the_help_is_understood_and_every_field_is_in_it() {
    for (example, _) in HELP {
        assert!(!read(&format!("{example} x")).is_empty(), "{example}");
    }
    let all: String = HELP
        .iter()
        .map(|(example, says)| format!("{example} {says} "))
        .collect();
    for field in FIELDS {
        assert!(
            all.contains(&format!("{}:", field.name)),
            "{} has no help",
            field.name
        );
    }
}

#[test]
fn the_documentation_has_the_same_table_as_the_help() {
    let page = include_str!("../../../../docs/search.md");
    let rows = HELP
        .iter()
        .map(|(example, says)| format!("| `{example}` | {says} |"));
    let rows: Vec<String> = rows.collect();
    assert!(
        page.contains(&rows.join("\n")),
        "docs/search.md needs:\n{}",
        rows.join("\n")
    );
}

#[test]
fn numbers_find_their_ticket_and_show_what_is_hidden() {
    assert_eq!(
        read("#1042").conditions,
        [Condition::Number(TicketId(1042))]
    );
    assert!(read("#4 or printer").asks_for_hidden());
    assert!(!read("#4 or printer").asks_for_hidden_itself());
    assert!(!read("-is:spam").asks_for_hidden());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn any_mix_of_marks_comes_back_as_it_was(text in "[-:\"#()<>,. a-dor1né\\n]{0,40}") {
        round(&text)?;
    }

    #[test]
    fn any_mix_of_parts_comes_back_as_it_was(
        parts in proptest::collection::vec(proptest::sample::select(PARTS.to_vec()), 0..12)
    ) {
        round(&parts.join(" "))?;
    }

    #[test]
    fn completion_stays_inside_the_text(text in "[-:\"( a-zé]{0,20}", caret in 0_usize..24) {
        if let Some(it) = complete(&text, caret) {
            prop_assert!(it.from <= it.to && it.to <= text.len());
            prop_assert!(text.is_char_boundary(it.from) && text.is_char_boundary(it.to));
        }
    }
}

const PARTS: [&str; 24] = [
    "printer",
    "\"paper jam\"",
    "-toner",
    "-\"a b\"",
    "(",
    ")",
    "-(",
    "or",
    "client:acme",
    "-from:dana",
    "is:open",
    "-is:mine",
    "status:new,open",
    "due:<2d",
    "opened:last-week",
    "before:2026",
    "#12",
    "-#12",
    "tag:vip",
    "has:offer",
    "client:\"a b\"",
    "x)",
    "f(x)",
    "client:none",
];

fn round(text: &str) -> Result<(), TestCaseError> {
    let Ok(query) = parse(text) else {
        return Ok(());
    };
    let written = query.to_string();
    prop_assert_eq!(
        parse(&written),
        Ok(query),
        "{:?} was written as {:?}",
        text,
        written
    );
    Ok(())
}

#[test]
fn what_somebody_knows_to_be_wrong_is_told_at_its_place() {
    let check = |text: &str, asked: &str, like: &str, at: usize, expected: &str| {
        let asked = read(asked).conditions.remove(0);
        let bad = super::mistaken(text, &asked, "No".to_owned(), Some(like));
        let instead = bad.meant.map(|meant| meant.instead);
        assert_eq!((bad.at, instead.as_deref()), (at, Some(expected)), "{text}");
    };
    check("tag:vnp", "tag:vnp", "vpn", 0, "tag:vpn");
    check("x tag:#VNP y", "tag:vnp", "vpn", 2, "x tag:vpn y");
    check("tag:vip,vnp", "tag:vnp", "vpn", 0, "tag:vip,vpn");
    check(
        "(a or client:amce) b",
        "client:amce",
        "Fox & Sons",
        6,
        "(a or client:\"Fox & Sons\") b",
    );
    check(
        "client:\"amce it\"",
        "client:\"amce it\"",
        "Acme \"IT\"",
        0,
        "client:\"Acme IT\"",
    );
    check(
        "field.room:blu",
        "field.room:blu",
        "Blue",
        0,
        "field.room:Blue",
    );
    check("requester:dnaa", "from:dnaa", "Dana", 0, "requester:Dana");
    let gone = super::mistaken(
        "printer",
        &read("tag:x").conditions[0],
        "No".to_owned(),
        Some("y"),
    );
    assert_eq!((gone.at, gone.meant), (0, None));
}

#[test]
fn not_is_seen_where_a_minus_is_likely_meant() {
    let check = |text: &str, expected: Option<(&str, bool)>| {
        let found = super::negation(text);
        let found = found.map(|it| (it.meant.instead, it.is_sure));
        let expected = expected.map(|(text, sure)| (text.to_owned(), sure));
        assert_eq!(found, expected, "{text}");
        if let Some((instead, _)) = found {
            assert!(!read(&instead).is_empty(), "{instead}");
        }
    };
    check("not printer", Some(("is:open -printer", false)));
    check("toner not printer", Some(("toner -printer", false)));
    check(
        "toner not \"paper jam\" x",
        Some(("toner -\"paper jam\" x", false)),
    );
    check("toner NOT printer", Some(("toner -printer", true)));
    check("NOT PRINTER", Some(("is:open -PRINTER", false)));
    check("not client:acme", Some(("-client:acme", true)));
    check(
        "(is:open or not client:acme)",
        Some(("(is:open or -client:acme)", true)),
    );
    check("\"not\" printer", None);
    check("printer not", None);
    check("not -printer", None);
    check("not (printer)", None);
    check("", None);
}

//! Whose hours and whose clock: the writer's.

use super::{calendar, check_with, dues, read, written};
use crate::hours::{Calendar, DayHours};

#[test]
fn hours_and_zones_are_the_writers() {
    let tokyo = calendar("Asia/Tokyo", "08:00", "20:00");
    check_with(
        &tokyo,
        &[
            "Mon 09:00 | I'll call you at 7. | Mon 19:00",
            "Mon 09:00 | I'll have it tomorrow. | Tue 20:00",
            "Mon 09:00 | I'll send it by 9 am CET. | Mon 17:00",
        ],
    );
    let new_york = calendar("America/New_York", "09:00", "17:30");
    check_with(
        &new_york,
        &["Mon 09:00 | You'll have it by close of business. | Mon 17:30"],
    );
}

#[test]
fn around_the_clock_a_day_ends_at_midnight() {
    let always = Calendar::new(
        "Europe/Berlin",
        std::array::from_fn(|_| DayHours::around_the_clock()),
        [].into(),
    )
    .expect("a calendar");
    check_with(
        &always,
        &[
            "Mon 09:00 | I'll have it tomorrow. | Tue 23:59",
            "Fri 09:00 | We'll fix it tomorrow. | Sat 23:59",
            "Fri 09:00 | We'll fix it over the weekend. | Sun 23:59",
        ],
    );
    assert_eq!(dues(&always, "Mon 23:59", "I'll have it today."), "none");
}

#[test]
fn it_is_said_how_a_time_was_read() {
    let desk = super::desk();
    let told = |at: &str, text: &str| {
        let found = read(text, written(at, &desk), &desk);
        found
            .into_iter()
            .map(|one| one.reading)
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert_eq!(
        told("Mon 16:30", "I'll get back to you tomorrow."),
        "tomorrow → Tue 24 Nov, 17:00, end of your working day"
    );
    assert_eq!(
        told("Fri 16:30", "I'll get back to you tomorrow."),
        "tomorrow → Mon 30 Nov, 17:00, as you don't work on Sat 28 Nov"
    );
    assert_eq!(
        told("Mon 16:30", "I'll call by Friday noon."),
        "by Friday noon → Fri 27 Nov, 12:00"
    );
    assert_eq!(
        told("Mon 16:30", "I'll call at 7 pm."),
        "at 7 pm → Mon 23 Nov, 19:00, outside your working hours"
    );
    assert_eq!(
        told("Mon 16:30", "I'll call by 4 pm UTC."),
        "by 4 pm UTC → Mon 23 Nov, 17:00, from the time in UTC"
    );
    assert_eq!(
        told("Mon 16:30", "I'll call soon."),
        "soon → Tue 24 Nov, 17:00, end of your working day suggested"
    );
    assert_eq!(
        told("Mon 18:30", "I'll call today."),
        "today → Mon 23 Nov, 23:59, end of the day; you don't work then"
    );
    assert_eq!(
        told("Mon 16:30", "I'll do it by 5 January."),
        "by 5 January → Tue 5 Jan 2027, 17:00, end of your working day"
    );
}

#[test]
fn a_promise_is_its_sentence_and_where_it_stands() {
    let desk = super::desk();
    let text = "Hallo Jörg,\nschön! Ich melde\nmich morgen. Danke.";
    let found = read(text, written("Mon 09:00", &desk), &desk);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].what, "Ich melde mich morgen.");
    assert_eq!(&text[found[0].span.clone()], "Ich melde\nmich morgen.");
}

#[test]
fn a_text_has_a_few_promises_at_most() {
    let desk = super::desk();
    let text = "I'll call you tomorrow. ".repeat(40);
    assert_eq!(
        read(&text, written("Mon 09:00", &desk), &desk).len(),
        super::super::MOST
    );
}

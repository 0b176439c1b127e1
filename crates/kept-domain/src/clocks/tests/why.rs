//! What the ticket page says when somebody asks why.

use super::reader::Case;
use crate::clocks::{Owed, run, why};

fn check(case: &str, owed: Owed, expected: &[&str]) {
    let case = Case::read(case);
    let all = run(&case.facts, case.now);
    let it = all
        .iter()
        .rfind(|it| it.owed == owed)
        .expect("it is or was owed");
    assert_eq!(why(it, case.now, &case.zone), expected);
}

#[test]
fn s20_the_hours_that_count_are_named() {
    check(
        "Mon 16:30 client writes; open 9–17; 1 h",
        Owed::FirstResponse,
        &[
            "Began Mon 23 Nov 16:30 with the client’s message.",
            "1 h of business time.",
            "Counted Mon 23 Nov 16:30–17:00 and Tue 24 Nov 09:00–09:30 (Europe/Berlin).",
            "Due Tue 24 Nov 09:30.",
        ],
    );
}

#[test]
fn s20_each_pause_has_its_reason() {
    check(
        "Mon 10:00 client writes; open 9–17; resolution 4 h; Mon 11:00 desk asks; Mon 15:00 client writes; Mon 16:00 desk resolves; at Tue 10:00",
        Owed::Resolution,
        &[
            "Began Mon 23 Nov 10:00 with the request.",
            "4 h of business time.",
            "Counted Mon 23 Nov 10:00–11:00 and Mon 23 Nov 15:00–16:00 (Europe/Berlin).",
            "Paused Mon 23 Nov 11:00–15:00 while it was the client’s turn.",
            "Was due Tue 24 Nov 10:00.",
            "Done Mon 23 Nov 16:00, in time.",
        ],
    );
    check(
        "Mon 10:00 client writes; open 9–17; resolution 4 h; Mon 11:00 desk asks; at Mon 12:00",
        Owed::Resolution,
        &[
            "Began Mon 23 Nov 10:00 with the request.",
            "4 h of business time.",
            "Counted Mon 23 Nov 10:00–11:00 (Europe/Berlin).",
            "Paused since Mon 23 Nov 11:00 while it was the client’s turn.",
            "It would be due Mon 23 Nov 15:00 if it went on now.",
        ],
    );
}

#[test]
fn s20_what_is_late_says_by_what() {
    check(
        "Mon 10:00 client writes; 1 h round the clock; Mon 11:30 agreed from the start: 4 h; Mon 12:00 desk answers",
        Owed::FirstResponse,
        &[
            "Began Mon 23 Nov 10:00 with the client’s message.",
            "4 h of business time.",
            "Counted Mon 23 Nov 10:00–12:00 (Europe/Berlin).",
            "Was due Mon 23 Nov 14:00.",
            "Late since Mon 23 Nov 11:00, by what was asked then.",
            "Done Mon 23 Nov 12:00, too late.",
        ],
    );
    check(
        "Mon 10:00 client writes; Mon 11:00 desk promises by Tue 12:00; at Tue 13:00",
        Owed::Promise,
        &[
            "Began Mon 23 Nov 11:00 when the desk promised it.",
            "Tue 24 Nov 12:00 was named as its time.",
            "Was due Tue 24 Nov 12:00.",
        ],
    );
}

#[test]
fn s16_what_earlier_terms_counted_is_told() {
    check(
        "resolution 8 h; Mon 10:00 client writes; Mon 12:00 agreed from now: resolution 4 h",
        Owed::Resolution,
        &[
            "Began Mon 23 Nov 10:00 with the request.",
            "4 h of business time.",
            "Another agreement counts since Mon 23 Nov 12:00; 2 h had been used by then.",
            "Counted Mon 23 Nov 12:00–14:00 (Europe/Berlin).",
            "Due Mon 23 Nov 14:00.",
        ],
    );
}

#[test]
fn s12_a_reopened_ticket_says_that_its_clock_goes_on() {
    check(
        "Mon 10:00 client writes; open 9–17; resolution 4 h; Mon 12:00 desk resolves; Tue 09:00 reopened",
        Owed::Resolution,
        &[
            "Began Mon 23 Nov 10:00 with the request, and goes on since the ticket was reopened.",
            "4 h of business time.",
            "Counted Mon 23 Nov 10:00–12:00 and Tue 24 Nov 09:00–11:00 (Europe/Berlin).",
            "Paused Mon 23 Nov 12:00 – Tue 24 Nov 09:00 while it was resolved.",
            "Due Tue 24 Nov 11:00.",
        ],
    );
}

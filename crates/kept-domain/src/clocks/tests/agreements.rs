//! What changed terms do to what is owed (S13, S16, S17).

use super::reader::check;

#[test]
fn s17_another_priority_counts_from_the_start_and_keeps_every_pause() {
    let case =
        "resolution 8 h; Mon 10:00 client writes; Mon 11:00 desk asks; Mon 13:00 client writes";
    check(case, "Mon 20:00");
    check(
        &format!("{case}; Mon 14:00 agreed from the start: resolution 4 h"),
        "Mon 16:00",
    );
    check(
        &format!("{case}; Mon 14:00 agreed from the start: resolution 2 h; at Mon 15:00"),
        "resolution: missed Mon 14:00",
    );
}

#[test]
fn s17_a_pause_is_kept_even_if_nothing_was_owed_then() {
    let case =
        "answer 1 day; Mon 10:00 client writes; Mon 11:00 desk asks; Mon 13:00 client writes";
    check(
        &format!("{case}; Mon 14:00 agreed from the start: resolution 4 h"),
        "resolution: due Mon 16:00",
    );
}

#[test]
fn s17_what_was_missed_stays_missed_with_the_target_it_broke() {
    let case = "1 h; Mon 10:00 client writes; Mon 11:30 agreed from the start: 4 h";
    check(case, "first response: missed Mon 11:00");
    check(
        &format!("{case}; Mon 12:00 desk answers"),
        "first response: missed Mon 11:00, done Mon 12:00",
    );
}

#[test]
fn s16_from_now_on_keeps_what_the_earlier_terms_counted() {
    let case = "resolution 8 h; Mon 10:00 client writes; Mon 12:00 agreed from now";
    check(&format!("{case}: resolution 4 h"), "Mon 14:00");
    check(&format!("{case}: resolution 1 h"), "Mon 12:00");
    check(&format!("{case}: resolution 4 h, open 13-17"), "Mon 15:00");
    check(
        &format!("{case}: resolution 4 h; Mon 13:00 desk asks; Mon 15:00 client writes"),
        "Mon 16:00",
    );
}

#[test]
fn s16_what_ended_is_never_judged_again() {
    let case = "1 h; resolution 8 h; Mon 10:00 client writes; Mon 10:40 desk answers; Mon 11:00 desk resolves";
    check(
        &format!("{case}; Mon 12:00 agreed from the start: 10 min, resolution 10 min"),
        "first response: met Mon 10:40; resolution: met Mon 11:00",
    );
}

#[test]
fn s16_terms_that_ask_nothing_any_more_end_what_they_asked() {
    let case =
        "1 h; resolution 8 h; Mon 10:00 client writes; Mon 10:30 agreed from the start: update 2 h";
    check(
        case,
        "first response: dropped Mon 10:30; resolution: dropped Mon 10:30",
    );
    check(
        &format!("{case}; Mon 11:00 agreed from the start: resolution 8 h"),
        "resolution: due Mon 18:00",
    );
}

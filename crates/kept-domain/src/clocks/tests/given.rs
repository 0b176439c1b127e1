//! What is owed by a time that somebody gave: promises and delegations (S7).

use super::reader::check;

const PROMISED: &str = "Mon 10:00 client writes; Mon 11:00 desk promises by Tue 12:00";

#[test]
fn s07_a_promise_is_kept_until_its_time_and_broken_after_it() {
    check(PROMISED, "promise: due Tue 12:00");
    check(
        &format!("{PROMISED}; Tue 12:00 promise kept"),
        "promise: met Tue 12:00",
    );
    check(
        &format!("{PROMISED}; Tue 12:01 promise kept"),
        "promise: missed Tue 12:00, done Tue 12:01",
    );
    check(
        &format!("{PROMISED}; at Tue 12:00"),
        "promise: due Tue 12:00",
    );
    check(
        &format!("{PROMISED}; at Tue 12:01"),
        "promise: missed Tue 12:00",
    );
}

#[test]
fn s07_another_time_counts_only_when_it_is_agreed_on_before_the_first_is_over() {
    check(
        &format!("{PROMISED}; Tue 11:00 promise moved to Wed 12:00; Wed 10:00 promise kept"),
        "promise: met Wed 10:00",
    );
    check(
        &format!("{PROMISED}; Tue 13:00 promise moved to Wed 12:00; Wed 10:00 promise kept"),
        "promise: missed Tue 12:00, done Wed 10:00",
    );
}

#[test]
fn s07_an_end_drops_what_was_promised_and_a_broken_promise_stays_broken() {
    check(
        &format!("{PROMISED}; Mon 12:00 closed"),
        "promise: dropped Mon 12:00",
    );
    check(
        &format!("{PROMISED}; Tue 12:00 closed"),
        "promise: missed Tue 12:00, dropped Tue 12:00",
    );
}

#[test]
fn s19_what_was_promised_is_promised_still_when_a_merge_is_undone() {
    let aside = format!("{PROMISED}; Mon 12:00 set aside");
    check(&aside, "promise: dropped Mon 12:00");
    check(
        &format!("{aside}; Mon 13:00 in sight again"),
        "promise: due Tue 12:00",
    );
}

#[test]
fn s04_an_offer_is_taken_in_time_or_goes_back() {
    let case = "Mon 10:00 client writes; Mon 11:00 offered until Mon 12:00";
    check(case, "acceptance: due Mon 12:00");
    check(
        &format!("{case}; Mon 11:30 accepted"),
        "acceptance: met Mon 11:30",
    );
    check(
        &format!("{case}; Mon 11:30 withdrawn"),
        "acceptance: dropped Mon 11:30",
    );
    check(
        &format!("{case}; Mon 12:00 withdrawn"),
        "acceptance: missed Mon 12:00, dropped Mon 12:00",
    );
}

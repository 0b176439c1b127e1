//! What the desk owes: responses, updates, resolutions (S4, S5, S8–S10, S12, S14, S15).

use super::reader::check;

#[test]
fn s04_a_first_response_is_owed_in_the_desks_own_hours() {
    check("Mon 16:30 client writes; open 9–17; 1 h", "Tue 09:30");
    check(
        "Mon 16:30 client writes; open 9–17; closed on Tue; 1 h",
        "Wed 09:30",
    );
    check("Fri 16:30 client writes; open 9–17; 1 h", "next Mon 09:30");
    check(
        "Mon 11:30 client writes; open 9–12, 13–17; 1 h",
        "Mon 13:30",
    );
    check("Mon 16:00 client writes; open 9–17; 1 h", "Mon 17:00");
    check(
        "Mon 16:30 client writes; in America/New_York; open 9–17; 1 h",
        "Tue 09:30",
    );
}

#[test]
fn s04_only_the_first_answer_is_the_first_response() {
    let case = "Mon 10:00 client writes; Mon 10:30 client writes; Mon 10:50 desk answers; Mon 12:00 desk answers; 1 h";
    check(case, "first response: met Mon 10:50");
    check(
        "Mon 10:00 client writes; Mon 11:00 desk answers; 1 h",
        "first response: met Mon 11:00",
    );
    check(
        "Mon 10:00 client writes; Mon 11:01 desk answers; 1 h",
        "first response: missed Mon 11:00, done Mon 11:01",
    );
    check(
        "Mon 10:00 client writes; Mon 10:30 desk notes; 1 h; at Mon 11:30",
        "first response: missed Mon 11:00",
    );
}

#[test]
fn s04_the_next_response_counts_from_the_oldest_message_nobody_answered() {
    let case = "next response 1 h; Mon 10:00 client writes; Mon 10:10 desk answers";
    check(case, "next response: none");
    check(
        &format!("{case}; Mon 11:00 client writes; Mon 11:40 client writes"),
        "Mon 12:00",
    );
    check(
        &format!(
            "{case}; Mon 11:00 client writes; Mon 11:40 client writes; Mon 11:50 desk answers; Mon 13:00 client writes"
        ),
        "next response #0: met Mon 11:50; next response #1: due Mon 14:00",
    );
}

#[test]
fn s04_updates_count_from_the_latest_contact_and_not_while_the_client_waits() {
    let case = "update 4 h; Mon 10:00 client writes";
    check(case, "update: none");
    check(&format!("{case}; Mon 10:30 desk answers"), "Mon 14:30");
    check(
        &format!("{case}; Mon 10:30 desk answers; Mon 12:00 desk calls"),
        "update #0: met Mon 12:00; update #1: due Mon 16:00",
    );
    check(
        &format!("{case}; Mon 10:30 desk answers; Mon 12:00 client writes"),
        "update: dropped Mon 12:00",
    );
    check(
        &format!("{case}; Mon 10:30 desk answers; Mon 15:00 client writes"),
        "update: missed Mon 14:30, dropped Mon 15:00",
    );
}

#[test]
fn s04_the_resolution_stops_while_the_client_has_the_turn_and_no_answer_touches_it() {
    let case = "resolution 4 h; open 9–17; Mon 10:00 client writes; Mon 10:30 desk answers";
    check(case, "Mon 14:00");
    let asked = format!("{case}; Mon 11:00 desk asks");
    check(&asked, "resolution: paused, Mon 14:00 if resumed");
    check(
        &format!("{asked}; at Mon 12:00"),
        "resolution: paused, Mon 15:00 if resumed",
    );
    check(&format!("{asked}; Tue 11:00 client writes"), "Tue 14:00");
    check(
        &format!("{asked}; Mon 15:00 parked; Tue 11:00 client writes"),
        "Tue 14:00",
    );
}

#[test]
fn s05_the_clients_answer_is_owed_in_the_clients_own_hours() {
    let case = "answer 4 h; open 9–17; client open 8–12; client in America/New_York; Mon 10:00 client writes";
    // 16:00 in Berlin is 10:00 in New York.
    let asked = format!("{case}; Mon 16:00 desk asks");
    check(&asked, "Tue 16:00");
    check(&format!("{asked}; Mon 20:00 desk asks"), "Tue 16:00");
    check(
        &format!("{asked}; Tue 16:00 client writes"),
        "answer: met Tue 16:00",
    );
    check(
        &format!("{asked}; Tue 16:01 client writes"),
        "answer: missed Tue 16:00, done Tue 16:01",
    );
    check(
        &format!("{asked}; Tue 09:00 desk's turn"),
        "answer: dropped Tue 09:00",
    );
    check(
        &format!("{asked}; Wed 09:00 parked"),
        "answer: missed Tue 16:00",
    );
}

#[test]
fn s05_a_confirmation_is_owed_from_resolved_to_the_clients_word() {
    let case = "confirmation 2 days; Mon 10:00 client writes; Mon 11:00 desk resolves";
    check(case, "Wed 11:00");
    check(
        &format!("{case}; Tue 10:00 client confirms"),
        "confirmation: met Tue 10:00",
    );
    check(
        &format!("{case}; Tue 10:00 client writes"),
        "confirmation: met Tue 10:00",
    );
    check(
        &format!("{case}; Tue 10:00 client thanks"),
        "confirmation: due Wed 11:00",
    );
    check(
        &format!("{case}; Tue 10:00 closed"),
        "confirmation: dropped Tue 10:00",
    );
    check(
        &format!("{case}; Wed 11:00 closed"),
        "confirmation: missed Wed 11:00, dropped Wed 11:00",
    );
}

#[test]
fn s06_the_desk_owes_updates_while_a_third_party_is_waited_for() {
    let case = "update 2 days; resolution 8 h; open 9–17; third party stops resolution; Mon 10:00 desk opens";
    check(
        &format!("{case}; Mon 11:00 third party"),
        "update: due Wed 11:00; resolution: paused, Tue 10:00 if resumed",
    );
    let until = format!("{case}; Mon 11:00 third party until Tue 12:00");
    check(&until, "update: due Tue 12:00");
    check(
        &format!("{until}; Tue 13:00 desk answers"),
        "update #0: missed Tue 12:00, done Tue 13:00; update #1: due Thu 13:00",
    );
    check(
        &format!("{until}; Tue 09:00 third party done"),
        "resolution: due Tue 16:00",
    );
    check(
        "resolution 8 h; Mon 10:00 desk opens; Mon 11:00 third party",
        "Mon 18:00",
    );
}

#[test]
fn s06_while_its_clock_stands_still_an_update_is_due_by_its_date_whenever_anybody_looks() {
    let case = "update 4 h; client stops everything; open 9–17; Mon 10:00 desk opens; \
        Mon 11:00 third party until Fri 12:00; Mon 12:00 desk asks";
    for now in ["Mon 12:01", "Mon 16:00", "Wed 10:00"] {
        check(&format!("{case}; at {now}"), "update: due Fri 12:00");
    }
}

#[test]
fn s09_no_first_response_is_owed_on_what_the_desk_opened() {
    let case = "1 h; next response 2 h; Mon 10:00 desk opens";
    check(case, "first response: none; next response: none");
    check(
        &format!("{case}; Mon 11:00 client writes; Mon 11:30 client writes"),
        "first response: none; next response: due Mon 13:00",
    );
}

#[test]
fn s10_a_rejected_resolution_goes_on_without_the_wait() {
    let case = "resolution 4 h; open 9–17; Mon 10:00 client writes; Mon 12:00 desk resolves";
    check(case, "resolution: met Mon 12:00");
    check(
        &format!("{case}; Wed 10:00 client writes"),
        "resolution #0: met Mon 12:00; resolution #1: due Wed 12:00",
    );
}

#[test]
fn s12_reopening_goes_on_with_the_same_clock() {
    let case = "resolution 4 h; open 9–17; Mon 10:00 client writes; Mon 12:00 desk resolves; Tue 10:00 closed";
    check(case, "resolution: met Mon 12:00");
    check(&format!("{case}; Thu 09:00 reopened"), "Thu 11:00");
    let unanswered = "1 h; open 9–17; Mon 10:00 client writes; Mon 10:30 closed";
    check(unanswered, "first response: dropped Mon 10:30");
    check(
        &format!("{unanswered}; Tue 09:00 reopened"),
        "first response: due Tue 09:30",
    );
}

#[test]
fn s08_resolving_in_silence_is_no_answer() {
    let case = "1 h; resolution 4 h; Mon 10:00 client writes; Mon 10:30 silently resolved";
    check(
        case,
        "first response: due Mon 11:00; resolution: met Mon 10:30",
    );
}

#[test]
fn s05_closed_for_silence_is_neither_resolved_nor_late() {
    let case = "resolution 4 h; answer 1 days; Mon 10:00 client writes; Mon 11:00 desk asks; Wed 11:00 closed unanswered";
    check(
        case,
        "resolution: dropped Wed 11:00; answer: missed Tue 11:00, dropped Wed 11:00",
    );
}

#[test]
fn s11_thanks_move_nothing() {
    let case = "resolution 4 h; update 2 h; next response 1 h; Mon 10:00 client writes; Mon 10:30 desk answers; Mon 11:00 client thanks";
    check(
        case,
        "resolution: due Mon 14:00; update: due Mon 12:30; next response: none",
    );
}

#[test]
fn s14_the_days_on_which_the_clocks_change_are_as_long_as_they_were() {
    // New York went back an hour on 1 November 2026, Berlin on 25 October; none of it in this week.
    check(
        "Fri 12:00 client writes; 72 h round the clock",
        "next Mon 12:00",
    );
    check("Fri 16:00 client writes; open 9–17; 9 h", "next Mon 17:00");
}

#[test]
fn s15_round_the_clock_mixed_and_with_an_allowance_out_of_hours() {
    check(
        "Sat 22:00 client writes; open 9–17; 1 h round the clock",
        "Sat 23:00",
    );
    check(
        "Mon 16:30 client writes; open 9–17; 1 h then 2 h round the clock",
        "Tue 11:30",
    );
    check(
        "Mon 16:30 client writes; open 9–17; 30 min then 2 h round the clock",
        "Mon 19:00",
    );
    check(
        "Mon 20:00 client writes; open 9–17; 1 h and 30 min more at night",
        "Tue 10:30",
    );
    check(
        "Mon 10:00 client writes; open 9–17; 1 h and 30 min more at night",
        "Mon 11:00",
    );
}

#[test]
fn s15_business_days_end_at_the_same_time_of_day() {
    check("Tue 10:00 client writes; open 9–17; 2 days", "Thu 10:00");
    check(
        "Fri 10:00 client writes; open 9–12, 13–17; 1 day",
        "next Mon 10:00",
    );
    check(
        "Fri 20:00 client writes; open 9–17; 1 day",
        "next Mon 17:00",
    );
    check(
        "Tue 10:00 client writes; open 9–17; closed on Wed; 1 day",
        "Thu 10:00",
    );
    check(
        "resolution 2 days; open 9–17; Tue 10:00 client writes; Tue 14:00 desk asks; Thu 14:00 client writes",
        "next Mon 10:00",
    );
}

#[test]
fn s04_to_know_of_something_asks_for_no_resolution_until_it_is_corrected() {
    let case = "resolution 4 h; update 2 days; Mon 10:00 desk logs a call to know";
    check(case, "resolution: none; update: due Wed 10:00");
    check(
        &format!("{case}; Mon 12:00 client corrects the call"),
        "resolution: due Mon 16:00",
    );
}

#[test]
fn s01_ended_and_set_aside_tickets_owe_nothing() {
    let case = "1 h; resolution 4 h; Mon 10:00 client writes; Mon 10:30 set aside";
    check(
        case,
        "first response: dropped Mon 10:30; resolution: dropped Mon 10:30",
    );
    check(
        &format!("{case}; Mon 12:00 in sight again"),
        "first response: due Mon 12:30; resolution: due Mon 15:30",
    );
    check(
        "1 h; Mon 10:00 client writes; Mon 10:00 set aside",
        "first response: none",
    );
}

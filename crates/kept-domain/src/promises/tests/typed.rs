//! Promises as people type them in a hurry.

use super::check;

#[test]
fn in_english() {
    check(&[
        "Mon 09:00 | ill get back to you tmrw | Tue 17:00",
        "Mon 09:00 | Ill send it tomorow | Tue 17:00",
        "Mon 09:00 | I’ll call you at 5pm | Mon 17:00",
        "Mon 09:00 | I´ll call you at 5 p.m. today | Mon 17:00",
        "Mon 09:00 | will send it by eod | Mon 17:00",
        "Mon 09:00 | You'll have it by COB Thursday. | Thu 17:00",
        "Mon 09:00 | I'll have it done b4 noon | Mon 12:00",
        "Mon 09:00 | we will fix it by midday tommorow | Tue 12:00",
        "Mon 09:00 | I'LL CALL YOU TOMORROW | Tue 17:00",
        "Mon 09:00 | im going to send it on fri | Fri 17:00",
        "Mon 09:00 | I'll do it by 10.30 tomorrow | Tue 10:30",
        "Mon 09:00 | Hi Anna, I'll call you tomorrow\nBest, Jan | Tue 17:00",
        "Mon 09:00 | I'll get back to\nyou tomorrow | Tue 17:00",
        "Mon 09:00 | We'll get back to you about the printer in the\naccounting department by Friday. | Fri 17:00",
        "Mon 09:00 | I feel ill today | none",
    ]);
}

#[test]
fn in_german() {
    check(&[
        "Mon 09:00 | ich meld mich bis fr. mittag | Fri 12:00",
        "Mon 09:00 | Ich melde mich bis Fr. Mittag | Fri 12:00",
        "Mon 09:00 | Wir melden uns am Mo. um 10h | Mon 30 Nov 10:00",
        "Mon 09:00 | ich kuemmere mich bis uebermorgen drum | Wed 17:00",
        "Mon 09:00 | melde mich morgen frueh | Tue 12:00",
        "Mon 09:00 | Ich mach's bis 15:30h | Mon 15:30",
        "Mon 09:00 | Bis Do 10 Uhr schicke ich es | Thu 10:00",
        "Mon 09:00 | ICH MELDE MICH MORGEN | Tue 17:00",
        "Mon 09:00 | Ich ku\u{308}mmere mich u\u{308}bermorgen darum | Wed 17:00",
    ]);
}

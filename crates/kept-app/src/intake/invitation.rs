//! Mail about a meeting: an invitation, its change, its cancellation, somebody's answer. What belongs to one
//! meeting is found by the UID of its calendar object (RFC 5545 §3.8.4.7).

use kept_mail::calendar::Method;

use super::arrival::Arrival;

/// Meetings of one mail that are remembered; a mail about more is a calendar somebody sent.
const MOST_MEETINGS: usize = 5;

/// What stands for its meetings among the ids that lead to tickets.
pub(super) fn refs(arrival: &Arrival) -> Vec<String> {
    // A stored calendar that somebody attached says nothing about what the mail belongs to.
    let sent = arrival.calendar.iter().filter(|calendar| {
        calendar
            .method
            .is_some_and(|method| method != Method::Publish)
    });
    let events = sent.flat_map(|calendar| &calendar.events);
    let uids = events.filter_map(|event| event.uid.as_deref());
    uids.take(MOST_MEETINGS)
        .map(|uid| format!("invitation:{uid}"))
        .collect()
}

/// Somebody's calendar says whether they come.
pub(super) fn is_answer(arrival: &Arrival) -> bool {
    let calendar = arrival.calendar.as_ref();
    calendar.is_some_and(|calendar| calendar.method == Some(Method::Reply))
}

/// Whether the person who answered added words of their own. When in doubt they did: a filed answer moves no
/// turn, and what somebody asked in one must not be missed.
pub(super) fn says_more(arrival: &Arrival) -> bool {
    let events = arrival
        .calendar
        .iter()
        .flat_map(|calendar| &calendar.events);
    let mut commented = events.clone().filter_map(|event| event.comment.as_deref());
    if commented.any(|comment| !comment.trim().is_empty()) {
        return true;
    }
    let text = arrival.mail.body.new_text().to_lowercase();
    let by_program = PROGRAMS_SAY.iter().any(|words| text.contains(words));
    !text.trim().is_empty() && !by_program
}

/// What calendars write below an answer by themselves.
const PROGRAMS_SAY: [&str; 14] = [
    "has accepted",
    "has declined",
    "has tentatively",
    "accepted this",
    "declined this",
    "accepted the invitation",
    "declined the invitation",
    "hat diese einladung",
    "hat die einladung",
    "hat zugesagt",
    "hat abgesagt",
    "a accepté",
    "a refusé",
    "ha aceptado",
];

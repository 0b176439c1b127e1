//! Invitations and their answers (E33).

use jiff::Timestamp;
use kept_mail::calendar::{Answer, Method, of_text};
use kept_mail::inspect;

fn object(method: &str, event: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:7@client.example\r\nSEQUENCE:2\r\n{event}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn instant(text: &str) -> Option<Timestamp> {
    Some(text.parse().expect("an instant"))
}

#[test]
fn an_invitation_says_who_when_and_where() {
    let event = "SUMMARY:Onboarding\\, part 1\r\nORGANIZER;CN=Dana:mailto:dana@client.example\r\n\
                 ATTENDEE;CN=Lee;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:MAILTO:lee@desk.exa\r\n mple\r\n\
                 DTSTART;TZID=Europe/Berlin:20260720T090000\r\nDURATION:PT1H30M\r\nLOCATION:Room 5\r\n\
                 DESCRIPTION:Join: https://meet.example/abc.\\nBring coffee\r\nBEGIN:VALARM\r\nDESCRIPTION:Soon\r\nEND:VALARM\r\nSTATUS:CONFIRMED";
    let calendar = of_text(&object("REQUEST", event)).expect("an object");
    assert_eq!(calendar.method, Some(Method::Request));
    let event = &calendar.events[0];
    assert_eq!(event.uid.as_deref(), Some("7@client.example"));
    assert_eq!(event.sequence, Some(2));
    assert_eq!(event.summary.as_deref(), Some("Onboarding, part 1"));
    assert_eq!(
        event
            .organizer
            .as_ref()
            .map(|person| person.address.as_str()),
        Some("dana@client.example")
    );
    let lee = &event.attendees[0];
    assert_eq!(
        (lee.person.address.as_str(), lee.answer, lee.asked),
        ("lee@desk.example", Answer::NeedsAction, true)
    );
    assert_eq!(
        event.start.as_ref().and_then(|when| when.instant),
        instant("2026-07-20T07:00:00Z")
    );
    assert_eq!(
        event.end.as_ref().and_then(|when| when.instant),
        instant("2026-07-20T08:30:00Z")
    );
    assert_eq!(event.link.as_deref(), Some("https://meet.example/abc"));
    assert_eq!(
        event.description.as_deref(),
        Some("Join: https://meet.example/abc.\nBring coffee")
    );
}

#[test]
fn answers_and_cancellations_are_told_apart() {
    let event = "ATTENDEE;PARTSTAT=DECLINED:mailto:dana@client.example\r\nCOMMENT:On holiday";
    let reply = of_text(&object("REPLY", event)).expect("an object");
    assert_eq!(reply.method, Some(Method::Reply));
    assert_eq!(reply.events[0].attendees[0].answer, Answer::Declined);
    assert_eq!(reply.events[0].comment.as_deref(), Some("On holiday"));
    let cancelled = of_text(&object("CANCEL", "STATUS:CANCELLED")).expect("an object");
    assert_eq!(cancelled.method, Some(Method::Cancel));
}

/// Outlook names zones its own way and brings the definition along.
#[test]
fn zones_are_known_by_any_name() {
    let own = "BEGIN:VTIMEZONE\r\nTZID:Our zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n\
               BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
    for (line, expected) in [
        (
            "DTSTART;TZID=\"W. Europe Standard Time\":20261102T090000",
            instant("2026-11-02T08:00:00Z"),
        ),
        (
            "DTSTART;TZID=Our zone:20260720T090000",
            instant("2026-07-20T07:00:00Z"),
        ),
        (
            "DTSTART;TZID=Our zone:20261102T090000",
            instant("2026-11-02T08:00:00Z"),
        ),
        ("DTSTART:20261102T090000Z", instant("2026-11-02T09:00:00Z")),
        ("DTSTART;TZID=Nowhere:20261102T090000", None),
        ("DTSTART;VALUE=DATE:20261102", None),
    ] {
        let text =
            object("REQUEST", line).replacen("BEGIN:VEVENT", &format!("{own}BEGIN:VEVENT"), 1);
        let start = of_text(&text).expect("an object").events[0]
            .start
            .clone()
            .expect("a start");
        assert_eq!(start.instant, expected, "{line}");
        assert_eq!(start.all_day, line.contains("DATE:"), "{line}");
    }
}

#[test]
fn a_mail_carries_its_object() {
    let raw = format!(
        "From: dana@client.example\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\nCome!\n--x\nContent-Type: text/calendar; method=REQUEST\n\n{}\n--x--\n",
        object("REQUEST", "SUMMARY:Call")
    );
    let seen = inspect(raw.as_bytes());
    let calendar = seen.calendar.expect("an object");
    assert_eq!(calendar.events[0].summary.as_deref(), Some("Call"));
    assert_eq!(calendar.part, Some(seen.mail.attachments[0].part));
    assert_eq!(of_text("BEGIN:VCARD\r\nEND:VCARD\r\n"), None);
}

#[test]
fn e33_an_answer_tells_the_organizer_and_nothing_else() {
    let event = "SUMMARY:Move\\, part 1\r\nORGANIZER;CN=Dana:mailto:dana@client.example\r\n\
                 ATTENDEE;RSVP=TRUE:mailto:support@desk.example\r\n\
                 DTSTART;TZID=Europe/Berlin:20260720T090000\r\nDURATION:PT1H\r\nLOCATION:Room 5";
    let invitation = of_text(&object("REQUEST", event)).expect("an object");
    let event = &invitation.events[0];
    let now = "2026-07-01T08:00:00Z".parse().expect("a time");
    let us = &event.attendees[0].person;
    let text = kept_mail::calendar::reply(event, us, Answer::Tentative, now).expect("an answer");
    assert!(text.lines().all(|line| line.len() <= 75), "{text}");
    let read = of_text(&text).expect("an object");
    assert_eq!(read.method, Some(Method::Reply));
    let answered = &read.events[0];
    assert_eq!(answered.uid, event.uid);
    assert_eq!(answered.sequence, Some(2));
    assert_eq!(answered.organizer, event.organizer);
    assert_eq!(answered.summary, event.summary);
    assert_eq!(answered.attendees.len(), 1);
    assert_eq!(answered.attendees[0].answer, Answer::Tentative);
    assert_eq!(
        answered.start.as_ref().and_then(|when| when.instant),
        event.start.as_ref().and_then(|when| when.instant)
    );
}

#[test]
fn e33_nobody_is_answered_who_can_not_be_reached() {
    let check = |event: &str| {
        let invitation = of_text(&object("REQUEST", event)).expect("an object");
        let us = kept_mail::calendar::Person {
            name: None,
            address: "support@desk.example".into(),
        };
        let now = "2026-07-01T08:00:00Z".parse().expect("a time");
        kept_mail::calendar::reply(&invitation.events[0], &us, Answer::Accepted, now)
    };
    assert_eq!(check("SUMMARY:No organizer"), None);
    assert_eq!(check("ORGANIZER:mailto:nobody"), None);
    assert_eq!(
        check("ORGANIZER:mailto:a@b.example\\nATTENDEE:x@y.example"),
        None
    );
    let named = check("ORGANIZER;CN=\"A^'^nMETHOD:CANCEL\":mailto:a@b.example").expect("an answer");
    assert!(!named.contains("\nMETHOD:CANCEL"), "{named}");
}

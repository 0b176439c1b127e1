//! Calendar objects in mail: what is asked, who comes, when and where (RFC 5545, RFC 5546).
//!
//! It reads an object as far as it can; it keeps no calendar and repeats no event.

mod event;
mod feed;
mod lines;
mod repeats;
mod reply;
mod when;
mod zone;

use serde::Serialize;

use crate::mail::{Attachment, IncomingMail};
pub use event::{Answer, Attendee, Component, Event, Person};
pub use feed::{Entry, feed};
pub use repeats::in_words;
pub use reply::reply;
pub use when::When;

/// Bytes of one object that are read.
pub const MAX_BYTES: usize = 1024 * 1024;
/// Components of one object that are read.
pub const MAX_EVENTS: usize = 200;
/// Attendees of one component that are read.
pub const MAX_ATTENDEES: usize = 1_000;

/// What an object asks its reader to do (RFC 5546 §1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Publish,
    /// Come, or: it has changed.
    Request,
    /// An attendee's answer.
    Reply,
    Add,
    /// It does not take place, or without you.
    Cancel,
    Refresh,
    Counter,
    DeclineCounter,
}

/// A calendar object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calendar {
    /// `None`: the object is stored, not sent.
    pub method: Option<Method>,
    /// Events, tasks and the like, in order.
    pub events: Vec<Event>,
    /// The attachment it was read from: its [`Attachment::part`].
    pub part: Option<usize>,
}

/// The first calendar object of a mail.
pub fn read(mail: &IncomingMail) -> Option<Calendar> {
    let parts = mail.attachments.iter().filter(|part| is_calendar(part));
    let read = |part: &Attachment| {
        let calendar = of_bytes(&part.content)?;
        Some(Calendar {
            part: Some(part.part),
            ..calendar
        })
    };
    // The same object often comes twice, once with less in it.
    let mut all: Vec<Calendar> = parts.take(10).filter_map(read).collect();
    let fuller = all
        .iter()
        .position(|calendar| !calendar.events.is_empty())
        .unwrap_or(0);
    (!all.is_empty()).then(|| all.swap_remove(fuller))
}

fn is_calendar(part: &Attachment) -> bool {
    is_named_calendar(&part.content_type, &part.name)
}

/// Whether a file says that it is a calendar object, by its type or its name.
pub fn is_named_calendar(content_type: &str, name: &str) -> bool {
    matches!(
        content_type,
        "text/calendar" | "application/ics" | "text/x-vcalendar"
    ) || name.to_ascii_lowercase().ends_with(".ics")
}

/// A calendar object in bytes; `None` when there is none.
pub fn of_bytes(bytes: &[u8]) -> Option<Calendar> {
    let kept = bytes.get(..MAX_BYTES).unwrap_or(bytes);
    of_text(&crate::parse::decode_text(kept, None))
}

/// A calendar object in a text; `None` when there is none.
pub fn of_text(text: &str) -> Option<Calendar> {
    let lines = lines::read(text);
    let begins = lines
        .iter()
        .position(|line| line.is("BEGIN", "VCALENDAR"))?;
    let lines = lines.get(begins + 1..)?;
    Some(Calendar {
        method: method(lines),
        events: event::all(lines),
        part: None,
    })
}

/// What a person wrote into an object: for mails that say nothing beside it. An answer has no words of its own
/// but its comment.
pub fn words(text: &str) -> String {
    let Some(calendar) = of_text(text) else {
        return text.to_owned();
    };
    let answer = calendar.method == Some(Method::Reply);
    let said = calendar
        .events
        .iter()
        .take(10)
        .flat_map(|event| match answer {
            true => [None, None, event.comment.as_deref()],
            false => [
                event.summary.as_deref(),
                event.location.as_deref(),
                event.description.as_deref(),
            ],
        });
    said.flatten().collect::<Vec<_>>().join("\n\n")
}

fn method(lines: &[lines::Line]) -> Option<Method> {
    let line = lines.iter().find(|line| line.name == "METHOD")?;
    Some(match line.value.trim().to_ascii_uppercase().as_str() {
        "PUBLISH" => Method::Publish,
        "REQUEST" => Method::Request,
        "REPLY" => Method::Reply,
        "ADD" => Method::Add,
        "CANCEL" => Method::Cancel,
        "REFRESH" => Method::Refresh,
        "COUNTER" => Method::Counter,
        "DECLINECOUNTER" => Method::DeclineCounter,
        _ => return None,
    })
}

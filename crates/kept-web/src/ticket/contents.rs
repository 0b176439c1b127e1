//! What a message carries beside its words, turned into what its page shows: marks, cards, files, and what is left
//! out of the list.

use kept_app::domain::messages::InvitationAnswer;
use kept_app::mail::calendar::{Answer, Event, Method, When, in_words};
use kept_app::mail::{Mailbox, address};
use kept_app::reading::{Card, Conversation, Invitation, Letter, Said};
use kept_app::store::messages::Attachment as Stored;

use super::cards::{Answering, InvitationCard, LetterCard, Mark, Moment, Shown};
use super::told::file_kind;
use crate::numbers::count;
use crate::originals::Preview;
use crate::parts::{Attachment, Icon};

/// Everything a message carries beside its words.
pub(super) fn of(said: &Said, conversation: &Conversation) -> Shown {
    let carded = carded(said);
    let listed = |file: &&Stored| !carded.contains(&file.id);
    let (minor, files): (Vec<&Stored>, Vec<&Stored>) = said
        .files
        .iter()
        .filter(listed)
        .partition(|file| file.minor || came_before(file, said, conversation));
    // What was taken apart or only proves who wrote it is no file anybody looks for.
    let hidden = minor.into_iter().filter(|file| !is_wrapping(file));
    Shown {
        marks: said
            .marks
            .iter()
            .map(|it| mark(&it.code, &it.says))
            .collect(),
        invitations: said.cards.iter().filter_map(invitation).collect(),
        letters: said.cards.iter().filter_map(letter).collect(),
        files: files.into_iter().map(file).collect(),
        hidden: hidden.map(file).collect(),
    }
}

/// Files a card stands for: what it shows, and the same meeting written down once more.
fn carded(said: &Said) -> Vec<i64> {
    let meeting = said
        .cards
        .iter()
        .any(|card| matches!(card, Card::Invitation(_)));
    let own = said.cards.iter().map(|card| match card {
        Card::Invitation(it) => it.file,
        Card::Letter(it) => it.file,
    });
    let twins = said
        .files
        .iter()
        .filter(|file| meeting && is_calendar(file));
    own.chain(twins.map(|file| file.id)).collect()
}

fn is_calendar(file: &Stored) -> bool {
    kept_app::mail::calendar::is_named_calendar(&file.content_type, &file.filename)
}

fn is_wrapping(file: &Stored) -> bool {
    !file.content_type.starts_with("image/")
}

/// A picture in the text that an earlier message had already: a logo, or one that was quoted.
fn came_before(file: &Stored, said: &Said, conversation: &Conversation) -> bool {
    let earlier = conversation
        .said
        .iter()
        .take_while(|other| other.message.id != said.message.id);
    let mut files = earlier.flat_map(|other| &other.files);
    file.inline
        && file.content_type.starts_with("image/")
        && files.any(|other| other.sha256 == file.sha256)
}

fn file(file: &Stored) -> Attachment {
    let preview = Preview::of(&file.content_type, &file.filename);
    let picture = preview == Some(Preview::Picture) && file.size_bytes <= LARGEST_THUMBNAIL_BYTES;
    let name = match file.filename.is_empty() {
        true => "unnamed".to_owned(),
        false => file.filename.clone(),
    };
    Attachment {
        href: format!("/attachments/{}", file.id),
        preview: preview.map(|_| format!("/attachments/{}/preview", file.id)),
        thumbnail: picture.then(|| format!("/attachments/{}/shown", file.id)),
        kind: file_kind(&file.content_type, &file.filename),
        size_bytes: count(file.size_bytes),
        name,
    }
}

/// Larger pictures are looked at on their own page.
const LARGEST_THUMBNAIL_BYTES: i64 = 2 * 1024 * 1024;

fn mark(code: &str, says: &str) -> Mark {
    let (icon, loud) = match code {
        "signed-smime" | "signed-pgp" => (Icon::Pencil, false),
        "encrypted" => (Icon::Lock, true),
        _ => (Icon::Info, false),
    };
    Mark {
        icon,
        says: says.to_owned(),
        loud,
    }
}

fn letter(card: &Card) -> Option<LetterCard> {
    let Card::Letter(it) = card else { return None };
    Some(LetterCard {
        href: format!("/attachments/{}/preview", it.file),
        source: format!("/attachments/{}", it.file),
        from: names(&it.from),
        to: names(&it.to),
        date: it.date,
        subject: subject(it),
        text: it.text.clone(),
        files: it.files,
    })
}

fn subject(letter: &Letter) -> String {
    letter
        .subject
        .clone()
        .unwrap_or_else(|| "(no subject)".to_owned())
}

pub(crate) fn names(mailboxes: &[Mailbox]) -> String {
    let name = |it: &Mailbox| match &it.name {
        Some(name) => format!("{name} <{}>", it.address),
        None => it.address.clone(),
    };
    mailboxes
        .iter()
        .take(20)
        .map(name)
        .collect::<Vec<_>>()
        .join(", ")
}

fn invitation(card: &Card) -> Option<InvitationCard> {
    let Card::Invitation(it) = card else {
        return None;
    };
    let event = it.calendar.events.first()?;
    let reply = it.calendar.method == Some(Method::Reply);
    Some(InvitationCard {
        title: event
            .summary
            .clone()
            .unwrap_or_else(|| "A meeting".to_owned()),
        status: status(it, event),
        cancelled: is_cancelled(it, event),
        start: event.start.as_ref().map(moment),
        end: event.end.as_ref().filter(|_| !reply).map(moment),
        repeats: event
            .recurrence
            .as_deref()
            .filter(|_| !reply)
            .and_then(in_words),
        one_of_series: event.recurrence_of.is_some(),
        place: event
            .location
            .clone()
            .filter(|place| event.link.as_ref() != Some(place)),
        link: event.link.as_deref().map(clear),
        organizer: event.organizer.as_ref().map(person),
        attendees: event
            .attendees
            .iter()
            .take(MOST_ATTENDEES)
            .map(attendee)
            .collect(),
        more_attendees: event.attendees.len().saturating_sub(MOST_ATTENDEES),
        more_events: it.calendar.events.len() - 1,
        comment: event.comment.clone(),
        file: format!("/attachments/{}", it.file),
        answering: answering(it, event),
    })
}

const MOST_ATTENDEES: usize = 12;

fn clear(link: &str) -> String {
    kept_app::mail::links::unwrap(link).unwrap_or_else(|| link.to_owned())
}

fn is_cancelled(it: &Invitation, event: &Event) -> bool {
    it.calendar.method == Some(Method::Cancel) || event.status.as_deref() == Some("CANCELLED")
}

fn status(it: &Invitation, event: &Event) -> String {
    let changed = event.sequence.is_some_and(|sequence| sequence > 0);
    let words = match it.calendar.method {
        Some(Method::Cancel) => "Cancelled",
        _ if is_cancelled(it, event) => "Cancelled",
        Some(Method::Reply) => return replied(event),
        _ if it.superseded => "Replaced by a later mail",
        Some(Method::Counter) => "Another time is proposed",
        Some(Method::DeclineCounter) => "The proposed time was declined",
        Some(Method::Request) if changed => "Invitation, changed",
        Some(Method::Request) => "Invitation",
        Some(Method::Add) => "One more date",
        Some(Method::Refresh) => "Asks for the latest version",
        Some(Method::Publish) | None => "From a calendar",
    };
    words.to_owned()
}

fn replied(event: &Event) -> String {
    let Some(attendee) = event.attendees.first() else {
        return "An answer".to_owned();
    };
    let name = person(&attendee.person);
    match attendee.answer {
        Answer::Accepted | Answer::Completed => format!("{name} comes"),
        Answer::Tentative | Answer::InProcess => format!("{name} may come"),
        Answer::Declined => format!("{name} does not come"),
        Answer::Delegated => format!("{name} sends somebody else"),
        Answer::NeedsAction => format!("{name} has not decided"),
    }
}

/// Answered as long as it holds and there is somebody to tell.
fn answering(it: &Invitation, event: &Event) -> Option<Answering> {
    let organizer = event.organizer.as_ref()?;
    let asked = it.calendar.method == Some(Method::Request) && event.uid.is_some();
    let stands = !it.superseded && !is_cancelled(it, event);
    (asked && stands && address::is_valid(&organizer.address)).then(|| Answering {
        action: format!("/attachments/{}/answer", it.file),
        given: it.answered.map(InvitationAnswer::as_str),
    })
}

fn moment(when: &When) -> Moment {
    let local = match when.all_day {
        true => when.local.strftime("%a %-d %B %Y").to_string(),
        false => when.local.strftime("%a %-d %B %Y, %H:%M").to_string(),
    };
    Moment {
        instant: when.instant,
        local,
        day: when.local.date(),
        all_day: when.all_day,
        zone: when.zone.clone(),
    }
}

fn person(person: &kept_app::mail::calendar::Person) -> String {
    person
        .name
        .clone()
        .unwrap_or_else(|| person.address.clone())
}

fn attendee(attendee: &kept_app::mail::calendar::Attendee) -> (String, &'static str) {
    let says = match attendee.answer {
        Answer::Accepted | Answer::Completed => "comes",
        Answer::Tentative | Answer::InProcess => "may come",
        Answer::Declined => "does not come",
        Answer::Delegated => "sends somebody else",
        Answer::NeedsAction => "",
    };
    (person(&attendee.person), says)
}

//! The conversation as the desk stores it, turned into entries in the order things happened.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use kept_app::domain::delivery::Setback;
use kept_app::domain::event::{Event as Happening, came_back};
use kept_app::domain::ids::{EventId, MessageId};
use kept_app::domain::intake::authentic::Verdict;
use kept_app::domain::intake::{MailKind, Reason};
use kept_app::domain::messages::{Audience, Channel};
use kept_app::domain::people::Person;
use kept_app::mail::{Mailbox, SegmentKind};
use kept_app::reading::{Conversation, Happened, Said};
use kept_app::store::not_delivered::NotDelivered;
use kept_app::store::outgoing::{Outgoing, State};
use kept_app::tickets::{can_be_forwarded, is_forward};

use super::activity::{self, LeftOut};
use super::contents;
use super::conversation::{
    Delivery, Entry, Event, Formatted, Kind, Loss, Message, Proof, Quote, Tall, Words,
};
use super::elsewhere::Elsewhere;
use super::speakers_of;
use crate::calls::shown;
use crate::numbers::count;
use crate::outbox::each::Recipient;
use crate::outbox::is_filed;
use crate::parts::FileKind;

/// Messages before the last this many are folded to one line.
const OPEN_MESSAGES: usize = 12;

/// What was said and what happened, in the order it was recorded. A ticket begins with its first words; who got it is
/// said below them.
pub(super) fn entries(conversation: &Conversation) -> Vec<Entry> {
    let fold_before = fold_before(conversation);
    let (mut entries, mut opening) = (Vec::new(), None);
    let mut shown = BTreeSet::new();
    let number = conversation.ticket.id;
    let part = conversation.part.as_ref();
    let mut gap = part.and_then(|part| activity::earlier(part, number));
    let is_shown = |it: &&Happened| part.is_none_or(|part| part.shown.contains(&it.recorded.id));
    for happened in conversation.happened.iter().filter(is_shown) {
        let is_beyond = |(edge, _): &mut (EventId, LeftOut)| happened.recorded.id >= *edge;
        if let Some((_, left_out)) = gap.take_if(is_beyond) {
            entries.extend(opening.take());
            entries.push(Entry::LeftOut(left_out));
        }
        // A message that was moved about has several lines; it is shown at the first.
        let place = happened.recorded.event.brings().and_then(|id| {
            conversation
                .said
                .iter()
                .position(|said| said.message.id == id)
        });
        if place.is_some_and(|place| !shown.insert(place)) {
            continue;
        }
        if let Some(place) = place {
            let said = &conversation.said[place];
            let folded = place > 0 && (place < fold_before || said.message.automatic);
            entries.push(Entry::Message(Box::new(message(
                said,
                conversation,
                folded,
            ))));
            entries.extend(opening.take());
        } else if matches!(happened.recorded.event, Happening::Opened { .. }) {
            opening = mark(happened);
        } else {
            entries.extend(mark(happened));
        }
    }
    entries.extend(opening);
    let last = entries.iter_mut().rev().find_map(|entry| match entry {
        Entry::Message(it) => it.quote.as_mut(),
        Entry::Event(_) | Entry::LeftOut(_) => None,
    });
    if let Some(quote) = last {
        quote.by_key = true;
    }
    let later = part.and_then(|part| activity::later(part, number));
    entries.extend(later.map(Entry::LeftOut));
    entries
}

/// Whoever went back to read older messages wants to read them.
fn fold_before(conversation: &Conversation) -> usize {
    let part = conversation.part.as_ref();
    match part.is_some_and(|part| part.later.is_some()) {
        true => 0,
        false => conversation.said.len().saturating_sub(OPEN_MESSAGES),
    }
}

fn message(said: &Said, conversation: &Conversation, folded: bool) -> Message {
    let stored = &said.message;
    let new = said.body.said();
    let quoted = set_aside(said);
    Message {
        id: count(stored.id.0),
        who: speakers_of::who(said, conversation),
        address: Some(stored.author_address.clone()).filter(|address| !address.is_empty()),
        at: stored.at,
        kind: kind(said),
        badge: stored.kind.and_then(MailKind::label),
        raw: stored
            .raw_sha256
            .is_some()
            .then(|| format!("/messages/{}/raw", stored.id)),
        how: how(said, &conversation.happened),
        origin: speakers_of::origin(said),
        quote: (!new.trim().is_empty()).then(|| Quote {
            by_key: false,
            href: format!(
                "/tickets/{}?quote={}#composer-words",
                conversation.ticket.id, stored.id
            ),
        }),
        forward: can_be_forwarded(stored).then(|| {
            let words = match stored.audience {
                Audience::Desk => "Answer",
                Audience::Client => "Forward",
            };
            let (ticket, id) = (conversation.ticket.id, stored.id);
            (
                format!("/tickets/{ticket}?forward={id}#composer-words"),
                words,
            )
        }),
        question: speakers_of::question_at(said, conversation),
        to: recipients(said, conversation.requester.as_ref()),
        first: new.lines().next().unwrap_or_default().to_owned(),
        words: written(said, &new),
        quoted: Some(quoted).filter(|quoted| !quoted.is_empty()),
        formatted: stored.has_html.then(|| Formatted {
            open: new.is_empty(),
            tall: tall(new.len()),
        }),
        contents: contents::of(said, conversation),
        delivery: said.outgoing.as_ref().map(delivery),
        losses: unlisted_losses(said).map(lost).collect(),
        each: recipients_of_mail(said),
        undo: None,
        subject: stored
            .subject
            .clone()
            .filter(|subject| is_news(subject, &conversation.ticket.subject)),
        proof: proof(said, conversation),
        warning: stored.remark.clone().filter(|_| !stored.automatic),
        claimed: stored
            .claimed_at
            .filter(|claimed| stored.channel == Channel::Mail && is_far(*claimed, stored.at)),
        call: match stored.channel {
            Channel::Call => shown::of(stored.id, stored.claimed_at, conversation),
            Channel::Mail | Channel::Desk => None,
        },
        elsewhere: elsewhere(said, conversation),
        folded,
    }
}

/// What came back later. What the relay said is in the list of recipients, when there is one.
fn unlisted_losses(said: &Said) -> impl Iterator<Item = &NotDelivered> {
    let listed = !said.each.is_empty();
    let losses = said.losses.iter();
    losses.filter(move |loss| !listed || loss.report.is_some())
}

/// How its mail stands with each recipient, once that had to be told apart.
fn recipients_of_mail(said: &Said) -> Vec<Recipient> {
    crate::outbox::each::recipients(&said.each)
}

/// Readers hear of it when it could not be proven, and of whoever works here.
fn proof(said: &Said, conversation: &Conversation) -> Option<Proof> {
    let author = said.message.person;
    let works_here = conversation
        .agents
        .iter()
        .any(|agent| Some(agent.id) == author);
    let found = said
        .authentic
        .as_ref()
        .filter(|found| found.matters(works_here))?;
    let why = match &found.verdict {
        Verdict::Failed { why, .. } => Some(format!("Why: {why}")),
        Verdict::Aligned { .. } | Verdict::Unknown => None,
    };
    let by = format!("Checked by {}", found.checked_by);
    Some(Proof {
        says: found.verdict.to_string(),
        failed: why.is_some(),
        details: why
            .into_iter()
            .chain([by])
            .chain(found.checks.clone())
            .collect(),
    })
}

/// Clocks that are right and mail that comes at once differ by less.
const FAR: SignedDuration = SignedDuration::from_hours(1);

fn is_far(claimed: Timestamp, at: Timestamp) -> bool {
    at.duration_since(claimed).abs() > FAR
}

/// What can be corrected: nothing on a ticket that is set aside.
fn elsewhere(said: &Said, conversation: &Conversation) -> Option<Elsewhere> {
    let stored = &said.message;
    let stays = conversation.ticket.aside().is_some() || stored.channel == Channel::Call;
    (!stays).then_some(())?;
    let heard =
        |it: &&Said| it.message.ticket == stored.ticket && it.message.audience == Audience::Client;
    let mut others = conversation.said.iter().filter(heard);
    let by_mail = stored.channel == Channel::Mail;
    let part = conversation.part.as_ref();
    let is_beyond = part.is_some_and(|it| it.earlier.is_some() || it.later.is_some());
    let before = others.clone().any(|it| it.message.id < stored.id);
    let after = is_beyond || others.any(|it| it.message.id > stored.id);
    Some(Elsewhere {
        split: by_mail && (before || after),
        split_rest: by_mail && before && after,
        offer: reason_of(stored.id, &conversation.happened)
            .and_then(Reason::offers)
            .filter(|ticket| *ticket != conversation.ticket.id)
            .map(|ticket| ticket.0),
        not_done: None,
    })
}

fn reason_of(id: MessageId, happened: &[Happened]) -> Option<&Reason> {
    happened.iter().find_map(|line| match &line.recorded.event {
        Happening::MessageReceived {
            message, reason, ..
        } if *message == id => Some(reason),
        _ => None,
    })
}

fn kind(said: &Said) -> Kind {
    let message = &said.message;
    match (message.automatic, message.audience, message.channel) {
        (true, ..) => Kind::Automatic,
        (_, Audience::Desk, _) if is_forward(message) => Kind::Forward,
        (_, Audience::Desk, _) => Kind::Note,
        (_, Audience::Client, Channel::Desk) => Kind::FromDesk,
        (_, Audience::Client, Channel::Mail | Channel::Call) => Kind::FromClient,
    }
}

/// How it came and why it is here.
fn how(said: &Said, happened: &[Happened]) -> String {
    let id = said.message.id;
    let reason = happened
        .iter()
        .find_map(|happened| match &happened.recorded.event {
            Happening::MessageReceived {
                message, reason, ..
            } if *message == id => Some(reason.to_string()),
            Happening::ForwardAnswered {
                message, reason, ..
            } if *message == id => Some(reason.to_string()),
            Happening::Forwarded { message, .. }
            | Happening::Replied { message, .. }
            | Happening::DutyAsked {
                message: Some(message),
                ..
            }
            | Happening::CallCorrected {
                correction: message,
                ..
            } if *message == id => Some(lower(&happened.sentence)),
            _ => None,
        });
    let by_mail = (said.message.channel == Channel::Mail).then(|| "by mail".to_owned());
    let why = said
        .message
        .remark
        .clone()
        .filter(|_| said.message.automatic);
    let copies = match said.copies.len() {
        0 => None,
        1 => Some("delivered twice".to_owned()),
        more => Some(format!("delivered {} times", more + 1)),
    };
    [by_mail, why, reason, copies]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Who got it, unless it was just the requester, or just us.
fn recipients(said: &Said, requester: Option<&Person>) -> Option<String> {
    let (to, cc) = (&said.recipients.to, &said.recipients.cc);
    let outward = said.message.channel == Channel::Desk;
    let expected = match to.as_slice() {
        [] => true,
        [only] if outward => requester.is_some_and(|person| is_theirs(person, &only.address)),
        [_] => true,
        _ => false,
    };
    let bcc = &said.recipients.bcc;
    if !bcc.is_empty() {
        let copy = match cc.is_empty() {
            true => String::new(),
            false => format!(", copy to {}", names(cc)),
        };
        let hidden = names(bcc);
        return Some(format!("To {}{copy}, hidden copy to {hidden}", names(to)));
    }
    match (expected, cc.is_empty()) {
        (true, true) => None,
        (_, true) => Some(format!("To {}", names(to))),
        (_, false) => Some(format!("To {}, copy to {}", names(to), names(cc))),
    }
}

fn is_theirs(person: &Person, address: &str) -> bool {
    person
        .addresses
        .iter()
        .any(|known| kept_app::mail::address::is_same(known.as_str(), address))
}

fn names(mailboxes: &[Mailbox]) -> String {
    let name = |mailbox: &Mailbox| {
        mailbox
            .name
            .clone()
            .unwrap_or_else(|| mailbox.address.clone())
    };
    mailboxes.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What is not new: quotes and signatures, in their order.
fn set_aside(said: &Said) -> String {
    let old = said
        .body
        .segments
        .iter()
        .filter(|segment| !matches!(segment.kind, SegmentKind::New | SegmentKind::Added));
    let texts = old.map(|segment| segment.text.trim_matches('\n').trim_end());
    texts
        .filter(|text| !text.trim().is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Our own words are Markdown; a stranger's are plain text.
fn written(said: &Said, new: &str) -> Words {
    match said.message.channel {
        Channel::Desk => Words::Rich(kept_app::mail::markdown::to_html(new)),
        Channel::Mail | Channel::Call => Words::Plain(paragraphs(new)),
    }
}

/// Blank lines part paragraphs; other line ends stay in them.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines() {
        match (line.trim().is_empty(), paragraphs.last_mut()) {
            (true, _) => paragraphs.push(String::new()),
            (false, Some(last)) if last.is_empty() => last.push_str(line),
            (false, Some(last)) => {
                last.push('\n');
                last.push_str(line);
            }
            (false, None) => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

fn tall(bytes: usize) -> Tall {
    match bytes {
        0..600 => Tall::Short,
        600..3_000 => Tall::Middle,
        _ => Tall::Long,
    }
}

fn is_news(subject: &str, of_ticket: &str) -> bool {
    let bare = kept_app::mail::subject::base(subject);
    !bare.is_empty() && bare != kept_app::mail::subject::base(of_ticket)
}

/// What mark a file gets; by its type, else by how its name ends.
pub(crate) fn file_kind(content_type: &str, name: &str) -> FileKind {
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_lowercase();
    match (content_type, ending.as_str()) {
        (kind, _) if kind.starts_with("image/") => FileKind::Image,
        ("message/rfc822", _) | (_, "eml") => FileKind::Mail,
        (_, "xls" | "xlsx" | "ods" | "csv") => FileKind::Sheet,
        (_, "zip" | "gz" | "tgz" | "7z" | "rar" | "tar" | "xz") => FileKind::Archive,
        (_, "pdf" | "doc" | "docx" | "odt" | "rtf" | "txt" | "md" | "log") => FileKind::Text,
        (kind, _) if kind.starts_with("text/") => FileKind::Text,
        _ => FileKind::Other,
    }
}

fn lost(loss: &NotDelivered) -> Loss {
    let status = loss.status.as_deref();
    Loss {
        says: came_back(loss.kind, &loss.address, &loss.reason, status),
        details: loss.diagnostic.clone(),
        may_arrive: loss.kind == Setback::Delayed,
        report: loss.report.map(|id| format!("/messages/{id}/raw")),
        at: loss.at,
    }
}

fn delivery(mail: &Outgoing) -> Delivery {
    let id = count(mail.id.0);
    let why = || mail.last_error.clone().unwrap_or_default();
    match mail.state {
        State::Queued if mail.last_error.is_some() => Delivery::Retrying { id, why: why() },
        State::Queued | State::Withdrawn => Delivery::Queued { id },
        State::Sent if is_filed(mail) => Delivery::Filed { id },
        State::Sent => Delivery::Sent {
            id,
            at: mail.sent_at.unwrap_or(mail.created_at),
        },
        State::Failed => Delivery::Failed { id, why: why() },
    }
}

/// The one-line mark of an event. What a message shows itself has none.
fn mark(happened: &Happened) -> Option<Entry> {
    let recorded = &happened.recorded;
    let undo = match &recorded.event {
        Happening::MessageReceived { .. }
        | Happening::Replied { .. }
        | Happening::AnsweredByRule { .. }
        | Happening::DutyAsked {
            message: Some(_), ..
        }
        | Happening::Called { .. }
        | Happening::CallCorrected { .. }
        | Happening::Forwarded { .. }
        | Happening::ForwardAnswered { .. }
        | Happening::Noted { .. } => return None,
        // The message shows whom it names.
        Happening::ParticipantAdded {
            message: Some(_), ..
        } => return None,
        Happening::Absorbed { ticket, .. } => Some(format!("/undo/merge-{ticket}")),
        Happening::MovedIn { messages, .. } => {
            messages.first().map(|id| format!("/undo/move-{id}"))
        }
        Happening::MergedInto { .. } => Some(format!("/undo/merge-{}", recorded.ticket)),
        _ => None,
    };
    Some(Entry::Event(Event {
        at: recorded.at,
        says: happened.line.clone(),
        undo,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs() {
        let check =
            |text: &str, expected: &[&str]| assert_eq!(paragraphs(text), expected, "{text:?}");
        check("one\ntwo\n\n\nthree\n", &["one\ntwo", "three"]);
        check("\n \n", &[]);
        check("only", &["only"]);
    }

    #[test]
    fn files_get_a_mark_by_what_they_are() {
        for (kind, name, expected) in [
            ("image/png", "a", FileKind::Image),
            ("application/octet-stream", "Report.PDF", FileKind::Text),
            ("application/octet-stream", "x.tar.gz", FileKind::Archive),
            ("message/rfc822", "", FileKind::Mail),
            ("text/csv", "list.csv", FileKind::Sheet),
            ("", "", FileKind::Other),
        ] {
            assert_eq!(file_kind(kind, name), expected, "{kind} {name}");
        }
    }
}

//! Outgoing mail as the desk stores it, turned into rows and pages.

use jiff::Timestamp;
use kept_app::domain::ids::OutgoingId;
use kept_app::mail::{Mailbox, OutgoingMail};
use kept_app::reading::OutgoingDetail;
use kept_app::store::outgoing::{Outgoing as Row, State};

use super::each;
use super::views::{Outgoing, OutgoingPage, Sending};
use crate::numbers::count;

/// One line of the list.
pub(super) fn listed(row: &Row, next: &[(OutgoingId, Timestamp)]) -> Outgoing {
    let to: Vec<String> = serde_json::from_str(&row.recipients).unwrap_or_default();
    Outgoing {
        id: count(row.id.0),
        to: to.join(", "),
        subject: row.subject.clone(),
        ticket: row.ticket.map(|ticket| count(ticket.0)),
        state: sending(row),
        at: row.sent_at.unwrap_or(row.created_at),
        next: next.iter().find(|(id, _)| *id == row.id).map(|(_, at)| *at),
    }
}

fn sending(row: &Row) -> Sending {
    let why = row.last_error.clone().unwrap_or_default();
    match row.state {
        State::Queued if row.last_error.is_some() => Sending::Retrying {
            tries: count(row.attempts),
            why,
        },
        State::Queued => Sending::Queued,
        State::Sent if is_filed(row) => Sending::Filed {
            path: row.sent_via.clone().unwrap_or_default(),
        },
        State::Sent => Sending::Sent {
            via: row.sent_via.clone().unwrap_or_default(),
        },
        State::Failed => Sending::Failed { why },
        State::Withdrawn => Sending::Withdrawn,
    }
}

/// Whether a mail became a file for want of a relay; then `sent_via` is the path of that file.
pub(crate) fn is_filed(row: &Row) -> bool {
    row.sent_via
        .as_deref()
        .is_some_and(|via| via.ends_with(".eml"))
}

/// The mail with everything that goes over the wire.
pub(super) fn detail(found: &OutgoingDetail, next: &[(OutgoingId, Timestamp)]) -> OutgoingPage {
    OutgoingPage {
        mail: listed(&found.row, next),
        each: each::recipients(&found.each),
        headers: headers(&found.mail),
        text: found.mail.text.clone(),
        files: found
            .mail
            .attachments
            .iter()
            .map(|file| (file.filename.clone(), file.size_bytes))
            .collect(),
        trouble: found.bytes.as_ref().err().cloned(),
    }
}

fn headers(mail: &OutgoingMail) -> Vec<(String, String)> {
    let reference = |id: &String| format!("<{id}>");
    let references = mail
        .references
        .iter()
        .map(reference)
        .collect::<Vec<_>>()
        .join(" ");
    let all = [
        ("From", one(&mail.from)),
        ("To", many(&mail.to)),
        ("Cc", many(&mail.cc)),
        ("Bcc", many(&mail.bcc)),
        ("Subject", mail.subject.clone()),
        (
            "Date",
            mail.date
                .strftime("%a, %d %b %Y %H:%M:%S +0000")
                .to_string(),
        ),
        ("Message-ID", reference(&mail.message_id)),
        (
            "In-Reply-To",
            mail.in_reply_to
                .as_ref()
                .map_or_else(String::new, reference),
        ),
        ("References", references),
    ];
    let present = all.into_iter().filter(|(_, value)| !value.is_empty());
    present
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn many(mailboxes: &[Mailbox]) -> String {
    mailboxes.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn one(mailbox: &Mailbox) -> String {
    match &mailbox.name {
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.clone(),
    }
}

//! A client's mail that somebody of the desk handed in: its words are the client's, and what the forwarder
//! wrote above them is a note for the desk.

use kept_domain::event::{Actor, Event};
use kept_domain::ids::MessageId;
use kept_domain::messages::{Audience, Channel};
use kept_domain::tickets::Ticket;
use kept_mail::Body;
use kept_store::messages::Message;
use kept_store::{Tx, fulltext, messages};

use super::Recipients;
use super::arrival::Arrival;
use super::keep;
use super::shown::Words;
use super::voice::Voice;
use crate::Error;
use crate::consequences::record;

/// The client's words as a message, and what is new in them: `message` is the forwarding mail's, whose bytes
/// stay its original.
pub(super) fn words(arrival: &Arrival, message: Message) -> (Message, String) {
    let Some(forward) = &arrival.forward else {
        return (message, arrival.words.new.clone());
    };
    let words = Words::new(&body(&forward.body));
    let recipients = Recipients {
        to: forward.to.clone(),
        cc: forward.cc.clone(),
        bcc: vec![],
        reply_to: vec![],
    };
    let message = Message {
        claimed_at: forward.date,
        subject: forward.subject.clone(),
        recipients: recipients.json(),
        body: words.body,
        // The forwarding mail's HTML would show the remark as the client's words.
        has_html: false,
        remark: None,
        ..message
    };
    (message, words.new)
}

/// What the original says, quotes and signature of its own folded.
pub(super) fn body(text: &str) -> Body {
    Body::split(&format!("{}\n", text.trim_end()))
}

/// Writes what the forwarder said, if they said anything, as a note by them.
pub(super) fn note(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    ticket: &mut Ticket,
    forwarder: &Voice,
) -> Result<(), Error> {
    let remark = arrival.forward.as_ref().and_then(|it| it.remark.as_deref());
    let remark = remark.map(body).filter(|body| !body.new_text().is_empty());
    let Some(words) = remark.map(|body| Words::new(&body)) else {
        return Ok(());
    };
    let note = Message {
        id: MessageId(0),
        audience: Audience::Desk,
        channel: Channel::Mail,
        body: words.body,
        has_html: false,
        message_ref: None,
        raw_sha256: None,
        raw_size_bytes: 0,
        ..keep::message(arrival, ticket.id, forwarder, false)
    };
    let id = messages::insert(tx, &note)?;
    let document = fulltext::Document {
        message: id,
        ticket: ticket.id,
        subject: "",
        people: &note.author_name,
        body: &words.new,
    };
    fulltext::index(tx, &document)?;
    let by = forwarder.who.as_ref().map(|who| who.own);
    let by = by.map_or(Actor::Kept, Actor::Person);
    record(
        tx,
        ticket,
        arrival.received_at,
        by,
        &[Event::Noted { message: id }],
    )
}

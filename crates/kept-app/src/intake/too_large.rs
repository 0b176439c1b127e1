//! Tells whoever wrote a mail that was too large to be fetched whole that it did not get here as it was. Once, within the
//! budgets against loops, never to a program.

use kept_domain::intake::may_tell_sender;
use kept_mail::{AutoSubmitted, Mailbox, OutgoingMail};
use kept_store::Tx;

use super::arrival::Arrival;
use super::budget;
use super::facts::Found;
use crate::{Error, sender};

/// `limit_bytes` is the largest mail that is taken.
pub(super) fn tell_sender(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    found: &Found,
    limit_bytes: u64,
) -> Result<(), Error> {
    let Some(author) = &found.claimed else {
        return Ok(());
    };
    if may_tell_sender(&found.facts).is_err() {
        return Ok(());
    }
    let subject = arrival.mail.subject.clone().unwrap_or_default();
    let queue = found
        .queues
        .iter()
        .find(|queue| queue.id == found.facts.default_queue);
    let id = arrival.mail.message_id.clone();
    let mail = OutgoingMail {
        message_id: arrival.answer_ref.clone(),
        from: crate::tickets::sender(
            queue,
            &arrival.identity,
            queue.map_or("Kept", |it| it.name_in_mail()),
        ),
        reply_to: None,
        return_path: None,
        to: vec![Mailbox {
            name: Some(author.name.clone()).filter(|name| !name.is_empty()),
            address: author.address.to_string(),
        }],
        cc: vec![],
        bcc: vec![],
        subject: format!("Too large to arrive whole: {subject}"),
        date: arrival.received_at,
        references: arrival
            .mail
            .references
            .iter()
            .cloned()
            .chain(id.clone())
            .collect(),
        in_reply_to: id,
        text: text(&subject, limit_bytes),
        html: None,
        attachments: vec![],
        calendar: None,
        automatic: Some(AutoSubmitted::AutoReplied),
        ticket: None,
        desk: arrival.identity.mark.clone(),
    };
    let queued = sender::queue(tx, &mail, None, None, arrival.received_at)?;
    budget::remember(tx, &author.address, &subject, queued, arrival.received_at)
}

fn text(subject: &str, limit_bytes: u64) -> String {
    let megabytes = (limit_bytes / (1024 * 1024)).max(1);
    format!(
        "Hello,\n\nyour mail “{subject}” is larger than {megabytes} MB, the most we can take, so only its first lines \
         arrived. Somebody here knows that you wrote.\n\nPlease send it again in smaller parts, or write where we can \
         fetch what is large.\n"
    )
}

//! Looks up whether a mail says itself that it is for us, where whoever vouched for it vouched for that too.

use kept_domain::intake::Meant;
use kept_domain::people::EmailAddress;
use kept_domain::queues::Queue;
use kept_mail::Mailbox;
use kept_mail::authentication::Covered;

use super::arrival::Arrival;
use super::facts::is_of;

/// Addresses of one mail that are looked at; more are noise.
const MOST_ADDRESSES: usize = 100;

pub(super) fn meant(arrival: &Arrival, queues: &[Queue]) -> Meant {
    let written_to = written_to(arrival);
    let token = leads(arrival, &written_to);
    let directly = arrival.covered == Covered::Everything;
    let to_us = written_to
        .iter()
        .filter_map(|text| EmailAddress::parse(text).ok())
        .any(|address| queues.iter().any(|queue| is_of(queue, &address)));
    let thread = ["In-Reply-To", "References", "Message-ID"];
    Meant {
        for_us: directly || token || to_us,
        token,
        thread: thread.iter().all(|name| has(arrival, name)),
        subject: has(arrival, "Subject"),
    }
}

fn has(arrival: &Arrival, name: &str) -> bool {
    arrival.covered.has(&arrival.mail, name)
}

/// Whom its writer wrote it to. The envelope is whoever's who delivered it.
fn written_to(arrival: &Arrival) -> Vec<&str> {
    let mail = &arrival.mail;
    let named = |name, list| if has(arrival, name) { list } else { &[][..] };
    let headers = named("To", &mail.to[..])
        .iter()
        .chain(named("Cc", &mail.cc[..]))
        .map(|mailbox: &Mailbox| mailbox.address.as_str());
    let directly = arrival.covered == Covered::Everything;
    let envelope = arrival.envelope.to.iter().filter(|_| directly);
    headers
        .chain(envelope.map(String::as_str))
        .take(MOST_ADDRESSES)
        .collect()
}

/// Whether the reply address that led to the ticket is among them.
fn leads(arrival: &Arrival, written_to: &[&str]) -> bool {
    let key = &arrival.identity.reply_key;
    let mut tokens = written_to
        .iter()
        .filter_map(|text| kept_mail::token::find(key, text));
    arrival
        .token
        .is_some_and(|ticket| tokens.any(|it| it == ticket))
}

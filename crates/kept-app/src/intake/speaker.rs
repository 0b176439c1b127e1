//! Looks up what the rule about who speaks depends on: web forms, the sender, the mail passed on.

use kept_domain::intake::{self as rules, FormSigns, Forward, MailKind, Sender, Writer};
use kept_domain::people::EmailAddress;
use kept_domain::queues::Queue;
use kept_mail::{Kind, Mailbox};
use kept_store::people::Who;
use kept_store::{Tx, clients, people};

use super::arrival::Arrival;
use super::author::Author;
use super::budget;
use super::facts::{is_of, kind};
use crate::Error;
use crate::settings::forms;

/// Whoever a web form wrote for, when the mail is a web form's.
pub(super) fn of_form(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    queues: &[Queue],
) -> Result<Option<Author>, Error> {
    let mail = &arrival.mail;
    let can_be = matches!(
        mail.kind,
        Kind::Person | Kind::MailingList { .. } | Kind::Automatic { .. }
    );
    if !can_be || mail.header("Reply-To").is_none() {
        return Ok(None);
    }
    let Some(answer_to) = kept_mail::reply_to::answer_to(mail) else {
        return Ok(None);
    };
    let author = Author::of_mailbox(&answer_to).filter(|author| {
        !kept_mail::address::is_noreply(author.address.as_str())
            && !queues.iter().any(|queue| is_of(queue, &author.address))
    });
    let signs = FormSigns {
        is_known_form: known_form(tx, arrival)?,
        from_nobody: kind(arrival) == MailKind::Person && from_nobody(arrival, queues),
        names_somebody: author.is_some(),
    };
    Ok(author.filter(|_| rules::is_form(signs)))
}

fn known_form(tx: &mut Tx<'_>, arrival: &Arrival) -> Result<bool, Error> {
    match &arrival.author {
        Some(author) => forms::is_form(tx, &author.address),
        None => Ok(false),
    }
}

/// From is one of ours, or says itself that nobody reads it. Our own mark says that it is no form.
fn from_nobody(arrival: &Arrival, queues: &[Queue]) -> bool {
    let from = arrival.author.as_ref().map(|author| &author.address);
    let nobody = |address: &EmailAddress| {
        kept_mail::address::is_noreply(address.as_str())
            || queues.iter().any(|queue| is_of(queue, address))
    };
    arrival.mail.desk.is_none() && from.is_some_and(nobody)
}

/// What is known of the sender.
pub(super) fn sender(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    address: EmailAddress,
    by_form: bool,
    author: Option<&Who>,
    queues: &[Queue],
) -> Result<Sender, Error> {
    let from = arrival.mail.from.first();
    let passes_on = arrival.forward.is_some();
    Ok(Sender {
        person: author.map(|who| who.id),
        is_our_queue: queues.iter().any(|queue| is_of(queue, &address)),
        works_here: match author.filter(|who| who.role.is_some()) {
            Some(who) => people::works_here(tx, who.id)?,
            None => false,
        },
        // What is proven is From, and a form's mail is somebody else's.
        is_proven: arrival.proves_its_author() && !by_form,
        has_our_domain: passes_on && has_our_domain(tx, &address, queues)?,
        is_noreply: kept_mail::address::is_noreply(address.as_str())
            || from.is_some_and(kept_mail::address::is_mailer),
        address,
    })
}

fn has_our_domain(
    tx: &mut Tx<'_>,
    address: &EmailAddress,
    queues: &[Queue],
) -> Result<bool, Error> {
    let domain = address.domain();
    let mut ours = queues.iter().flat_map(|queue| &queue.addresses);
    Ok(ours.any(|known| known.domain() == domain) && clients::of_domain(tx, &domain)?.is_none())
}

/// The mail it passes on, and whether its writer can be answered.
pub(super) fn forward(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    queues: &[Queue],
) -> Result<Option<Forward>, Error> {
    let Some(read) = &arrival.forward else {
        return Ok(None);
    };
    let writer = match read.from.as_ref().and_then(usable) {
        Some(address) => Some(writer(tx, arrival, address, queues)?),
        None => None,
    };
    Ok(Some(Forward {
        writer,
        sure: read.sure,
    }))
}

fn usable(mailbox: &Mailbox) -> Option<EmailAddress> {
    let valid = kept_mail::address::is_valid(&mailbox.address);
    EmailAddress::parse(&mailbox.address).ok().filter(|_| valid)
}

fn writer(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    address: EmailAddress,
    queues: &[Queue],
) -> Result<Writer, Error> {
    let known = people::who_has(tx, &address)?;
    let subject = arrival.mail.subject.as_deref().unwrap_or_default();
    let answered = budget::answered(tx, &address, subject, arrival.received_at)?;
    Ok(Writer {
        is_ours: queues.iter().any(|queue| is_of(queue, &address))
            || known.is_some_and(|who| who.role.is_some()),
        is_noreply: kept_mail::address::is_noreply(address.as_str()),
        answered,
        address,
    })
}

/// Whether a rule of the sender's own mailbox sent it. One that only redirects leaves From as it was, and
/// whoever stands there may be told.
pub(super) fn by_mailbox_rule(arrival: &Arrival) -> bool {
    let mail = &arrival.mail;
    if !kept_mail::automatic::passed_on_by_rule(mail) {
        return false;
    }
    let owner = mail.header("X-MS-Exchange-Inbox-Rules-Loop");
    let owner = owner.or_else(|| mail.resent_from.first().map(|by| by.address.as_str()));
    match (owner, &arrival.author) {
        (Some(owner), Some(author)) => {
            kept_mail::address::is_same(owner.trim_matches(['<', '>']), author.address.as_str())
        }
        _ => true,
    }
}

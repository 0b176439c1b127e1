//! The mail that asks a caller whether we understood: plain words, and a link that needs no session.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use kept_domain::access::Viewer;
use kept_domain::ids::{MessageId, OutgoingId};
use kept_domain::tickets::Ticket;
use kept_mail::Mailbox;
use kept_mail::markdown::literal;
use kept_store::messages::Message;
use kept_store::threads::Leads;
use kept_store::{Tx, messages, people, queues, threads};

use super::NewCall;
use crate::clocks::Look;
use crate::private_links::{self, Purpose};
use crate::settings::texts::{self, Text, Told};
use crate::tickets::{Letter as Reply, compose_letter};
use crate::{Desk, Error, sender};

pub(super) struct Letter<'a> {
    pub viewer: &'a Viewer,
    pub ticket: &'a Ticket,
    /// The call.
    pub message: MessageId,
    pub to: &'a Mailbox,
    pub new: &'a NewCall,
    /// What was said on the ticket before.
    pub earlier: &'a [Message],
}

/// Puts it into the outbox. `None` when there is no address a person reads.
pub(super) fn send(
    tx: &mut Tx<'_>,
    desk: &Desk,
    letter: &Letter<'_>,
    now: Timestamp,
) -> Result<Option<OutgoingId>, Error> {
    let address = &letter.to.address;
    if !kept_mail::address::is_valid(address) || kept_mail::address::is_noreply(address) {
        return Ok(None);
    }
    let by = Some(letter.viewer.person);
    let about = letter.message.0;
    let token = private_links::create(tx, desk.random(), Purpose::Call, about, by, now)?;
    let link = format!("{}/said/{token}", desk.config().public_url);
    let told = told(tx, letter, link, now)?;
    let words = texts::filled(tx, Text::CallSummary, &told)?;
    let reply = Reply {
        ticket: letter.ticket,
        message_ref: desk.new_message_ref()?,
        agent: letter.viewer,
        to: vec![letter.to.clone()],
        cc: vec![],
        bcc: vec![],
        markdown: &words,
        files: &[],
        quotes: false,
    };
    let mail = compose_letter(tx, desk.identity(), reply, letter.earlier, now)?;
    messages::set_message_ref(tx, letter.message, &mail.message_id)?;
    let leads = Leads {
        to: letter.ticket.id,
        with: Some(letter.message),
        answers: None,
    };
    threads::remember_own(tx, &mail.message_id, leads)?;
    let (ticket, message) = (Some(letter.ticket.id), Some(letter.message));
    sender::queue_for(tx, &mail, ticket, message, now, now).map(Some)
}

fn told(tx: &mut Tx<'_>, letter: &Letter<'_>, link: String, now: Timestamp) -> Result<Told, Error> {
    let ticket = letter.ticket;
    let zone = zone_of(tx, ticket, now)?;
    let responsible = people::names(tx, &[ticket.responsible])?.pop();
    let all = queues::all(tx)?;
    let queue = all.iter().find(|queue| queue.id == ticket.queue);
    let kind = letter.new.kind;
    Ok(Told {
        name: letter.to.name.clone().unwrap_or_default(),
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        responsible: responsible.map_or_else(String::new, |(_, name)| name),
        queue: queue.map_or_else(String::new, |queue| queue.name.clone()),
        how: kind.how.told().to_owned(),
        when: when(letter.new.at, &zone),
        said: quoted(&letter.new.said),
        wanted: kind.wanted.told().to_owned(),
        link,
        ..Told::default()
    })
}

/// The client's own zone, by the agreement that holds.
pub(crate) fn zone_of(tx: &mut Tx<'_>, ticket: &Ticket, now: Timestamp) -> Result<TimeZone, Error> {
    let look = Look::at(tx, ticket, now.max(ticket.touched_at))?;
    Ok(look.wording.client.zone().clone())
}

/// `Monday, 23 November at 10:40 (CET)`
pub(crate) fn when(at: Timestamp, zone: &TimeZone) -> String {
    let there = at.to_zoned(zone.clone());
    there.strftime("%A, %-d %B at %H:%M (%Z)").to_string()
}

/// Set apart as a quote. What an agent typed during a call is not Markdown.
fn quoted(said: &str) -> String {
    let lines = said.trim().lines().map(|line| match line.trim() {
        "" => ">".to_owned(),
        // Two spaces keep the line's end.
        words => format!("> {}  ", literal(words)),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_quoted_line_by_line_and_is_no_markup() {
        let quote = quoted("Toner is **low**\n\n[here](https://evil.example)\n");
        let html = kept_mail::markdown::to_html(&quote);
        assert!(html.contains("<blockquote>"), "{html}");
        for markup in ["<strong>", "<a "] {
            assert!(!html.contains(markup), "{markup} in {html}");
        }
        assert_eq!(quote.lines().count(), 3);
    }
}

//! The mail that passes messages on: the agent's words and signature, and below them each message with who wrote it.

use jiff::Timestamp;
use kept_domain::access::Viewer;
use kept_domain::messages::{Audience, Channel};
use kept_domain::tickets::Ticket;
use kept_mail::{Mailbox, OutgoingMail, markdown};
use kept_store::messages::Message;
use kept_store::{Tx, queues};

use super::super::compose::{self, Addressees};
use super::super::say::ReadyFile;
use crate::Error;
use crate::desk::Identity;
use crate::reading::{body_of, recipients_of};

/// Characters of one message, and messages, that are passed on; the last of them.
const LONGEST: usize = 30_000;
const MOST: usize = 60;

pub(super) struct Letter<'a> {
    pub ticket: &'a Ticket,
    pub message_ref: String,
    pub agent: &'a Viewer,
    pub addressees: &'a Addressees,
    pub markdown: &'a str,
    pub passed_on: &'a [Message],
    pub files: &'a [ReadyFile],
}

/// It says nothing of the client's mails in its headers, but for an answer to somebody it was forwarded to before.
pub(super) fn write(
    tx: &mut Tx<'_>,
    identity: &Identity,
    letter: Letter<'_>,
    now: Timestamp,
) -> Result<OutgoingMail, Error> {
    let ticket = letter.ticket;
    let queue = queues::all(tx)?.into_iter().find(|q| q.id == ticket.queue);
    let from = compose::from_agent(queue.as_ref(), identity, &letter.agent.name);
    let return_path = compose::return_path(tx, identity, &from.address, ticket.id)?;
    let signature = compose::signature(tx, ticket, letter.agent)?;
    let marker = kept_mail::token::body_marker(&identity.reply_key, ticket.id.0);
    let answers = private_answer(letter.passed_on);
    let subject = match answers {
        Some(_) => kept_mail::reply_subject(&ticket.subject, ticket.id.0),
        None => kept_mail::forward_subject(&ticket.subject, ticket.id.0),
    };
    let skipped = letter.passed_on.len().saturating_sub(MOST);
    let last = &letter.passed_on[skipped..];
    let own = [letter.markdown.trim_end(), signature.trim()];
    let own: Vec<&str> = own.into_iter().filter(|part| !part.is_empty()).collect();
    let mut plain: Vec<String> = Vec::new();
    let mut html: Vec<String> = Vec::new();
    if !own.is_empty() {
        let parts = own.iter().map(|part| markdown::to_plain(part));
        let parts: Vec<String> = parts.map(|part| part.trim_end().to_owned()).collect();
        plain.push(parts.join("\n\n-- \n"));
        let parts: Vec<String> = own.iter().map(|part| markdown::to_html(part)).collect();
        html.push(parts.join("<p>-- <br></p>"));
    }
    for message in last {
        let each = Each::of(message, ticket);
        plain.push(each.plain());
        html.push(each.html());
    }
    plain.push(marker.clone());
    html.push(format!("<p><small>{marker}</small></p>"));
    let their_ref = answers.and_then(|message| message.message_ref.clone());
    Ok(OutgoingMail {
        message_id: letter.message_ref,
        from,
        reply_to: None,
        return_path,
        to: letter.addressees.to.clone(),
        cc: letter.addressees.cc.clone(),
        bcc: letter.addressees.bcc.clone(),
        subject,
        date: now,
        references: their_ref.iter().cloned().collect(),
        in_reply_to: their_ref,
        text: plain.join("\n\n"),
        html: Some(html.join("\n")),
        attachments: letter.files.iter().map(compose::outgoing).collect(),
        calendar: None,
        automatic: None,
        ticket: Some(ticket.id.0),
        desk: identity.mark.clone(),
    })
}

/// The message that is answered rather than passed on: what somebody wrote to the desk alone.
fn private_answer(passed_on: &[Message]) -> Option<&Message> {
    match passed_on {
        [only] if only.audience == Audience::Desk => Some(only),
        _ => None,
    }
}

/// One message as it stands in the mail.
struct Each {
    /// `From: Dana Fox <dana@fox.example>`.
    head: Vec<String>,
    body: String,
    is_markdown: bool,
}

const LINE: &str = "---------- Forwarded message ----------";

impl Each {
    fn of(message: &Message, ticket: &Ticket) -> Self {
        let author = Mailbox {
            name: Some(message.author_name.clone()).filter(|name| !name.is_empty()),
            // Whoever writes for the desk is written to at the desk.
            address: match message.channel {
                Channel::Desk => String::new(),
                Channel::Mail | Channel::Call => message.author_address.clone(),
            },
        };
        let recipients = recipients_of(message);
        let lists = [("To", &recipients.to), ("Cc", &recipients.cc)];
        let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
        let lists = lists.map(|(name, list)| {
            let each: Vec<String> = list.iter().map(shown).collect();
            format!("{name}: {}", each.join(", "))
        });
        let subject = message.subject.as_ref().unwrap_or(&ticket.subject);
        let date = message.at.strftime("%a, %d %b %Y %H:%M UTC");
        let head = [
            format!("From: {}", shown(&author)),
            format!("Date: {date}"),
            format!("Subject: {subject}"),
        ];
        Self {
            head: head
                .into_iter()
                .chain(lists)
                .map(|it| one_line(&it))
                .collect(),
            body: body_of(message).new_text().chars().take(LONGEST).collect(),
            is_markdown: message.channel == Channel::Desk,
        }
    }

    fn plain(&self) -> String {
        let body = match self.is_markdown {
            true => markdown::to_plain(&self.body),
            false => self.body.clone(),
        };
        format!("{LINE}\n{}\n\n{}", self.head.join("\n"), body.trim())
    }

    fn html(&self) -> String {
        let literal = |lines: &mut dyn Iterator<Item = &str>| {
            let lines: Vec<String> = lines.map(markdown::literal).collect();
            markdown::to_html(&lines.join("\n"))
        };
        let head = literal(&mut std::iter::once(LINE).chain(self.head.iter().map(String::as_str)));
        let body = match self.is_markdown {
            true => markdown::to_html(&self.body),
            false => literal(&mut self.body.trim().lines()),
        };
        format!("{head}\n<blockquote>\n{body}\n</blockquote>")
    }
}

fn shown(mailbox: &Mailbox) -> String {
    match (&mailbox.name, mailbox.address.as_str()) {
        (Some(name), "") => name.clone(),
        (Some(name), address) => format!("{name} <{address}>"),
        (None, address) => address.to_owned(),
    }
}

fn one_line(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    letters.collect()
}

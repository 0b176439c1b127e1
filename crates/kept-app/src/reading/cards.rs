//! What files of a conversation say, so that nobody must open them: invitations and mails within mails.
//!
//! Read when a ticket is shown, so that taking mail in costs nothing more; small files only, a few a message.

use kept_domain::event::Event;
use kept_domain::messages::InvitationAnswer;
use kept_mail::calendar::{self, Calendar, Method};
use kept_mail::{IncomingMail, Mailbox};
use kept_store::messages::Attachment;

use super::{Conversation, Said};
use crate::{Desk, Error};

/// What one file says. `file` is the id of the attachment.
#[derive(Debug, Clone)]
pub enum Card {
    Invitation(Box<Invitation>),
    Letter(Letter),
}

/// A calendar object.
#[derive(Debug, Clone)]
pub struct Invitation {
    pub file: i64,
    pub calendar: Calendar,
    /// What the desk told the organizer last.
    pub answered: Option<InvitationAnswer>,
    /// A later mail on this ticket says something else about the same meeting.
    pub superseded: bool,
}

/// A mail within a mail.
#[derive(Debug, Clone)]
pub struct Letter {
    pub file: i64,
    pub from: Vec<Mailbox>,
    pub to: Vec<Mailbox>,
    pub date: Option<jiff::Timestamp>,
    pub subject: Option<String>,
    /// The beginning of what it says.
    pub text: String,
    /// How many files it has.
    pub files: usize,
}

/// Cards of one ticket and of one message, and bytes of a file that is read for one.
const MOST: usize = 40;
const MOST_A_MESSAGE: usize = 6;
const LARGEST_BYTES: i64 = 512 * 1024;
/// Letters of a nested mail that are shown on the ticket; its own page has all.
const LONGEST_TEXT: usize = 1_500;

/// Reads the cards, those of the newest messages first.
pub(super) async fn lay_out(desk: &Desk, conversation: &mut Conversation) -> Result<(), Error> {
    let mut left = MOST;
    for said in conversation.said.iter_mut().rev() {
        let files = said.files.iter().filter(|file| is_card(file));
        let files: Vec<Attachment> = files.take(MOST_A_MESSAGE.min(left)).cloned().collect();
        for file in &files {
            if let Some(card) = read(desk, file).await? {
                add(said, card);
                left -= 1;
            }
        }
    }
    note_answers(conversation);
    note_superseded(conversation);
    Ok(())
}

fn is_card(file: &Attachment) -> bool {
    let readable = (1..=LARGEST_BYTES).contains(&file.size_bytes);
    readable && (is_calendar(file) || is_letter(file))
}

fn is_calendar(file: &Attachment) -> bool {
    calendar::is_named_calendar(&file.content_type, &file.filename)
}

fn is_letter(file: &Attachment) -> bool {
    matches!(
        file.content_type.as_str(),
        "message/rfc822" | "message/global"
    )
}

async fn read(desk: &Desk, file: &Attachment) -> Result<Option<Card>, Error> {
    let Some(bytes) = desk.blobs().get(desk.store(), &file.sha256).await? else {
        return Ok(None);
    };
    let (id, letter) = (file.id, is_letter(file));
    // Reading a mail may take its time, and nobody else should wait for it.
    let card = tokio::task::spawn_blocking(move || match letter {
        true => Some(Card::Letter(letter_of(id, kept_mail::parse(&bytes)))),
        false => invitation_of(id, &bytes),
    });
    card.await
        .map_err(|_| Error::Outside("a file of this ticket could not be read".into()))
}

fn invitation_of(file: i64, bytes: &[u8]) -> Option<Card> {
    let calendar = calendar::of_bytes(bytes).filter(|calendar| !calendar.events.is_empty())?;
    Some(Card::Invitation(Box::new(Invitation {
        file,
        calendar,
        answered: None,
        superseded: false,
    })))
}

fn letter_of(file: i64, mail: IncomingMail) -> Letter {
    let text: String = mail.text.trim().chars().take(LONGEST_TEXT).collect();
    let cut = text.len() < mail.text.trim().len();
    let listed = mail.attachments.iter().filter(|file| !file.within_text);
    Letter {
        file,
        text: if cut { format!("{text} …") } else { text },
        files: listed.count(),
        from: mail.from,
        to: mail.to.into_iter().take(10).collect(),
        date: mail.date,
        subject: mail.subject,
    }
}

/// The same meeting often comes twice in one mail, for two kinds of programs. One that says what it asks for
/// can be answered.
fn add(said: &mut Said, card: Card) {
    let Card::Invitation(new) = &card else {
        return said.cards.push(card);
    };
    let known = said.cards.iter_mut().find_map(|known| match known {
        Card::Invitation(known) if known.uid() == new.uid() => Some(known),
        _ => None,
    });
    match known {
        Some(known) if known.calendar.method.is_none() => known.clone_from(new),
        Some(_) => {}
        None => said.cards.push(card),
    }
}

/// What the desk answered since the card came; a meeting that changed is asked about anew.
fn note_answers(conversation: &mut Conversation) {
    let happened = conversation.happened.iter().rev();
    let answers: Vec<_> = happened
        .filter_map(|line| match &line.recorded.event {
            Event::InvitationAnswered { uid, answer, .. } => {
                Some((uid.as_str(), *answer, line.recorded.at))
            }
            _ => None,
        })
        .collect();
    for said in &mut conversation.said {
        let came = said.message.at;
        for card in &mut said.cards {
            if let Card::Invitation(it) = card {
                let is_answer =
                    |(uid, _, at): &&(&str, _, _)| Some(*uid) == it.uid() && *at >= came;
                it.answered = answers.iter().find(is_answer).map(|(_, answer, _)| *answer);
            }
        }
    }
}

/// Only the newest word on a meeting holds. Answers of attendees change nothing about it.
fn note_superseded(conversation: &mut Conversation) {
    let mut later: Vec<String> = Vec::new();
    let cards = conversation.said.iter_mut().rev();
    for card in cards.flat_map(|said| &mut said.cards) {
        let Card::Invitation(invitation) = card else {
            continue;
        };
        let uid = invitation.uid().unwrap_or_default().to_owned();
        invitation.superseded = invitation.is_announced() && later.contains(&uid);
        if invitation.is_announced() && invitation.is_whole() {
            later.push(uid);
        }
    }
}

impl Invitation {
    /// Which meeting it is about.
    pub fn uid(&self) -> Option<&str> {
        let mut events = self.calendar.events.iter();
        events.find_map(|event| event.uid.as_deref())
    }

    /// Its organizer says when it takes place, or that it does not.
    fn is_announced(&self) -> bool {
        let method = self.calendar.method;
        matches!(method, Some(Method::Request | Method::Cancel))
    }

    /// It is not about one day of a series only.
    fn is_whole(&self) -> bool {
        let first = self.calendar.events.first();
        first.is_some_and(|event| event.uid.is_some() && event.recurrence_of.is_none())
    }
}

//! Who speaks on a ticket as the desk gives it, turned into what is shown.

use kept_app::domain::ids::PersonId;
use kept_app::intake::{How, Origin};
use kept_app::mail::address::shown;
use kept_app::reading::{Conversation, Said};

use super::speakers::{Participant, Question};
use crate::numbers::count;

/// Who said it: as their mail calls them, else as the desk knows them, else by their address.
pub(super) fn who(said: &Said, conversation: &Conversation) -> String {
    let (name, address) = (&said.message.author_name, &said.message.author_address);
    let known = || named(said.message.person?, conversation);
    match (name.is_empty(), address.is_empty()) {
        (false, _) => name.clone(),
        (true, false) => known().unwrap_or_else(|| address.clone()),
        (true, true) => known().unwrap_or_else(|| "Somebody".to_owned()),
    }
}

fn named(person: PersonId, conversation: &Conversation) -> Option<String> {
    let requester = conversation.requester.iter();
    let requester = requester.map(|it| (it.id, &it.name));
    let participants = conversation.participants.iter();
    let participants = participants.map(|it| (it.person, &it.name));
    let agents = conversation.agents.iter().map(|it| (it.id, &it.name));
    let mut all = requester.chain(participants).chain(agents);
    let (_, name) = all.find(|(id, name)| *id == person && !name.is_empty())?;
    Some(name.clone())
}

pub(super) fn participants(conversation: &Conversation) -> Vec<Participant> {
    let ours = conversation.ticket.client;
    let one = |it: &kept_app::store::participants::Participant| Participant {
        id: count(it.person.0),
        name: it.name.clone(),
        address: it.address.clone(),
        other_client: it
            .client
            .as_ref()
            .filter(|(id, _)| ours.is_some_and(|ours| ours != *id))
            .map(|(_, name)| name.clone()),
    };
    conversation.participants.iter().map(one).collect()
}

/// The questions that are asked, or those that are merely offered.
pub(super) fn questions(conversation: &Conversation, asked: bool) -> Vec<Question> {
    let ticket = &conversation.ticket;
    if ticket.aside().is_some() {
        return vec![];
    }
    let wanted = conversation.questions.iter().filter(|it| it.asks == asked);
    wanted
        .map(|it| Question {
            ticket: count(ticket.id.0),
            message: count(it.message.0),
            writer: shown(&it.writer).to_owned(),
            sent_by: shown(&it.sent_by).to_owned(),
        })
        .collect()
}

/// The question at this message.
pub(super) fn question_at(said: &Said, conversation: &Conversation) -> Option<Question> {
    let all = questions(conversation, true);
    let id = count(said.message.id.0);
    all.into_iter().find(|asked| asked.message == id)
}

/// How a message's words came, in words.
pub(super) fn origin(said: &Said) -> Option<String> {
    let origin = said.origin.as_ref()?;
    let (sender, writer) = (shown(&origin.sent_by), shown(&origin.written_by));
    Some(match origin.how {
        How::HandedIn | How::Asked | How::Forwarded => {
            let when = written_on(origin).map_or_else(String::new, |when| format!(" on {when}"));
            format!("Forwarded by {sender}, written by {writer}{when}")
        }
        How::Redirected => format!("Sent on by {sender}, written by {writer}"),
        How::Form => format!("Written by {writer} in the form of {sender}"),
    })
}

/// The day it claims to be written, or the words that say so.
fn written_on(origin: &Origin) -> Option<String> {
    let day = origin
        .written_at
        .map(|at| at.strftime("%a %-d %b %Y").to_string());
    day.or_else(|| origin.written_on.clone())
}

//! Passing on what was said, in the composer: what can be passed on, to whom, and which files go with it. The client reads
//! none of it, so that the form says who does.

use kept_app::domain::ids::MessageId;
use kept_app::domain::messages::Audience;
use kept_app::mail::Mailbox;
use kept_app::reading::{Conversation, Said};
use kept_app::tickets::{Addressees, Forward, Upload, can_be_forwarded};
use maud::{Markup, html};

use super::mailboxes;
use crate::forms::Fields;
use crate::numbers::{self, count};
use crate::parts::{Icon, icon, size};

/// Letters shown of a message to choose it by, and messages to choose from.
const SHOWN: usize = 60;
const MOST: usize = 60;

/// A message that can be passed on.
#[derive(Debug, Clone)]
pub struct Passable {
    pub message: u64,
    /// `Dana Fox: The door to the archive …`.
    pub says: String,
    /// Who is answered by it: whoever wrote to the desk alone.
    pub answers: Option<String>,
    /// Number, name and size in bytes of its files.
    pub files: Vec<(u64, String, u64)>,
}

/// What is to be passed on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Passing {
    /// `None` for the whole conversation.
    pub of: Option<u64>,
    pub to: String,
    /// The files that go with it.
    pub attached: Vec<u64>,
}

/// What of a conversation can be passed on, the newest first.
pub(super) fn passable(conversation: &Conversation) -> Vec<Passable> {
    let said = conversation.said.iter().rev();
    let can = said.filter(|said| can_be_forwarded(&said.message));
    can.take(MOST).map(one).collect()
}

fn one(said: &Said) -> Passable {
    let message = &said.message;
    let author = Mailbox {
        name: Some(message.author_name.clone()).filter(|name| !name.is_empty()),
        address: message.author_address.clone(),
    };
    let who = match author.name.as_deref() {
        Some(name) => name,
        None => &author.address,
    };
    let private = message.audience == Audience::Desk;
    let files = said.files.iter().filter(|file| !file.inline && !file.minor);
    Passable {
        message: count(message.id.0),
        says: format!("{who}: {}", beginning(&said.body.new_text())),
        answers: private.then(|| mailboxes::written(std::slice::from_ref(&author))),
        files: files
            .map(|file| {
                let bytes = count(file.size_bytes);
                (count(file.id), file.filename.clone(), bytes)
            })
            .collect(),
    }
}

fn beginning(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// As an address asks for it: `all`, `last`, or a message's number.
pub(super) fn begun(passable: &[Passable], wish: &str) -> Option<Passing> {
    let newest = passable.first()?;
    if wish == "all" {
        let files = passable.iter().flat_map(|it| &it.files);
        return Some(Passing {
            attached: files.map(|(id, ..)| *id).collect(),
            ..Passing::default()
        });
    }
    let number = numbers::number(wish).map(count);
    let wanted = passable.iter().find(|it| Some(it.message) == number);
    let one = match wish {
        "last" => newest,
        _ => wanted?,
    };
    Some(Passing {
        of: Some(one.message),
        to: one.answers.clone().unwrap_or_default(),
        attached: one.files.iter().map(|(id, ..)| *id).collect(),
    })
}

/// As it stands in the form.
pub(super) fn typed(fields: &Fields) -> Passing {
    let attached = fields.all("attached").filter_map(numbers::number);
    Passing {
        of: fields.number("forward-of").map(count),
        to: fields.trimmed("forward-to"),
        attached: attached.map(count).collect(),
    }
}

/// Reads the form.
pub(super) fn read(fields: &Fields, text: String, files: Vec<Upload>) -> Forward {
    Forward {
        of: fields.number("forward-of").map(MessageId),
        text,
        addressees: Addressees {
            to: mailboxes::mailboxes(fields.get("forward-to")),
            ..Addressees::default()
        },
        attached: fields.all("attached").filter_map(numbers::number).collect(),
        files,
    }
}

/// The fields of the form.
pub(super) fn fields(passable: &[Passable], passing: &Passing, client: Option<&str>) -> Markup {
    html! {
        div.passing.for-forward {
            label { span { "To" } input type="text" name="forward-to" value=(passing.to) autocomplete="off" placeholder="whoever should look at it" data-first; }
            label {
                span { "What" }
                select name="forward-of" {
                    option value="all" selected[passing.of.is_none()] { "The whole conversation, without notes" }
                    // An older message, when only a part of the conversation is shown.
                    @if let Some(id) = elsewhere(passable, passing) { option value=(id) selected { "The message chosen before" } }
                    @for it in passable { option value=(it.message) selected[passing.of == Some(it.message)] { (it.says) } }
                }
            }
            (files(passable, &passing.attached))
            p.warning { (icon(Icon::Warning)) span { (leaves(client)) } }
        }
    }
}

fn elsewhere(passable: &[Passable], passing: &Passing) -> Option<u64> {
    passing
        .of
        .filter(|id| passable.iter().all(|it| it.message != *id))
}

fn leaves(client: Option<&str>) -> String {
    let whose = match client {
        Some(name) => format!("This leaves the conversation with {name}"),
        None => "This leaves the conversation".to_owned(),
    };
    format!(
        "{whose}: whoever you write to reads it, and what they answer comes back to the desk alone."
    )
}

/// Of all messages: which one is passed on can still be chosen. Only those of what is passed on go with it.
fn files(passable: &[Passable], attached: &[u64]) -> Markup {
    let all: Vec<_> = passable.iter().flat_map(|it| &it.files).collect();
    html! {
        @if !all.is_empty() {
            fieldset.files {
                legend { "Files that go with it" }
                @for (id, name, bytes) in all {
                    label.file { input type="checkbox" name="attached" value=(id) checked[attached.contains(id)]; span.file-name { (name) } span.dim { (size(*bytes)) } }
                }
            }
        }
    }
}

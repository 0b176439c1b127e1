//! What somebody wrote on a ticket: read from the form, checked, and given back as it was typed when it can't be sent.

use kept_app::Error;
use kept_app::domain::drafts::Kept;
use kept_app::domain::ids::{MessageId, PromiseId};
use kept_app::domain::language::asks::asked;
use kept_app::domain::messages::Audience;
use kept_app::domain::tickets::AndThen;
use kept_app::mail::Mailbox;
use kept_app::mail::address;
use kept_app::promises::WithReply;
use kept_app::reading;
use kept_app::tickets::{Addressees, Composed, Note, Reply, Upload};

use super::composer::{Composer, Draft, Mode, Then};
use super::waiting::{self, WaitForm};
use crate::calls::form::CallForm;
use crate::drafts;
use crate::drafts::views::Unsent;
use crate::forms::Fields;
use crate::numbers::{self, count};

/// What to do with it.
#[derive(Debug)]
pub(super) enum Written {
    Reply(Reply),
    Note(Note),
}

/// What else the composer's form says about it.
///
/// # Errors
/// When it waits for a third party by a day that is none.
pub(super) fn composed(fields: &Fields) -> Result<Composed, Error> {
    Ok(Composed {
        seen: fields.number("seen").map(MessageId),
        can_undo: true,
        ends_draft: true,
        draft: fields.number("draft").map(MessageId),
        keep_files: fields.all("keep").filter_map(numbers::number).collect(),
        wait: (mode(fields) == Mode::Reply && then(fields) == Then::Wait)
            .then(|| waiting::read(fields))
            .transpose()?,
        tells_wait: tells_wait(fields),
        promises: WithReply {
            keeps: kept(fields).map(PromiseId).collect(),
            ..WithReply::default()
        },
    })
}

fn tells_wait(fields: &Fields) -> bool {
    fields.get("tell-wait") == "yes"
}

/// Whether somebody chose what becomes of the turn; only a script knows.
pub(super) fn chose(fields: &Fields) -> bool {
    fields.get("chosen") == "yes"
}

/// Whether it is a call, whose fields are read where calls are.
pub(super) fn is_call(fields: &Fields) -> bool {
    mode(fields) == Mode::Call
}

/// A note keeps nothing: the client does not read it.
fn kept(fields: &Fields) -> impl Iterator<Item = i64> {
    let ticked = fields.all("keeps").filter(|_| mode(fields) == Mode::Reply);
    ticked.filter_map(numbers::number)
}

/// The composer with what was taken back in it.
pub(super) fn with_draft(composer: Composer, draft: &reading::Draft) -> Composer {
    let note = draft.message.audience == Audience::Desk || composer.reply_to.is_none();
    let files = draft.files.iter();
    Composer {
        to: if note {
            composer.to
        } else {
            written(&draft.recipients.to)
        },
        cc: if note {
            composer.cc
        } else {
            taken_back(composer.cc, &draft.recipients.cc)
        },
        mode: if note { Mode::Note } else { Mode::Reply },
        then: match &*draft.and_then {
            "ask" => Then::Ask,
            "resolve" => Then::Resolve,
            "wait" => Then::Wait,
            _ => Then::Keep,
        },
        wait: match &draft.wait {
            Some(wait) => WaitForm::of(Some(wait)),
            None => composer.wait,
        },
        tells_wait: draft.tells_wait || draft.wait.is_none(),
        text: draft.text.clone(),
        draft: Some(Draft {
            message: count(draft.message.id.0),
            files: files
                .map(|file| {
                    (
                        count(file.id),
                        file.filename.clone(),
                        count(file.size_bytes),
                    )
                })
                .collect(),
        }),
        ..composer
    }
}

/// Those the draft went to, and those who were offered and left out of it.
fn taken_back(offered: Vec<(String, bool)>, cc: &[Mailbox]) -> Vec<(String, bool)> {
    let mut copies = copies(cc);
    for (mailbox, _) in offered {
        if !copies.iter().any(|(known, _)| *known == mailbox) {
            copies.push((mailbox, false));
        }
    }
    copies
}

/// Everybody in copy, each as the form sends them.
pub(super) fn copies(cc: &[Mailbox]) -> Vec<(String, bool)> {
    let one = |mailbox: &Mailbox| (written(std::slice::from_ref(mailbox)), true);
    cc.iter().map(one).collect()
}

/// Reads the composer's form. Who a reply goes to is what the form says, even if the ticket has moved on since.
pub(super) fn read(fields: &Fields, files: Vec<Upload>) -> Written {
    let text = fields.get("text").replace("\r\n", "\n");
    if mode(fields) != Mode::Reply {
        return Written::Note(Note { text, files });
    }
    let addressees = Addressees {
        to: mailboxes(fields.get("to")),
        cc: mailboxes(&in_copy(fields)),
    };
    let then = match then(fields) {
        Then::Ask | Then::Keep if left_to_us(fields) => as_it_reads(&text),
        Then::Ask => AndThen::Ask,
        Then::Keep | Then::Wait => AndThen::Update,
        Then::Resolve => AndThen::Resolve,
    };
    Written::Reply(Reply {
        text,
        then,
        addressees: Some(addressees),
        files,
    })
}

/// Whether a script says that nobody chose what becomes of the turn: the reply may be sent before what it suggests is shown.
fn left_to_us(fields: &Fields) -> bool {
    fields.get("chosen") == "no"
}

fn as_it_reads(text: &str) -> AndThen {
    match asked(text) {
        Some(_) => AndThen::Ask,
        None => AndThen::Update,
    }
}

fn mode(fields: &Fields) -> Mode {
    match fields.get("kind") {
        "reply" => Mode::Reply,
        "call" => Mode::Call,
        _ => Mode::Note,
    }
}

fn then(fields: &Fields) -> Then {
    match fields.get("then") {
        "ask" => Then::Ask,
        "resolve" => Then::Resolve,
        "wait" => Then::Wait,
        _ => Then::Keep,
    }
}

/// The composer again as it was sent, with what was wrong.
pub(super) fn again(composer: Composer, fields: &Fields, error: String) -> Composer {
    Composer {
        error: Some(error),
        ..typed_in(composer, fields)
    }
}

/// The composer with what the reader was writing when they left it.
pub(super) fn with_unsent(composer: Composer, kept: &Kept) -> Composer {
    let unsent = Some(Unsent {
        can_discard: composer.draft.is_none(),
        ..Unsent::of(kept)
    });
    let fields = drafts::fields(&kept.draft);
    if fields.get("kind").is_empty() {
        return Composer {
            text: kept.draft.text.clone(),
            unsent,
            ..composer
        };
    }
    let (to, newest) = (composer.to.clone(), composer.seen);
    let composer = typed_in(composer, &fields);
    // Nobody chose the addressee by hand: whoever is it now is meant.
    let by_hand = fields.get("to") != fields.get("offered-to");
    Composer {
        to: if by_hand { composer.to } else { to },
        seen: fields.number("seen").map_or(newest, count).min(newest),
        unsent,
        ..composer
    }
}

/// With what stands in the fields.
fn typed_in(composer: Composer, fields: &Fields) -> Composer {
    let reply = mode(fields) == Mode::Reply;
    Composer {
        to: if reply {
            fields.trimmed("to")
        } else {
            composer.to
        },
        cc: if reply {
            still_chosen(composer.cc, fields)
        } else {
            composer.cc
        },
        more: typed(fields),
        mode: mode(fields),
        then: then(fields),
        wait: WaitForm::typed(fields),
        tells_wait: tells_wait(fields),
        promises: still_kept(composer.promises, fields),
        call: match mode(fields) {
            Mode::Call => CallForm::typed(fields, composer.call.known),
            Mode::Reply | Mode::Note => composer.call,
        },
        text: fields.get("text").to_owned(),
        ..composer
    }
}

fn still_kept(owed: Vec<(u64, String, bool)>, fields: &Fields) -> Vec<(u64, String, bool)> {
    let ticked: Vec<u64> = kept(fields).map(count).collect();
    let each = owed.into_iter();
    each.map(|(id, what, _)| (id, what, ticked.contains(&id)))
        .collect()
}

/// Everybody ticked and everybody typed.
fn in_copy(fields: &Fields) -> String {
    fields.all("cc").collect::<Vec<_>>().join("\n")
}

/// Those who are offered, with whoever was unticked left so.
fn still_chosen(offered: Vec<(String, bool)>, fields: &Fields) -> Vec<(String, bool)> {
    let among = |name: &str, mailbox: &str| fields.all(name).any(|sent| sent == mailbox);
    let each = offered.into_iter();
    each.map(|(mailbox, gets)| {
        // Whoever was not to choose from then is neither ticked nor unticked.
        let gets = match among("offered-cc", &mailbox) {
            true => among("cc", &mailbox),
            false => gets,
        };
        (mailbox, gets)
    })
    .collect()
}

/// The field for further addresses is the last of its name.
fn typed(fields: &Fields) -> String {
    fields
        .all("cc")
        .last()
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Mailboxes as people type them: `Dana Fox <dana@example.com>, leo@example.com`.
pub(crate) fn mailboxes(text: &str) -> Vec<Mailbox> {
    split(text)
        .into_iter()
        .filter_map(|part| mailbox(part.trim()))
        .collect()
}

/// At commas and semicolons that are not inside quotes or brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut start) = (Vec::new(), 0);
    let (mut quoted, mut bracketed) = (false, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if !bracketed => quoted = !quoted,
            '<' if !quoted => bracketed = true,
            '>' if !quoted => bracketed = false,
            ',' | ';' | '\n' if !quoted && !bracketed => {
                parts.push(&text[start..at]);
                start = at + letter.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn mailbox(text: &str) -> Option<Mailbox> {
    if text.is_empty() {
        return None;
    }
    let (name, rest) = match text.rsplit_once('<') {
        Some((name, rest)) => (
            name.trim().trim_matches('"').trim(),
            rest.trim_end_matches('>'),
        ),
        None => ("", text),
    };
    Some(Mailbox {
        name: Some(address::clean_name(name)).filter(|name| !name.is_empty()),
        address: rest.trim().to_owned(),
    })
}

/// Mailboxes as the form shows them. A name is quoted where it would be misread.
pub(super) fn written(mailboxes: &[Mailbox]) -> String {
    let one = |mailbox: &Mailbox| match &mailbox.name {
        Some(name) if name.contains([',', ';', '<', '>', '"']) => {
            format!("\"{}\" <{}>", name.replace('"', ""), mailbox.address)
        }
        Some(name) => format!("{name} <{}>", mailbox.address),
        None => mailbox.address.clone(),
    };
    mailboxes.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let read: Vec<(String, String)> = mailboxes(text)
            .into_iter()
            .map(|it| (it.name.unwrap_or_default(), it.address))
            .collect();
        let expected: Vec<(String, String)> = expected
            .iter()
            .map(|(name, address)| ((*name).to_owned(), (*address).to_owned()))
            .collect();
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn addresses_are_read_as_people_type_them() {
        check("dana@fox.example", &[("", "dana@fox.example")]);
        check(
            "Dana Fox <dana@fox.example>, leo@fox.example;",
            &[("Dana Fox", "dana@fox.example"), ("", "leo@fox.example")],
        );
        check(
            "\"Fox, Dana\" <dana@fox.example>",
            &[("Fox, Dana", "dana@fox.example")],
        );
        check(" , ", &[]);
        check("no address", &[("", "no address")]);
    }

    #[test]
    fn what_the_form_shows_reads_back_the_same() {
        let mailboxes = [
            Mailbox {
                name: Some("Fox, Dana".into()),
                address: "dana@fox.example".into(),
            },
            Mailbox {
                name: Some("Leo".into()),
                address: "leo@fox.example".into(),
            },
            Mailbox {
                name: None,
                address: "x@fox.example".into(),
            },
        ];
        assert_eq!(super::mailboxes(&written(&mailboxes)), mailboxes);
    }
}

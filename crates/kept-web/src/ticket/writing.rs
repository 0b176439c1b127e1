//! What somebody wrote on a ticket: read from the form, checked, and given back as it was typed when it can't be sent.

use kept_app::Error;
use kept_app::domain::drafts::Kept;
use kept_app::domain::ids::{MessageId, PromiseId};
use kept_app::domain::language::asks::asked;
use kept_app::domain::messages::Audience;
use kept_app::domain::tickets::AndThen;
use kept_app::domain::time_entries::Spent;
use kept_app::mail::Mailbox;
use kept_app::promises::WithReply;
use kept_app::reading;
use kept_app::tickets::{Addressees, Composed, Forward, Note, Reply, Upload};

use super::composer::{Composer, Draft, Mode, Then};
use super::mailboxes::{mailboxes, written};
use super::passing::{self, Passing};
use super::waiting::{self, WaitForm};
use crate::calls::form::CallForm;
use crate::drafts;
use crate::drafts::views::Unsent;
use crate::forms::Fields;
use crate::numbers::{self, count};
use crate::time_entries::form as time;

/// What to do with it.
#[derive(Debug)]
pub(super) enum Written {
    Reply(Reply),
    Note(Note),
    Forward(Forward),
}

/// What else the composer's form says about it.
///
/// # Errors
/// When it waits for a third party by a day that is none, or its time can't be read.
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
        spent: time::beside(fields)?,
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
    let passes_on = draft.and_then == "forward";
    let note = draft.message.audience == Audience::Desk || composer.reply_to.is_none();
    let files = draft.files.iter();
    let passing = passes_on.then(|| Passing {
        of: draft.passed_on.map(|id| count(id.0)),
        to: written(&draft.recipients.to),
        // They come back as the draft’s own.
        attached: vec![],
    });
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
        bcc: written(&draft.recipients.bcc),
        mode: match (passes_on, note) {
            (true, _) => Mode::Forward,
            (false, true) => Mode::Note,
            (false, false) => Mode::Reply,
        },
        passing: passing.or(composer.passing),
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
        time: draft.spent.map_or_else(String::new, Spent::typed),
        time_by_hand: draft.spent.is_some(),
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
    match mode(fields) {
        Mode::Reply => {}
        Mode::Forward => return Written::Forward(passing::read(fields, text, files)),
        Mode::Note | Mode::Call => return Written::Note(Note { text, files }),
    }
    let then = match then(fields) {
        Then::Ask | Then::Keep if left_to_us(fields) => as_it_reads(&text),
        Then::Ask => AndThen::Ask,
        Then::Keep | Then::Wait => AndThen::Update,
        Then::Resolve => AndThen::Resolve,
    };
    Written::Reply(Reply {
        text,
        then,
        addressees: Some(addressees(fields)),
        files,
    })
}

/// Whom the form says it goes to.
pub(super) fn addressees(fields: &Fields) -> Addressees {
    Addressees {
        to: mailboxes(fields.get("to")),
        cc: mailboxes(&in_copy(fields)),
        bcc: mailboxes(fields.get("bcc")),
    }
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
        "forward" => Mode::Forward,
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

/// The composer again as it was sent, with what was wrong. Files can't be put back into a form.
pub(super) fn again(
    composer: Composer,
    fields: &Fields,
    attach_again: &[String],
    error: String,
) -> Composer {
    Composer {
        error: Some(error),
        attach_again: attach_again.to_vec(),
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
        bcc: fields.trimmed("bcc"),
        mode: mode(fields),
        passing: (mode(fields) == Mode::Forward).then(|| passing::typed(fields)),
        then: then(fields),
        wait: WaitForm::typed(fields),
        tells_wait: tells_wait(fields),
        promises: still_kept(composer.promises, fields),
        call: match mode(fields) {
            Mode::Call => CallForm::typed(fields, composer.call.known),
            Mode::Reply | Mode::Note | Mode::Forward => composer.call,
        },
        text: fields.get("text").to_owned(),
        time: fields.trimmed("time"),
        time_by_hand: fields.get("time-by-hand") == "yes",
        ..composer
    }
}

/// What was written so far, and below it what somebody said, marked with `>`.
pub(super) fn with_quote(text: &str, said: &str) -> String {
    let line = |line: &str| match line.trim_end() {
        "" => ">".to_owned(),
        words => format!("> {words}"),
    };
    let quote: Vec<String> = said.trim().lines().map(line).collect();
    let before = match text.trim_end() {
        "" => String::new(),
        text => format!("{text}\n\n"),
    };
    format!("{before}{}\n\n", quote.join("\n"))
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

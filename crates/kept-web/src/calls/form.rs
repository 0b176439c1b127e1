//! The fields of a call: who, how, when, and what is wanted. The same in the composer and on a page of its own.

use kept_app::Error;
use kept_app::calls::{Caller, Kind, NewCall, On};
use kept_app::domain::calls::{How, Wanted};
use kept_app::domain::people::EmailAddress;
use kept_app::tickets::Upload;
use maud::{Markup, html};

use crate::forms::Fields;
use crate::parts::Clock;
use crate::promises::form::moment;
use crate::ticket::mailboxes;
use crate::time_entries;

/// What the fields hold.
#[derive(Debug, Clone)]
pub struct CallForm {
    pub caller: String,
    pub how: How,
    /// A local time, or empty for just now.
    pub at: String,
    pub wanted: Wanted,
    /// Who is suggested, each as the form sends them.
    pub known: Vec<String>,
}

impl Default for CallForm {
    fn default() -> Self {
        Self {
            caller: String::new(),
            how: How::TheyCalled,
            at: String::new(),
            wanted: Wanted::Act,
            known: vec![],
        }
    }
}

impl CallForm {
    /// As it was sent, with what is suggested.
    pub(crate) fn typed(fields: &Fields, known: Vec<String>) -> Self {
        Self {
            caller: fields.trimmed("caller"),
            how: How::from_text(fields.get("how")).unwrap_or_default(),
            at: fields.trimmed("at"),
            wanted: Wanted::from_text(fields.get("wanted")).unwrap_or(Wanted::Act),
            known,
        }
    }
}

/// What somebody wrote into the fields; times are the reader's.
///
/// # Errors
/// When nobody called, the address can't be one, or the time is none.
pub(crate) fn read(
    (fields, files): (&Fields, Vec<Upload>),
    on: On,
    clock: &Clock,
) -> Result<NewCall, Error> {
    let form = CallForm::typed(fields, vec![]);
    let at = match &*form.at {
        "" => clock.now,
        text => {
            let problem = "Write when you spoke, or leave it empty for just now";
            moment(text, clock).ok_or_else(|| Error::invalid("at", problem))?
        }
    };
    Ok(NewCall {
        on,
        caller: caller(&form.caller)?,
        kind: Kind {
            how: form.how,
            wanted: form.wanted,
        },
        said: fields.get("text").replace("\r\n", "\n"),
        at,
        spent: time_entries::form::beside(fields)?,
        files,
    })
}

/// `Dana Fox <dana@fox.example>`, an address, or only a name.
fn caller(text: &str) -> Result<Caller, Error> {
    if !text.contains('@') {
        return Ok(Caller::Name(text.to_owned()));
    }
    let mailbox = mailboxes(text).into_iter().next();
    let mailbox = mailbox.ok_or_else(|| Error::invalid("caller", "Write who called"))?;
    let address = EmailAddress::parse(&mailbox.address);
    let address = address.map_err(|error| Error::invalid("caller", error.to_string()))?;
    Ok(Caller::Address(address, mailbox.name.unwrap_or_default()))
}

fn how_words(how: How) -> &'static str {
    match how {
        How::TheyCalled => "They called",
        How::WeCalled => "We called",
        How::InPerson => "In person",
    }
}

fn wanted_words(wanted: Wanted) -> (&'static str, &'static str) {
    match wanted {
        Wanted::Act => ("Act on it", "The turn is ours and a resolution is owed"),
        Wanted::Know => ("Just know", "Nothing is owed until they say otherwise"),
        Wanted::Decide => ("Decide", "The turn is ours: somebody here decides"),
    }
}

/// Who and how. `place` tells the fields of two forms on one page apart; the page is for the call when `begins`.
pub(crate) fn who(form: &CallForm, place: &str, begins: bool) -> Markup {
    html! {
        div.call-who {
            label for={ (place) "-caller" } { "Who" }
            input id={ (place) "-caller" } type="text" name="caller" value=(form.caller) list={ (place) "-callers" }
                placeholder="Dana Fox <dana@example.com>" maxlength="300" autocomplete="off" autofocus[begins];
            datalist id={ (place) "-callers" } { @for known in &form.known { option value=(known) {} } }
            select name="how" aria-label="How you spoke" {
                @for how in How::ALL { option value=(how.as_str()) selected[how == form.how] { (how_words(how)) } }
            }
            label.call-at { span { "at" } input type="datetime-local" name="at" value=(form.at) title="Leave it empty for just now"; }
        }
    }
}

/// What is wanted of us.
pub(crate) fn wanted(chosen: Wanted) -> Markup {
    html! {
        fieldset.seg.call-wanted {
            legend.visually-hidden { "What they want of us" }
            @for wanted in Wanted::ALL {
                @let (words, title) = wanted_words(wanted);
                label title=(title) {
                    input type="radio" name="wanted" value=(wanted.as_str()) checked[wanted == chosen];
                    span { (words) }
                }
            }
        }
    }
}

//! A form as it is kept between two visits, and a draft as a form.

use jiff::Timestamp;
use kept_app::domain::drafts::Draft;
use kept_app::drafts::NewDraft;

use crate::forms::Fields;

/// What belongs to one visit of the page and to no draft.
const PASSING: [&str; 9] = [
    "csrf", "text", "base", "quiet", "older", "draft", "keep", "anyway", "chosen",
];

/// Reads what a form would send, as a draft.
pub(crate) fn read(fields: &Fields) -> NewDraft {
    let base = fields.number("base");
    NewDraft {
        text: fields.get("text").replace("\r\n", "\n"),
        fields: fields.without(&PASSING),
        base: base.and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        is_older: fields.get("older") == "yes",
    }
}

/// A draft as its form would send it.
pub(crate) fn fields(draft: &Draft) -> Fields {
    let mut fields = draft.fields.clone();
    fields.push(("text".to_owned(), draft.text.clone()));
    Fields::of(fields)
}

//! The fields that say whom a ticket waits for: the same in the composer and beside the conversation.

use jiff::civil::Date;
use kept_app::Error;
use kept_app::domain::waits::{NextDate, Wait};
use kept_app::tickets::NewWait;
use maud::{Markup, html};

use crate::forms::Fields;

/// What the fields hold.
#[derive(Debug, Clone, Default)]
pub struct WaitForm {
    pub party: String,
    pub what: String,
    pub tracking: String,
    /// One of [`DATES`], or `date`.
    pub next: String,
    pub date: String,
}

const DATES: [(&str, &str); 4] = [
    ("tomorrow", "tomorrow"),
    ("three", "in 3 working days"),
    ("week", "next week"),
    ("date", "on the day chosen here"),
];

impl WaitForm {
    /// Empty, or what is known of the one who is waited for.
    pub(super) fn of(wait: Option<&Wait>) -> Self {
        let Some(wait) = wait else {
            return Self {
                next: "three".to_owned(),
                ..Self::default()
            };
        };
        Self {
            party: wait.party.clone(),
            what: wait.what.clone(),
            tracking: wait.tracking.clone().unwrap_or_default(),
            next: "date".to_owned(),
            date: wait.next.strftime("%Y-%m-%d").to_string(),
        }
    }

    pub(super) fn typed(fields: &Fields) -> Self {
        Self {
            party: fields.trimmed("party"),
            what: fields.trimmed("what"),
            tracking: fields.trimmed("tracking"),
            next: fields.trimmed("next"),
            date: fields.trimmed("date"),
        }
    }
}

/// What somebody wrote into the fields.
///
/// # Errors
/// When no day is chosen.
pub(super) fn read(fields: &Fields) -> Result<NewWait, Error> {
    let form = WaitForm::typed(fields);
    let next = match &*form.next {
        "tomorrow" => NextDate::Tomorrow,
        "three" => NextDate::InThreeWorkingDays,
        "week" => NextDate::NextWeek,
        _ => {
            let date: Option<Date> = form.date.parse().ok();
            let problem = || Error::invalid("next", "Choose the day you look after it again");
            NextDate::On(date.ok_or_else(problem)?)
        }
    };
    Ok(NewWait {
        party: form.party,
        what: form.what,
        tracking: form.tracking,
        next,
    })
}

/// The fields. `place` tells those of two forms on one page apart.
pub(super) fn fields(form: &WaitForm, place: &str) -> Markup {
    html! {
        fieldset.wait-fields {
            legend.visually-hidden { "Third party" }
            (text(place, "party", "Waiting on", "Contoso", &form.party))
            (text(place, "what", "for", "a power supply", &form.what))
            (text(place, "tracking", "Their reference", "parcel 1Z…, if there is one", &form.tracking))
            div.wait-next {
                label for={ (place) "-next" } { "We look after it" }
                select id={ (place) "-next" } name="next" {
                    @for (value, words) in DATES { option value=(value) selected[form.next == value] { (words) } }
                }
                input type="date" name="date" value=(form.date) aria-label="The day, when none of these";
            }
        }
    }
}

fn text(place: &str, name: &str, label: &str, example: &str, value: &str) -> Markup {
    html! {
        label for={ (place) "-" (name) } { (label) }
        input id={ (place) "-" (name) } type="text" name=(name) value=(value) placeholder=(example) maxlength="200" autocomplete="off";
    }
}

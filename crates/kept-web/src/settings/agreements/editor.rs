//! The form of an agreement. Every field is a plain input, so that it works without scripts and on a phone.

use jiff::tz;
use kept_app::agreements::{Effect, Mode};
use kept_app::domain::agreements::{
    ASKED, DAYS, Difference, Scope, WrittenHours, WrittenRow, Wrong, about,
};
use kept_app::domain::hours::Calendar;
use kept_app::domain::ids::TicketId;
use kept_app::domain::tickets::{Kind, Priority};
use maud::{Markup, html};

use super::duties::{DutiesOf, duties};
use super::filled::{Filled, name_of};
use super::taking::{Taking, taking};
use super::views::changes;
use super::year::year;
use crate::layout::Shell;
use crate::parts::{Choice, Field, checkbox, post_files, select_field, text_area, text_field};

/// The word in the form that asks what would follow, and saves nothing.
pub(super) const PREVIEW: &str = "preview";

/// What the form shows.
pub(super) struct Editor {
    /// Absent for the first version of an agreement.
    pub id: Option<i64>,
    pub scope: Scope,
    pub filled: Filled,
    pub wrong: Vec<Wrong>,
    pub agents: Vec<Choice>,
    pub preview: Option<Preview>,
    pub taking: Taking,
    pub duties: DutiesOf,
}

/// What saving would bring.
pub(super) struct Preview {
    pub differences: Vec<Difference>,
    pub effect: Effect,
    pub years: Vec<(Calendar, &'static str, i16)>,
}

/// Day names above the hours.
const DAY_NAMES: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

impl Editor {
    pub fn address(&self) -> String {
        let id = self.id.map_or_else(String::new, |id| format!("/{id}"));
        format!("/settings/agreements{id}")
    }

    pub fn field(&self, name: &str, label: &str, value: &str) -> Field {
        let wrong = self.wrong.iter().find(|it| it.field == name);
        Field {
            error: wrong.map(|it| crate::errors::sentence(&it.problem)),
            ..Field::new(name, label, value)
        }
    }
}

/// The content of the form's page.
pub(super) fn editor(page: &Editor, shell: &Shell) -> Markup {
    let filled = &page.filled;
    html! {
        @if !page.wrong.is_empty() { p.warning { (problems(&page.wrong)) } }
        @if let Some(preview) = &page.preview { (previewed(preview)) }
        (post_files(&page.address(), &shell.csrf, "form agreement-form", html! {
            input type="hidden" name="whose" value=(name_of(page.scope));
            // The first button is what Enter in a field presses.
            button hidden name="act" value="save" {}
            (text_field(&page.field("name", "Name", &filled.name).required()))
            (hours(page, "desk", "When we work", &filled.written.desk))
            (hours(page, "client", "When they work", &filled.written.client))
            (taking(page))
            (targets(page))
            (lateness(page))
            (silence(page))
            (duties(page))
            (beginning(page))
            div.form-foot {
                button.btn.btn-1 data-key="send" name="act" value="save" { "Save" }
                button.btn name="act" value=(PREVIEW) formnovalidate data-turbo="false" { "Show what would follow" }
                a.btn.quiet href=(page.address()) { "Leave it" }
            }
        }))
        datalist #zones { @for zone in tz::db().available() { option value=(zone.as_str()) {} } }
    }
}

fn problems(wrong: &[Wrong]) -> String {
    match wrong {
        [one] => format!(
            "Nothing is saved yet. {}",
            crate::errors::sentence(&one.problem)
        ),
        many => format!(
            "Nothing is saved yet. {} fields need another look.",
            many.len()
        ),
    }
}

fn previewed(preview: &Preview) -> Markup {
    html! {
        section.preview #preview {
            h2 { "What would follow" }
            p.says { "Nothing is saved yet." }
            (changes(&preview.differences))
            (effect(&preview.effect))
            @for (calendar, title, of_year) in &preview.years { (year(calendar, *of_year, title)) }
        }
    }
}

/// Numbers named one by one; the rest are counted.
const MOST_NAMED: usize = 12;

fn effect(effect: &Effect) -> Markup {
    let tickets = match effect.open {
        1 => "1 open ticket".to_owned(),
        open => format!("{open} open tickets"),
    };
    html! {
        ul.effect {
            li { b { "New tickets only: " } "nothing changes for " (tickets) "." }
            li { b { "Open tickets too, from now on: " } (late(&tickets, &effect.late_from_now)) }
            li { b { "Open tickets too, from their start: " } (late(&tickets, &effect.late_from_start)) }
        }
        @if effect.more { p.says { "There are more open tickets than were looked at for this; they would change as well." } }
    }
}

/// `37 open tickets; 3 would be late (#12, #40, #77).`
fn late(tickets: &str, late: &[TicketId]) -> Markup {
    let more = late.len().saturating_sub(MOST_NAMED);
    html! {
        (tickets) "; "
        @if late.is_empty() { "none would be late." } @else {
            (late.len()) " would be late ("
            @for (place, id) in late.iter().take(MOST_NAMED).enumerate() { @if place > 0 { ", " } a href={ "/tickets/" (id) } { "#" (id) } }
            @if more > 0 { " and " (more) " more" }
            ")."
        }
    }
}

fn hours(page: &Editor, side: &str, title: &str, written: &WrittenHours) -> Markup {
    let day = |place: usize| {
        let (name, label) = (format!("{side}-{}", DAYS[place]), DAY_NAMES[place]);
        page.field(&name, label, &written.week[place])
    };
    html! {
        fieldset {
            legend { (title) }
            (text_field(&Field { list: Some("zones"), ..page.field(&format!("{side}-zone"), "Time zone", &written.zone).required().help("Like Europe/Lisbon. Summer time is taken care of.") }))
            div.week { @for place in 0..7 { (text_field(&day(place))) } }
            p.field-help { "Like 09:00–12:30, 13:30–17:00. Write “closed” or “all day” for a whole day." }
            (text_area(&page.field(&format!("{side}-days"), "Holidays and other days that differ", &written.days)
                .placeholder("2026-12-24 09:00–13:00 Christmas Eve\n2026-12-25 closed Christmas")
                .help("One a line: the date, then “closed” or the hours, then what the day is called."), 3))
        }
    }
}

fn targets(page: &Editor) -> Markup {
    html! {
        fieldset.targets {
            legend { "How long each may take" }
            p.field-help { "Like 30 min, 4 h or 2 d (working days), in the business time of whoever owes it. “1 h around the clock” counts nights and weekends too; “4 h then 2 h around the clock” does both. The first row that fits a ticket counts; leave a field empty to take it from the last row." }
            @for (place, row) in page.filled.rows() { (target_row(page, place, &row)) }
            (last_row(page))
        }
    }
}

fn target_row(page: &Editor, place: usize, row: &WrittenRow) -> Markup {
    let name = format!("row-{place}");
    html! {
        fieldset.target-row {
            legend { "Row " (place + 1) @if row.is_empty() { " (not used)" } }
            (select_field(&page.field(&format!("{name}-priority"), "Priority", &row.priority), &priorities()))
            (select_field(&page.field(&format!("{name}-kind"), "Kind", &row.kind), &kinds()))
            (row_targets(page, &name, &row.targets))
        }
    }
}

fn last_row(page: &Editor) -> Markup {
    html! {
        fieldset.target-row {
            legend { "Everything else" }
            (row_targets(page, "rest", &page.filled.written.rest))
        }
    }
}

fn row_targets(page: &Editor, row: &str, texts: &[String; 6]) -> Markup {
    html! { @for (owed, text) in ASKED.into_iter().zip(texts) {
        (text_field(&page.field(&format!("{row}-{}", owed.as_str()), about(owed), text)))
    } }
}

fn priorities() -> Vec<Choice> {
    let words = |it: Priority| match it {
        Priority::Urgent => "Urgent",
        Priority::High => "High",
        Priority::Normal => "Normal",
        Priority::Low => "Low",
    };
    let all = [
        Priority::Urgent,
        Priority::High,
        Priority::Normal,
        Priority::Low,
    ];
    std::iter::once(Choice::new("", "Any"))
        .chain(all.map(|it| Choice::new(it.as_str(), words(it))))
        .collect()
}

fn kinds() -> Vec<Choice> {
    let words = |it: Kind| match it {
        Kind::Incident => "Incidents",
        Kind::Request => "Requests",
        Kind::Question => "Questions",
    };
    let all = [Kind::Incident, Kind::Request, Kind::Question];
    std::iter::once(Choice::new("", "Any"))
        .chain(all.map(|it| Choice::new(it.as_str(), words(it))))
        .collect()
}

fn lateness(page: &Editor) -> Markup {
    let written = &page.filled.written;
    let mut told = vec![Choice::new("", "The admins")];
    told.extend(page.agents.iter().cloned());
    html! {
        fieldset {
            legend { "When time runs out" }
            div.field-row {
                (text_field(&page.field("warn-percent", "Warn at", &written.warn_percent).help("Percent of the time used up.")))
                (text_field(&page.field("escalate-after", "When we are late, tell somebody else after", &written.escalate_after).help("Our time after it was due. Empty: nobody else.")))
                (select_field(&page.field("escalate-to", "Who is told", &written.escalate_to), &told))
            }
            div.ticks { (checkbox("third-party-pauses", "yes", "Our time to resolve stands still while a third party has it", written.third_party_pauses)) }
        }
    }
}

fn silence(page: &Editor) -> Markup {
    let written = &page.filled.written;
    html! {
        fieldset {
            legend { "When they are silent" }
            div.field-row {
                (text_field(&page.field("reminders", "Remind them after", &written.reminders).help("Their time since it became their turn, commas between: 2 d, 4 d.")))
                (text_field(&page.field("park-after", "Put the ticket aside after", &written.park_after).help("Empty: never.")))
                (text_field(&page.field("close-after", "Close it after", &written.close_after).help("Empty: never.")))
            }
        }
    }
}

fn beginning(page: &Editor) -> Markup {
    let mode = |it: Mode, words: &str, says: &str| {
        html! {
            label.choice { input type="radio" name="mode" value=(it.as_str()) checked[page.filled.mode == it.as_str()]; span { b { (words) } " " span.mut { (says) } } }
        }
    };
    html! {
        fieldset {
            legend { "From when, and for which tickets" }
            (text_field(&page.field("from", "Begins on", &page.filled.from).kind("date").help("Empty or today: at once. Tickets opened from then on follow it.")))
            div.modes role="radiogroup" aria-label="Open tickets" {
                (mode(Mode::NewTickets, "New tickets only.", "Open tickets keep what held when they were opened."))
                (mode(Mode::OpenFromNow, "Open tickets too, from now on.", "Time used so far stays as it was counted."))
                (mode(Mode::OpenFromStart, "Open tickets too, from their start.", "As if this had held since they were opened; some may be late at once."))
            }
            p.field-help { "Closed tickets never change." }
        }
    }
}

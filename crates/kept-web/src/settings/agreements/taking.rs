//! Taking holidays over from a calendar: what was given is read and shown day by day beside what is there already, and the
//! chosen days are put into the form. Nothing is saved by it.

use jiff::civil::Date;
use kept_app::agreements::LARGEST_CALENDAR_BYTES;
use kept_app::domain::agreements::{WrittenHours, Wrong};
use kept_app::domain::clocks::Side;
use kept_app::domain::hours::holidays::{Brings, Offered, holidays, offered};
use kept_app::domain::hours::{Calendar, read_days};
use maud::{Markup, html};

use super::editor::Editor;
use super::filled::Filled;
use crate::errors::sentence;
use crate::forms::Fields;
use crate::parts::{Choice, checkbox, select_field, text_field};

/// The words in the form that look at a calendar, and that take its days over.
pub(super) const LOOK: &str = "look-at-holidays";
pub(super) const TAKE: &str = "take-holidays";
const FILE: &str = "holidays-file";
pub(super) const ADDRESS: &str = "holidays-url";
/// Days offered for one side; a longer calendar is not one of holidays.
const MOST_OFFERED: usize = 120;

/// What the fields for taking over hold, and what came of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Taking {
    pub address: String,
    /// `desk`, `client` or `both`.
    pub whose: String,
    pub offers: Vec<Offer>,
    /// What was done, in a line.
    pub says: Option<String>,
}

/// The days of a calendar for one side.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub side: Side,
    pub days: Vec<Offered>,
    /// The calendar had more.
    pub more: bool,
}

impl Taking {
    pub fn typed(fields: &Fields) -> Self {
        Self {
            address: fields.trimmed(ADDRESS),
            whose: fields.trimmed("holidays-for"),
            ..Self::default()
        }
    }

    fn sides(&self) -> Vec<Side> {
        match self.whose.as_str() {
            "client" => vec![Side::Client],
            "both" => vec![Side::Desk, Side::Client],
            _ => vec![Side::Desk],
        }
    }

    /// Reads `file` for the sides that were chosen: this year and the next.
    pub fn look(&mut self, filled: &Filled, file: &[u8], today: Date) -> Result<(), Vec<Wrong>> {
        let field = match self.address.is_empty() {
            true => FILE,
            false => ADDRESS,
        };
        if file.len() > LARGEST_CALENDAR_BYTES {
            return Err(vec![wrong(
                field,
                "This is larger than 1 MB; holidays need less",
            )]);
        }
        for side in self.sides() {
            let calendar = hours_of(filled, side).read(side.as_str())?;
            let offer =
                offer(side, file, &calendar, today).map_err(|why| vec![wrong(field, why)])?;
            self.offers.push(offer);
        }
        if self.offers.iter().all(|offer| offer.days.is_empty()) {
            let years = format!("{} or {}", today.year(), today.year() + 1);
            let says = format!("This calendar has no days in {years}");
            return Err(vec![wrong(field, says)]);
        }
        Ok(())
    }

    /// Puts the days that were ticked into the form.
    pub fn take(&mut self, fields: &Fields, filled: &mut Filled) -> Result<(), Vec<Wrong>> {
        let mut count = 0;
        for side in [Side::Desk, Side::Client] {
            let (field, days) = (ticked_field(side), format!("{}-days", side.as_str()));
            let lines: Vec<&str> = fields.all(&field).collect();
            let chosen = read_days(&lines.join("\n")).map_err(|why| vec![wrong(&days, why)])?;
            count += chosen.len();
            let hours = match side {
                Side::Desk => &mut filled.written.desk,
                Side::Client => &mut filled.written.client,
            };
            *hours = hours
                .with_days(&chosen)
                .map_err(|why| vec![wrong(&days, why)])?;
        }
        self.says = Some(match count {
            0 => "No day was ticked, so nothing changed.".to_owned(),
            1 => "1 day is in the list now. Save to keep it.".to_owned(),
            days => format!("{days} days are in the lists now. Save to keep them."),
        });
        Ok(())
    }
}

/// That neither a file nor an address was given.
pub(super) fn nothing_given() -> Wrong {
    wrong(FILE, "Choose a file, or write an address")
}

fn wrong(field: &str, problem: impl ToString) -> Wrong {
    Wrong {
        field: field.to_owned(),
        problem: problem.to_string(),
    }
}

fn hours_of(filled: &Filled, side: Side) -> &WrittenHours {
    match side {
        Side::Desk => &filled.written.desk,
        Side::Client => &filled.written.client,
    }
}

fn offer(side: Side, file: &[u8], calendar: &Calendar, today: Date) -> Result<Offer, String> {
    let year = today.year();
    let range = (Date::new(year, 1, 1), Date::new(year + 1, 12, 31));
    let (Ok(from), Ok(to)) = range else {
        return Err("the calendar of this world has ended".to_owned());
    };
    let found = holidays(file, from, to, calendar.zone()).map_err(|why| why.to_string())?;
    let mut days = offered(&found, calendar);
    let more = days.len() > MOST_OFFERED;
    days.truncate(MOST_OFFERED);
    Ok(Offer { side, days, more })
}

fn ticked_field(side: Side) -> String {
    format!("holidays-{}", side.as_str())
}

/// The part of the form that takes holidays over.
pub(super) fn taking(page: &Editor) -> Markup {
    let taking = &page.taking;
    let here = format!("{}#holidays", page.address());
    let whose = [
        Choice::new("desk", "Our days"),
        Choice::new("client", "Their days"),
        Choice::new("both", "Both"),
    ];
    let address = page.field(ADDRESS, "Or its address", &taking.address);
    html! {
        fieldset id="holidays" {
            legend { "Holidays from a calendar" }
            p.field-help { "States, schools and calendar programs publish them as iCalendar (.ics). You see the days first and choose. They are written into this version; nothing is fetched again later, so look again before next year ends." }
            @if let Some(says) = &taking.says { p.taken role="status" { (says) } }
            div.field-row {
                (file_field(page))
                (text_field(&address.kind("url").placeholder("https://calendar.example.com/holidays.ics")))
                (select_field(&page.field("holidays-for", "For", &taking.whose), &whose))
            }
            div { button.btn name="act" value=(LOOK) formaction=(here) formnovalidate data-turbo="false" { "Look at the days" } }
            @if !taking.offers.is_empty() { (offers(&taking.offers, &here)) }
        }
    }
}

fn file_field(page: &Editor) -> Markup {
    let wrong = page.wrong.iter().find(|it| it.field == FILE);
    html! {
        div.field {
            label for="f-holidays-file" { "A file" }
            input id="f-holidays-file" type="file" name=(FILE) accept=".ics,text/calendar"
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[wrong.map(|_| "f-holidays-file-error")];
            @if let Some(wrong) = wrong { p.field-error id="f-holidays-file-error" { (sentence(&wrong.problem)) } }
        }
    }
}

fn offers(offers: &[Offer], here: &str) -> Markup {
    let both = offers.len() > 1;
    html! {
        @for offer in offers { (of_side(offer, both)) }
        div { button.btn.btn-1 name="act" value=(TAKE) formaction=(here) formnovalidate data-turbo="false" { "Put the ticked days in" } }
    }
}

fn of_side(offer: &Offer, both: bool) -> Markup {
    let mut years: Vec<i16> = offer.days.iter().map(|it| it.day.date.year()).collect();
    years.dedup();
    let whose = match offer.side {
        Side::Desk => "Our days",
        Side::Client => "Their days",
    };
    html! {
        @for year in years {
            fieldset.offered {
                legend { @if both { (whose) " " } (year) }
                @for it in offer.days.iter().filter(|it| it.day.date.year() == year) { (offered_day(offer.side, it)) }
            }
        }
        @if offer.more { p.field-help { "The calendar has more days than these " (MOST_OFFERED) "; the rest is left out." } }
    }
}

fn offered_day(side: Side, it: &Offered) -> Markup {
    let mut words = it.day.date.strftime("%a %-d %b").to_string();
    if !it.day.name.is_empty() {
        words.push_str(" · ");
        words.push_str(&it.day.name);
    }
    html! {
        div.offered-day {
            @match it.brings {
                Brings::Known => { span { (words) } }
                _ => { (checkbox(&ticked_field(side), &it.day.to_string(), &words, it.brings.is_new())) }
            }
            span.mut { (brings(it)) }
        }
    }
}

fn brings(it: &Offered) -> String {
    match &it.brings {
        Brings::Closed => "new: closed".to_owned(),
        Brings::Half => format!("new: open {}", it.day.hours),
        Brings::Nothing => "not worked anyway".to_owned(),
        Brings::Known => "in the list already".to_owned(),
        Brings::Instead(hours) => format!("in the list as {hours}; it would be {}", it.day.hours),
    }
}

//! The part of the form that says what a client does besides: what, how often, how long it may take, who is asked.

use jiff::Timestamp;
use kept_app::domain::agreements::{
    Asking, BY_RULE, Duty, Every, ONCE, Scope, Version, WrittenDuty, WrittenHours, askings,
};
use maud::{Markup, html};

use super::editor::{Editor, PREVIEW};
use crate::parts::{Choice, checkbox, select_field, text_area, text_field};

/// What the form offers for duties; nothing for an agreement that is not a client's own.
#[derive(Debug, Clone, Default)]
pub(super) struct DutiesOf {
    pub people: Vec<Choice>,
    pub queues: Vec<Choice>,
    /// The coming days of each row.
    pub coming: Vec<Vec<String>>,
}

/// Days shown of each.
const SHOWN: usize = 5;

/// The next days on which a client would be asked, were this agreed on now: by the hours typed beside it, or
/// those of before while they can't be read.
pub(super) fn coming(
    written: &WrittenDuty,
    place: usize,
    (before, hours): (&Version, &WrittenHours),
    now: Timestamp,
) -> Vec<String> {
    let Some(duty) = written.read(place).ok().filter(|_| !written.is_empty()) else {
        return vec![];
    };
    let mut wording = before.wording.as_ref().clone();
    if let Ok(hours) = hours.read("client") {
        wording.client = hours.into();
    }
    wording.duties = vec![Duty { number: 1, ..duty }];
    let version = Version {
        from: now.max(before.from),
        until: None,
        wording: wording.into(),
        ..before.clone()
    };
    let zone = version.wording.client.zone().clone();
    let said = |it: &Asking| {
        let day = it.at.to_zoned(zone.clone()).date();
        let written = day.strftime("%a %-d %B %Y").to_string();
        match day == it.date {
            true => written,
            false => format!("{written} (for {})", it.date.strftime("%-d %B")),
        }
    };
    let coming = askings(&[&version], 1, None, SHOWN);
    coming.iter().map(said).collect()
}

pub(super) fn duties(page: &Editor) -> Markup {
    let wrong = page.wrong.iter().find(|it| it.field == "duties");
    html! {
        @if matches!(page.scope, Scope::Client(_)) {
            fieldset #duties {
                legend { "What they do" }
                p.field-help { "Kept asks them on the day, or on the next they work: a ticket begins, and it is their turn. You say when it is done. An empty row is left out." }
                @if let Some(wrong) = wrong { p.field-error { (crate::errors::sentence(&wrong.problem)) } }
                @for (place, duty) in page.filled.duties() { (row(page, place, &duty)) }
                div { button.btn name="act" value=(PREVIEW) formnovalidate data-turbo="false" { "Show the days" } }
            }
        }
    }
}

fn row(page: &Editor, place: usize, duty: &WrittenDuty) -> Markup {
    let name = |field: &str| format!("duty-{place}-{field}");
    let field = |it: &str, label: &str, value: &str| page.field(&name(it), label, value);
    let of = &page.duties;
    let is_new = duty.number.is_empty();
    html! {
        fieldset.target-row.duty-row {
            legend { "Duty " (place + 1) @if is_new && duty.is_empty() { " (not used)" } }
            input type="hidden" name=(name("number")) value=(duty.number);
            div.is-wide { (text_field(&field("what", "What they do", &duty.what).placeholder("Send us the list of users"))) }
            (select_field(&field("every", "How often", &duty.every), &often()))
            (text_field(&field("from", "First on", &duty.from).kind("date")))
            (text_field(&field("rule", "Rule", &duty.rule).placeholder("FREQ=MONTHLY;BYDAY=1MO").help("For “by a rule” only.")))
            (text_field(&field("within", "Within", &duty.within).help("Their time from the day we ask.")))
            (select_field(&field("who", "Whom we ask", &duty.who), &with_nobody("Whoever we know longest", &of.people)))
            @if of.queues.len() > 1 {
                (select_field(&field("queue", "Which queue asks", &duty.queue), &with_nobody("The first", &of.queues)))
            }
            div.is-wide { (text_area(&field("text", "More about it, in our mail", &duty.text), 2)) }
            @if let Some(days) = of.coming.get(place).filter(|days| !days.is_empty()) {
                p.duty-days.is-wide { b { "Next: " } (days.join(" · ")) @if days.len() == SHOWN { " …" } }
            }
            @if !is_new { div.is-wide { (checkbox(&name("gone"), "yes", "Take it out: it is not asked for any more", duty.gone)) } }
        }
    }
}

fn often() -> Vec<Choice> {
    let words = |it: Every| match it {
        Every::Week => "Every week",
        Every::Month => "Every month",
        Every::Quarter => "Every quarter",
        Every::Year => "Every year",
    };
    let named = Every::ALL.map(|it| Choice::new(it.as_str(), words(it)));
    std::iter::once(Choice::new(ONCE, "Once"))
        .chain(named)
        .chain([Choice::new(BY_RULE, "By a rule")])
        .collect()
}

fn with_nobody(words: &str, choices: &[Choice]) -> Vec<Choice> {
    let first = Choice::new("", words);
    std::iter::once(first)
        .chain(choices.iter().cloned())
        .collect()
}

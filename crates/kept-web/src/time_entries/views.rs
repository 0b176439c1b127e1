//! The time of a ticket as pages show it.

use kept_app::domain::time_entries::{Details, LONGEST_TEXT, LONGEST_WHY, When, in_words};
use kept_app::time_entries::{Listed, Sheet};
use maud::{Markup, html};

use super::form::work_types;
use crate::layout::Shell;
use crate::parts::{
    Choice, Clock, Field, Icon, choices, icon, post_with, select_field, text_field,
};

/// Entries that stand beside a conversation.
pub(crate) const BESIDE: usize = 3;

/// The section of ticket `number`. `can` is whether time can be logged on it.
pub(crate) fn section(sheet: &Sheet, can: bool, number: u64, shell: &Shell) -> Markup {
    let all = format!("/tickets/{number}/time");
    html! {
        @if can || sheet.many > 0 {
            section.time id="time" {
                h2 { "Time" @if sheet.many > 0 { span.status { (in_words(sheet.total_seconds)) } } }
                @if sheet.many > 0 {
                    ul.times { @for it in &sheet.listed { (line(it, &shell.clock)) } }
                    p.times-all { a href=(all) { @if sheet.many == 1 { "Put it right" } @else { "All " (sheet.many) " entries" } } }
                }
                @if can { (add(&all, shell)) }
            }
        }
    }
}

fn line(it: &Listed, clock: &Clock) -> Markup {
    let details = &it.entry.details;
    html! {
        li { b { (details.spent) } " " (it.name) small { (day(details, clock)) (details.work_type.of_time()) @if let Some(text) = &details.text { ": " (text) } } }
    }
}

fn add(to: &str, shell: &Shell) -> Markup {
    html! {
        details.act-more {
            summary.act data-key="time" data-act="Log time…" { (icon(Icon::Clock)) "Log time" }
            (post_with(to, &shell.csrf, "stack", html! {
                div.inline-form {
                    input type="text" name="line" required data-first maxlength=(LONGEST_TEXT + 60) placeholder="15m what you did" aria-label="How long, and what you did" autocomplete="off";
                    button.btn { "Log" }
                }
                div.inline-form {
                    select name="type" aria-label="Kind of work" { (choices(&work_types(), "")) }
                    input type="date" name="day" aria-label="Day; empty for just now" title="Leave it empty for just now";
                }
            }))
        }
    }
}

/// `today 11:30`, or the day alone where that is all that is known.
fn day(details: &Details, clock: &Clock) -> String {
    match details.when {
        When::Began(at) => clock.short(at),
        When::On(day) => clock.date(day),
    }
}

/// All the time of a ticket, or a page of it.
#[derive(Debug, Clone)]
pub struct TimePage {
    pub number: u64,
    pub subject: String,
    pub(crate) sheet: Sheet,
    /// Where the page with older entries begins.
    pub older: Option<usize>,
}

/// The content of that page.
pub fn page(page: &TimePage, shell: &Shell) -> Markup {
    let here = format!("/tickets/{}", page.number);
    html! {
        div.sheet-page {
            header.page-head { div {
                h1 { "Time on #" (page.number) }
                p.says { a href=(here) { (page.subject) } @if page.sheet.many > 0 { ": " b { (in_words(page.sheet.total_seconds)) } " in " (entries(page.sheet.many)) } }
            } }
            @if page.sheet.listed.is_empty() {
                p.dim { "Nobody logged time here yet. On the ticket, " kbd { "h" } " does it; the composer logs it with a reply." }
            }
            ul.times.times-page { @for it in &page.sheet.listed { (entry(it, shell)) } }
            @if let Some(older) = page.older { p { a.btn href={ (here) "/time?skip=" (older) } { "Older ones" } } }
        }
    }
}

fn entries(many: i64) -> String {
    match many {
        1 => "one entry".to_owned(),
        many => format!("{many} entries"),
    }
}

fn entry(it: &Listed, shell: &Shell) -> Markup {
    let at = format!("/tickets/{}/time/{}", it.ticket, it.entry.number);
    html! {
        li { (line_of(it, &shell.clock)) a.btn.quiet href=(at) aria-label={ "Change " (it.entry.details.spent) " of " (it.name) } { "Change" } }
    }
}

fn line_of(it: &Listed, clock: &Clock) -> Markup {
    let details = &it.entry.details;
    html! {
        div {
            b { (details.spent) } (details.work_type.of_time()) " · " (it.name) " · " (day(details, clock))
            @if let Some(text) = &details.text { p { (text) } }
        }
    }
}

/// One entry with what was typed so far.
#[derive(Debug, Clone)]
pub struct EntryPage {
    pub number: u64,
    pub entry: u32,
    pub time: Field,
    pub work_type: Field,
    pub types: Vec<Choice>,
    pub text: Field,
    pub day: Field,
    pub why: Field,
    /// Whose time it is, unless it is the reader's own.
    pub of: Option<String>,
    pub error: Option<String>,
}

/// The content of the page that puts it right.
pub fn edit(page: &EntryPage, shell: &Shell) -> Markup {
    let at = format!("/tickets/{}/time/{}", page.number, page.entry);
    html! {
        div.sheet-page {
            header.page-head { div {
                h1 { "Put time right on #" (page.number) }
                @if let Some(name) = &page.of { p.says { "This is the time of " (name) ". They read why it changes." } }
            } }
            (post_with(&at, &shell.csrf, "form", html! {
                @if let Some(error) = &page.error { p.field-error role="alert" { (error) } }
                div.field-row { (text_field(&page.time)) (select_field(&page.work_type, &page.types)) (text_field(&page.day)) }
                (text_field(&page.text))
                (text_field(&page.why))
                div.form-foot {
                    button.btn.btn-1 data-key="send" { "Save" }
                    button.btn formaction={ (at) "/removal" } { "Take it off" }
                    a.btn.quiet href={ "/tickets/" (page.number) "/time" } { "Leave it" }
                }
            }))
        }
    }
}

/// The field of a composer: a script proposes what to write into it, and what was written by hand stays.
pub(crate) fn beside(text: &str, by_hand: bool) -> Markup {
    html! {
        time-spent {
            label.time-field title="How long you worked on it, such as 15m or 1h 30; empty logs none" {
                span.visually-hidden { "Time you worked on it" }
                input type="text" name="time" value=(text) size="6" maxlength="40" placeholder="Time" autocomplete="off";
            }
            input type="hidden" name="time-by-hand" value=(if by_hand { "yes" } else { "" });
        }
    }
}

pub(super) fn why(value: &str, is_own: bool) -> Field {
    let label = match is_own {
        true => "Why, if it needs saying",
        false => "Why",
    };
    let field = Field::new("why", label, value).most(LONGEST_WHY);
    field.help(&format!(
        "At most {LONGEST_WHY} characters; the history keeps it."
    ))
}

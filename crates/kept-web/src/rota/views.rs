//! Four weeks of duty at a glance for each queue, what differs from the weekly rota, and the forms that change a date.

use jiff::civil::Date;
use kept_app::domain::ids::PersonId;
use kept_app::domain::queues::{DutyDay, DutyOfDay};
use kept_app::rota::Weeks;
use maud::{Markup, html};

use crate::handover::views::{Away, away_line};
use crate::layout::Shell;
use crate::parts::{Choice, choices, post, post_with};

/// The whole page.
pub(super) struct RotaPage {
    pub weeks: Vec<QueueWeeks>,
    pub away: Vec<Away>,
}

/// One queue with its names and what its reader may choose.
pub(super) struct QueueWeeks {
    pub weeks: Weeks,
    pub names: Vec<(PersonId, String)>,
    /// Whose duty the reader may give away; nobody's for some.
    pub whose: Vec<Choice>,
    /// Who may have it instead.
    pub who: Vec<Choice>,
    /// Everybody who has duty, to swap with.
    pub swaps: Vec<Choice>,
    pub differs: Vec<Differs>,
}

/// A date on which it is not as in the weekly rota.
pub(super) struct Differs {
    pub id: i64,
    pub date: Date,
    /// `None`: everybody's.
    pub whose: Option<String>,
    /// `None`: nobody.
    pub who: Option<String>,
    pub may_take_back: bool,
}

/// The content of the page.
pub(super) fn rota(page: &RotaPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page.is-wide {
            header.page-head {
                h1 { "On duty" }
                p.says { "Who gets new tickets on which day, and who is away. Hand your own duty to a colleague here; dispatchers change anybody’s. "
                    @if shell.me.may_change_settings { "The weekly rota stands in " a href="/settings/queues" { "Settings, Queues" } ", who" } @else { "Who" }
                    " is away under " a href="/handover" { "Hand over" } "." }
            }
            section.block { h2 { "Away" }
                @if page.away.is_empty() { p.says { "Everybody is here, as far as is known." } }
                ul.handovers { @for it in &page.away { li { (away_line(it, shell)) } } }
                p { a.btn.quiet href="/handover#away" { "Enter an absence" } }
            }
            @for it in &page.weeks { (queue(it, shell)) }
        }
    }
}

fn queue(it: &QueueWeeks, shell: &Shell) -> Markup {
    let queue = &it.weeks.queue;
    let has_rota = queue.members.iter().any(|member| !member.duties.is_empty());
    html! {
        section.block id={ "queue-" (queue.id) } {
            h2 { (queue.name) }
            @if has_rota {
                p.says { "By the clock of " (queue.zone) "." }
                (weeks(it))
                (differs(it, shell))
                @if !it.whose.is_empty() { (forms(it, shell)) }
            } @else {
                p.says { "No rota yet: members take turns, and the dispatcher holds what nobody else can." }
            }
        }
    }
}

fn weeks(it: &QueueWeeks) -> Markup {
    html! {
        ol.duty-weeks { @for day in &it.weeks.days { (cell(it, day)) } }
    }
}

fn cell(it: &QueueWeeks, day: &DutyDay) -> Markup {
    let today = it.weeks.today;
    let mut class = String::from("duty-day");
    for (holds, word) in [
        (day.date == today, " is-today"),
        (day.date < today, " is-over"),
        (day.duties.is_empty(), " is-empty"),
    ] {
        if holds {
            class.push_str(word);
        }
    }
    html! {
        li class=(class) {
            p.duty-date { time datetime=(day.date) { (day.date.strftime("%a %-d %b")) } @if day.date == today { span.mut { " today" } } }
            @if day.free { p.duty-of-day.is-changed { b { "Nobody" } } } @else {
                @for duty in &day.duties { (duty_of_day(it, duty)) }
            }
        }
    }
}

fn duty_of_day(it: &QueueWeeks, of_day: &DutyOfDay) -> Markup {
    let changed = of_day.who != Some(of_day.whose);
    let mut class = String::from("duty-of-day");
    if changed {
        class.push_str(" is-changed");
    }
    let hours = format!(
        "{}–{}",
        clock(of_day.duty.from_minute),
        clock(of_day.duty.to_minute)
    );
    html! {
        p class=(class) {
            span.duty-hours { (hours) } " "
            b { @match of_day.who { Some(who) => { (name(it, who)) } None => { "Nobody" } } }
            @if changed { span.mut { " for " (name(it, of_day.whose)) } }
            @if of_day.away { span.duty-away { " away" } }
        }
    }
}

fn clock(minute: i16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn name(it: &QueueWeeks, person: PersonId) -> &str {
    let known = it.names.iter().find(|(id, _)| *id == person);
    known.map_or("somebody else", |(_, name)| name)
}

fn differs(it: &QueueWeeks, shell: &Shell) -> Markup {
    html! {
        @if !it.differs.is_empty() {
            h3 { "What differs" }
            ul.handovers.duty-differs { @for one in &it.differs { li {
                p { b { (one.date.strftime("%a %-d %B")) } ": " (one.who.as_deref().unwrap_or("nobody")) " for " (one.whose.as_deref().unwrap_or("everybody")) }
                @if one.may_take_back {
                    (post(&format!("/rota/{}/changes/{}/removal", it.weeks.queue.id, one.id), &shell.csrf,
                        html! { button.btn.quiet aria-label={ "As in the weekly rota on " (one.date) } { "As in the weekly rota" } }))
                }
            } } }
        }
    }
}

fn forms(it: &QueueWeeks, shell: &Shell) -> Markup {
    let id = it.weeks.queue.id;
    html! {
        details.more { summary { "Change a day" }
            (post_with(&format!("/rota/{id}/changes"), &shell.csrf, "duty-change", html! {
                (date(it, "date", "On"))
                (select("instead_of", "Whose duty", &it.whose))
                (select("person", "Who has it", &it.who))
                button.btn { "Change the day" }
            }))
        }
        @if it.swaps.len() > 1 { details.more { summary { "Swap two duties" }
            (post_with(&format!("/rota/{id}/swaps"), &shell.csrf, "duty-change", html! {
                (date(it, "date", "On"))
                (select("instead_of", "the duty of", &it.swaps))
                (date(it, "other_date", "against, on"))
                (select("other", "that of", &it.swaps))
                button.btn { "Swap them" }
            }))
        } }
    }
}

fn date(it: &QueueWeeks, name: &str, words: &str) -> Markup {
    html! { label { span { (words) } input type="date" name=(name) min=(it.weeks.today) required; } }
}

fn select(name: &str, words: &str, offered: &[Choice]) -> Markup {
    html! { label { span { (words) } select name=(name) required { (choices(offered, "")) } } }
}

//! The page of hand-overs: the form, how those under way do, and who is away. It moves nothing itself.

use jiff::Timestamp;
use kept_app::handover::LONGEST_REASON;
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Choice, Field, choices, post, post_with, select_field, text_field};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct HandoverPage {
    pub from: Field,
    /// Whose tickets the reader may hand over.
    pub holders: Vec<Choice>,
    pub agents: Vec<Choice>,
    pub queues: Vec<Choice>,
    pub reason: Field,
    pub until: Field,
    /// The reader may make others responsible without asking them.
    pub outright: bool,
    pub latest: Vec<Progress>,
    pub away: Vec<Away>,
}

/// One hand-over, in words.
#[derive(Debug, Clone)]
pub struct Progress {
    pub from: String,
    pub to: String,
    pub reason: String,
    pub outright: bool,
    pub moved: u64,
    pub stayed: u64,
    pub total: u64,
    pub began: Timestamp,
    pub ended: bool,
}

/// Somebody who is not here, or will not be.
#[derive(Debug, Clone)]
pub struct Away {
    pub id: u64,
    pub name: String,
    pub from: Timestamp,
    pub until: Timestamp,
    pub reason: String,
    /// Who stands in, and whether it comes back.
    pub stand_in: Option<(String, bool)>,
    /// The last day, as a form takes it.
    pub last: String,
    pub mine_to_remove: bool,
}

/// The content of the page.
pub fn handover(page: &HandoverPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { div { h1 { "Hand over" }
                p.says { "Everything somebody holds goes to others. They are asked, and each ticket stays where it is until it is taken. Whoever wants to choose ticket by ticket does it in the " a href="/inbox?view=mine" { "inbox" } "." } } }
            @if !page.latest.is_empty() { (latest(&page.latest, shell)) }
            section.block { h2 { "Hand over tickets" } (form(page, shell)) }
            section.block id="away" { h2 { "Who is away" } (away(page, shell)) }
        }
    }
}

fn form(page: &HandoverPage, shell: &Shell) -> Markup {
    post_with(
        "/handover",
        &shell.csrf,
        "form",
        html! {
            (select_field(&page.from, &page.holders))
            div.field {
                label for="f-to" { "To" }
                select id="f-to" name="to" {
                    optgroup label="People" { (choices(&page.agents, "")) }
                    optgroup label="Shared among whoever is on duty" { (choices(&page.queues, "")) }
                }
            }
            (text_field(&page.reason))
            (text_field(&page.until))
            @if page.outright {
                label.tick { input type="checkbox" name="outright" value="yes"; span { "They are not here: assign at once, without asking" } }
            }
            div.form-foot { button.btn.btn-1 { "Hand over" } }
        },
    )
}

fn latest(all: &[Progress], shell: &Shell) -> Markup {
    html! {
        section.block {
            h2 { "Lately" }
            ul.handovers { @for it in all { li {
                p { b { (it.from) } " → " b { (it.to) } ": " (it.reason) span.dim { " · " (shell.clock.at(it.began)) } }
                @if !it.ended {
                    progress max=(it.total.max(1)) value=(it.moved + it.stayed) aria-label="How far it is" {}
                }
                p.dim { (it.moved) " of " (it.total) @if it.outright { " assigned" } @else { " offered" }
                    @if it.stayed > 0 { ", " (it.stayed) " stayed" } @if !it.ended { ", going on" } }
            } } }
        }
    }
}

fn away(page: &HandoverPage, shell: &Shell) -> Markup {
    html! {
        @if page.away.is_empty() { p.says { "Everybody is here. People who are away get no new tickets and are asked for nothing." } }
        ul.handovers { @for it in &page.away { li {
            (away_line(it, shell))
            @if it.mine_to_remove {
                (post_with(&format!("/absences/{}", it.id), &shell.csrf, "inline-form", html! {
                    label { span.visually-hidden { "Last day away of " (it.name) } input type="date" name="until" value=(it.last) required; }
                    button.btn.quiet { "Change the last day" }
                }))
                (post(&format!("/absences/{}/removal", it.id), &shell.csrf, html! { button.btn.quiet { "Here after all" } }))
            }
        } } }
        (post_with("/absences", &shell.csrf, "form", html! {
            div.field { label for="away-person" { "Who" } select id="away-person" name="person" { (choices(&page.holders, &page.from.value)) } }
            div.field { label for="away-from" { "First day" } input id="away-from" type="date" name="from" required; }
            div.field { label for="away-until" { "Last day" } input id="away-until" type="date" name="until" required; }
            div.field { label for="away-stand-in" { "Who stands in" } select id="away-stand-in" name="stand_in" { option value="" { "Nobody; the tickets stay" } (choices(&page.agents, "")) }
                p.field-help { "On the first day what is our turn, or due until the last, goes to them." } }
            label.tick { input type="checkbox" name="gives_back" value="yes" checked; span { "What is still open comes back at the end" } }
            @if page.outright { label.tick { input type="checkbox" name="outright" value="yes"; span { "Assign at once, without asking whoever stands in" } } }
            div.field { label for="away-reason" { "Why" } input id="away-reason" type="text" name="reason" required maxlength=(LONGEST_REASON) placeholder="on holiday"; }
            div.form-foot { button.btn { "Add" } }
        }))
    }
}

/// Who is away, how long, why, and who stands in.
pub fn away_line(it: &Away, shell: &Shell) -> Markup {
    html! {
        p { b { (it.name) } ": " (it.reason) span.dim { " · " (shell.clock.at(it.from)) " to " (shell.clock.at(it.until)) }
            @if let Some((name, comes_back)) = &it.stand_in { span.dim { " · " (name) " stands in" @if *comes_back { ", and gives back" } } } }
    }
}

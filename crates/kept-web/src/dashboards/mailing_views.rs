//! The pages of a dashboard by mail: its schedules, the form, and the letter as it looks now.

use kept_app::dashboards::{Mailed, OVERVIEW};
use kept_app::domain::dashboards::{Dashboard, Every};
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Choice, Field, post, post_with, select_field, text_field};

pub(super) struct MailPage {
    pub dashboard: Dashboard,
    pub mailings: Vec<Mailed>,
    /// Who may get it.
    pub people: Vec<Choice>,
    pub me: String,
    pub zone: String,
}

pub(super) fn mail(page: &MailPage, shell: &Shell) -> Markup {
    let it = &page.dashboard;
    html! {
        div.sheet-page {
            header.page-head { div { p.crumbs { a href={ "/dashboards/" (it.id) } { (it.wish.name) } } h1 { "By mail" }
                p.says { "Figures on time, counted for each reader as they may see them. Every mail has a way to stop it." } } }
            @if !page.mailings.is_empty() { section.block { h2 { "Who gets it" } ul.handovers { @for it in &page.mailings { (line(it, shell)) } } } }
            section.block { h2 { "Mail it" } (form(page, shell)) }
            section.block { h2 { "How it looks now" }
                iframe.letter src={ "/dashboards/" (it.id) "/letter" } title="The mail as it looks now" loading="lazy" {} }
        }
    }
}

fn line(it: &Mailed, shell: &Shell) -> Markup {
    let names: Vec<&str> = it.to.iter().map(|(_, name)| &**name).collect();
    html! {
        li {
            p { b { (capital(&it.mailing.schedule.words())) } " to " @if names.is_empty() { "nobody" } @else { (names.join(", ")) }
                @if it.mailing.with_pdf { ", with a PDF" }
                @if let Some(next) = it.mailing.next { span.dim { " · next " (shell.clock.at(next)) } } }
            @if it.may_end {
                (post(&format!("/mailings/{}/removal", it.mailing.id), &shell.csrf, html! { button.btn.quiet { "End it" } }))
            }
        }
    }
}

fn form(page: &MailPage, shell: &Shell) -> Markup {
    let every = Field::new("every", "How often", Every::Week.as_str());
    let time = Field::new("time", "At", "07:30").kind("time").required();
    let zone = Field::new("zone", "By the clock of", &*page.zone).required();
    let offered = Every::ALL.map(|it| Choice::new(it.as_str(), capital(it.words())));
    let to = format!("/dashboards/{}/mailings", page.dashboard.id);
    post_with(
        &to,
        &shell.csrf,
        "form",
        html! {
            (select_field(&every, &offered))
            (text_field(&time))
            (text_field(&zone))
            fieldset.columns { legend { "To" }
                @for person in &page.people { (crate::parts::checkbox("to", &person.value, &person.words, person.value == page.me)) } }
            (crate::parts::checkbox("pdf", "yes", "With a PDF of it", false))
            @if !page.dashboard.wish.shared { p.says { "Others don’t see this dashboard, so it goes to its owner alone." } }
            div.form-foot { button.btn.btn-1 { "Mail it" } }
        },
    )
}

/// One mailing, for somebody who may want no more of it.
pub(super) fn one(it: &Mailed, gets: bool, shell: &Shell) -> Markup {
    let dashboard = it.mailing.dashboard.unwrap_or(OVERVIEW);
    html! {
        div.sheet-page {
            header.page-head { div { h1 { "Dashboard by mail" }
                p.says { "This " a href={ "/dashboards/" (dashboard) } { "dashboard" } " is mailed " (it.mailing.schedule.words()) "." } } }
            @match (gets, it.mailing.next) {
                (_, None) => p.says { "It is mailed no longer." },
                (false, _) => p.says { "You don’t get it." },
                (true, _) => (post(&format!("/mailings/{}/stopping", it.mailing.id), &shell.csrf, html! { button.btn.btn-1 { "Stop sending it to me" } })),
            }
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase());
    first.into_iter().flatten().chain(letters).collect()
}

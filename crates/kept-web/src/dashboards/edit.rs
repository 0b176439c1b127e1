//! The forms of a dashboard: its name and whose it is, its cards in their order, and what can be added.

use kept_app::dashboards::OVERVIEW;
use kept_app::domain::dashboards::{Card, Chart, Dashboard, MOST_CARDS, Shows};
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Choice, Field, Icon, checkbox, choices, icon, post, post_with, text_field};

/// A new one: its name, whose it is, and whose cards it begins with.
pub(super) struct NewDashboard {
    pub name: Field,
    pub shared: bool,
    pub like: Option<i64>,
}

pub(super) fn new(it: &NewDashboard, shell: &Shell) -> Markup {
    html! {
        div.sheet-page {
            header.page-head { div { p.crumbs { a href="/dashboards" { "Dashboards" } } h1 { "New dashboard" }
                p.says { @match it.like { Some(_) => "It begins with the same cards; change them as you like.", None => "It begins empty; cards are added on its page." } } } }
            (post_with("/dashboards", &shell.csrf, "form", html! {
                (text_field(&it.name))
                @if let Some(like) = it.like { input type="hidden" name="like" value=(like); }
                (checkbox("shared", "yes", "For everybody at the desk", it.shared))
                div.form-foot { button.btn.btn-1 { "Make it" } }
            }))
        }
    }
}

pub(super) struct EditPage {
    pub dashboard: Dashboard,
    pub name: Field,
    /// Views by number and name.
    pub views: Vec<(i64, String)>,
}

pub(super) fn edit(page: &EditPage, shell: &Shell) -> Markup {
    let it = &page.dashboard;
    let at = format!("/dashboards/{}", it.id);
    html! {
        div.sheet-page {
            header.page-head { div { p.crumbs { a href=(at) { (it.wish.name) } } h1 { "Change the dashboard" } } }
            (post_with(&at, &shell.csrf, "form", html! {
                (text_field(&page.name))
                (checkbox("shared", "yes", "For everybody at the desk", it.wish.shared))
                div.form-foot { button.btn.btn-1 { "Save" } }
            }))
            section.block { h2 { "Cards" } (cards(page, &at, shell)) }
            section.block { h2 { "Add a card" } (add(page, &at, shell))
                p.says { "Any search can be a card too: count it as a " a href="/reports" { "report" } " and keep it here." } }
            (post(&format!("{at}/removal"), &shell.csrf, html! { button.btn.is-last { "Delete this dashboard" } }))
        }
    }
}

fn cards(page: &EditPage, at: &str, shell: &Shell) -> Markup {
    let shown: Vec<&Card> = page.dashboard.wish.shown().collect();
    html! {
        @if shown.is_empty() { p.says { "None yet." } }
        ol.dash-cards { @for (place, card) in shown.iter().enumerate() {
            @let name = name(card, &page.views);
            @let to = format!("{at}/cards/{}", card.id);
            li id={ "card-" (card.id) } {
                span { (name) }
                div.page-acts {
                    @if place > 0 { (shift(&to, "yes", "Up", &name, shell)) }
                    @if place + 1 < shown.len() { (shift(&to, "no", "Down", &name, shell)) }
                    (post(&format!("{to}/removal"), &shell.csrf, html! { button.btn.quiet aria-label={ "Remove " (name) } { "Remove" } }))
                }
            }
        } }
    }
}

fn shift(to: &str, forward: &str, words: &str, name: &str, shell: &Shell) -> Markup {
    post(
        &format!("{to}/position"),
        &shell.csrf,
        html! { button.btn.quiet name="forward" value=(forward) aria-label={ (words) ": " (name) } { (words) } },
    )
}

fn name(card: &Card, views: &[(i64, String)]) -> String {
    match &card.shows {
        _ if !card.title.is_empty() => card.title.clone(),
        Shows::Chart(chart) => chart.words().to_owned(),
        Shows::Report(report) => format!("Report: {}", report.search),
        Shows::View(id) => {
            let known = views.iter().find(|(view, _)| view == id);
            known.map_or_else(
                || "A view".to_owned(),
                |(_, name)| format!("Number of {name}"),
            )
        }
    }
}

fn add(page: &EditPage, at: &str, shell: &Shell) -> Markup {
    let charts = Chart::ALL.map(|it| Choice::new(format!("chart-{}", it.as_str()), it.words()));
    let views = page.views.iter();
    let views: Vec<Choice> = views
        .map(|(id, name)| Choice::new(format!("view-{id}"), name))
        .collect();
    let is_full = page.dashboard.wish.shown().count() >= MOST_CARDS;
    html! {
        @if is_full { p.says { "A dashboard has at most " (MOST_CARDS) " cards; remove one first." } } @else {
            (post_with(&format!("{at}/cards"), &shell.csrf, "report-question", html! {
                label.is-search { span { "Card" } select name="shows" {
                    optgroup label="Charts" { (choices(&charts, "")) }
                    @if !views.is_empty() { optgroup label="Number of a view" { (choices(&views, "")) } }
                } }
                button.btn { (icon(Icon::Plus)) "Add it" }
            }))
        }
    }
}

/// Whether a dashboard may be changed at all; the overview is nobody's.
pub(super) fn is_fixed(id: i64) -> bool {
    id == OVERVIEW
}

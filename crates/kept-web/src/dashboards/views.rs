//! The page of a dashboard: its cards, and where one goes from here.

use kept_app::dashboards::{Drawn, Figures, OVERVIEW, Shown};
use kept_app::domain::dashboards::{Dashboard, Shows};
use maud::{Markup, html};

use crate::layout::Shell;
use crate::parts::{Empty, Icon, empty, icon};
use crate::reports::drawn::figures;
use crate::reports::routes::address;

pub(super) struct DashboardPage {
    pub all: Vec<Dashboard>,
    pub shown: Shown,
}

pub(super) fn dashboard(page: &DashboardPage) -> Markup {
    let shown = &page.shown;
    let id = shown.dashboard.id;
    html! {
        header.page-head.with-acts {
            div { h1 { (shown.dashboard.wish.name) }
                p.says { @if id == OVERVIEW { "The desk at a glance. Each figure opens its tickets." } @else if shown.dashboard.wish.shared { "Everybody’s. Each figure opens its tickets." } @else { "Yours alone. Each figure opens its tickets." } } }
            div.page-acts {
                a.btn.quiet href="/reports" { (icon(Icon::Plus)) "New report" }
                a.btn.quiet href={ "/dashboards/" (id) "/mail" } { (icon(Icon::Mail)) "By mail" }
                a.btn.quiet href={ "/dashboards/" (id) "/file.pdf" } download { (icon(Icon::Download)) "PDF" }
                a.btn.quiet href={ "/dashboards/new?like=" (id) } { @if id == OVERVIEW { "Make my own" } @else { "Duplicate" } }
                @if shown.may_change { a.btn.quiet href={ "/dashboards/" (id) "/edit" } data-key="edit" { (icon(Icon::Pencil)) "Change" } }
            }
        }
        (places(&page.all, id))
        @if shown.cards.is_empty() { (nothing(shown)) } @else {
            div.dash { @for card in &shown.cards { (one(card)) } }
        }
    }
}

fn places(all: &[Dashboard], here: i64) -> Markup {
    html! {
        nav.tabs aria-label="Dashboards" {
            @for it in all { a href={ "/dashboards/" (it.id) } aria-current=[(it.id == here).then_some("page")] { (it.wish.name) } }
            a href="/load" { "Load" }
        }
    }
}

fn one(card: &Drawn) -> Markup {
    let id = format!("card-{}", card.card.id);
    let heading = format!("{id}-h");
    html! {
        section.dash-card.is-wide[is_wide(&card.figures)] id=(id) aria-labelledby=(heading) {
            h2 id=(heading) { @match leads(card) {
                Some(href) => a href=(href) { (card.title) },
                None => (card.title),
            } }
            (figures(&id, &card.title, &card.figures))
        }
    }
}

/// Wide tables need the room of two cards.
fn is_wide(figures: &Figures) -> bool {
    match figures {
        Figures::Load(_) => true,
        Figures::Report { report, .. } => report.by.len() > 2,
        _ => false,
    }
}

/// Where the heading of a card leads: to the report, the view, the page of the same.
fn leads(card: &Drawn) -> Option<String> {
    match (&card.figures, &card.card.shows) {
        (Figures::Report { report, .. }, _) => Some(format!("/reports?{}", address(report))),
        (Figures::Number { view, .. }, _) => Some(format!("/views/{view}")),
        (Figures::Load(_), _) => Some("/load".to_owned()),
        (Figures::Promises(_), _) => Some("/promises".to_owned()),
        (_, Shows::Chart(_) | Shows::View(_) | Shows::Report(_)) => None,
    }
}

fn nothing(shown: &Shown) -> Markup {
    let id = shown.dashboard.id;
    empty(&Empty {
        icon: Icon::Chart,
        title: "No cards yet".to_owned(),
        says: "A card is a chart, a report or the number of a view. Any report can be kept here."
            .to_owned(),
        step: shown
            .may_change
            .then(|| (format!("/dashboards/{id}/edit"), "Add a card".to_owned())),
    })
}

/// What each agent has to do, as a page of its own.
pub(super) fn load(loads: Vec<kept_app::dashboards::Load>, shell: &Shell) -> Markup {
    let away: Vec<_> = loads
        .iter()
        .filter_map(|it| Some((it.name.clone(), it.away?)))
        .collect();
    html! {
        div.sheet-page.is-wide {
            header.page-head { div { p.crumbs { a href="/dashboards" { "Dashboards" } } h1 { "Load" }
                p.says { "What each agent holds and has to do. Each figure opens its tickets." } } }
            (figures("load", "Load of each agent", &Figures::Load(loads)))
            @if !away.is_empty() {
                p.says { @for (name, it) in &away { b { (name) } " is away until " (shell.clock.at(it.until)) ". " } }
            }
        }
    }
}

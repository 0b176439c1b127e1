//! The page of a report: the question above, the answer below.

use kept_app::domain::reports::{By, Report, Shape, Table};
use kept_app::domain::search;
use kept_app::reports::link;
use maud::{Markup, html};

use super::drawn::{as_rows, drawn};
use super::routes::{BY, address};
use crate::layout::Shell;
use crate::parts::{Choice, Icon, choices, icon, post_with};
use crate::search::views::help;

pub(super) struct ReportPage {
    pub report: Report,
    pub table: Table,
    /// Somebody asked for figures; otherwise the page says what it is for.
    pub is_asked: bool,
    pub problem: Option<String>,
    /// Where the report can be kept.
    pub dashboards: Vec<Choice>,
}

/// What one may begin with.
const EXAMPLES: [(&str, &str); 6] = [
    (
        "Open tickets of each client, by turn",
        "q=is%3Aopen&by1=client&by2=turn&shape=bars",
    ),
    (
        "What each agent holds, by priority",
        "q=is%3Aopen&by1=agent&by2=priority&shape=table",
    ),
    (
        "Tickets a month, by kind",
        "q=after%3Alast-year&by1=opened-month&by2=kind&shape=columns",
    ),
    (
        "Opened this month, day by day",
        "q=opened%3Athis-month&by1=opened-day&shape=lines",
    ),
    (
        "When tickets come",
        "q=opened%3A%3C90d&by1=hour&by2=weekday&shape=grid",
    ),
    ("What is tagged how", "q=is%3Aopen&by1=tag&shape=bars"),
];

pub(super) fn report(page: &ReportPage, shell: &Shell) -> Markup {
    html! {
        div.sheet-page.is-wide {
            header.page-head.with-acts {
                div { p.crumbs { a href="/dashboards" { "Dashboards" } } h1 { "Report" }
                    p.says { "Any search, counted by up to three fields. Each number opens its tickets." } }
                @if page.is_asked && page.problem.is_none() { (acts(page)) }
            }
            (question(page))
            @if let Some(problem) = &page.problem { p.field-error role="alert" { (problem) } }
            @if !page.is_asked { (examples()) } @else if page.problem.is_none() { (answer(page)) (keep(page, shell)) }
            (help(false))
        }
    }
}

fn acts(page: &ReportPage) -> Markup {
    html! {
        div.page-acts {
            @if !page.report.search.is_empty() { a.btn.quiet href=(link(&page.report.search)) { (icon(Icon::Search)) "The tickets" } }
            a.btn href={ "/reports.csv?" (address(&page.report)) } data-turbo="false" { (icon(Icon::Download)) "CSV" }
        }
    }
}

fn question(page: &ReportPage) -> Markup {
    let report = &page.report;
    let fields = || {
        By::ALL
            .iter()
            .map(|by| Choice::new(by.as_str(), by.words()))
    };
    let labels = ["By", "then by", "and by"];
    html! {
        form.report-question method="get" action="/reports" {
            label.is-search { span { "Search" } input type="text" name="q" value=(report.search) maxlength=(search::LONGEST) placeholder="is:open" autocomplete="off"; }
            @for (at, (name, label)) in BY.iter().zip(labels).enumerate() {
                @let chosen = report.by.get(at).map_or("", |by| by.as_str());
                label { span { (label) } select name=(name) { option value="" { "–" } (choices(&fields().collect::<Vec<_>>(), chosen)) } }
            }
            label { span { "As" } select name="shape" { (choices(&Shape::ALL.map(|it| Choice::new(it.as_str(), it.words())), report.shape.as_str())) } }
            button.btn.btn-1 { "Count" }
        }
    }
}

fn answer(page: &ReportPage) -> Markup {
    let (report, table) = (&page.report, &page.table);
    let title = "The report";
    html! {
        section.block.report-answer {
            h2 { (table.tickets) @if table.tickets == 1 { " ticket" } @else { " tickets" } }
            @if report.by.contains(&By::Tag) { p.says { "A ticket with several tags counts under each of them." } }
            (drawn("report", title, report, table))
        }
        @if report.shape != Shape::Table && !report.by.is_empty() && !table.lines.is_empty() {
            section.block { h2 { "Line by line" } (as_rows("Line by line", report, table)) }
        }
    }
}

fn keep(page: &ReportPage, shell: &Shell) -> Markup {
    let report = &page.report;
    html! {
        section.block {
            h2 { "Keep it on a dashboard" }
            (post_with("/reports/cards", &shell.csrf, "report-question", html! {
                input type="hidden" name="q" value=(report.search);
                @for (name, by) in BY.iter().zip(&report.by) { input type="hidden" name=(name) value=(by.as_str()); }
                input type="hidden" name="shape" value=(report.shape.as_str());
                label.is-search { span { "Title" } input type="text" name="title" maxlength="80" placeholder="Its search and fields"; }
                label { span { "On" } select name="dashboard" { (choices(&page.dashboards, "")) option value="new" { "A new dashboard" } } }
                button.btn { (icon(Icon::Plus)) "Keep it" }
            }))
        }
    }
}

fn examples() -> Markup {
    html! {
        section.block { h2 { "Begin with" }
            ul.report-examples { @for (words, query) in EXAMPLES { li { a href={ "/reports?" (query) } { (words) } } } }
        }
    }
}

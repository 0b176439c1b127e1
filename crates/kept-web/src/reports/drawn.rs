//! Figures as a chart or as a table, each leading to its tickets.

use kept_app::dashboards::{Figures, Month, Rows, Week};
use kept_app::domain::reports::{By, Cell, Key, Report, Shape, Table};
use kept_app::reports::link;
use maud::{Markup, html};

use crate::charts::{self, Chart, MOST_PLAIN, Point, Series, Tone};

/// The figures of a card; `id` is unlike any other on the page.
pub(crate) fn figures(id: &str, title: &str, figures: &Figures) -> Markup {
    match figures {
        Figures::Report { report, table } => drawn(id, title, report, table),
        Figures::Flow(weeks) => charts::lines(&flow(id, title, weeks)),
        Figures::Promises(months) => charts::columns(&promises(id, title, months)),
        Figures::Load(_) => rows(title, &Rows::of(figures)),
        Figures::Number { view, count } => html! {
            p.card-number { a href={ "/views/" (view) } { (count) } " " span { @if *count == 1 { "ticket" } @else { "tickets" } } }
        },
        Figures::Nothing(why) => html! { p.chart-empty { (why) } },
    }
}

/// A report in its shape. What has no field, or three, is told best by a table.
pub(crate) fn drawn(id: &str, title: &str, report: &Report, table: &Table) -> Markup {
    let chart = || chart(id, title, report, table);
    match (report.shape, report.by.len()) {
        (_, 0) => total(report, table),
        (Shape::Bars, _) => charts::bars(&chart()),
        (Shape::Columns, _) => charts::columns(&chart()),
        (Shape::Lines, _) => charts::lines(&chart()),
        (Shape::Grid, _) => charts::grid(&chart()),
        (Shape::Table, _) => as_rows(title, report, table),
    }
}

fn total(report: &Report, table: &Table) -> Markup {
    html! {
        p.card-number {
            @if report.search.is_empty() { b { (table.tickets) } } @else { a href=(link(&report.search)) { (table.tickets) } }
            " " span { @if table.tickets == 1 { "ticket" } @else { "tickets" } }
        }
    }
}

/// The lines of a report.
pub(crate) fn as_rows(title: &str, report: &Report, table: &Table) -> Markup {
    let figures = Figures::Report {
        report: report.clone(),
        table: table.clone(),
    };
    rows(title, &Rows::of(&figures))
}

fn rows(title: &str, rows: &Rows) -> Markup {
    let (labels, figures) = rows.headings.split_at(rows.labels.min(rows.headings.len()));
    html! {
        @if rows.lines.is_empty() { p.chart-empty { "No tickets." } } @else {
            div.table-scroll tabindex="0" role="region" aria-label={ (title) ", the figures" } { table.figures {
                thead { tr {
                    @for heading in labels { th scope="col" { (heading) } }
                    @for heading in figures { th.num scope="col" { (heading) } }
                } }
                tbody { @for line in &rows.lines { tr {
                    @for (at, label) in line.labels.iter().enumerate() {
                        @if at == 0 { th scope="row" { (label) } } @else { td { (label) } }
                    }
                    @for figure in &line.figures {
                        td.num { (charts::figure(&Point { value: figure.value, href: figure.href.clone() })) }
                    }
                } } }
            } }
            @if rows.more > 0 { p.dim { "and " (rows.more) " more lines; a narrower search shows them" } }
        }
    }
}

/// The first field along the axis, the second as series; of many names the largest, and the others together.
fn chart(id: &str, title: &str, report: &Report, table: &Table) -> Chart {
    let axis = table.axis();
    let all = table.series();
    let is_name = |by: Option<&By>| by.is_some_and(|by| by.all_ranks().is_none());
    let shown = match is_name(report.by.get(1)) && report.shape != Shape::Grid {
        true if all.len() > MOST_PLAIN => MOST_PLAIN - 1,
        _ => all.len(),
    };
    let (own, others) = all.split_at(shown);
    let mut series: Vec<Series> = own
        .iter()
        .enumerate()
        .map(|(number, cell)| one(report, table, &axis, (number, cell)))
        .collect();
    if !others.is_empty() {
        series.push(rest(report, table, &axis, own));
    }
    if report.by.len() < 2 {
        series.push(alone(report, table, &axis));
    }
    Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        leads: axis
            .iter()
            .map(|cell| link(&report.search_with(std::slice::from_ref(&cell.condition))))
            .collect(),
        tones: tones(report, &axis),
        axis: axis.into_iter().map(|cell| cell.label).collect(),
        series,
    }
}

fn point(report: &Report, value: i64, conditions: &[String]) -> Point {
    let href = link(&report.search_with(conditions));
    Point {
        value,
        href: (value > 0).then_some(href),
    }
}

fn one(report: &Report, table: &Table, axis: &[Cell], (number, cell): (usize, &Cell)) -> Series {
    let points = axis.iter().map(|place| {
        let value = table.at(&place.key, Some(&cell.key));
        let conditions = [place.condition.clone(), cell.condition.clone()];
        point(report, value, &conditions)
    });
    Series {
        name: cell.label.clone(),
        tone: tone(report.by.get(1), &cell.key, number),
        points: points.collect(),
    }
}

fn alone(report: &Report, table: &Table, axis: &[Cell]) -> Series {
    let points = axis.iter().map(|place| {
        let value = table.at(&place.key, None);
        point(report, value, std::slice::from_ref(&place.condition))
    });
    Series {
        name: "Tickets".to_owned(),
        tone: Tone::Plain(0),
        points: points.collect(),
    }
}

/// What is none of those that are shown by themselves.
fn rest(report: &Report, table: &Table, axis: &[Cell], own: &[Cell]) -> Series {
    let points = axis.iter().map(|place| {
        let shown: i64 = own
            .iter()
            .map(|cell| table.at(&place.key, Some(&cell.key)))
            .sum();
        let value = table.at(&place.key, None) - shown;
        let nots = own.iter().map(|cell| negated(&cell.condition));
        let conditions: Vec<String> = std::iter::once(place.condition.clone())
            .chain(nots)
            .collect();
        point(report, value, &conditions)
    });
    Series {
        name: "Others".to_owned(),
        tone: Tone::Plain(MOST_PLAIN - 1),
        points: points.collect(),
    }
}

/// The search for what this one does not find.
fn negated(condition: &str) -> String {
    match condition.strip_prefix('-') {
        Some(plain) => plain.to_owned(),
        None if condition.contains(' ') && !condition.contains('"') => format!("-({condition})"),
        None => format!("-{condition}"),
    }
}

/// A turn looks the same wherever it stands.
fn tones(report: &Report, axis: &[Cell]) -> Vec<Tone> {
    match report.by.as_slice() {
        [by @ By::Turn] => axis.iter().map(|it| tone(Some(by), &it.key, 0)).collect(),
        _ => vec![],
    }
}

fn tone(by: Option<&By>, key: &Key, number: usize) -> Tone {
    match (by, key) {
        (Some(By::Turn), Key::Number(0)) => Tone::Desk,
        (Some(By::Turn), Key::Number(1)) => Tone::Client,
        (Some(By::Turn), Key::Number(2)) => Tone::Third,
        _ => Tone::Plain(number),
    }
}

fn flow(id: &str, title: &str, weeks: &[Week]) -> Chart {
    let series = |name: &str, tone, read: &dyn Fn(&Week) -> (i64, String)| Series {
        name: name.to_owned(),
        tone,
        points: weeks
            .iter()
            .map(|week| {
                let (value, search) = read(week);
                Point {
                    value,
                    href: (value > 0).then(|| link(&search)),
                }
            })
            .collect(),
    };
    Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        leads: vec![],
        tones: vec![],
        axis: weeks.iter().map(|week| week.label.clone()).collect(),
        series: vec![
            series("Opened", Tone::Plain(0), &|it| {
                (it.opened, it.opened_by.clone())
            }),
            series("Resolved", Tone::Kept, &|it| {
                (it.resolved, it.resolved_by.clone())
            }),
        ],
    }
}

fn promises(id: &str, title: &str, months: &[Month]) -> Chart {
    let rows = Rows::of(&Figures::Promises(months.to_vec()));
    let tones = [Tone::Kept, Tone::Client, Tone::Late];
    let names = rows.headings.iter().skip(rows.labels);
    let series = names
        .zip(tones)
        .enumerate()
        .map(|(at, (name, tone))| Series {
            name: name.clone(),
            tone,
            points: rows
                .lines
                .iter()
                .filter_map(|line| line.figures.get(at))
                .map(|it| Point {
                    value: it.value,
                    href: it.href.clone(),
                })
                .collect(),
        });
    Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        leads: vec![],
        tones: vec![],
        axis: months.iter().map(|month| month.label.clone()).collect(),
        series: series.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kept_app::domain::reports::Line;
    use kept_app::domain::search::parse;

    #[test]
    fn the_others_are_found_by_what_they_are_not() {
        let lines = (0..9).map(|number| Line {
            keys: vec![Key::Number(24_322), Key::Word(format!("Client {number}"))],
            tickets: 10 - number,
        });
        let by = vec![By::OpenedMonth, By::Client];
        let table = Table::arranged(by.clone(), lines.collect(), (0, 54));
        let report = Report {
            search: "is:open or tag:vip".into(),
            by,
            shape: Shape::Columns,
        };
        let chart = chart("c", "Tickets", &report, &table);
        let others = chart.series.last().expect("others");
        assert_eq!(
            (others.name.as_str(), others.points[0].value),
            ("Others", 14)
        );
        let href = others.points[0].href.clone().expect("it leads there");
        assert!(href.contains("-client%3A%22%3DClient%200%22"), "{href}");
        assert_eq!(negated("-has:client"), "has:client");
        assert_eq!(negated("opened:>1d opened:<3d"), "-(opened:>1d opened:<3d)");
        assert!(parse(&negated("client:\"=Fox & Sons\"")).is_ok());
    }
}

//! Bars below each other, the name before and the number behind: a table that is a picture. The series lie end to end.

use maud::{Markup, html};

use super::{Chart, Point, figure, legend, marked, nothing, patterns, percent, table};

/// Bars of one picture; the table below has all.
const MOST: usize = 15;

pub(crate) fn bars(chart: &Chart) -> Markup {
    if chart.is_empty() {
        return nothing();
    }
    let several = chart.series.len() > 1;
    let rest = chart.axis.len().saturating_sub(MOST);
    html! {
        div.chart {
            (legend(chart))
            (defs(chart))
            table.chart-bars {
                caption.visually-hidden { (chart.title) }
                tbody { @for (place, label) in chart.axis.iter().enumerate().take(MOST) { tr {
                    th scope="row" { (label) }
                    td.chart-bar { (bar(chart, place)) }
                    td.num { (sum(chart, place)) }
                } } }
            }
            @if rest > 0 { p.dim { "and " (rest) " more" } }
            @if several || rest > 0 { (table(chart)) }
        }
    }
}

fn defs(chart: &Chart) -> Markup {
    html! { svg.chart-defs width="0" height="0" aria-hidden="true" { (patterns::defs(chart)) } }
}

#[expect(clippy::cast_precision_loss, reason = "a picture is coarser than that")]
fn bar(chart: &Chart, place: usize) -> Markup {
    let whole = chart.highest(true).max(1) as f64;
    html! {
        svg.chart-picture width="100%" height="16" aria-hidden="true" {
            @for (series, point, below) in chart.stacked(place) {
                @let (x, width) = (percent(below as f64 / whole), percent(point.value as f64 / whole));
                (marked(point, &chart.says(series, place, point.value), html! {
                    rect class=(chart.tone(series, place).class()) x=(x) width=(width) height="16" rx="2" {}
                    @if let Some(fill) = patterns::fill(&chart.id, series.tone).filter(|_| chart.series.len() > 1) {
                        rect x=(x) width=(width) height="16" fill=(fill) {}
                    }
                }))
            }
        }
    }
}

/// One series' own figure, or what several are together.
fn sum(chart: &Chart, place: usize) -> Markup {
    let points = || chart.series.iter().filter_map(|it| it.points.get(place));
    html! {
        @if chart.series.len() == 1 { @for point in points() { (figure(point)) } }
        @else { (figure(&Point { value: points().map(|point| point.value).sum(), href: chart.leads.get(place).cloned() })) }
    }
}

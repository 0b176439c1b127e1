//! Columns side by side: at each place the series on top of each other.

use maud::{Markup, html};

use super::scale::{Scale, WHOLE, WIDE, middle, names, rules, units};
use super::{Chart, legend, marked, nothing, patterns, percent, table};

/// How much of its place a column takes.
const FULL: f64 = 0.72;
/// A column is no wider than this part of the picture.
const WIDEST: f64 = 0.08;

pub(crate) fn columns(chart: &Chart) -> Markup {
    if chart.is_empty() {
        return nothing();
    }
    let scale = Scale::over(chart.highest(true));
    html! {
        div.chart {
            (legend(chart))
            svg.chart-picture width="100%" height=(WHOLE) role="group" aria-labelledby={ (chart.id) "-t " (chart.id) "-d" } {
                title id={ (chart.id) "-t" } { (chart.title) }
                desc id={ (chart.id) "-d" } { (chart.described()) }
                (patterns::defs(chart))
                (rules(scale))
                @for place in 0..chart.axis.len() { (column(chart, place, scale)) }
                (names(&chart.axis))
            }
            (table(chart))
        }
    }
}

fn column(chart: &Chart, place: usize, scale: Scale) -> Markup {
    #[expect(
        clippy::cast_precision_loss,
        reason = "there are a hundred places at most"
    )]
    let wide = (WIDE / chart.axis.len().max(1) as f64 * FULL).min(WIDEST);
    let x = percent(middle(place, chart.axis.len()) - wide / 2.0);
    html! {
        @for (series, point, below) in chart.stacked(place) {
            @let (foot, head) = (scale.y(below), scale.y(below + point.value));
            @let (y, high) = (units(head), units((foot - head - 1.0).max(1.0)));
            (marked(point, &chart.says(series, place, point.value), html! {
                rect class=(chart.tone(series, place).class()) x=(x) width=(percent(wide)) y=(y) height=(high) {}
                @if let Some(fill) = patterns::fill(&chart.id, series.tone).filter(|_| chart.series.len() > 1) {
                    rect x=(x) width=(percent(wide)) y=(y) height=(high) fill=(fill) {}
                }
            }))
        }
    }
}

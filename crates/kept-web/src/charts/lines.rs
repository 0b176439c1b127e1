//! Lines over an axis: two or more series against each other, told apart by dashes and by the shape of their marks.

use maud::{Markup, html};

use super::scale::{Scale, WHOLE, middle, names, rules, units};
use super::{Chart, Series, marked, nothing, percent, table};

/// The shapes of marks, drawn around their middle: a circle, a square, a diamond, a triangle.
const SHAPES: [&str; 4] = [
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "M-3.6-3.6h7.2v7.2h-7.2z",
    "M0-5 5 0 0 5-5 0z",
    "M0-4.6 4.6 4h-9.2z",
];
const DASHES: [Option<&str>; 4] = [None, Some("5 3"), Some("2 3"), Some("8 3 2 3")];

pub(crate) fn lines(chart: &Chart) -> Markup {
    if chart.is_empty() {
        return nothing();
    }
    let scale = Scale::over(chart.highest(false));
    html! {
        div.chart {
            (legend(chart))
            svg.chart-picture width="100%" height=(WHOLE) role="group" aria-labelledby={ (chart.id) "-t " (chart.id) "-d" } {
                title id={ (chart.id) "-t" } { (chart.title) }
                desc id={ (chart.id) "-d" } { (chart.described()) }
                (rules(scale))
                @for (number, series) in chart.series.iter().enumerate() { (line(chart, (number, series), scale)) }
                (names(&chart.axis))
            }
            (table(chart))
        }
    }
}

fn line(chart: &Chart, (number, series): (usize, &Series), scale: Scale) -> Markup {
    let places = chart.axis.len();
    let class = series.tone.class();
    html! {
        @for (place, pair) in series.points.windows(2).enumerate() {
            line class={ "chart-line " (class) } stroke-dasharray=[DASHES[number % 4]]
                x1=(percent(middle(place, places))) y1=(units(scale.y(pair[0].value)))
                x2=(percent(middle(place + 1, places))) y2=(units(scale.y(pair[1].value))) {}
        }
        @for (place, point) in series.points.iter().enumerate() {
            (marked(point, &chart.says(series, place, point.value), html! {
                svg x=(percent(middle(place, places))) y=(units(scale.y(point.value))) overflow="visible" {
                    circle.chart-reach r="12" {}
                    path class=(class) d=(SHAPES[number % 4]) {}
                }
            }))
        }
    }
}

/// The line and the mark of each series beside its name.
fn legend(chart: &Chart) -> Markup {
    html! {
        @if chart.series.len() > 1 {
            ul.chart-legend { @for (number, series) in chart.series.iter().enumerate() { li {
                svg.chart-swatch width="24" height="12" aria-hidden="true" {
                    line class={ "chart-line " (series.tone.class()) } x1="0" x2="24" y1="6" y2="6" stroke-dasharray=[DASHES[number % 4]] {}
                    svg x="12" y="6" overflow="visible" { path class=(series.tone.class()) d=(SHAPES[number % 4]) {} }
                }
                (series.name)
            } } }
        }
    }
}

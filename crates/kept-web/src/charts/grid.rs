//! A grid of two fields: the more tickets, the darker, and the number always stands in it.

use maud::{Markup, html};

use super::{Chart, Point, figure, nothing};

/// Shades beside none.
const SHADES: i64 = 5;

/// Rows are the places of the axis, from the first that has anything to the last.
pub(crate) fn grid(chart: &Chart) -> Markup {
    if chart.is_empty() {
        return nothing();
    }
    let points = chart.series.iter().flat_map(|series| &series.points);
    let most = points.map(|point| point.value).max().unwrap_or(0);
    let has_any = |place: &usize| {
        chart
            .series
            .iter()
            .any(|it| value(it.points.get(*place)) > 0)
    };
    let first = (0..chart.axis.len()).find(has_any).unwrap_or(0);
    let last = (0..chart.axis.len()).rev().find(has_any).unwrap_or(0);
    let rows = chart.axis.iter().enumerate().take(last + 1).skip(first);
    html! {
        div.chart.table-scroll tabindex="0" role="region" aria-label={ (chart.title) ", the grid" } { table.chart-grid {
            caption.visually-hidden { (chart.title) ". " (chart.described()) }
            thead { tr { td {} @for series in &chart.series { th scope="col" { abbr title=(series.name) { (short(&series.name)) } } } } }
            tbody { @for (place, label) in rows { tr {
                th scope="row" { (label) }
                @for series in &chart.series {
                    @let point = series.points.get(place);
                    td class=(shade(value(point), most)) { @if let Some(point) = point.filter(|it| it.value > 0) { (figure(point)) } }
                }
            } } }
        } }
    }
}

fn value(point: Option<&Point>) -> i64 {
    point.map_or(0, |point| point.value)
}

fn shade(value: i64, most: i64) -> &'static str {
    const CLASSES: [&str; 6] = ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5"];
    let shade = (value.saturating_mul(SHADES) + most - 1) / most.max(1);
    let at = usize::try_from(shade.clamp(0, SHADES)).unwrap_or(0);
    CLASSES[at]
}

/// Days of the week by their first three letters; what is short stays.
fn short(name: &str) -> String {
    const LONGEST: usize = 8;
    match (name.ends_with("day"), name.chars().count() > LONGEST) {
        (true, _) => name.chars().take(3).collect(),
        (_, true) => name.chars().take(LONGEST - 1).chain(['…']).collect(),
        _ => name.to_owned(),
    }
}

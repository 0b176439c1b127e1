//! Charts drawn by the server: SVG in percentages that fits any width, in the colours of the theme, each mark a link to its
//! tickets. Nothing is told by colour alone: series differ by pattern and shape, and the same figures stand in a table below.

mod bars;
mod columns;
mod grid;
mod lines;
mod patterns;
mod scale;

pub(crate) use bars::bars;
pub(crate) use columns::columns;
pub(crate) use grid::grid;
pub(crate) use lines::lines;

use maud::{Markup, html};

/// Figures over one axis: for each series one at each place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chart {
    /// Unlike any other on the page.
    pub id: String,
    /// What it shows, for those who don't see it.
    pub title: String,
    pub axis: Vec<String>,
    /// Where each place of the axis leads by itself; may be left out.
    pub leads: Vec<String>,
    /// How each place of the axis looks where it means something by itself and there is one series; empty otherwise.
    pub tones: Vec<Tone>,
    pub series: Vec<Series>,
}

#[derive(Debug, Clone)]
pub(crate) struct Series {
    pub name: String,
    pub tone: Tone,
    /// As many as there are places on the axis.
    pub points: Vec<Point>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    pub value: i64,
    pub href: Option<String>,
}

/// What a series looks like: colour is kept for meaning where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// One of several that mean nothing by themselves, from 0 on.
    Plain(usize),
    Desk,
    Client,
    Third,
    Kept,
    Late,
}

/// Looks of series that mean nothing by themselves; what comes after is one look.
pub(crate) const MOST_PLAIN: usize = 6;

impl Tone {
    fn class(self) -> &'static str {
        const PLAIN: [&str; MOST_PLAIN] = ["ch-0", "ch-1", "ch-2", "ch-3", "ch-4", "ch-5"];
        match self {
            Tone::Plain(at) => PLAIN[at.min(MOST_PLAIN - 1)],
            Tone::Desk => "ch-desk",
            Tone::Client => "ch-client",
            Tone::Third => "ch-third",
            Tone::Kept => "ch-kept",
            Tone::Late => "ch-late",
        }
    }
}

impl Chart {
    fn is_empty(&self) -> bool {
        let points = self.series.iter().flat_map(|series| &series.points);
        points.map(|point| point.value).sum::<i64>() == 0
    }

    /// The largest value, or the largest sum where values stand on each other.
    fn highest(&self, stacked: bool) -> i64 {
        let at = |place: usize| {
            let values = self
                .series
                .iter()
                .filter_map(move |it| it.points.get(place));
            let values = values.map(|point| point.value);
            if stacked {
                values.sum()
            } else {
                values.max().unwrap_or(0)
            }
        };
        (0..self.axis.len()).map(at).max().unwrap_or(0)
    }

    /// What is there at a place, each with what it stands on.
    fn stacked(&self, place: usize) -> Vec<(&Series, &Point, i64)> {
        let mut below = 0;
        let mut stacked = Vec::new();
        for series in &self.series {
            if let Some(point) = series.points.get(place).filter(|point| point.value > 0) {
                stacked.push((series, point, below));
                below += point.value;
            }
        }
        stacked
    }

    fn tone(&self, series: &Series, place: usize) -> Tone {
        self.tones.get(place).copied().unwrap_or(series.tone)
    }

    /// `12 Oct, Opened: 7`
    fn says(&self, series: &Series, place: usize, value: i64) -> String {
        let at = self.axis.get(place).map_or("", String::as_str);
        match self.series.len() {
            1 => format!("{at}: {value}"),
            _ => format!("{at}, {}: {value}", series.name),
        }
    }

    /// The whole of it in a sentence.
    fn described(&self) -> String {
        let sums = self.series.iter().map(|series| {
            let sum: i64 = series.points.iter().map(|point| point.value).sum();
            format!("{} {sum} in all", series.name)
        });
        let sums = sums.collect::<Vec<_>>().join(", ");
        match (self.axis.first(), self.axis.last()) {
            (Some(first), Some(last)) if first != last => {
                format!("From {first} to {last}: {sums}.")
            }
            _ => format!("{sums}."),
        }
    }
}

/// What stands in the place of a chart without figures.
fn nothing() -> Markup {
    html! { p.chart-empty { "Nothing here yet. It fills by itself as tickets come." } }
}

/// Which look stands for which series.
fn legend(chart: &Chart) -> Markup {
    html! {
        @if chart.series.len() > 1 {
            ul.chart-legend { @for series in &chart.series { li {
                svg.chart-swatch width="12" height="12" aria-hidden="true" {
                    rect class=(series.tone.class()) width="12" height="12" rx="2" {}
                    @if let Some(fill) = patterns::fill(&chart.id, series.tone) { rect width="12" height="12" rx="2" fill=(fill) {} }
                }
                (series.name)
            } } }
        }
    }
}

/// The same figures in rows, for those who read better than they see, and for the keyboard.
fn table(chart: &Chart) -> Markup {
    html! {
        details.chart-table { summary { "As a table" }
            div.table-scroll tabindex="0" role="region" aria-label={ (chart.title) ", as a table" } { table {
                thead { tr { td {} @for series in &chart.series { th.num scope="col" { (series.name) } } } }
                tbody { @for (place, label) in chart.axis.iter().enumerate() { tr {
                    th scope="row" { (label) }
                    @for series in &chart.series { td.num { @if let Some(point) = series.points.get(place) { (figure(point)) } } }
                } } }
            } }
        }
    }
}

/// A number that leads to its tickets.
pub(crate) fn figure(point: &Point) -> Markup {
    html! {
        @match &point.href {
            Some(href) => a href=(href) { (point.value) },
            None => @if point.value == 0 { span.dim { "–" } } @else { (point.value) },
        }
    }
}

/// Part of a width or height, as SVG takes it.
fn percent(part: f64) -> String {
    format!("{:.2}%", part.clamp(0.0, 1.0) * 100.0)
}

/// A link around a mark. The table has the same links for the keyboard, so that nobody steps through each mark.
fn marked(point: &Point, says: &str, mark: Markup) -> Markup {
    html! {
        @match &point.href {
            Some(href) => a href=(href) tabindex="-1" aria-label=(says) { (mark) title { (says) } },
            None => g { (mark) title { (says) } },
        }
    }
}

#[cfg(test)]
mod tests;

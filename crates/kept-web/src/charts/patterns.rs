//! Patterns over colours, so that series are told apart without seeing colours.

use maud::{Markup, html};

use super::{Chart, Tone};

/// The drawing of each pattern on eight units, and its name; the first look is plain.
const DRAWN: [(&str, &str); 6] = [
    ("a", "M-2 2 2-2M0 8 8 0M6 10 10 6"),
    ("b", "M2 2h2v2h-2zM6 6h2v2h-2z"),
    ("c", "M0 2h8M0 6h8"),
    ("d", "M2 0v8M6 0v8"),
    ("e", "M-2 6 2 10M0 0 8 8M6-2 10 2"),
    ("f", "M0 4h8M4 0v8"),
];

fn of(tone: Tone) -> Option<usize> {
    match tone {
        Tone::Plain(at) => at.min(super::MOST_PLAIN - 1).checked_sub(1),
        Tone::Desk | Tone::Kept => None,
        Tone::Client => Some(0),
        Tone::Third => Some(1),
        Tone::Late => Some(4),
    }
}

/// What fills a mark above its colour.
pub(super) fn fill(id: &str, tone: Tone) -> Option<String> {
    let (name, _) = DRAWN.get(of(tone)?)?;
    Some(format!("url(#{id}-{name})"))
}

/// The patterns a chart needs.
pub(super) fn defs(chart: &Chart) -> Markup {
    let mut used: Vec<usize> = chart.series.iter().filter_map(|it| of(it.tone)).collect();
    used.sort_unstable();
    used.dedup();
    let used = used.iter().filter_map(|at| DRAWN.get(*at));
    html! {
        @if chart.series.len() > 1 { defs { @for (name, path) in used {
            pattern id={ (chart.id) "-" (name) } width="8" height="8" patternUnits="userSpaceOnUse" {
                path.ch-pattern d=(path) {}
            }
        } } }
    }
}

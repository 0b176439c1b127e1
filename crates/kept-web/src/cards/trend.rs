//! Tickets a month over a year as bars; each month leads to its tickets. Drawn here, so it needs no script.

use kept_app::reading::Month;
use maud::{Markup, html};

use crate::respond::encoded;

/// One month.
#[derive(Debug, Clone)]
pub struct Bar {
    /// `Nov`.
    pub short: String,
    /// `November 2026`.
    pub long: String,
    pub opened: u64,
    /// The search that finds them.
    pub href: String,
}

/// The months as bars; `search` finds all tickets of the card, such as `client:#3`.
pub fn bars(months: &[Month], search: &str) -> Vec<Bar> {
    let bar = |month: &Month| {
        let query = format!("{search} opened:{}", month.first.strftime("%Y-%m"));
        Bar {
            short: month.first.strftime("%b").to_string(),
            long: month.first.strftime("%B %Y").to_string(),
            opened: u64::try_from(month.opened).unwrap_or(0),
            href: format!("/search?q={}", encoded(&query)),
        }
    };
    months.iter().map(bar).collect()
}

/// Units of the drawing: a bar's place, its width, and the height of the tallest.
const STEP: u64 = 30;
const WIDE: u64 = 20;
const TALL: u64 = 64;
/// Room for the number above a bar, and for the month below.
const ABOVE: u64 = 16;
const BELOW: u64 = 18;

/// The picture; nothing where there never was a ticket in a year.
pub fn trend(bars: &[Bar]) -> Markup {
    let most = bars.iter().map(|bar| bar.opened).max().unwrap_or(0);
    html! {
        section.glance.is-wide {
            h2 { "Tickets a month" }
            @if most == 0 { p.says { "None in the last twelve months." } } @else { (picture(bars, most)) }
        }
    }
}

/// The links lie over the drawing: scripts that look after links know only those of HTML.
fn picture(bars: &[Bar], most: u64) -> Markup {
    let wide = STEP * u64::try_from(bars.len()).unwrap_or(12);
    let high = ABOVE + TALL + BELOW;
    html! {
        div.trend {
            svg viewBox={ "0 0 " (wide) " " (high) } aria-hidden="true" {
                line.trend-ground x1="0" x2=(wide) y1=(ABOVE + TALL) y2=(ABOVE + TALL) {}
                @for (at, bar) in (0_u64..).zip(bars) { (one(bar, at * STEP, most, high)) }
            }
            ol.trend-links aria-label="Tickets opened in each of the last twelve months" {
                @for bar in bars { li {
                    @if bar.opened == 0 { span.visually-hidden { (says(bar)) } }
                    @else { a href=(bar.href) title=(says(bar)) { span.visually-hidden { (says(bar)) } } }
                } }
            }
        }
    }
}

fn one(bar: &Bar, x: u64, most: u64, high: u64) -> Markup {
    // What happened at all stays to be seen beside the tallest.
    let tall = (bar.opened * TALL / most).max(u64::from(bar.opened > 0) * 2);
    let middle = x + STEP / 2;
    html! {
        @if bar.opened > 0 {
            rect.trend-bar x=(x + (STEP - WIDE) / 2) y=(ABOVE + TALL - tall) width=(WIDE) height=(tall) rx="2" {}
            text x=(middle) y=(ABOVE + TALL - tall - 4) text-anchor="middle" { (bar.opened) }
        }
        text x=(middle) y=(high - 4) text-anchor="middle" { (bar.short) }
    }
}

fn says(bar: &Bar) -> String {
    match bar.opened {
        0 => format!("{}: no tickets", bar.long),
        1 => format!("{}: 1 ticket", bar.long),
        many => format!("{}: {many} tickets", bar.long),
    }
}

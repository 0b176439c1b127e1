//! A scorecard: both sides next to each other, and where the time went. With addresses every figure leads to its tickets.

use kept_app::domain::clocks::{Side, Whose as Held};
use kept_app::domain::scorecards::{Fate, Line, Of, Promises, SideCard, percent};
use kept_app::scorecards::Scorecard;
use maud::{Markup, html};

use crate::parts::{Choice, Stretch, Strip, choices, life_strip};
use crate::turns::drawn_as;
use crate::words::{kind, long_ms};

/// The page with its choices.
#[derive(Debug, Clone)]
pub struct ScorePage {
    pub scorecard: Option<Scorecard>,
    /// What was wrong with the choice.
    pub error: Option<String>,
    pub of: Vec<(&'static str, Vec<Choice>)>,
    pub chosen: String,
    pub period: String,
    pub from: String,
    pub to: String,
    /// The part of an address that says whose and when.
    pub query: String,
    /// The links to it, on a client's.
    pub sharing: Option<Markup>,
}

const PERIODS: [(&str, &str); 5] = [
    ("this-month", "This month"),
    ("last-month", "Last month"),
    ("quarter", "This quarter"),
    ("year", "This year"),
    ("days", "From – to"),
];

/// The content of the page.
pub fn page(page: &ScorePage) -> Markup {
    html! {
        div.sheet-page.score-page {
            header.page-head { div { h1 { "Scorecards" }
                p.says { "Support is a two-way street: what the desk owed, what the client owed, and where the time went." } } }
            (choose(page))
            @if let Some(error) = &page.error { p.field-error role="alert" { (error) } }
            @if let Some(scorecard) = &page.scorecard { (card(scorecard, Some(&page.query))) }
            @if let Some(sharing) = &page.sharing { (sharing) }
        }
    }
}

fn choose(page: &ScorePage) -> Markup {
    html! {
        form.score-choice method="get" action="/scorecards" {
            label { span { "Of" }
                select name="of" { @for (group, of) in &page.of {
                    @if group.is_empty() { (choices(of, &page.chosen)) } @else { optgroup label=(group) { (choices(of, &page.chosen)) } }
                } } }
            label { span { "Period" }
                select name="period" { @for (value, words) in PERIODS {
                    option value=(value) selected[page.period == value] { (words) }
                } } }
            label { span { "From" } input type="date" name="from" value=(page.from); }
            label { span { "To" } input type="date" name="to" value=(page.to); }
            button.btn.btn-1 { "Show" }
        }
    }
}

/// The figures. Without `query` they lead nowhere.
pub fn card(scorecard: &Scorecard, query: Option<&str>) -> Markup {
    let (first, last) = (scorecard.within.first, scorecard.within.last);
    let client = match scorecard.of {
        Of::Client(_) => scorecard.name.as_str(),
        _ => "clients",
    };
    html! {
        section.scorecard {
            h2 { (scorecard.name) " · " (first.strftime("%-d %b %Y").to_string()) " – " (last.strftime("%-d %b %Y").to_string()) }
            div.score-sides {
                (side(&scorecard.card.desk, "What the desk owed", query))
                (side(&scorecard.card.client, &format!("What {client} owed"), query))
            }
            @if let Some((met, all)) = scorecard.each_round {
                p.says { "A reopened ticket counts once, as its last round ended. With each round counted: "
                    (met) " of " (all) " resolutions in time (" (percents(percent(met, all))) ")." }
            }
            (times(scorecard, query))
            p.says { "Time used is counted as each target counts it: in the hours of whoever owes it, unless the agreement says around the clock; "
                "for promises and offers by the clock. Days begin at midnight" @if let Some(zone) = scorecard.zone.iana_name() { " in " (zone) } "." }
        }
    }
}

fn side(card: &SideCard, title: &str, query: Option<&str>) -> Markup {
    let class = match card.side {
        Side::Desk => "score-side is-desk",
        Side::Client => "score-side is-client",
    };
    html! {
        section class=(class) {
            h3 { (title) }
            p.score-sum {
                b { (percents(card.percent())) }
                span { @match card.percent() {
                    Some(_) => { (card.met()) " of " (card.met() + card.missed()) " in time" },
                    None => "nothing was due",
                } @if card.still_owed() > 0 { " · " (card.still_owed()) " still owed" } }
            }
            @if !card.lines.is_empty() { (table(card, query)) }
            @if card.promises != Promises::default() { (promises(card, query)) }
        }
    }
}

fn table(card: &SideCard, query: Option<&str>) -> Markup {
    html! {
        table.score-lines {
            thead { tr { th { "What" } th.num { "Owed" } th.num { "Met" } th.num { "Missed" } th.num { "%" } th.num { "Open" } } }
            tbody { @for line in &card.lines { (row(line, card.side, query)) } }
        }
    }
}

fn row(line: &Line, side: Side, query: Option<&str>) -> Markup {
    let to = |fate: &str| query.map(|query| behind(query, side, Some(line), fate));
    html! {
        tr {
            th scope="row" { (kind(line.owed))
                @if let Some(used) = line.used { small { "median " (long_ms(used.median_ms)) ", 9 in 10 within " (long_ms(used.most_ms)) } } }
            td.num { (figure(line.owed_in_all(), to(""))) }
            td.num { (figure(line.met, to("met"))) }
            td.num.is-missed[line.missed > 0] { (figure(line.missed, to("missed"))) }
            td.num { (percents(line.percent())) }
            td.num { (figure(line.still_owed, to(Fate::Owed.as_str()))) }
        }
    }
}

fn promises(card: &SideCard, query: Option<&str>) -> Markup {
    let it = card.promises;
    let all = [
        (it.kept, "kept", Fate::Met),
        (it.late, "kept late", Fate::Late),
        (it.broken, "broken", Fate::NotDone),
        (it.open, "still to keep", Fate::Owed),
    ];
    html! {
        p.score-promises { "Promises: "
            @for (n, (count, words, fate)) in all.iter().filter(|it| it.0 > 0).enumerate() {
                @if n > 0 { ", " }
                (figure(*count, query.map(|query| format!("{}&owed=promise", behind(query, card.side, None, fate.as_str())))))
                " " (words)
            }
        }
    }
}

fn behind(query: &str, side: Side, line: Option<&Line>, fate: &str) -> String {
    let owed = line.map_or_else(String::new, |line| format!("&owed={}", line.owed.as_str()));
    format!(
        "/scorecards/tickets?{query}&side={}{owed}&fate={fate}",
        side.as_str()
    )
}

/// A number that leads to what it counts; nothing leads nowhere.
fn figure(count: i64, to: Option<String>) -> Markup {
    html! {
        @match to.filter(|_| count > 0) {
            Some(href) => a href=(href) { (count) },
            None => @if count == 0 { span.dim { "–" } } @else { (count) },
        }
    }
}

fn percents(percent: Option<i64>) -> String {
    percent.map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))
}

/// Whose turn it was, to scale and in figures.
fn times(scorecard: &Scorecard, query: Option<&str>) -> Markup {
    let times = scorecard.times;
    let parts: Vec<(Held, i64)> = Held::ALL.into_iter().zip(times.percents()).collect();
    let parts: Vec<(Held, i64)> = parts.into_iter().filter(|it| times.ms(it.0) > 0).collect();
    let says = |(whose, percent): &(Held, i64)| format!("{} {percent} %", at_whom(*whose));
    let strip = Strip {
        stretches: parts
            .iter()
            .map(|part| Stretch {
                whose: drawn_as(part.0),
                length: u32::try_from(part.1).unwrap_or(0),
                says: says(part),
            })
            .collect(),
        marks: vec![],
        tail: 0,
        says: format!(
            "Where the time went: {}",
            parts.iter().map(says).collect::<Vec<_>>().join(", ")
        ),
    };
    html! {
        section.score-times {
            h3 { "Where the time went" }
            @if parts.is_empty() { p.says { "No ticket was open then." } } @else {
                (life_strip(&strip))
                dl { @for (whose, percent) in &parts {
                    div class={ "is-" (whose.as_str()) } {
                        dt { (at_whom(*whose)) }
                        dd { @match query {
                            Some(query) => a href={ "/scorecards/time?" (query) "&whose=" (whose.as_str()) } { (long_ms(times.ms(*whose))) },
                            None => (long_ms(times.ms(*whose))),
                        } span.dim { " · " (percent) " %" } }
                    }
                }
                div { dt { "In all" } dd { (long_ms(times.sum())) } } }
                p.says { "By the clock, of all tickets together, nights and weekends too." }
            }
        }
    }
}

/// Where a ticket was, in words.
pub(crate) fn at_whom(whose: Held) -> &'static str {
    match whose {
        Held::Desk => "With the desk",
        Held::Client => "With the client",
        Held::ThirdParty => "With third parties",
        Held::Parked => "Parked, client silent",
        Held::Resolved => "Resolved, to be confirmed",
        Held::Nobody => "Closed, until reopened",
    }
}

/// A line on a card that leads to the scorecard of this month.
pub(crate) fn headline(scorecard: &Scorecard, query: &str) -> Markup {
    html! {
        section.group.score-line {
            h2.group-title { "Scorecard" }
            p.pad { a href={ "/scorecards?" (query) } { "This month" } ": the desk met "
                b { (percents(scorecard.card.desk.percent())) } " of what it owed, the client side "
                b { (percents(scorecard.card.client.percent())) } "." }
        }
    }
}

//! What each card of a dashboard shows, counted for whoever looks.

use jiff::Timestamp;
use jiff::civil::Date;
use kept_domain::access::Viewer;
use kept_domain::dashboards::{Card, Chart, Shows, Wish};
use kept_domain::reports::{By, Cell, Key, Report, Table};
use kept_domain::scorecards::Fate;
use kept_domain::search::parse;
use kept_store::{Tx, scorecards, search, views};

use super::load::{self, Load};
use crate::Error;
use crate::reports::{Asking, MOST_SHOWN, counted};

/// A card with its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    pub card: Card,
    /// What stands above it.
    pub title: String,
    pub figures: Figures,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Figures {
    Report {
        report: Report,
        table: Table,
    },
    /// Opened and resolved, week by week.
    Flow(Vec<Week>),
    /// The desk's promises, month by month.
    Promises(Vec<Month>),
    Load(Vec<Load>),
    /// How many tickets a view finds.
    Number {
        view: i64,
        count: usize,
    },
    /// It can't be shown, and why.
    Nothing(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    pub label: String,
    pub opened: i64,
    pub resolved: i64,
    /// The searches that find them.
    pub opened_by: String,
    pub resolved_by: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    pub label: String,
    /// The first and the last day.
    pub days: (Date, Date),
    pub kept: i64,
    pub late: i64,
    pub broken: i64,
}

/// Lines of a report on a card, and tickets counted for a number.
const MOST_LINES: usize = 1_000;
pub(super) const MOST_COUNTED: usize = 10_000;

pub(super) fn drawn(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    wish: &Wish,
    asking: &Asking,
) -> Result<Vec<Drawn>, Error> {
    let cards = wish.shown();
    cards.map(|card| one(tx, viewer, card, asking)).collect()
}

fn one(tx: &mut Tx<'_>, viewer: &Viewer, card: &Card, asking: &Asking) -> Result<Drawn, Error> {
    let (own, figures) = match &card.shows {
        Shows::Chart(chart) => (chart.words().to_owned(), of_chart(tx, *chart, asking)?),
        Shows::Report(report) => (named(report), of_report(tx, report.clone(), asking)?),
        Shows::View(id) => of_view(tx, viewer, *id, asking)?,
    };
    Ok(Drawn {
        card: card.clone(),
        title: match card.title.is_empty() {
            true => own,
            false => card.title.clone(),
        },
        figures,
    })
}

/// `is:open by client and turn`
fn named(report: &Report) -> String {
    let search = match report.search.is_empty() {
        true => "All tickets",
        false => &report.search,
    };
    let fields: Vec<String> = report
        .by
        .iter()
        .map(|by| by.words().to_lowercase())
        .collect();
    match fields.is_empty() {
        true => search.to_owned(),
        false => format!("{search} by {}", fields.join(", ")),
    }
}

fn of_chart(tx: &mut Tx<'_>, chart: Chart, asking: &Asking) -> Result<Figures, Error> {
    let today = asking.now.to_zoned(asking.zone.clone()).date();
    match chart {
        Chart::Arrivals => flow(tx, today, asking),
        Chart::Promises => promises(tx, today, asking),
        Chart::Load => Ok(Figures::Load(load::of_all(tx, asking)?)),
        other => match other.report(today) {
            Some(report) => of_report(tx, report, asking),
            None => Ok(Figures::Nothing("This chart is no more.".to_owned())),
        },
    }
}

/// A report whose search no longer reads, such as one about a field that is gone, says so in its place.
fn of_report(tx: &mut Tx<'_>, report: Report, asking: &Asking) -> Result<Figures, Error> {
    let is_chart = report.by.len() > 1;
    let most = if is_chart { MOST_LINES } else { MOST_SHOWN };
    match counted(tx, report, asking, most) {
        Ok((report, table)) => Ok(Figures::Report { report, table }),
        Err(Error::Search(bad)) => Ok(Figures::Nothing(format!("Its search can’t be read: {bad}"))),
        Err(error) => Err(error),
    }
}

fn of_view(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    id: i64,
    asking: &Asking,
) -> Result<(String, Figures), Error> {
    let found = views::find(tx, id)?.filter(|(view, gone)| !gone && view.is_seen_by(viewer));
    let Some((view, _)) = found else {
        let says = "This view is somebody’s own, or gone.".to_owned();
        return Ok(("A view".to_owned(), Figures::Nothing(says)));
    };
    let query = parse(&view.wish.search).unwrap_or_default();
    let count = search::count(tx, &query, asking.asker(), MOST_COUNTED)?;
    Ok((view.wish.name, Figures::Number { view: id, count }))
}

fn flow(tx: &mut Tx<'_>, today: Date, asking: &Asking) -> Result<Figures, Error> {
    let [opened, resolved] = Chart::flow(today);
    let (_, opened) = counted(tx, opened, asking, MOST_SHOWN)?;
    let (_, resolved) = counted(tx, resolved, asking, MOST_SHOWN)?;
    let this_week = week_of(today);
    let weeks = (this_week - 11..=this_week).map(|number| {
        let key = Key::Number(number);
        let cell = Cell::of(By::OpenedWeek, &key);
        Week {
            opened: opened.at(&key, None),
            resolved: resolved.at(&key, None),
            resolved_by: Cell::of(By::ResolvedWeek, &key).condition,
            opened_by: cell.condition,
            label: cell.label,
        }
    });
    Ok(Figures::Flow(weeks.collect()))
}

/// Weeks since Monday 1969-12-29.
fn week_of(day: Date) -> i64 {
    const FIRST: Date = Date::constant(1969, 12, 29);
    let passed = day.duration_since(FIRST).as_hours() / 24;
    passed / 7
}

fn promises(tx: &mut Tx<'_>, today: Date, asking: &Asking) -> Result<Figures, Error> {
    let this_month = i64::from(today.year()) * 12 + i64::from(today.month()) - 1;
    let first = month_days(this_month - 11).0;
    let begins = first.to_zoned(asking.zone.clone());
    let begins = begins.map_or(Timestamp::MIN, |day| day.timestamp());
    let ended = scorecards::promises_by_month(tx, (begins, asking.now), &asking.zone)?;
    let months = (this_month - 11..=this_month).map(|month| {
        let count = |fate: Fate| {
            let fits = ended.iter().filter(|it| (it.0, it.1) == (month, fate));
            fits.map(|it| it.2).sum()
        };
        Month {
            label: Cell::of(By::OpenedMonth, &Key::Number(month)).label,
            days: month_days(month),
            kept: count(Fate::Met),
            late: count(Fate::Late),
            broken: count(Fate::NotDone),
        }
    });
    Ok(Figures::Promises(months.collect()))
}

/// The first and the last day of a month, by its number since the year 0.
fn month_days(number: i64) -> (Date, Date) {
    let year = i16::try_from(number.div_euclid(12)).unwrap_or(1970);
    let month = i8::try_from(number.rem_euclid(12) + 1).unwrap_or(1);
    let first = Date::new(year, month, 1).unwrap_or_default();
    (first, first.last_of_month())
}

//! The figures of a card as plain rows, each figure with the page of its tickets: what tables, mails and files are made of.

use kept_domain::reports::{Cell, Report, Table};

use super::{Figures, Load, Month, Week};
use crate::reports::link;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    pub headings: Vec<String>,
    /// How many of the headings stand above labels; the others above figures.
    pub labels: usize,
    pub lines: Vec<RowLine>,
    /// Lines that are not here.
    pub more: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowLine {
    pub labels: Vec<String>,
    pub figures: Vec<Figure>,
}

/// A number, and where it leads: a path on this server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub value: i64,
    pub href: Option<String>,
}

impl Figure {
    /// Nothing leads nowhere.
    pub fn new(value: i64, href: String) -> Figure {
        Figure {
            value,
            href: (value > 0).then_some(href),
        }
    }
}

impl Rows {
    pub fn of(figures: &Figures) -> Rows {
        match figures {
            Figures::Report { report, table } => of_report(report, table),
            Figures::Flow(weeks) => of_flow(weeks),
            Figures::Promises(months) => of_promises(months),
            Figures::Load(all) => of_load(all),
            Figures::Number { view, count } => Rows {
                headings: vec!["Tickets".to_owned()],
                lines: vec![RowLine {
                    labels: vec![],
                    figures: vec![Figure::new(of_usize(*count), format!("/views/{view}"))],
                }],
                ..Rows::default()
            },
            Figures::Nothing(_) => Rows::default(),
        }
    }
}

fn of_usize(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn headings(words: &[&str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}

fn of_report(report: &Report, table: &Table) -> Rows {
    let mut headings: Vec<String> = table.by.iter().map(|by| by.words().to_owned()).collect();
    headings.push("Tickets".to_owned());
    let lines = table.lines.iter().map(|line| {
        let cells = table.by.iter().zip(&line.keys);
        let cells: Vec<Cell> = cells.map(|(by, key)| Cell::of(*by, key)).collect();
        let conditions: Vec<String> = cells.iter().map(|it| it.condition.clone()).collect();
        let search = report.search_with(&conditions);
        RowLine {
            labels: cells.into_iter().map(|cell| cell.label).collect(),
            figures: vec![match search.is_empty() {
                true => Figure {
                    value: line.tickets,
                    href: None,
                },
                false => Figure::new(line.tickets, link(&search)),
            }],
        }
    });
    Rows {
        headings,
        labels: table.by.len(),
        lines: lines.collect(),
        more: table.more,
    }
}

fn of_flow(weeks: &[Week]) -> Rows {
    let lines = weeks.iter().map(|week| RowLine {
        labels: vec![week.label.clone()],
        figures: vec![
            Figure::new(week.opened, link(&week.opened_by)),
            Figure::new(week.resolved, link(&week.resolved_by)),
        ],
    });
    Rows {
        headings: headings(&["Week from", "Opened", "Resolved"]),
        labels: 1,
        lines: lines.collect(),
        more: 0,
    }
}

fn of_promises(months: &[Month]) -> Rows {
    let lines = months.iter().map(|month| {
        let (first, last) = month.days;
        let to = |fate: &str| {
            format!(
                "/scorecards/tickets?of=desk&period=days&from={first}&to={last}&side=desk&owed=promise&fate={fate}"
            )
        };
        RowLine {
            labels: vec![month.label.clone()],
            figures: vec![
                Figure::new(month.kept, to("met")),
                Figure::new(month.late, to("late")),
                Figure::new(month.broken, to("not-done")),
            ],
        }
    });
    Rows {
        headings: headings(&["Month", "Kept", "Kept late", "Broken"]),
        labels: 1,
        lines: lines.collect(),
        more: 0,
    }
}

fn of_load(all: &[Load]) -> Rows {
    let lines = all.iter().map(|it| {
        let agent = format!("agent:\"={}\"", it.name.replace('"', ""));
        let to = |search: &str| link(&format!("{search} {agent}"));
        RowLine {
            labels: vec![it.name.clone()],
            figures: vec![
                Figure::new(it.ours, to("is:open turn:desk")),
                Figure::new(it.theirs, to("is:open turn:client")),
                Figure::new(it.third, to("is:open turn:third-party")),
                Figure::new(it.late, to("is:late")),
                Figure::new(it.due_today, to("is:open due:today")),
                Figure::new(it.promises, "/promises".to_owned()),
                Figure::new(
                    it.offers,
                    link(&format!("offered:\"={}\"", it.name.replace('"', ""))),
                ),
            ],
        }
    });
    Rows {
        headings: headings(&[
            "Agent",
            "Ours",
            "Client’s",
            "Third party’s",
            "Late",
            "Due today",
            "Promises",
            "Offers",
        ]),
        labels: 1,
        lines: lines.collect(),
        more: 0,
    }
}

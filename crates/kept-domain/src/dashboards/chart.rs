//! The charts every desk needs, and the reports most of them are.

use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::messages::text_form;
use crate::reports::{By, Report, Shape};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chart {
    /// Opened against resolved, week by week.
    Arrivals,
    /// Whose turn it is on what is open.
    Turns,
    /// How long ago what is open was opened.
    Age,
    /// Promises kept and broken, month by month.
    Promises,
    /// Tickets of each client, month by month.
    Clients,
    /// What each agent has to do.
    Load,
    /// When tickets come, by hour and day of the week.
    Hours,
}

text_form!(Chart {
    Chart::Arrivals => "arrivals",
    Chart::Turns => "turns",
    Chart::Age => "age",
    Chart::Promises => "promises",
    Chart::Clients => "clients",
    Chart::Load => "load",
    Chart::Hours => "hours",
});

/// Weeks and months that are looked back, this one included.
const WEEKS: i64 = 12;
const MONTHS: i64 = 12;

impl Chart {
    pub const ALL: [Chart; 7] = [
        Chart::Arrivals,
        Chart::Turns,
        Chart::Age,
        Chart::Promises,
        Chart::Clients,
        Chart::Load,
        Chart::Hours,
    ];

    pub fn words(self) -> &'static str {
        match self {
            Chart::Arrivals => "Opened and resolved a week",
            Chart::Turns => "Whose turn it is",
            Chart::Age => "Age of open tickets",
            Chart::Promises => "Promises kept and broken",
            Chart::Clients => "Tickets a month by client",
            Chart::Load => "Load of each agent",
            Chart::Hours => "When tickets come",
        }
    }

    /// The report it is, for somebody whose day it is; `None` for what no report says.
    pub fn report(self, today: Date) -> Option<Report> {
        let report = |search: String, by: &[By], shape| {
            let by = by.to_vec();
            Some(Report { search, by, shape })
        };
        let open = || "is:open".to_owned();
        match self {
            Chart::Turns => report(open(), &[By::Turn], Shape::Bars),
            Chart::Age => report(open(), &[By::Age], Shape::Bars),
            Chart::Clients => {
                let (first, last) = months(today);
                let search = format!("opened:{}..{}", month(first), month(last));
                report(search, &[By::OpenedMonth, By::Client], Shape::Columns)
            }
            Chart::Hours => {
                let weeks = "opened:<84d".to_owned();
                report(weeks, &[By::Hour, By::Weekday], Shape::Grid)
            }
            Chart::Arrivals | Chart::Promises | Chart::Load => None,
        }
    }

    /// What comes in and what is resolved, each by week, for the same weeks.
    pub fn flow(today: Date) -> [Report; 2] {
        let passed = i64::from(today.weekday().to_monday_zero_offset());
        let monday = today.saturating_sub(passed.days());
        let first = monday.saturating_sub((WEEKS - 1).weeks());
        let last = monday.saturating_add(6.days());
        let report = |moment: &str, by| Report {
            search: format!("{moment}:{first}..{last}"),
            by: vec![by],
            shape: Shape::Lines,
        };
        [
            report("opened", By::OpenedWeek),
            report("resolved", By::ResolvedWeek),
        ]
    }
}

/// The first days of the first and the last of the months that are looked back.
pub(crate) fn months(today: Date) -> (Date, Date) {
    let last = today.first_of_month();
    (last.saturating_sub((MONTHS - 1).months()), last)
}

fn month(first: Date) -> String {
    first.strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn charts_look_back_over_whole_weeks_and_months() {
        let today = date(2026, 11, 25);
        let searches = Chart::flow(today).map(|report| report.search);
        assert_eq!(
            searches,
            [
                "opened:2026-09-07..2026-11-29",
                "resolved:2026-09-07..2026-11-29"
            ]
        );
        let clients = Chart::Clients.report(today).expect("a report");
        assert_eq!(clients.search, "opened:2025-12..2026-11");
        for chart in Chart::ALL {
            if let Some(report) = chart.report(today) {
                assert!(report.checked().is_ok(), "{chart:?}");
            }
        }
    }
}
